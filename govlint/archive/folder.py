"""A folder that files are put into whole or not at all: on this machine, or of a remote store through fsspec."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from govlint.archive.needs import needed


class Folder(Protocol):
    """Names are relative, parted by ``/``. A reader sees a file as it was or as it is, never half of it."""

    url: str

    def write(self, name: str, data: bytes) -> None: ...
    def read(self, name: str) -> bytes:
        """Raises FileNotFoundError."""
        ...

    def move(self, name: str, to: str) -> None:
        """Replaces what is there; where ``name`` is gone already, nothing is done."""
        ...

    def remove(self, name: str) -> None: ...
    def remove_all(self, below: str) -> None:
        """A folder with all that is in it, if there is one."""
        ...

    def names(self, below: str) -> list[str]:
        """The files below a folder, in order; none where there is no such folder."""
        ...


def folder(where: str) -> Folder:
    """``where`` is a path, or a URL that fsspec knows (``s3://…``)."""
    if "://" in where and not where.startswith("file://"):
        return Remote(where)
    return Local(Path(where.removeprefix("file://")))


class Local:
    """Files reach the disk before their name does, so that a loss of power leaves none half written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = str(path)

    def write(self, name: str, data: bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        _sync(path.parent)

    def read(self, name: str) -> bytes:
        return (self.path / name).read_bytes()

    def move(self, name: str, to: str) -> None:
        target = self.path / to
        target.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (self.path / name).replace(target)
            _sync(target.parent)

    def remove(self, name: str) -> None:
        path = self.path / name
        path.unlink(missing_ok=True)
        with suppress(OSError):  # others are in it
            if path.parent != self.path:
                path.parent.rmdir()

    def remove_all(self, below: str) -> None:
        shutil.rmtree(self.path / below, ignore_errors=True)

    def names(self, below: str) -> list[str]:
        found = []
        for base, folders, files in os.walk(self.path / below):
            folders.sort()
            found += [Path(base, name).relative_to(self.path).as_posix() for name in files]
        return sorted(found)


def _sync(path: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Remote:
    """Objects of a store that writes an object whole, as all object stores do."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.files: Any
        self.files, self.root = needed("fsspec").core.url_to_fs(self.url)

    def write(self, name: str, data: bytes) -> None:
        self.files.makedirs(self._at(name).rpartition("/")[0], exist_ok=True)
        self.files.pipe_file(self._at(name), data)

    def read(self, name: str) -> bytes:
        data: bytes = self.files.cat_file(self._at(name))
        return data

    def move(self, name: str, to: str) -> None:
        with suppress(FileNotFoundError):
            self.write(to, self.read(name))
            self.remove(name)

    def remove(self, name: str) -> None:
        with suppress(FileNotFoundError):
            self.files.rm_file(self._at(name))

    def remove_all(self, below: str) -> None:
        with suppress(FileNotFoundError):
            self.files.rm(self._at(below), recursive=True)

    def names(self, below: str) -> list[str]:
        self.files.invalidate_cache()
        try:
            found = self.files.find(self._at(below))
        except FileNotFoundError:
            return []
        return sorted(str(name)[len(self.root) :].lstrip("/") for name in found)

    def _at(self, name: str) -> str:
        return f"{self.root}/{name}"
