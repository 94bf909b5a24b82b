"""Word files: a finding is a comment at its cell or words.

Only ``document.xml``, the parts of the comments and what must name them are written, and in them nothing but the
comments: see :mod:`govlint.readers.office.splicing`. A comment that a person has resolved, answered or written into stays.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from govlint.annotating.notes import MOST, HandledNote, Written, is_added_to, texts, unsaid
from govlint.annotating.notes import place as place_of
from govlint.annotating.word_anchors import Anchors, Range, Seam, without_marks
from govlint.annotating.word_comments import (
    Comments,
    New,
    empty_part,
    paragraph_id,
    with_new,
)
from govlint.annotating.wording import paragraphs
from govlint.document import Edit, Span, Unreadable, Words
from govlint.readers.office import docx
from govlint.readers.office.insertions import Insertion, own
from govlint.readers.office.package import Package
from govlint.readers.office.repacking import repacked
from govlint.readers.office.splicing import Edit as Bytes
from govlint.readers.office.splicing import Markup
from govlint.result import Result
from govlint.rule import Finding

_TYPES = "[Content_Types].xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


# Taking the former ones away


def withdrawn(data: bytes, result: Result) -> bytes:
    """The file without govlint's own comments, but for those that a person has dealt with.

    ``result`` is that of checking the file. Raises Unreadable.
    """
    package = Package(data, "word/document.xml")
    comments = Comments(package)
    own = [each for each in comments.all if each.own and not comments.is_dealt_with(each)]
    if own:
        said = list(texts(result))
        own = [each for each in own if not is_added_to(each.text, said)]
    if not own:
        return data
    markup = Markup(package.archive.read(package.main), package.main)
    changed = comments.without(own)
    changed[package.main] = markup.edited(without_marks(markup, {each.number for each in own}))
    return repacked(package.archive, changed)


def peoples(data: bytes) -> list[str]:
    """What people say in comments, each with its author. Raises Unreadable."""
    comments = Comments(Package(data, "word/document.xml"))
    return [f"{each.author} {each.text}" for each in comments.all if not each.own]


# Writing


class _Placed(NamedTuple):
    finding: Finding
    place: Range
    alike: int
    """Findings before it that have the same fingerprint."""


def written(data: bytes, path: str, result: Result, lang: str) -> Written:
    """The file with a comment for every finding that is not said already; ``result`` is that of checking it.

    Raises Unreadable where there is no place for comments.
    """
    package, text, roots = docx.walk(data, pieces=True)
    inserted = docx.inserted(package, text)
    comments = Comments(package)
    handled = _handled(comments, text.ranges)
    findings = unsaid(result, handled, _mark)
    if not findings:
        return Written(data, 0, len(handled))
    markup = Markup(package.archive.read(package.main), package.main)
    anchors = Anchors(markup, text, roots, package.main)
    placed: list[_Placed] = []
    counts: Counter[str] = Counter()
    for finding in findings[:MOST]:
        place = anchors.range(_own(place_of(finding, result), inserted))
        if place is None:
            raise Unreadable(_NO_PARAGRAPH)
        placed.append(_Placed(finding, place, counts[finding.fingerprint]))
        counts[finding.fingerprint] += 1
    first = _free_number(comments, markup)
    ids = {number for each in comments.all for number in each.ids}
    new = [_new(first + at, each, result, lang, ids) for at, each in enumerate(placed)]
    changed = _with_part(package, comments, markup.is_strict, new)
    changed[package.main] = _with_marks(
        markup, anchors.seams, [(each.place, one.number) for each, one in zip(placed, new, strict=True)]
    )
    for name, content in changed.items():
        Markup(content, name)  # a part that was odd before may not bear what was added
    return Written(repacked(package.archive, changed), len(new), len(handled), len(findings) - len(new))


_NO_PARAGRAPH = Words(
    "文档里没有可以加批注的段落（内容是嵌入的网页或文件）。请在 Word 或 WPS 中另存为 .docx 后再加批注。",
    "The document has no paragraph that could take a comment: its content is an embedded page or file. Save it as "
    ".docx in Word or WPS first.",
)


def _own(span: Span | None, inserted: Sequence[Insertion]) -> Span | None:
    """A span in terms of the document's own text; of what stands in another form the place at which that stands."""
    if span is None or not inserted:
        return span
    if (edit := own(Edit(span, ""), inserted)) is not None:
        return edit.span
    shift = 0
    for at, inner in sorted(inserted, key=lambda each: each.at):
        shift += len(inner.text) + (not inner.text.endswith("\n"))
        if span.start < at + shift:
            return Span(at, at)
    return span


