"""Readers: bytes to Document, one file a format, chosen by content first and suffix second."""

from __future__ import annotations

import hashlib
import importlib
from pathlib import Path
from types import ModuleType

from govlint.document import Document, Unreadable, Words

_FORMATS = ("docx", "xlsx", "pdf", "mhtml", "html", "legacy", "text")
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


def read(data: bytes, path: str) -> Document:
    """The document in ``data``; ``path`` serves its suffix and its name only. Raises Unreadable."""
    document: Document = reader(data, path).read(data, path)
    if len(document.text) > LONGEST:
        raise too_long(len(document.text))
    document.sha256 = hashlib.sha256(data).hexdigest()
    return document


def reader(data: bytes, path: str) -> ModuleType:
    """The module that reads such a file; it may also have ``rewrite``."""
    for name in _FORMATS:
        try:
            module = importlib.import_module(f"govlint.readers.{name}")
        except ModuleNotFoundError:
            continue
        if module.sniff(data, path):
            return module
    raise AssertionError("the text reader takes everything")


def too_long(length: int) -> Unreadable:
    """What is said of a text of so many characters, which is no one report."""
    return Unreadable(
        Words(
            f"文字有 {length:,} 字，超过 {LONGEST:,} 字的上限，不会是一份年度报告。请拆成单份报告再检查。",
            f"The text has {length:,} characters, over the limit of {LONGEST:,}: it is no single report. Split it.",
        )
    )


def read_file(path: Path, shown: str) -> tuple[bytes, Document]:
    """The bytes and the document of a file. Raises Unreadable, also for what the system does not let be read."""
    data = read_bytes(path)
    return data, read(data, shown)


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises Unreadable for what is too large or the system does not let be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(
                Words(
                    f"文件有 {size // 1_000_000} MB，超过 {LARGEST // 1_000_000} MB 的上限。",
                    f"The file has {size // 1_000_000} MB, over the limit of {LARGEST // 1_000_000} MB.",
                )
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise Unreadable(
            Words(f"无法打开文件：{reason}。", f"The file cannot be opened: {reason}.")
        ) from error
