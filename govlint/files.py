"""Files of the user's, other than documents: read within bounds, written in one step."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

StrPath = str | os.PathLike[str]
SMALL = 4_000_000
"""Bytes that a file written by hand may have: settings, registers, grammars."""


def read_regular(path: Path, most: int = SMALL) -> bytes:
    """The bytes of a regular file of at most ``most``. Raises OSError for anything else, and never waits.

    Devices and pipes may give no end, or none yet: ``/dev/zero``, a named pipe, ``/proc/kmsg``.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(path, flags)
    except ValueError as error:  # a path with a null byte
        raise OSError(errno.EINVAL, "不是路径 / no path", str(path)) from error
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "不是普通文件 / no regular file", str(path))
        data = file.read(most + 1) or b""
    if len(data) > most:
        raise OSError(errno.EFBIG, f"超过 {most} 字节 / more than {most} bytes", str(path))
    return data


def replace(path: Path, data: bytes) -> None:
    """Write a file in one step, so that nobody sees half of it; mode and owner stay, a link leads where it led.

    A file of several names (hard links) is written in place, as all of them mean it, and so is a device or pipe.
    Raises OSError; PermissionError for a file that its owner has made read-only.
    """
    target = Path(os.path.realpath(path))
    try:
        old: os.stat_result | None = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None and not old.st_mode & 0o222:
        raise PermissionError(errno.EACCES, "文件为只读 / the file is read-only", str(target))
    if old is not None and (old.st_nlink > 1 or not stat.S_ISREG(old.st_mode)):
        with target.open("r+b" if stat.S_ISREG(old.st_mode) else "wb") as out:
            out.write(data)
            if stat.S_ISREG(old.st_mode):
                out.truncate()
        return
    with beside(target) as (out, name):
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
        if old is not None and hasattr(os, "chown"):
            with contextlib.suppress(OSError):  # of another's file only the superuser may
                os.chown(name, old.st_uid, old.st_gid)
        os.chmod(name, stat.S_IMODE(old.st_mode) if old else 0o666 & ~_umask())


@contextlib.contextmanager
def beside(target: Path) -> Iterator[tuple[BinaryIO, str]]:
    """A new file, open, and its name: it takes the place of ``target`` when all is written, and goes where that fails."""
    import tempfile  # of those who check, few write

    handle, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            yield out, name
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
