"""Readers: bytes to Document, one file a format, chosen by content first and suffix second."""

from __future__ import annotations

import hashlib
import importlib
import stat
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from govlint.document import Document, Unreadable, Words

_FORMATS = ("office.docx", "office.xlsx", "paper.pdf", "web.mhtml", "web.html", "office.legacy", "text")
"""In the order in which they are asked; the last takes whatever is text."""
SUFFIXES = frozenset(
    [
        ".txt",
        ".md",
        ".markdown",
        ".html",
        ".htm",
        ".shtml",
        ".xhtml",
        ".mht",
        ".mhtml",
        ".docx",
        ".docm",
        ".pdf",
        ".xlsx",
        ".xlsm",
        ".doc",
        ".wps",
        ".rtf",
        ".odt",
    ]
)
"""What is looked for in folders."""
LARGEST = 200_000_000
"""Bytes of a file that is still read."""
LONGEST = 2_000_000
"""Characters of text that are still checked: forty times a long report."""


class Limits(NamedTuple):
    """What is refused as too large."""

    size: int = LARGEST
    characters: int = LONGEST


LIMITS = Limits()


def read(data: bytes, path: str, limits: Limits = LIMITS) -> Document:
    """The document in ``data``; ``path`` serves its suffix and its name only. Raises Unreadable."""
    if len(data) > limits.size:
        raise too_large(len(data), limits.size)
    document: Document = reader(data, path).read(data, path)
    if len(document.text) > limits.characters:
        raise too_long(len(document.text), limits.characters)
    document.sha256 = hashlib.sha256(data).hexdigest()
    return document


def reader(data: bytes, path: str) -> ModuleType:
    """The module that reads such a file; it may also have ``rewrite``."""
    for name in _FORMATS:
        module = importlib.import_module(f"govlint.readers.{name}")
        if module.sniff(data, path):
            return module
    raise AssertionError("the text reader takes everything")


def too_long(length: int, limit: int = LONGEST) -> Unreadable:
    """What is said of a text of so many characters, which is no one report."""
    return Unreadable(
        Words(
            f"文字有 {length:,} 字，超过 {limit:,} 字的上限，不会是一份年度报告。请拆成单份报告再检查。",
            f"The text has {length:,} characters, over the limit of {limit:,}: it is no single report. Split it.",
        )
    )


def too_large(size: int, limit: int = LARGEST) -> Unreadable:
    """What is said of a file of so many bytes."""
    return Unreadable(
        Words(
            f"文件有 {megabytes(size)} MB，超过 {megabytes(limit)} MB 的上限。",
            f"The file has {megabytes(size)} MB, over the limit of {megabytes(limit)} MB.",
        )
    )


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.3g}" if size < 10_000_000 else f"{size // 1_000_000}"


def _is_file(path: Path, mode: int) -> bool:
    """A regular file, or the pipe that a shell puts in the place of one: others may never end."""
    return stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and path.parts[:2] in (("/", "dev"), ("/", "proc")))


def read_bytes(path: Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file that is not too large. Raises Unreadable."""
    try:
        status = path.stat()
        if not _is_file(path, status.st_mode):
            raise Unreadable(
                Words(
                    "这不是普通文件（而是管道或设备），不能检查。", "This is a pipe or a device and no file."
                )
            )
        if status.st_size > limits.size:
            raise too_large(status.st_size, limits.size)
        with path.open("rb") as file:
            data = file.read(limits.size + 1)
        if len(data) > limits.size:  # a pipe has no size
            raise too_large(len(data), limits.size)
        return data
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreadable(
            Words(f"无法打开文件：{reason}。", f"The file cannot be opened: {reason}.")
        ) from error
