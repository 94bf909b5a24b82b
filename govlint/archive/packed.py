"""Documents inside ``.zip`` and ``.tar`` files, read in place and never unpacked to the disk.

What an archive says of its sizes is not trusted: no member is read beyond the limit of a document, and an archive with
too many members, or that cannot be opened, is one document that cannot be read.
"""

from __future__ import annotations

import os
import tarfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from govlint.archive.located import Located, is_document, is_packed
from govlint.archive.needs import needed
from govlint.document import Unreadable, Words
from govlint.errors import reason
from govlint.readers.limits import Limits, too_large

MOST_MEMBERS = 1_000_000
_RATIO = 200
_SMALL = 1_000_000
"""Bytes up to which a member may grow as it will."""
BROKEN = "?"
"""Stands for the member of an archive that cannot be opened: reading it says why."""


def members(file: str, shown: str) -> Iterator[Located]:
    """The documents of an archive; of one that cannot be opened, the archive itself."""
    prefix = f"{shown}/" if shown else ""
    try:
        archive = _opened(file)
    except Unreadable:
        yield Located(shown or PurePosixPath(file).name, file, BROKEN)
        return
    for name in archive.documents:  # as they lie there: a tar is read forwards
        yield Located(prefix + name, file, name)


def read_member(file: str, name: str, limits: Limits) -> bytes:
    """The bytes of one document of an archive. Raises Unreadable."""
    archive = _opened(file)
    if name not in archive.documents:
        raise _damaged(f"其中没有“{name}”", f"there is no “{name}” in it")
    if name in archive.twice:
        raise _damaged(f"其中有两个“{name}”", f"there are two “{name}” in it")
    try:
        return archive.read(name, limits)
    except Unreadable:
        raise
    except RuntimeError as error:  # zipfile's way of asking for a password
        raise Unreadable(
            Words(
                "压缩包设有密码。请解压后再检查。",
                "The archive is encrypted with a password. Unpack it and check again.",
            )
        ) from error
    except Exception as error:  # zipfile and tarfile let many kinds of error through on damaged data
        raise _damaged(f"“{name}”无法解压", f"“{name}” cannot be unpacked") from error


class _Zip:
    def __init__(self, stream: Any) -> None:
        self.zip = zipfile.ZipFile(stream)
        listed = self.zip.infolist()
        if len(listed) > MOST_MEMBERS:
            raise _damaged(f"其中有 {len(listed):,} 个文件", f"it has {len(listed):,} members")
        named = [(_name(each), each) for each in listed if not each.is_dir()]
        self.documents = {name: each for name, each in named if _is_wanted(name)}
        self.twice = {name for name, times in Counter(name for name, _ in named).items() if times > 1}

    def read(self, name: str, limits: Limits) -> bytes:
        info = self.documents[name]
        _refuse(info.file_size, info.compress_size, limits)
        with self.zip.open(info) as file:
            data = file.read(limits.size + 1)
        _refuse(len(data), info.compress_size, limits)
        return data


class _Tar:
    def __init__(self, stream: Any) -> None:
        self.tar = tarfile.open(fileobj=stream, mode="r:*")  # noqa: SIM115 - kept open for its members
        self.documents: dict[str, tarfile.TarInfo] = {}
        self.twice: set[str] = set()
        for number, info in enumerate(self.tar):
            if number > MOST_MEMBERS:
                raise _damaged(f"其中有超过 {MOST_MEMBERS:,} 个文件", f"more than {MOST_MEMBERS:,} members")
            name = info.name.removeprefix("./")
            if info.isreg() and _is_wanted(name):
                self.twice |= {name} & self.documents.keys()
                self.documents[name] = info

    def read(self, name: str, limits: Limits) -> bytes:
        info = self.documents[name]
        if info.size > limits.size:
            raise too_large(info.size, limits.size)
        file = self.tar.extractfile(info)
        assert file is not None
        data = file.read(limits.size + 1)
        if len(data) < info.size:
            raise _damaged(f"“{name}”不完整", f"“{name}” is cut off")
        return data


def _opened(file: str) -> _Zip | _Tar:
    """Raises Unreadable."""
    try:
        status = None if "://" in file else os.stat(file)
    except OSError as error:
        raise _damaged(*reason(error)) from error
    return _archive(file, (status.st_mtime_ns, status.st_size) if status else None)


@lru_cache(4)
def _archive(file: str, stamp: object) -> _Zip | _Tar:
    """``stamp`` tells one state of the file from another."""
    try:
        stream = needed("fsspec").open(file, "rb").open() if "://" in file else open(file, "rb")  # noqa: SIM115
        return _Zip(stream) if file.lower().endswith(".zip") else _Tar(stream)
    except Unreadable:
        raise
    except OSError as error:
        raise _damaged(*reason(error)) from error
    except Exception as error:  # as above
        raise _damaged("目录有误", "its directory is wrong") from error


def _name(info: zipfile.ZipInfo) -> str:
    """A member's name; Chinese Windows writes GBK where the standard has code page 437."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    hidden = any(part.startswith((".", "~$", "__MACOSX")) and part != ".." for part in parts)
    return (is_document(name) or is_packed(name)) and not hidden  # reading says of an archive that it is one


def _refuse(size: int, packed: int, limits: Limits) -> None:
    if size > limits.size:
        raise too_large(size, limits.size)
    if size > _SMALL and size > _RATIO * max(packed, 1):
        ratio = size // max(packed, 1)
        raise Unreadable(
            Words(
                f"压缩包异常：此文件解压后增大 {ratio:,} 倍，不会是一份报告，未读取。",
                f"Suspicious archive: this member grows {ratio:,} times when unpacked; no report is like this.",
            )
        )


def _damaged(zh: str, en: str) -> Unreadable:
    return Unreadable(
        Words(
            f"压缩包已损坏或不能打开：{zh}。请重新下载，或解压后再检查。",
            f"The archive is damaged or cannot be opened: {en}. Download it again, or unpack it and check again.",
        )
    )
