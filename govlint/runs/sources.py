"""Paths given on a command line to the documents they stand for."""

from __future__ import annotations

import errno
import heapq
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govlint import readers
from govlint.document import Words
from govlint.errors import UsageError, reason
from govlint.readers.limits import LARGEST

if TYPE_CHECKING:
    from govlint.runs.leaving import Leaving

STDIN = "-"


class Source(NamedTuple):
    """A document to be read: a file, or the bytes of standard input."""

    shown: str
    file: str | None
    """Its path, which is no :class:`~pathlib.Path`: each of those leaves its name with the interpreter."""
    data: bytes | None = None
    lost: Words | None = None
    """Why a folder or path cannot be looked into; it has no bytes."""
    stdin: bool = False
    """Its bytes are standard input's; its path, where it has one, is not to be written to."""

    @property
    def path(self) -> Path | None:
        return None if self.file is None else Path(self.file)


_PLAIN = Source("", None)[2:]
"""What is beside name and path, where a source is a file and nothing else."""
_PACKED = 1000
"""Names that are put away together."""


class Sources:
    """Documents in order, to be gone through as often as is wanted. A path takes some bytes, not the kilobyte of a Source."""

    def __init__(self, sources: Iterable[Source] = ()) -> None:
        self._packed: list[bytes] = []
        self._names: list[str] = []
        """Those not yet put away."""
        self._odd: dict[int, Source] = {}
        """What is more than a file's name, by its place."""
        for source in sources:
            self.add(source)

    def add(self, source: Source) -> None:
        name = source.shown
        if "\0" in name or source[2:] != _PLAIN or source.file != name:
            self._odd[len(self)] = source
            name = ""
        self._names.append(name)
        if len(self._names) == _PACKED:
            self._packed.append(zlib.compress("\0".join(self._names).encode("utf-8", "surrogatepass"), 1))
            self._names = []

    def __len__(self) -> int:
        return len(self._packed) * _PACKED + len(self._names)

    def __iter__(self) -> Iterator[Source]:
        for at, name in enumerate(self._all()):
            yield self._odd.get(at) or Source(name, name)

    def _all(self) -> Iterator[str]:
        for packed in self._packed:
            yield from zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\0")
        yield from self._names

    @property
    def first(self) -> Source:
        """Raises StopIteration where there is none."""
        return next(iter(self))


def collect(paths: Sequence[str], leaving: Leaving | None = None, stdin_name: str = "") -> Sources:
    """The documents of files and folders, each once, in a stable order; ``-`` is standard input.

    ``leaving`` decides what of folders is passed over; ``stdin_name`` is the file that standard input is the content of.
    Raises UsageError for a path that does not exist, or where nothing is found.
    """
    found = Sources()
    twice = _overlap(paths)  # else no document can come twice, and none need be remembered
    seen: set[str] = set()
    for path in paths:
        for source in _expand(path, leaving, stdin_name):
            if twice and source.shown in seen:
                continue
            if twice:
                seen.add(source.shown)
            found.add(source)
    if not len(found):
        raise UsageError(_nothing(leaving))
    return found


def _overlap(paths: Sequence[str]) -> bool:
    """Whether one of the paths is another, or below it."""
    if len(paths) < 2:
        return False
    ordered = sorted(os.path.join(os.path.abspath(path), "") for path in set(paths))
    return len(ordered) < len(paths) or any(after.startswith(before) for before, after in pairwise(ordered))


def _nothing(leaving: Leaving | None) -> str:
    passed_over = [*leaving.left.some, *leaving.own.some] if leaving else []
    if leaving is None or not passed_over:
        kinds = " ".join(sorted(readers.weights()))
        return f"没有找到可检查的文件（{kinds}）。 / no documents found"
    path, why = passed_over[0]
    count = leaving.left.count + leaving.own.count
    return (
        f"没有找到可检查的文件：略过了 {count} 个，如 {path}（{why.zh}），点名即可检查"
        f" / no documents found: {count} were passed over, such as this one ({why.en}); name them to check them"
    )


def _expand(path: str, leaving: Leaving | None, stdin_name: str) -> Iterator[Source]:
    if path == STDIN:
        yield _standard_input(stdin_name)
        return
    if not path:  # a variable of the shell without a value: this folder is not what was meant
        raise UsageError("有一个路径是空的 / a path is empty")
    target = Path(path)
    try:
        if target.is_dir():
            yield from _in_folder(target, leaving)
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
        yield Source(path, path, None, reason(error))
        return
    yield Source(path, path)


def _standard_input(name: str) -> Source:
    shown, file = name or STDIN, name or None
    if sys.stdin is None:
        return Source(shown, file, None, Words("标准输入已关闭", "standard input is closed"), stdin=True)
    try:
        return Source(shown, file, sys.stdin.buffer.read(LARGEST + 1), stdin=True)
    except (OSError, ValueError) as error:
        return Source(shown, file, None, Words(str(error), str(error)), stdin=True)


def _in_folder(folder: Path, leaving: Leaving | None) -> Iterator[Source]:
    """Documents below a folder. Links to folders are not followed: they may lead back."""
    errors: list[OSError] = []
    waiting = [str(folder)]
    while waiting:
        base = waiting.pop()
        folders: list[str] = []
        for documents in _documents(base, folders, errors):
            if leaving is not None:
                documents = leaving.enter(base, folders, documents)
            for name in documents:
                file = _below(base, name)
                yield Source(file, file)
            documents.clear()
            waiting += [_below(base, name) for name in reversed(folders)]
            folders = []
    for error in errors:
        file = str(Path(error.filename or folder))
        yield Source(file, file, None, reason(error))


def _below(base: str, name: str) -> str:
    return name if base == os.curdir else os.path.join(base, name)


_AT_ONCE = 2500
"""Names of a folder that are held at a time."""


def _documents(base: str, folders: list[str], errors: list[OSError]) -> Iterator[list[str]]:
    """The names of a folder's documents in order, some at a time; with the first of them come its ``folders``."""
    last = ""
    while True:
        try:
            with os.scandir(base) as entries:
                found = heapq.nsmallest(_AT_ONCE, _names(entries, last, None if last else folders))
        except OSError as error:
            errors.append(error)
            return
        folders.sort()
        last = found[-1] if len(found) == _AT_ONCE else ""
        yield found
        if not last:
            return
        found.clear()  # before the next are looked for


def _names(entries: Iterable[os.DirEntry[str]], after: str, folders: list[str] | None) -> Iterator[str]:
    for entry in entries:
        if _is_folder(entry):
            if folders is not None and not entry.name.startswith(".") and not entry.is_symlink():
                folders.append(entry.name)
        elif entry.name > after and _is_document(entry.name):
            yield entry.name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_document(name: str) -> bool:
    lock = name.startswith(("~$", ".~", "."))
    return not lock and os.path.splitext(name)[1].lower() in readers.weights()
