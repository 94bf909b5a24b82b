"""Formats that are known and not read: what they are, and the way out."""

from __future__ import annotations

from typing import NoReturn

from govlint.document import Unreadable, Words

SUFFIXES = ()
WEIGHT = 1
_ZIP = b"PK\x03\x04"
_PACKED = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08")
_CEB = b"Founder CEB"
_MEMBERS = {b"OFD.xml": "ofd", b"ppt/": "pptx", b".iwa": "iwork", b"META-INF/container.xml": "epub"}
"""What a zip package of a kind lists."""
_SAID = {
    "ofd": Words(
        "这是 OFD 版式文件，不能读取。请用原始电子文档（.docx、.wps）检查，或用 OFD 阅读器打开后另存、打印为 PDF 再检查。",
        "This is an OFD file, which is not read. Check the original document, or save or print it as PDF in an OFD reader.",
    ),
    "ceb": Words(
        "这是 CEB 版式文件，不能读取。请用原始电子文档检查，或用 Apabi Reader 打开后打印为 PDF 再检查。",
        "This is a CEB file, which is not read. Check the original document, or print it as PDF in Apabi Reader.",
    ),
    "pptx": Words(
        "这是 PowerPoint 演示文稿，不能检查。请检查报告的 .docx 或 .pdf 文件。",
        "This is a PowerPoint presentation, which is not checked. Check the report's .docx or .pdf file.",
    ),
    "iwork": Words(
        "这是苹果 Pages、Numbers 的文件，不能读取。请导出为 .docx、.xlsx 或 PDF 后再检查。",
        "This is a file of Apple's Pages or Numbers, which is not read. Export it as .docx, .xlsx or PDF.",
    ),
    "epub": Words(
        "这是 EPUB 电子书，不能读取。请检查报告的 .docx、.html 或 .pdf 文件。",
        "This is an EPUB book, which is not read. Check the report's .docx, .html or .pdf file.",
    ),
    "packed": Words(
        "这是压缩包，不能直接检查。请解压后检查其中的文件。",
        "This is an archive, which is not looked into. Unpack it and check the files in it.",
    ),
}


def sniff(data: bytes, path: str) -> bool:
    return _kind(data) is not None


def read(data: bytes, path: str) -> NoReturn:
    """Raises Unreadable."""
    raise Unreadable(_SAID[_kind(data) or "packed"])


def _kind(data: bytes) -> str | None:
    if data.startswith(_PACKED):
        return "packed"
    if _CEB in data[:64]:
        return "ceb"
    if not data.startswith(_ZIP):
        return None
    from govlint.readers.office.archive import holds

    return next((kind for member, kind in _MEMBERS.items() if holds(data, member)), "packed")
