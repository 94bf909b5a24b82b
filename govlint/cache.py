"""Files of the user's cache folder: what was made once is kept as plain data from one run to the next.

A file is used where it is the user's own, nobody else may write it or its folder, and it is whole; of anything odd
about it, or about the folder, there is nothing, and what it held is made anew. Nothing of the cache ends a run.
"""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from zlib import crc32

from govlint.files import beside, replace

LARGEST = 50_000_000
_LENGTH = 4


def folder() -> Path | None:
    """The cache folder, made where there is none; None where there is none to be trusted."""
    bases = [os.environ.get(name, "") for name in ("XDG_CACHE_HOME", "LOCALAPPDATA")]
    base = next((each for each in bases if os.path.isabs(each)), None)  # a relative one is to be ignored
    try:
        found = (Path(base) if base else Path("~/.cache").expanduser()) / "govlint"
        found.mkdir(parents=True, exist_ok=True, mode=0o700)
        return found if stat.S_ISDIR(_own(os.lstat(found)).st_mode) else None
    except (OSError, RuntimeError, ValueError):
        return None


def read(path: Path) -> bytes:
    """What was written there. Raises OSError or ValueError where it is not to be trusted, or not whole."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    with os.fdopen(os.open(path, flags), "rb") as file:
        status = _own(os.fstat(file.fileno()))
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1 or status.st_size > LARGEST:
            raise PermissionError("no plain file")
        data = file.read(LARGEST)
    held = data[_LENGTH:]
    if _sum(held) != data[:_LENGTH]:
        raise ValueError("not whole")
    return held


def _sum(data: bytes) -> bytes:
    """What stands before data, for it to be told whole."""
    return crc32(data).to_bytes(_LENGTH)


def write(path: Path, data: bytes, keep: int) -> None:
    """Put data there in one step, and leave the newest ``keep`` files of its name (what precedes the last hyphen).

    What cannot be written is not: a read-only home costs time, nothing else.
    """
    with contextlib.suppress(OSError, ValueError):
        if os.path.lexists(path) and not stat.S_ISREG(path.lstat().st_mode):
            path.unlink()  # a link would be followed, a pipe waited at
        replace(path, _sum(data) + data)
        path.chmod(0o600)
        name = path.stem.rpartition("-")[0]
        files = sorted(
            path.parent.glob(f"{name}-*.data"), key=lambda file: file.lstat().st_mtime_ns, reverse=True
        )
        for old in (*files[keep:], *path.parent.glob(f"{name}-*.pickle")):  # pickles are of older versions
            old.unlink()


def put(path: Path, data: bytes) -> None:
    """Put data there in one step, in a folder that is made where there is none; as :func:`write` in all else.

    Unlike that it does not wait for the disk: what is lost with the power was not whole, and is made anew.
    """
    with contextlib.suppress(OSError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with beside(path) as (file, _):
            file.write(_sum(data) + data)


def _own(status: os.stat_result) -> os.stat_result:
    """Raises PermissionError for what is another's, or may be written by others."""
    if hasattr(os, "getuid") and (
        status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        raise PermissionError("not one's own")
    return status
