"""Paths given on a command line to the documents they stand for."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from govlint import readers
from govlint.errors import UsageError

STDIN = "-"


class Source(NamedTuple):
    """A document to be read: a file, or the bytes of standard input."""

    shown: str
    path: Path | None
    data: bytes | None = None
    lost: str = ""
    """Why a folder or path cannot be looked into; it has no bytes."""


def collect(paths: Sequence[str]) -> list[Source]:
    """The documents of files and folders, each once, in a stable order; ``-`` is standard input.

    Raises UsageError for a path that does not exist, or where nothing is found.
    """
    found: dict[str, Source] = {}
    for path in paths:
        for source in _expand(path):
            found.setdefault(source.shown, source)
    if not found:
        kinds = " ".join(sorted(readers.weights()))
        raise UsageError(f"没有找到可检查的文件（{kinds}）。 / no documents found")
    return list(found.values())


def _expand(path: str) -> Iterator[Source]:
    if path == STDIN:
        yield _standard_input()
        return
    target = Path(path)
    try:
        if target.is_dir():
            yield from _in_folder(target)
            return
        target.lstat()
    except FileNotFoundError:
        raise UsageError(f"路径不存在：{path} / no such file or directory") from None
    except ValueError as error:  # a NUL in it
        raise UsageError(f"路径不存在：{path!r}：{error} / no such file or directory") from None
    except (
        OSError
    ) as error:  # a folder that may not be entered, a name too long: the others are still checked
        if error.errno == errno.ENOTDIR:
            raise UsageError(f"路径不存在：{path} / no such file or directory") from None
        yield Source(path, target, None, error.strerror or str(error))
        return
    yield Source(path, target)


def _standard_input() -> Source:
    if sys.stdin is None:
        return Source(STDIN, None, None, "标准输入已关闭 / standard input is closed")
    try:
        return Source(STDIN, None, sys.stdin.buffer.read(readers.LARGEST + 1))
    except (OSError, ValueError) as error:
        return Source(STDIN, None, None, str(error))


def _in_folder(folder: Path) -> Iterator[Source]:
    """Documents below a folder. Links to folders are not followed: they may lead back."""
    errors: list[OSError] = []
    for base, folders, names in os.walk(folder, onerror=errors.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            lock = name.startswith(("~$", ".~", "."))
            if not lock and Path(name).suffix.lower() in readers.weights():
                path = Path(base, name)
                yield Source(str(path), path)
    for error in errors:
        path = Path(error.filename or folder)
        yield Source(str(path), path, None, error.strerror or str(error))
