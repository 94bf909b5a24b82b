"""Zip packages as office programs write them, opened without trusting what they say of their sizes."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from typing import Any

from govlint.document import Unreadable, Words

LARGEST_PART = 32_000_000
"""Bytes, unpacked, of a part that is read: a report's text with all its tags has less than one million."""
LARGEST_READ = 40_000_000
"""Bytes, unpacked, of all parts that are read of one package: as trees they take twenty times that."""
LARGEST_TOTAL = 1_000_000_000
"""Bytes, unpacked, of all parts together, pictures included."""
MOST_PARTS = 10_000
_DIRECTORY = 4_000_000
"""Bytes of a central directory, which lists the parts."""
_SMALL = 1_000_000
_SMALL_MEMBER = 20_000_000
_RATIO = 200
"""Times that a part over the small size may grow: text with tags grows ten to sixtyfold."""
_END = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", _END))


def holds(data: bytes, folder: bytes) -> bool:
    """Whether a zip package lists parts in a folder; of one cut off, what is left of it tells."""
    at = data.rfind(_END, -66_000)
    size = int.from_bytes(data[at + 12 : at + 16], "little") if at >= 0 else 0
    listed = data if at < 0 else data[max(0, at - size) : at]
    return folder in listed or folder.replace(b"/", b"\\") in listed


def is_encrypted_office(data: bytes) -> bool:
    """Whether this is the container in which Office puts a package that is locked with a password."""
    return data.startswith(_OLE) and _ENCRYPTED_STREAM in data


def encrypted() -> Unreadable:
    return Unreadable(
        Words(
            "文件设有打开密码，内容已加密。请取消密码另存后再检查。",
            "The file is encrypted with a password. Save it without one and check again.",
        )
    )


def damaged(detail_zh: str, detail_en: str) -> Unreadable:
    return Unreadable(
        Words(
            f"文件已损坏或不完整：{detail_zh}。请用原软件打开后另存，或重新下载。",
            f"The file is damaged or cut off: {detail_en}. Open and save it again, or download it again.",
        )
    )


def too_large(detail_zh: str, detail_en: str) -> Unreadable:
    return Unreadable(
        Words(
            f"压缩包异常：{detail_zh}，不会是一份报告，未读取。请用原软件另存后再检查。",
            f"Suspicious archive: {detail_en}; no report is like this, it was not read. Save it again and check again.",
        )
    )


class Archive:
    """The parts of a zip package. Every method raises Unreadable for what is damaged, locked or a bomb."""

    def __init__(self, data: bytes) -> None:
        at = data.rfind(_END, -66_000)
        if at < 0 or len(data) < at + 22:
            raise damaged("压缩包的目录缺失", "the archive's directory is missing")
        if int.from_bytes(data[at + 12 : at + 16], "little") > _DIRECTORY:
            raise too_large("包内文件过多", "too many parts")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except Exception as error:  # zipfile lets many kinds of error through on damaged directories
            raise damaged("压缩包的目录有误", "the archive's directory is wrong") from error
        self._budget = LARGEST_READ
        self._refuse_bombs()

    @cached_property
    def _members(self) -> dict[str, zipfile.ZipInfo]:
        """By name, with the separators that the format demands: some programs write their system's own."""
        found: dict[str, zipfile.ZipInfo] = {}
        for member in self.members:
            name = member.filename.replace("\\", "/").lstrip("/")
            if name in found and not member.is_dir():  # programs differ in which of them they show
                raise damaged(f"有两个“{name}”", f"there are two “{name}”")
            found[name] = member
        return found

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(self._members)

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        return self._zip.infolist()

    @property
    def comment(self) -> bytes:
        return self._zip.comment

    def _refuse_bombs(self) -> None:
        members = self.members
        if len(members) > MOST_PARTS:
            raise too_large(f"包内有 {len(members):,} 个文件", f"{len(members):,} parts")
        total = sum(member.file_size for member in members)
        if total > LARGEST_TOTAL:
            size = total // 1_000_000
            raise too_large(f"解压后有 {size:,} MB", f"{size:,} MB when unpacked")
        for member in members:
            if member.file_size > _SMALL_MEMBER:
                _refuse_ratio(member)

    def read(self, name: str) -> bytes:
        """A part's bytes; never more than the limit, whatever its header says."""
        member = self._members.get(name)
        if member is None:
            raise damaged(f"缺少“{name}”", f"“{name}” is missing")
        if member.flag_bits & 1:
            raise encrypted()
        if member.file_size > LARGEST_PART:
            size = member.file_size // 1_000_000
            raise too_large(f"“{name}”解压后有 {size:,} MB", f"“{name}” has {size:,} MB when unpacked")
        if member.file_size > _SMALL:
            _refuse_ratio(member)
        self._budget -= member.file_size
        if self._budget < 0:
            size = LARGEST_READ // 1_000_000
            raise too_large(f"各部分合计超过 {size} MB", f"its parts have over {size} MB together")
        return self.raw(member)

    def raw(self, member: zipfile.ZipInfo) -> bytes:
        """The bytes of a member, of the size that the directory states."""
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged("压缩方法不受支持", "unknown compression")
        try:
            return self._zip.read(member)
        except Exception as error:  # as above
            raise damaged(
                f"“{member.filename}”无法解压", f"“{member.filename}” cannot be unpacked"
            ) from error

    def xml(self, name: str) -> Any:
        """The root element of a part, without comments and processing instructions."""
        return parse_xml(self.read(name), name)


def _refuse_ratio(member: zipfile.ZipInfo) -> None:
    if member.file_size > _RATIO * max(member.compress_size, 1):
        ratio = member.file_size // max(member.compress_size, 1)
        raise too_large(
            f"“{member.filename}”解压后增大 {ratio:,} 倍",
            f"“{member.filename}” grows {ratio:,} times when unpacked",
        )


def parse_xml(data: bytes, name: str) -> Any:
    """The root element of XML that may be hostile (see :func:`.elements.parse`). Raises Unreadable."""
    from govlint.readers.office import elements

    try:
        return elements.parse(data)
    except elements.Malformed as error:
        raise damaged(f"“{name}”不是正确的 XML", f"“{name}” is no well-formed XML") from error
    except elements.DeclaresType as error:
        raise Unreadable(
            Words(
                f"“{name}”含有文档类型声明（可定义实体），办公软件不会这样写，未读取。请用原软件另存后再检查。",
                f"“{name}” declares a document type, which office programs never do; it was not read. Save it again.",
            )
        ) from error
