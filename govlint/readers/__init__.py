"""Bytes go in, a Document comes out; knows no template, no report and no rule.

A reader is a module with ``sniff(data, path)``, ``read(data, path)`` and, where it can be written to, ``rewrite(data,
path, edits)``; it states its ``SUFFIXES`` and its ``WEIGHT``, the cost of one of its files in text files.
"""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType

from govlint.document import Document, Unreadable, Words
from govlint.errors import reason
from govlint.files import StrPath
from govlint.readers import doubts, leftwards
from govlint.readers.limits import LIMITS, Limits, too_large, too_long
from govlint.text.digest import sha256

_FORMATS = (
    "office.docx",
    "office.xlsx",
    "office.odt",
    "office.flat",
    "paper.pdf",
    "web.mhtml",
    "web.html",
    "office.legacy",
    "known",
    "text",
)
"""In the order in which they are asked, content first and suffix second; the last takes whatever is text."""
_PAGES = (".html", ".htm", ".shtml", ".xhtml")


def read(data: bytes, path: str, limits: Limits = LIMITS) -> Document:
    """The document in ``data``; ``path`` serves its suffix and its name only. Raises Unreadable."""
    if len(data) > limits.size:
        raise too_large(len(data), limits.size)
    document: Document = reader(data, path).read(data, path)
    if len(document.text) > limits.characters:
        raise too_long(len(document.text), limits.characters)
    doubts.tell(document)
    leftwards.tell(document)
    document.sha256 = sha256(data)
    return document


def gathered(data: bytes, path: StrPath) -> bytes:
    """The bytes of a file with those files beside it that are part of what it shows; mostly the bytes alone."""
    if os.path.splitext(path)[1].lower() not in _PAGES or b"<" not in data[:1000]:
        return data
    from govlint.readers.web import beside

    return beside.gathered(data, Path(path))


def reader(data: bytes, path: str) -> ModuleType:
    """The module that reads such a file; it may also have ``rewrite``."""
    return next(module for module in _modules() if module.sniff(data, path))


def _modules() -> Iterator[ModuleType]:
    return (importlib.import_module(f"govlint.readers.{name}") for name in _FORMATS)


@cache
def weights() -> Mapping[str, int]:
    """What is looked for in folders: suffixes, each with what such a file costs to check, in text files."""
    return {suffix: module.WEIGHT for module in _modules() for suffix in module.SUFFIXES}


def _is_file(path: StrPath, mode: int) -> bool:
    """A regular file, or the pipe that a shell puts in the place of one: others may never end."""
    return stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and os.fspath(path).startswith(("/dev/", "/proc/")))


def read_bytes(path: StrPath, limits: Limits = LIMITS) -> bytes:
    """The bytes of a file that is not too large. Raises Unreadable."""
    try:
        status = os.stat(path)
        if not _is_file(path, status.st_mode):
            raise Unreadable(
                Words(
                    "这不是普通文件（而是管道或设备），不能检查。", "This is a pipe or a device and no file."
                )
            )
        if status.st_size > limits.size:
            raise too_large(status.st_size, limits.size)
        with open(path, "rb") as file:
            data = file.read(status.st_size + 1)
            if len(data) > status.st_size:  # a pipe has no size, and a file may grow
                data += file.read(limits.size + 1 - len(data))
        if len(data) > limits.size:
            raise too_large(len(data), limits.size)
        return data
    except OSError as error:
        why = reason(error)
        raise Unreadable(
            Words(f"无法打开文件：{why.zh}。", f"The file cannot be opened: {why.en}.")
        ) from error
