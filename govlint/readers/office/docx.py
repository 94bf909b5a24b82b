"""Word ``.docx`` and ``.docm``, as Word, WPS Office and LibreOffice write them.

XML over the parts that hold text (:mod:`.elements`): a tenth of the time that python-docx takes, and merged cells,
numbering and tracked changes are read from where they stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from govlint.document import Comment, Document, Edit, Span, Unreadable, Words
from govlint.text.remarks import OPENING

if TYPE_CHECKING:
    from govlint.readers.office.insertions import Insertion
    from govlint.readers.office.package import Package
    from govlint.readers.office.word_body import Text

SUFFIXES = (".docx", ".docm")
WEIGHT = 4
_TEMPLATES = (".dotx", ".dotm")
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def sniff(data: bytes, path: str) -> bool:
    """A zip package with a Word document in it, whole or cut off; or the locked form of any Office package."""
    if not data.startswith((b"PK", b"\xd0\xcf")):
        return False
    from govlint.readers.office.archive import holds, is_encrypted_office, is_zip

    if is_zip(data):
        cut_off = (
            path.lower().endswith((*SUFFIXES, *_TEMPLATES))
            and not holds(data, b"xl/")
            and not holds(data, b"mimetype")
        )
        return holds(data, b"word/") or cut_off
    return is_encrypted_office(data)


def read(data: bytes, path: str, follow: bool = True) -> Document:
    """Raises Unreadable. ``follow`` is whether a package in it is read too."""
    from govlint.readers.office import insertions
    from govlint.readers.office.archive import encrypted, is_encrypted_office
    from govlint.readers.office.word_seen import notes

    if is_encrypted_office(data):
        raise encrypted()
    package, text, _ = walk(data)
    words = text.text
    document = Document(
        path,
        "docx",
        words,
        origins=text.origins(),
        tracked=[Span(at, at) for at in dict.fromkeys(min(at, text.length) for at in text.changes)],
        comments=_comments(package, text),
        notes=notes(text.passed) if text.passed else (),
    )
    document.unread = text.unread
    if text.foreign:
        found, unread = insertions.read(package, text.foreign, words, _read_inner if follow else None)
        document.unread = sorted([*text.unread, *unread], key=lambda each: each.span)
        insertions.insert(document, found)
    if not document.text.strip():
        raise _without_text(bool(text.foreign))
    if title := _title(package):
        document.metadata = {"property": title}
    return document


def inserted(package: Package, text: Text) -> list[Insertion]:
    """What is put into the text of :func:`walk` for that of the document: parts and pictures that could be read."""
    from govlint.readers.office import insertions

    return insertions.read(package, text.foreign, text.text, _read_inner)[0] if text.foreign else []


def _read_inner(data: bytes, path: str) -> Document:
    """A document within a document, without those within it."""
    return read(data, path, follow=False)


def walk(data: bytes, pieces: bool = False) -> tuple[Package, Text, dict[str, Any]]:
    """The package, its text, and the roots of the parts that hold text by name; ``pieces`` to write into them."""
    from govlint.readers.limits import LONGEST
    from govlint.readers.office.archive import damaged, parse_xml
    from govlint.readers.office.package import Package, usual
    from govlint.readers.office.word_body import Features, Text
    from govlint.readers.office.word_numbering import Numbering, Styles, used_styles
    from govlint.readers.office.word_seen import may_hide
    from govlint.readers.office.word_xml import W

    package = Package(data, "word/document.xml")
    source = usual(package.archive.read(package.main))
    root = parse_xml(source, package.main)
    body = root.find(f"{W}body")
    if body is None:
        raise damaged("没有正文", "there is no body")
    # Without a style of its own a paragraph has the default one, which neither numbers nor hides.
    looks = package.bytes_of("styles") if b"pStyle" in source or b"rStyle" in source else b""
    looks = used_styles(looks, source) if looks else b""
    hides = bool(looks) and may_hide(looks)
    styled = b"numPr" in looks or hides
    styles = Styles(parse_xml(looks, "styles.xml") if styled else None)
    numbered = b"numPr" in source or b"numPr" in looks
    numbering = Numbering(package.root_of("numbering") if numbered else None, styles)
    features = Features(
        hidden=hides or may_hide(source),
        tracked=b":del" in source or b"moveFrom" in source,
        nested=any(next(each.iterancestors(f"{W}tc"), None) is not None for each in root.iter(f"{W}tbl")),
        pieces=pieces,
    )
    text = Text(numbering, styles, features, package.main, LONGEST)
    text.body(body)
    roots = {package.main: root}
    _read_notes(package, text, roots)
    return package, text, roots


def _read_notes(package: Package, text: Text, roots: dict[str, Any]) -> None:
    """Footnotes, then endnotes, each in the order in which the text refers to them."""
    from govlint.readers.office.word_xml import W

    for kind in ("footnotes", "endnotes"):
        referred = [(number, mark) for each, number, mark in text.footnotes if each == kind]
        root = package.root_of(kind) if referred else None
        if root is None:
            continue
        notes = {each.get(f"{W}id"): each for each in root}
        roots[package.related[kind]] = root
        for number, mark in dict(referred).items():
            if number in notes:
                text.note(notes[number], package.related[kind], mark)


def _without_text(pictures: bool) -> Unreadable:
    if pictures:
        return Unreadable(
            Words(
                "文档里只有图片，没有文字。请提供可编辑的文档，或另存为 PDF 并安装 pip install 'govlint[ocr]' 后识别。",
                "The document holds only pictures and no text. Use the editable document, or save it as PDF and "
                "install 'govlint[ocr]' to have it recognised.",
            )
        )
    return Unreadable(
        Words("文档是空的，没有可读的文字。", "The document is empty: there is no text to read.")
    )


def _comments(package: Package, text: Text) -> list[Comment]:
    """The comments addressed to govlint, in the order of the text they are attached to."""
    from govlint.readers.office.word_xml import W

    if b"govlint" not in package.bytes_of("comments").lower():
        return []
    found: list[Comment] = []
    words = text.text
    for each in package.root_of("comments").iter(f"{W}comment"):
        paragraphs = ("".join(t.text or "" for t in p.iter(f"{W}t")) for p in each.iter(f"{W}p"))
        said = "\n".join(paragraphs).strip()
        span = text.ranges.get(each.get(f"{W}id") or "")
        if span is not None and OPENING.match(said):
            start, end = span
            while end > start and words[end - 1] in "\n\t":
                end -= 1
            found.append(Comment(said, Span(start, end)))
    return sorted(found, key=lambda comment: comment.span)


def _title(package: Package) -> str:
    """The title in the file's properties; empty where there is none."""
    from govlint.readers.office.archive import parse_xml

    if "docProps/core.xml" not in package.archive.names:
        return ""
    data = package.archive.read("docProps/core.xml")
    if b"title>" not in data:
        return ""
    return (parse_xml(data, "docProps/core.xml").findtext(_TITLE) or "").strip()


# Fixes


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The file with edits made in its text runs, whose form they keep, and the edits that could not be placed.

    Numbers that Word makes itself, tracked changes, fields and what reaches over several paragraphs or cells are
    not touched. Nothing but those texts changes, in any part.
    """
    from govlint.readers.office import insertions
    from govlint.readers.office.repacking import repacked
    from govlint.readers.office.word_edits import Changes, written

    package, text, roots = walk(data, pieces=True)
    words = text.text
    found = inserted(package, text)
    changes = Changes(text.pieces, words)
    refused: list[Edit] = []
    limit = len(words) + 1
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        own = insertions.own(edit, found)
        if own is not None and own.span.end <= limit and changes.place(own):
            limit = own.span.start
        else:
            refused.append(edit)
    if not changes.by_part:
        return data, refused[::-1]
    parts = {
        name: written(package.archive.read(name), name, roots[name], texts)
        for name, texts in changes.by_part.items()
    }
    return repacked(package.archive, parts), refused[::-1]
