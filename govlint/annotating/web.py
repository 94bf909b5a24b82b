"""Web pages: words at fault are marked where they stand, and what is said of them stands at the foot of the page.

Marks and notes are all that is added; taken out again they leave the page byte for byte. The numbers at the marks are
drawn by the style sheet, and the element of the notes is one that readers pass over: a check reads the same text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import NamedTuple

from govlint.annotating.notes import Written
from govlint.annotating.wording import paragraphs
from govlint.document import Document, Span, Unreadable, Words
from govlint.readers.web import html
from govlint.readers.web.rewrite import Places, exact
from govlint.result import Result
from govlint.rule import SEVERITIES, Finding
from govlint.text.encoding import Decoded
from govlint.text.visible import visible

_OURS = re.compile(
    r"<govlint-notes\b.*?</govlint-notes>|<mark data-govlint=[^>]*>(?P<words>.*?)</mark>", re.DOTALL
)
"""As in ``<govlint-notes>1</govlint-notes>``."""
_CELL = re.compile(r"""<t[dh]\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
"""As in ``<td colspan=3>``."""
_END = re.compile(r"</body\s*>", re.IGNORECASE)
"""As in ``</body>``."""


class _Mark(NamedTuple):
    """Source text to be marked, for the findings of these numbers; ``last`` are those whose words end here."""

    start: int
    end: int
    numbers: tuple[int, ...]
    last: tuple[int, ...]


def withdrawn(data: bytes, result: Result) -> bytes:
    """The page without govlint's own marks and notes."""
    decoded = exact(data)
    if decoded is None or not _OURS.search(decoded.text):
        return data
    return _encoded(decoded, _OURS.sub(lambda match: match["words"] or "", decoded.text))


def written(data: bytes, path: str, result: Result, lang: str) -> Written:
    """The page with marks and notes. Raises Unreadable where it is in no encoding that can be written back."""
    findings, document = result.findings, result.document
    if not findings:
        return Written(data, 0)
    decoded = exact(data)
    if decoded is None or document is None:
        raise Unreadable(_LOSSY)
    marks = _marks(decoded.text, document, path, result)
    said = [paragraphs(finding, result, lang) for finding in findings]
    made = _made(decoded, marks, findings, said, lang)
    if marks and not _reads(made, path, document):  # marks in what is no text of the page
        marks = []
        made = _made(decoded, marks, findings, said, lang)
    return Written(made, len(findings))


_LOSSY = Words(
    "网页中有不能还原的字节，没有写入标记。请在浏览器中另存为 UTF-8 网页，或用 -o 另存 Word 文件。",
    "The page has bytes that could not be written back as they were; it was not marked. Save it as UTF-8 first.",
)


def _reads(data: bytes, path: str, document: Document) -> bool:
    try:
        return html.read(data, path).text == document.text
    except Unreadable:
        return False


def _encoded(decoded: Decoded, text: str) -> bytes:
    return decoded.bom + text.encode(decoded.encoding, "surrogateescape")


# Marks


def _marks(source: str, document: Document, path: str, result: Result) -> list[_Mark]:
    """What is to be marked, in order; where findings overlap, a mark for each part of the text."""
    places = Places(source, document, path)
    title = result.report.title_span if result.report else None
    blanks: dict[int, list[int]] = {}
    covered: dict[int, list[int]] = {}
    ends: dict[int, list[int]] = {}
    for number, finding in enumerate(result.findings, 1):
        span = finding.span or title
        if span is not None and (offset := _blank(places, span)) is not None:
            blanks.setdefault(offset, []).append(number)
        elif known := _known(places, span):
            for at in known:
                covered.setdefault(at, []).append(number)
            ends.setdefault(known[-1], []).append(number)
    made = [_Mark(offset, offset, tuple(numbers), tuple(numbers)) for offset, numbers in blanks.items()]
    run: list[int] = []
    for at in sorted(covered):
        if run and (run[-1] in ends or not _together(places, run[-1], at, covered)):
            made.append(_mark(places, run, covered, ends))
            run = []
        run.append(at)
    if run:
        made.append(_mark(places, run, covered, ends))
    return sorted(made)


