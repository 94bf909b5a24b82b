"""PDF: words at fault are highlighted by notes, which any reader of PDF lists; the pages stay as they are.

The notes are an addition behind the file as it was, whose bytes all stay: PDF's own way of changing a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from govlint.annotating.notes import AUTHOR, MOST, HandledNote, Written, is_added_to, place, texts, unsaid
from govlint.annotating.pdf_increment import FAILURES, Increment
from govlint.annotating.wording import paragraphs
from govlint.document import Span, Unreadable, Words
from govlint.readers.paper import pdf
from govlint.readers.paper.places import Place
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.visible import visible

_COLOURS: Mapping[str, tuple[float, float, float]] = {
    "error": (1.0, 0.72, 0.72),
    "warning": (1.0, 0.85, 0.55),
    "info": (0.72, 0.86, 1.0),
}
_FROM = "/GovlintFrom"
"""The length of the file that a note was added to."""
_PRINTED = 4
_ICON = 18
"""Points: the side of the sign of a note that stands at no words."""


class _Note(NamedTuple):
    """An annotation of an earlier run, and the page that lists it."""

    page: int
    reference: Any
    content: DictionaryObject

    @property
    def text(self) -> str:
        return str(self.content.get("/Contents", ""))


# Taking the former ones away


def withdrawn(data: bytes, result: Result) -> bytes:
    """The file without govlint's own notes, but for those that a person has answered or written into."""
    if _FROM.encode() not in data:
        return data
    try:
        file = _opened(data)
        own, answered = _own(file)
        said = list(texts(result))
        gone = [note for note in own if note.reference not in answered and not is_added_to(note.text, said)]
        if not gone:
            return data
        if len(gone) == len(own) and (length := _length_before(data, own)):
            return data[:length]
        for number in {note.page for note in gone}:
            former = [note.reference for note in gone if note.page == number]
            file.relist(number, ArrayObject(each for each in file.notes(number) if each not in former))
        return file.written()
    except FAILURES as error:
        raise Unreadable(_NOT_WRITTEN) from error


def peoples(data: bytes) -> list[str]:
    """What people say in notes, each with its author. Raises Unreadable."""
    try:
        file = _opened(data)
        pages = range(1, len(file.reader.pages) + 1)
        notes = [reference.get_object() for number in pages for reference in file.notes(number)]
    except FAILURES as error:
        raise Unreadable(_NOT_WRITTEN) from error
    said = (note for note in notes if isinstance(note, DictionaryObject) and "/T" in note)
    named = [(str(note["/T"]), note.get("/Contents", "")) for note in said]
    return [f"{author} {text}" for author, text in named if author != AUTHOR]


def _opened(data: bytes) -> Increment:
    file = Increment(data)
    if file.reader.is_encrypted:
        raise Unreadable(_ENCRYPTED)
    return file


def _own(file: Increment) -> tuple[list[_Note], list[IndirectObject]]:
    """govlint's own notes, and what other annotations are answers to."""
    own: list[_Note] = []
    answered: list[IndirectObject] = []
    for number in range(1, len(file.reader.pages) + 1):
        for reference in file.notes(number):
            content = reference.get_object()
            if not isinstance(content, DictionaryObject):
                continue
            if content.get("/T") == AUTHOR and _FROM in content:
                own.append(_Note(number, reference, content))
            elif "/IRT" in content:
                answered.append(content.raw_get("/IRT"))
    return own, answered


def _length_before(data: bytes, own: Sequence[_Note]) -> int:
    """The length of the file before the notes, where nothing but them was added to it since; else 0."""
    lengths = {int(str(note.content[_FROM])) for note in own}
    length = lengths.pop()
    alone = not lengths and 0 < length < len(data) and data[length:].count(b"startxref") == 1
    return length if alone and b"%%EOF" in data[:length][-1024:] else 0


# Writing


def written(data: bytes, path: str, result: Result, lang: str) -> Written:
    """The file with notes behind it. Raises Unreadable for files that do not admit of them."""
    if not result.findings:
        return Written(data, 0)
    text, found = pdf.places(data)
    document = result.document
    if document is None or document.text != text:
        raise Unreadable(_NOT_WRITTEN)
    places = [Place(int(offset), int(page), *box) for offset, page, *box in found]
    try:
        file = _opened(data)
        handled = [_handled(note) for note in _own(file)[0]]
        findings = unsaid(result, handled, _mark)
        if not findings:
            return Written(data, 0, len(handled))
        _add(file, findings[:MOST], result, places, lang, len(data))
        made = file.written()
    except FAILURES as error:
        raise Unreadable(_NOT_WRITTEN) from error
    if not made.startswith(data) or pdf.read(made, path).text != text:
        raise Unreadable(_NOT_WRITTEN)
    return Written(made, len(findings[:MOST]), len(handled), len(findings[MOST:]))


