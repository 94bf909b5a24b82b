"""Results kept from one run to the next, by what they depend on: a document that has not changed is not checked anew.

A file a result, in the cache folder of the user. What could not be read is not kept, nor what a rule failed on: both may
be otherwise the next time. The folder is bounded; of what was not used for longest nothing stays.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import time
from pathlib import Path

from govlint import cache
from govlint.linting.settings import Settings
from govlint.result import Result
from govlint.runs.as_data import dumps, loads
from govlint.runs.depends import digest_of, environment
from govlint.text.digest import sha256

_LARGEST = 500_000
"""Bytes of one result."""
_SHELVES = 64
BOUND = 512_000_000
"""Bytes of all results."""
_USED = 86_400
"""Seconds after which a result that is used is marked as such."""


class Cache:
    """The results in a folder; of odd files, and of a folder that is not to be trusted, there are none."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._surroundings = sha256(environment())
        self._digest: tuple[Settings, str | None] | None = None
        """Of the settings that were asked for last: mostly those of the next document too."""

    def key(self, data: bytes, name: str, settings: Settings) -> str:
        """What a document's result is kept by; empty where it is not to be kept."""
        if self._digest is None or self._digest[0] is not settings:
            self._digest = settings, digest_of(settings)
        digest = self._digest[1]
        if digest is None:
            return ""
        return sha256("\n".join([self._surroundings, digest, os.path.basename(name), sha256(data)]))

    def get(self, key: str, path: str, settings: Settings) -> Result | None:
        """The result kept by a key, as that of a document at ``path``."""
        if not key:
            return None
        file = self._file(key)
        try:
            held, data = marshal.loads(cache.read(file))
            if held != key:  # moved here by another
                return None
            result = loads(data, path, settings)
        except Exception:  # whatever is amiss with the file: the document is there
            return None
        with contextlib.suppress(OSError):
            if time.time() - file.stat().st_mtime > _USED:
                os.utime(file)
        return result

    def put(self, key: str, result: Result) -> bytes | None:
        """Keep a result; its bytes, where that can be done."""
        if not key or result.status == "unreadable" or result.faulted:
            return None
        try:
            data = dumps(result, small=True)
        except ValueError:
            return None
        if len(data) > _LARGEST:
            return None
        file = self._file(key)
        cache.put(file, marshal.dumps((key, data)))
        if key[-1] == "0":  # one time in sixteen
            _tidy(file.parent)
        return data

    def _file(self, key: str) -> Path:
        return self.folder / f"{int(key[:2], 16) % _SHELVES:02x}/{key}.data"


def opened() -> Cache | None:
    """The cache of the user; None where there is no folder to be trusted."""
    folder = cache.folder()
    return Cache(folder / "results") if folder is not None else None


def _tidy(shelf: Path) -> None:
    """Leave the results that were used last, within a shelf's share of the bound."""
    with contextlib.suppress(OSError):
        files = [(entry.stat(follow_symlinks=False), entry.path) for entry in os.scandir(shelf)]
        room = BOUND // _SHELVES
        for status, path in sorted(files, key=lambda each: -each[0].st_mtime_ns):
            room -= max(status.st_size, 4096)
            if room < 0:
                with contextlib.suppress(OSError):  # another run has been there
                    os.unlink(path)