def _blank(places: Places, span: Span) -> int | None:
    """The source offset in an empty cell; None for words, and where cells and text do not answer to each other."""
    at = span.start
    if places.text[at : span.end].strip() or places.text[at : at + 1] not in ("\t", "\n", ""):
        return None
    before = next((known for known in range(at - 1, -1, -1) if known in places.where), None)
    behind = next((known for known in range(at, len(places.text)) if known in places.where), None)
    if before is None or behind is None:
        return None
    low, high = places.where[before].end, places.where[behind].start
    cells = list(_CELL.finditer(places.source, low, high))
    parted = [char in "\t\n" for char in places.text[before + 1 : behind]]
    passed = sum(parted[: at - before - 1])
    return cells[passed - 1].end() if passed and len(cells) == sum(parted) else None


def _known(places: Places, span: Span | None) -> list[int]:
    """The offsets of a span whose characters stand in the source; without any, those of the words before it."""
    if span is None:
        return []
    known = [at for at in range(span.start, span.end) if at in places.where]
    at = span.start
    while not known and at:
        at -= 1
        if at in places.where:
            first = at
            while places.stretch.get(first - 1) == places.stretch[at]:
                first -= 1
            known = list(range(first, at + 1))
    return known


def _together(places: Places, one: int, other: int, covered: dict[int, list[int]]) -> bool:
    return places.stretch[one] == places.stretch[other] and covered[one] == covered[other]


def _mark(
    places: Places, run: Sequence[int], covered: dict[int, list[int]], ends: dict[int, list[int]]
) -> _Mark:
    start, end = places.where[run[0]].start, places.where[run[-1]].end
    return _Mark(start, end, tuple(covered[run[0]]), tuple(ends.get(run[-1], ())))


# Writing


def _made(
    decoded: Decoded,
    marks: Sequence[_Mark],
    findings: Sequence[Finding],
    said: Sequence[list[str]],
    lang: str,
) -> bytes:
    source = decoded.text
    out: list[str] = []
    at = 0
    named: set[int] = set()
    for mark in marks:
        title = "&#10;".join(escape(visible(text)) for number in mark.numbers for text in said[number - 1])
        worst = min((findings[number - 1].severity for number in mark.numbers), key=SEVERITIES.index)
        first = [number for number in mark.numbers if number not in named][:1]
        named.update(first)
        identity = f' id="govlint-{first[0]}"' if first else ""
        shown = " ".join(map(str, mark.last))
        tag = f'<mark data-govlint="{shown}" class="govlint-{worst}"{identity} title="{title}">'
        out += [source[at : mark.start], _written(tag, decoded), source[mark.start : mark.end], "</mark>"]
        at = mark.end
    notes = _written("".join(_notes(findings, said, named, lang)), decoded)
    foot = list(_END.finditer(source, at))
    end = foot[-1].start() if foot else len(source)
    return _encoded(decoded, "".join([*out, source[at:end], notes, source[end:]]))


def _written(text: str, decoded: Decoded) -> str:
    """Text as the page's encoding has it; what it lacks as references."""
    return text.encode(decoded.encoding, "xmlcharrefreplace").decode(decoded.encoding)


def _notes(
    findings: Sequence[Finding], said: Sequence[list[str]], named: set[int], lang: str
) -> Iterator[str]:
    worst = min((finding.severity for finding in findings), key=SEVERITIES.index)
    heading = Words(f"govlint 检查批注（{len(findings)}条）", f"Notes by govlint ({len(findings)})").say(lang)
    style = files("govlint.annotating").joinpath("web.css").read_text("utf-8")
    yield f'<govlint-notes class="govlint-{worst}" lang="{"en" if lang == "en" else "zh-CN"}"><style>\n{style}</style>\n'
    yield f'<h2 id="govlint-notes">{heading}</h2>\n<ol>\n'
    place = Words("到原文", "to the text").say(lang)
    for number, (finding, (first, *rest)) in enumerate(zip(findings, said, strict=True), 1):
        code, _, message = first.partition(" ")
        where = f' <a href="#govlint-{number}">{place}</a>' if number in named else ""
        yield f'<li class="govlint-{finding.severity}"><p>{number}. <b>{escape(code)}</b> {escape(visible(message))}{where}</p>'
        for at, text in enumerate(rest, 1):
            basis = ' class="govlint-basis"' if at == len(rest) else ""
            yield f"<p{basis}>{escape(visible(text))}</p>"
        yield "</li>\n"
    yield "</ol></govlint-notes>"