def _handled(comments: Comments, ranges: Mapping[str, Span]) -> list[HandledNote]:
    """Our comments that are still there: a person has dealt with them."""
    own = (each for each in comments.all if each.own)
    return [HandledNote(each.text, ranges.get(each.number, Span(0, 0)).start, each.ids) for each in own]


def _mark(finding: Finding, number: int) -> str:
    return paragraph_id(finding.fingerprint, number, 0)


def _new(number: int, placed: _Placed, result: Result, lang: str, taken: set[str]) -> New:
    said = paragraphs(placed.finding, result, lang)
    fingerprint, count = placed.finding.fingerprint, placed.alike
    while (first := paragraph_id(fingerprint, count, 0)) in taken:
        count += 1
    ids = [first, *(paragraph_id(fingerprint, count, at) for at in range(1, len(said)))]
    taken.update(ids)
    return New(number, said, ids, result.report.as_of if result.report else None)


def _free_number(comments: Comments, markup: Markup) -> int:
    """The first of the numbers that no comment and no mark has."""
    marks = markup.named("commentRangeStart", "commentRangeEnd", "commentReference")
    numbers = [each.number for each in comments.all] + [each.get("id") or "" for each in marks]
    return max((int(number) for number in numbers if number.isdecimal() and len(number) < 10), default=-1) + 1


def _with_marks(markup: Markup, seams: Mapping[int, Seam], places: Sequence[tuple[Range, int]]) -> bytes:
    """The document with each comment's marks; where several stand at one offset, ends before beginnings."""
    ends: dict[int, list[str]] = {}
    starts: dict[int, list[str]] = {}
    prefix, declared = markup.prefix(markup.root)
    for (start, end), number in places:
        opening = f'<{prefix}commentRangeStart{declared} {prefix}id="{number}"/>'
        closing = f'<{prefix}commentRangeEnd{declared} {prefix}id="{number}"/><{prefix}r{declared}><{prefix}rPr><{prefix}sz {prefix}val="16"/></{prefix}rPr><{prefix}commentReference {prefix}id="{number}"/></{prefix}r>'
        if start == end:
            ends.setdefault(end, []).append(opening + closing)
        else:
            starts.setdefault(start, []).append(opening)
            ends.setdefault(end, []).append(closing)
    edits: list[Bytes] = []
    for offset in ends.keys() | starts.keys():
        seam = seams.get(offset, Seam())
        marks = "".join((*ends.get(offset, ()), *starts.get(offset, ()))).encode("utf-8")
        edits.append(Bytes(offset, offset + seam.dropped, seam.before + marks + seam.behind))
    return markup.edited(edits)


# The parts


def _with_part(package: Package, comments: Comments, strict: bool, new: Sequence[New]) -> dict[str, bytes]:
    """The part of the comments with new ones, and what must name it where there was none."""
    if comments.part:
        data = package.archive.read(comments.part)
        return {comments.part: with_new(data, comments.part, new)}
    folder, name = posixpath.split(package.main)
    relations = f"{folder}/_rels/{name}.rels".lstrip("/")
    changed: dict[str, bytes] = {}
    part = package.related.get("comments", "")
    if not part:
        part = _free_name(package, folder)
        data = package.archive.read(relations) if relations in package.archive.names else _NO_RELATIONS
        changed[relations] = _related(data, relations, posixpath.basename(part), strict)
    changed[part] = with_new(empty_part(strict), part, new)
    types = Markup(package.archive.read(_TYPES), _TYPES)
    if not any(f"/{part}".lower() == node.attributes.get("PartName", "").lower() for node in types.nodes):
        override = _element(types, "Override", f'PartName="/{part}" ContentType="{_TYPE}"')
        changed[_TYPES] = types.edited([types.appending(types.root, override)])
    return changed


def _free_name(package: Package, folder: str) -> str:
    names = {name.lower() for name in package.archive.names}
    candidates = (posixpath.join(folder, f"comments{at or ''}.xml") for at in range(len(names) + 1))
    return next(name for name in candidates if name.lower() not in names)


def _related(data: bytes, part: str, target: str, strict: bool) -> bytes:
    markup = Markup(data, part)
    taken = {node.attributes.get("Id", "") for node in markup.nodes}
    number = next(at for at in range(1, len(taken) + 2) if f"rId{at}" not in taken)
    kind = _STRICT_RELATION if strict else _RELATION
    element = _element(markup, "Relationship", f'Id="rId{number}" Type="{kind}" Target="{target}"')
    return markup.edited([markup.appending(markup.root, element)])


def _element(markup: Markup, name: str, attributes: str) -> bytes:
    """An element as its part writes them."""
    before, colon, _ = markup.tag(markup.root).rpartition(b":")
    return b"<" + before + colon + f"{name} {attributes}/>".encode()
