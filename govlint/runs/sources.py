"""Paths given on a command line to the documents they stand for."""

from __future__ import annotations

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
        yield Source(STDIN, None, sys.stdin.buffer.read(readers.LARGEST + 1))
        return
    target = Path(path)
    if target.is_dir():
        yield from _in_folder(target)
    elif target.exists() or target.is_symlink():
        yield Source(path, target)
    else:
        raise UsageError(f"路径不存在：{path} / no such file or directory")


def _in_folder(folder: Path) -> Iterator[Source]:
    """Documents below a folder. Links to folders are not followed: they may lead back."""
    for base, folders, names in os.walk(folder, onerror=_warn):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            lock = name.startswith(("~$", ".~", "."))
            if not lock and Path(name).suffix.lower() in readers.weights():
                path = Path(base, name)
                yield Source(str(path), path)


def _warn(error: OSError) -> None:
    print(f"govlint: 无法打开文件夹 {error.filename}：{error.strerror} / cannot open folder", file=sys.stderr)
