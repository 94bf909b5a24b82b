"""OpenDocument text, zipped or as one flat file, as LibreOffice and WPS write it, read from the XML itself.

The same convention as for Word: cells that a merge covers are passed over, tracked changes are taken as accepted, text
boxes follow the paragraph that holds them, footnotes the whole text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govlint.document import Document, Edit, Unreadable, Words

SUFFIXES = (".odt", ".fodt")
WEIGHT = 3
_CONTENT = "content.xml"
_TYPE = b"application/vnd.oasis.opendocument."
_HEAD = 38
"""Bytes of a zip entry's header and of the name ``mimetype``, which is the first and not compressed."""


def sniff(data: bytes, path: str) -> bool:
    if data.startswith(b"PK\x03\x04"):
        kind = data[_HEAD : _HEAD + 80]
        return data[30:_HEAD] == b"mimetype" and _TYPE in kind and _TYPE + b"spreadsheet" not in kind
    return _is_flat(data)


def _is_flat(data: bytes) -> bool:
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(b"<?xml") and b"<office:document" in head and _TYPE in head


def read(data: bytes, path: str) -> Document:
    """Raises Unreadable."""
    from govlint.readers.office.archive import Archive, encrypted, parse_xml

    if _is_flat(data):
        if _TYPE + b"text" not in data[:4000]:
            raise _other_kind()
        return _document(parse_xml(data, "office:document"), [], path)
    if not data[_HEAD : _HEAD + 80].split(_TYPE, 1)[1].startswith(b"text"):
        raise _other_kind()
    archive = Archive(data)
    if "META-INF/manifest.xml" in archive.names and b"encryption-data" in archive.read(
        "META-INF/manifest.xml"
    ):
        raise encrypted()
    roots = [archive.xml("styles.xml")] if "styles.xml" in archive.names else []
    return _document(archive.xml(_CONTENT), roots, path)


def _document(content: Any, roots: list[Any], path: str) -> Document:
    from govlint.readers.office.archive import damaged
    from govlint.readers.office.odt_body import Text
    from govlint.readers.office.odt_styles import OFFICE, Styles
    from govlint.readers.office.word_seen import notes

    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise damaged("没有正文", "there is no body")
    text = Text(Styles([*roots, content]))
    text.body(body)
    if not text.text.strip():
        raise _without_text(bool(text.unread))
    return Document(
        path,
        "odt",
        text.text,
        origins=text.origins,
        unread=text.unread,
        comments=text.comments,
        tracked=text.changes,
        notes=notes(text.passed),
    )


def _other_kind() -> Unreadable:
    return Unreadable(
        Words(
            "这是 OpenDocument 演示、图形或单个文件的表格，不能检查。请另存为 .xlsx 或 .docx 再检查。",
            "This is an OpenDocument presentation, drawing or flat spreadsheet, which is not checked. Save it as .xlsx or "
            ".docx.",
        )
    )


def _without_text(pictures: bool) -> Unreadable:
    if pictures:
        return Unreadable(
            Words(
                "文档里只有图片或嵌入的对象，没有文字。请提供可编辑的文档。",
                "The document holds only pictures or embedded objects and no text. Use the editable document.",
            )
        )
    return Unreadable(
        Words("文档是空的，没有可读的文字。", "The document is empty: there is no text to read.")
    )


# Fixes


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The file with edits made in its words, and the edits that could not be placed.

    Numbers that a program makes itself and documents with tracked changes are not touched.
    """
    from govlint.readers.office.archive import Archive, parse_xml
    from govlint.readers.office.odt_body import Text
    from govlint.readers.office.odt_edits import edited
    from govlint.readers.office.odt_styles import OFFICE, Styles
    from govlint.readers.office.repacking import repacked

    archive = None if _is_flat(data) else Archive(data)
    content = data if archive is None else archive.read(_CONTENT)
    root = parse_xml(content, _CONTENT)
    roots = [archive.xml("styles.xml")] if archive is not None and "styles.xml" in archive.names else []
    text = Text(Styles([*roots, root]), _CONTENT)
    text.body(root.find(f"{OFFICE}body/{OFFICE}text"))
    if text.changes:
        return data, list(edits)
    made, refused = edited(content, _CONTENT, root, text.text, text.pieces, edits)
    if made is content:
        return data, refused
    return (made if archive is None else repacked(archive, {_CONTENT: made})), refused