_NOT_WRITTEN = Words(
    "这个 PDF 的结构有损坏或不合规范，不能写批注。请从原文档重新导出，或给原 Word 文件加批注。",
    "This PDF is damaged or irregular and takes no notes. Export it again, or annotate the Word file it was made of.",
)
_ENCRYPTED = Words(
    "PDF 设有权限密码，不能写批注。请去掉密码后另存，或给原 Word 文件加批注。",
    "The PDF is protected by a password and takes no notes. Save it without one, or annotate the Word file.",
)


def _handled(note: _Note) -> HandledNote:
    return HandledNote(note.text, 0, (str(note.content.get("/NM", "")),))


def _mark(finding: Finding, number: int) -> str:
    return f"{AUTHOR}-{finding.fingerprint}-{number}"


def _add(
    file: Increment,
    findings: Sequence[Finding],
    result: Result,
    places: Sequence[Place],
    lang: str,
    length: int,
) -> None:
    """Have a note for each finding listed by its page."""
    counts: Counter[str] = Counter()
    lists: dict[int, ArrayObject] = {}
    for finding in findings:
        shown = _shown(places, place(finding, result))
        page = shown[0].page if shown else 1
        name = _mark(finding, counts[finding.fingerprint])
        counts[finding.fingerprint] += 1
        said = "\n".join(map(visible, paragraphs(finding, result, lang)))
        note = _annotation(shown, finding, said, name, length)
        note[NameObject("/P")] = file.reference(page)
        lists.setdefault(page, ArrayObject(file.notes(page))).append(file.add(note))
    for page, listed in lists.items():
        file.relist(page, listed)


def _shown(places: Sequence[Place], span: Span | None) -> list[Place]:
    """Boxes of the words of a span, one a line of one page; without words those of the glyph before it."""
    if span is None:
        return []
    inside = [each for each in places if span.start <= each.offset < span.end]
    before = [each for each in places if each.offset < span.start][-1:]
    chosen = inside or [each._replace(left=each.right) for each in before]
    return [box for box in _lines(chosen) if box.page == chosen[0].page]


def _lines(places: Sequence[Place]) -> Iterator[Place]:
    """Glyphs side by side as one box."""
    for _, group in groupby(places, key=lambda each: (each.page, round(each.bottom), round(each.top))):
        row = list(group)
        yield row[0]._replace(left=min(each.left for each in row), right=max(each.right for each in row))


def _annotation(
    shown: Sequence[Place], finding: Finding, said: str, name: str, length: int
) -> DictionaryObject:
    """A highlight over words, or the sign of a note where there are none."""
    common: dict[str, Any] = {
        "/Type": NameObject("/Annot"),
        "/T": TextStringObject(AUTHOR),
        "/NM": TextStringObject(name),
        "/Contents": TextStringObject(said),
        "/C": _numbers(_COLOURS[finding.severity]),
        "/F": NumberObject(_PRINTED),
        _FROM: NumberObject(length),
    }
    boxes = [each for each in shown if each.right > each.left]
    if boxes:
        quads = [
            n for b in boxes for n in (b.left, b.top, b.right, b.top, b.left, b.bottom, b.right, b.bottom)
        ]
        edges = (min(b.left for b in boxes), min(b.bottom for b in boxes))
        corners = (max(b.right for b in boxes), max(b.top for b in boxes))
        special = {
            "/Subtype": NameObject("/Highlight"),
            "/QuadPoints": _numbers(quads),
            "/Rect": _numbers((*edges, *corners)),
        }
    else:
        left, top = (shown[0].right + 6, shown[0].top) if shown else (_ICON, 3 * _ICON)
        rect = _numbers((left, top - _ICON, left + _ICON, top))
        special = {"/Subtype": NameObject("/Text"), "/Name": NameObject("/Comment"), "/Rect": rect}
    return DictionaryObject({NameObject(key): value for key, value in {**common, **special}.items()})


def _numbers(numbers: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(round(number, 2)) for number in numbers])
