"""The old formats of Word, Excel and WPS, RTF and OpenDocument spreadsheets, through LibreOffice where it is installed.

They are converted to .docx or .xlsx and read as that.
"""

from __future__ import annotations

import importlib
import re

from govlint.document import Document, Unreadable, Words

SUFFIXES = (".doc", ".wps", ".rtf", ".xls", ".et", ".ods")
WEIGHT = 40
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SPREADSHEET = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_TABLES = {".xls": ".xlsx", ".ods": ".xlsx"}
"""What is no text, and what it is converted to."""
_BINARY = re.compile(rb"\\bin(-?\d+)")
"""As in ``\\bin12``."""


def sniff(data: bytes, path: str) -> bool:
    return (
        data.startswith(_OLE)
        or data[:64].lstrip().startswith(b"{\\rtf")
        or (data.startswith(b"PK\x03\x04") and data[30:].startswith(_SPREADSHEET))
        or _is_word_xml(data)
    )


def read(data: bytes, path: str) -> Document:
    """The document. Raises Unreadable for encrypted files, for other kinds, and where LibreOffice is not found."""
    suffix = _suffix(data)
    to = _TABLES.get(suffix, ".docx")
    converted = _converted(data, suffix, to)
    module = importlib.import_module(f"govlint.readers.office.{to[1:]}")
    document: Document = module.read(converted, path)
    document.format = suffix[1:]
    return document


def is_workbook(data: bytes) -> bool:
    """Whether a file is a workbook and no document; False also for what is not read."""
    try:
        return _suffix(data) in _TABLES
    except Unreadable:
        return False


def as_docx(data: bytes) -> tuple[bytes, str]:
    """The document as .docx, and the suffix of the format that it was in. Raises Unreadable as :func:`read`."""
    suffix = _suffix(data)
    return _converted(data, suffix, ".docx"), suffix


def _converted(data: bytes, suffix: str, to: str) -> bytes:
    # This module is loaded wherever a format is looked for.
    from govlint.readers.office.libreoffice import convert

    return convert(data, suffix, to)


def _suffix(data: bytes) -> str:
    """The suffix of the format that a file is in. Raises Unreadable for what is not read."""
    if data.startswith(_OLE):
        return _ole_suffix(data)
    if data.startswith(b"PK"):
        _refuse_encrypted(data)
        return ".ods"
    if _is_word_xml(data):
        return ".xml"
    _refuse_lies(data)
    return ".rtf"


def _is_word_xml(data: bytes) -> bool:
    """Whether this is XML as Word 2003 wrote it."""
    head = data[:2000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<?xml") and b"schemas.microsoft.com/office/word/2003/wordml" in head


def _refuse_encrypted(data: bytes) -> None:
    from govlint.readers.office.archive import Archive, encrypted

    archive = Archive(data)
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise encrypted()


def _refuse_lies(data: bytes) -> None:
    """Raises Unreadable for RTF that announces more binary data than the file has: LibreOffice would make room for it."""
    for match in _BINARY.finditer(data):
        announced = match[1].removeprefix(b"-")
        if len(announced) > 12 or int(announced) > len(data) - match.end():
            from govlint.readers.office.archive import damaged

            raise damaged("其中的二进制数据不完整", "its binary data is cut off")


# What an OLE file holds


def _streams(data: bytes) -> set[str]:
    """The names of streams, as they stand in the file's directory: UTF-16, 64 bytes, in entries of 128 bytes."""
    names: set[str] = set()
    known = (
        "WordDocument",
        "EncryptedPackage",
        "Workbook",
        "Book",
        "PowerPoint Document",
        "VisioDocument",
        "FileHeader",
    )
    for name in known:
        wanted = name.encode("utf-16-le") + b"\0\0"
        at = data.find(wanted)
        while at >= 0:
            length = data[at + 64 : at + 66]
            if at % 128 == 0 and length == len(wanted).to_bytes(2, "little"):
                names.add(name)
                break
            at = data.find(wanted, at + 1)
    return names


def _ole_suffix(data: bytes) -> str:
    streams = _streams(data)
    if "EncryptedPackage" in streams:
        raise Unreadable(_encrypted())
    if "WordDocument" in streams:
        if _is_encrypted_word(data):
            raise Unreadable(_encrypted())
        return ".doc"
    if streams & {"Workbook", "Book"}:
        return ".xls"
    if "PowerPoint Document" in streams:
        raise Unreadable(
            Words(
                "这是旧版 PowerPoint（.ppt） 文件，不能检查。请另存为 .docx 再检查。",
                "This is an old PowerPoint (.ppt) file, which is not checked. Save it as .docx.",
            )
        )
    raise Unreadable(
        Words(
            "这是 OLE 复合文件，但其中没有 Word 或 Excel 文档。请用 Office 或 WPS 另存为 .docx 或 .xlsx。",
            "This is an OLE file without a Word document or workbook in it. Save it as .docx or .xlsx in Office or WPS.",
        )
    )


def _is_encrypted_word(data: bytes) -> bool:
    """The flag in Word's file information block, where that begins a sector, as it always does."""
    at = data.find(b"\xec\xa5", 512)
    while at >= 0 and at % 512:
        at = data.find(b"\xec\xa5", at + 1)
    return at >= 0 and bool(int.from_bytes(data[at + 10 : at + 12], "little") & 0x0100)


def _encrypted() -> Words:
    return Words(
        "文件已加密，需要密码才能打开。请去掉密码后另存再检查。",
        "The file is encrypted and wants a password. Save it without one.",
    )
