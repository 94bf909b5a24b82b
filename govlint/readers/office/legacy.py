"""Word's and WPS's old format and RTF, through LibreOffice where it is installed.

They are converted to .docx and read as that.
"""

from __future__ import annotations

import importlib
import re

from govlint.document import Document, Unreadable, Words

SUFFIXES = (".doc", ".wps", ".rtf")
WEIGHT = 40
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = re.compile(rb"\\bin(-?\d+)")
"""As in ``\\bin12``."""


def sniff(data: bytes, path: str) -> bool:
    return data.startswith(_OLE) or data[:64].lstrip().startswith(b"{\\rtf")


def read(data: bytes, path: str) -> Document:
    """The document. Raises Unreadable for encrypted files, for other kinds, and where LibreOffice is not found."""
    converted, suffix = as_docx(data)
    docx = importlib.import_module("govlint.readers.office.docx")
    document: Document = docx.read(converted, path)
    document.format = suffix[1:]
    return document


def as_docx(data: bytes) -> tuple[bytes, str]:
    """The document as .docx, and the suffix of the format that it was in. Raises Unreadable as :func:`read`."""
    suffix = _word_suffix(data) if data.startswith(_OLE) else ".rtf"
    if suffix == ".rtf":
        _refuse_lies(data)
    # This module is loaded wherever a format is looked for.
    from govlint.readers.office.libreoffice import convert

    return convert(data, suffix), suffix


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


def _word_suffix(data: bytes) -> str:
    streams = _streams(data)
    if "EncryptedPackage" in streams:
        raise Unreadable(_encrypted())
    if "WordDocument" in streams:
        if _is_encrypted_word(data):
            raise Unreadable(_encrypted())
        return ".doc"
    kinds = {
        "Workbook": "Excel（.xls）",
        "Book": "Excel（.xls）",
        "PowerPoint Document": "PowerPoint（.ppt）",
    }
    kind = next((kinds[name] for name in kinds if name in streams), None)
    if kind is None:
        raise Unreadable(
            Words(
                "这是 OLE 复合文件，但其中没有 Word 文档。请用 Word 或 WPS 另存为 .docx。",
                "This is an OLE file without a Word document in it. Save it as .docx in Word or WPS.",
            )
        )
    target = ".xlsx" if "Excel" in kind else ".docx"
    english = kind.replace("（", " (").replace("）", ")")
    raise Unreadable(
        Words(
            f"这是旧版 {kind} 文件，不能检查。请另存为 {target} 再检查。",
            f"This is an old {english} file, which is not checked. Save it as {target}.",
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
