"""What stands between two labels of a table: the figures of a row, as written, and words that are no label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from msgspec import Struct, field

from govlint.document import Number, Span
from govlint.parsing.notes import PAGE, without_note
from govlint.text.numerals import MOST_DIGITS
from govlint.text.remarks import NOTE_MARK

PartKind = Literal["number", "text", "blank", "invalid", "missing"]
"""``missing``: of a column that the table does not have."""

_BRACKET = rf"(?:\((?![一二三四五六七八九十]{{1,2}}\))[^()\n|\x1f]{{1,40}}\)|{NOTE_MARK.pattern})"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+)(?:\.\d+)?"
_UNIT = r"(?:亿元|万元|[元件条宗份个项次起部人篇期天]|%)(?![㐀-鿿])"
_CELL = re.compile(rf"(?P<number>{_NUMBER})\s*(?P<remark>{_BRACKET})?")
"""As in ``1,204 (含外文)``."""
_BLANK = re.compile(r"[-—–−―/\\]*")
_JUNK = r"[^\s\d㐀-鿿,.、。()\[\]{}+\-—–−―/\\%①-⑳]"
"""What no figure has within it: ``l`` for a 1, an apostrophe for the mark of thousands, an arrow from an old value."""
_GROUPS = r"\d[\d,.]{0,40}"
_TOKEN = re.compile(
    rf"(?P<page>(?<=\n){PAGE.pattern}[ \r]*(?=\n|$))"
    rf"|(?P<garbled>{_GROUPS}(?:(?:{_JUNK}{{1,2}}{_GROUPS})+|[A-Za-z]{{1,2}}(?![A-Za-z]))|(?<![A-Za-z])[A-Za-z]{{1,2}}{_GROUPS})"
    rf"|(?P<number>(?<![\d)])[-+]{_NUMBER}|{_NUMBER})(?P<remark>[ ]?{_BRACKET})?(?P<unit>[ ]?{_UNIT})?"
    r"|(?P<blank>[-—–−―/\\]+(?=\s|$))|(?P<space>\s+)|(?P<comma>,)|(?P<word>[^\s\d,]+)"
)
"""As in ``+3``."""
_SIGNED = re.compile(rf"(?P<number>(?<=\d)[-+]{_NUMBER}(?![-+/]))(?P<remark>(?!))?(?P<unit>(?!))?")
"""A signed number glued to the figure before it: ``5-3``."""
_HAN = re.compile(r"[㐀-鿿]")
_NOTHING = frozenset("无零空〇")
"""Words in the place of a figure."""
_VAGUE = ("若干", "不详", "未知")
_NO_COUNT = rf"(?P<none>[无零空〇OoXx×]|{'|'.join(_VAGUE)})"
_ALONE = re.compile(rf"(?:(?<=[ \r])|(?<=\n)(?=\S{{1,2}}[ \r]*\n\s*[\d/—-])){_NO_COUNT}(?=[ \r\n]|$)")
"""As in `` 无``."""
_ALONE_INSIDE = re.compile(rf"(?<=[ \r\n]){_NO_COUNT}(?=[ \r\n]|$)")
"""A word that stands like a figure among others parted by white space: `` 无``."""
_YEAR = re.compile(r"20\d\d$")
"""As in ``12042024``."""


class Part(Struct):
    """One value as written, or a run of digits of several cells; ``span`` in the source."""

    text: str
    span: Span
    kind: PartKind = "number"

    def value(self) -> Number | None:
        """The number, exact; None where it is blank, invalid, or longer than any figure is."""
        if self.kind != "number":
            return None
        digits = self.text.replace(",", "")
        if len(digits) > MOST_DIGITS:
            return None
        return Decimal(digits) if "." in digits else int(digits)


class Figures(Struct):
    """The values behind a label. ``bordered``: every part is a cell of its own, blanks included."""

    parts: list[Part] = field(default_factory=list)
    bordered: bool = False
    open_end: bool = False
    """The row ends with a bar that may be the border of one more blank cell."""
    commas: bool = False
    """Some parts are parted by commas alone, which may belong to a number."""
    lines: Sequence[Part] = ()
    """The same with a blank for each empty line, where every value stands on a line of its own."""

    @property
    def span(self) -> Span:
        spans = [part.span for part in self.parts]  # which a header may have put in another order
        return Span(min(spans).start, max(span.end for span in spans))


Piece = Figures | Span
"""Figures, or the span of words that are neither a label nor figures."""
_WORDS = re.compile(r"[^|\x1f\s](?:[^|\x1f]*[^|\x1f\s])?")
"""As in ``行政许可``."""


_CLOSED_CELLS = re.compile(r"[^|\n\x1f]*\|[| \r]*(?:(?:\n[ \r]*(?=\n))*\n[^|\n\x1f]*\|[| \r]*)+(?:\n\s*|$)")
"""Lines with one cell each and its border behind it, blank lines between them: ``12|\n3|\n``."""
_SPANNED = re.compile(r"\|[| \r]*\|[ \r]*$", re.MULTILINE)
"""As in ``||``."""


def read_gap(folded: str, start: int, end: int, before_label: bool) -> list[Piece]:
    """The pieces between a label's end and the next label's start, or the end of the table, in order."""
    if before_label and (row := _WHOLE_ROW.fullmatch(folded, start, end)):
        return [_whole(row[1], start)]
    gap = folded[start:end]
    if before_label:  # the last border is that of the next label's cell
        gap = gap.rstrip(" \r")
        gap = gap[:-1] if gap.endswith(("|", "\x1f")) else gap
    elif gap.endswith("["):  # of a heading in brackets that comes next
        gap = gap[:-1]
    if not gap.strip(" \n\r"):  # a tab is the border of a blank cell
        return []
    if "\x1f" in gap or "|" in gap:
        return _bordered(gap, start)
    pieces = _plain(gap, start, before_label)
    if "\n\n" in gap and len(pieces) == 1 and isinstance(pieces[0], Figures):
        pieces[0].lines = _lines(gap, start, pieces[0].parts, before_label)
    return pieces


def _lines(gap: str, start: int, parts: Sequence[Part], inside: bool) -> list[Part]:
    """A part for each line between two labels, empty ones included; none where a line holds more than one value."""
    found: list[Part] = []
    values = {part.span.start: part for part in parts}
    at = start
    for line in gap.split("\n"):
        lead = at + len(line) - len(line.lstrip())
        if line.strip() and (lead not in values or values[lead].text != line.strip()):
            return []
        found.append(values.get(lead) if line.strip() else Part("", Span(at, at), "blank"))  # type: ignore[arg-type]
        at += len(line) + 1
    return found[1:-1] if inside or gap.endswith("\n") else found[1:]


def _bordered(gap: str, start: int) -> list[Piece]:
    """Cells parted by tabs or bars: one row a line, or one cell a line with a bar behind it or bars between."""
    first = gap.split("\n", 1)[0]
    if "|" not in first and "\x1f" not in first and not any(map(_is_row, gap.split("\n"))):
        return _cells(without_note(gap).replace("\n", " "), start, wrapped=True)
    if not first.strip(" |\r") and (closed := _CLOSED_CELLS.match(gap)):
        return [*_closed(closed.group(), start), *_bordered_lines(gap[closed.end() :], start + closed.end())]
    return _bordered_lines(gap, start)


def _closed(gap: str, start: int) -> list[Piece]:
    """Rows of lines with one cell each; the bars of places that a cell spans end a row."""
    pieces: list[Piece] = []
    at = 0
    for match in _SPANNED.finditer(gap):
        pieces += _cells(gap[at : match.start()].replace("\n", " "), start + at, wrapped=True)
        at = match.end()
    return pieces + _cells(gap[at:].replace("\n", " "), start + at, wrapped=True)


def _is_row(line: str) -> bool:
    """Whether a line holds several cells, and not one of them or the border between two."""
    return "\x1f" in line or sum(bool(text.strip()) for text in line.split("|")) > 1


def _bordered_lines(gap: str, start: int) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for line in gap.split("\n"):
        if at and _is_head(line):
            pieces += _words_of(line, start + at)
        elif line.strip(" \r") and not (at and _is_rule(line)):
            pieces += _cells(line, start + at, wrapped=at > 0)
        at += len(line) + 1
    return pieces


def _is_head(line: str) -> bool:
    """Whether a line holds the names of columns: words in every cell, no figure and no word in place of one."""
    texts = [text.strip() for text in re.split(r"[|\x1f]", line)]
    words = [text for text in texts if text]
    return (
        len(set(words)) == len(words) > 2
        and not any(text in _NOTHING or text[0].isdigit() or _BLANK.fullmatch(text) for text in words)
        and any(len(_HAN.findall(text)) > 1 for text in words)
    )


def _words_of(line: str, start: int) -> list[Piece]:
    return [Span(start + match.start(), start + match.end()) for match in _WORDS.finditer(line)]


def _is_rule(line: str) -> bool:
    """Whether a line is the rule that Markdown wants below the head of a table."""
    cells = [text.strip() for text in line.strip(" \r|").split("|")]
    return len(cells) > 1 and all(len(cell) > 2 and not cell.strip(":").strip("-") for cell in cells)


_NUMBERS = r" *[0-9]+(?: *\| *[0-9]+| *\x1f *[0-9]+)* *\|?[ \r]*"
_WHOLE = re.compile(rf" *[|\x1f]?{_NUMBERS}")
"""As in `` 12 | 0 |``."""
_WHOLE_ROW = re.compile(rf"( *[|\x1f]{_NUMBERS})\n[ \r]*[|\x1f]?[ \r]*")
"""The same up to a label on the next line: `` | 12 | 0 |\n| ``."""
_DIGITS = re.compile(r"[0-9]+")


def _whole(line: str, start: int) -> Figures:
    """A row as mandated: nothing but whole numbers."""
    spans = [match.span() for match in _DIGITS.finditer(line)]
    parts = [Part(line[low:high], Span(start + low, start + high)) for low, high in spans]
    return Figures(parts, True, line.rstrip().endswith("|"))


def _cells(line: str, start: int, wrapped: bool) -> list[Piece]:
    """One row's cells. ``wrapped``: the line does not begin at a label, so that a leading bar is an outer border."""
    if _WHOLE.fullmatch(line):
        return [_whole(line, start)]
    tabs = "\x1f" in line
    texts = re.split(r"[|\x1f]", line)
    offsets: list[int] = []
    at = start
    for text in texts:
        offsets.append(at)
        at += len(text) + 1
    low, high = 0, len(texts)
    open_end = False
    if not texts[0].strip() and high > 1:
        low = 1
    if not tabs and high > low and not texts[-1].strip():
        high -= 1
        open_end = True
    pieces: list[Piece] = []
    figures = Figures(bordered=True, open_end=open_end)
    for index in range(low, high):
        text = texts[index]
        stripped = text.strip()
        if stripped.isdecimal():
            at = offsets[index] + text.index(stripped[0])
            figures.parts.append(Part(stripped, Span(at, at + len(stripped))))
            continue
        lead = len(text) - len(text.lstrip())
        span = Span(offsets[index] + lead, offsets[index] + lead + len(stripped))
        if _is_words(stripped, first=index == 0 or (wrapped and index == low)):
            if figures.parts and any(part.kind != "blank" for part in figures.parts):
                pieces.append(figures)
            figures = Figures(bordered=True, open_end=open_end)
            pieces.append(span)
        else:
            figures.parts.append(cell_of(stripped, span))
    if figures.parts and not (wrapped and all(part.kind == "blank" for part in figures.parts)):
        pieces.append(figures)
    return pieces


_NUMBERED = re.compile(r"\d{1,2}[.、)]\s*[㐀-鿿]")
"""As in ``2.其他``."""


def _is_words(text: str, first: bool) -> bool:
    """Whether a cell holds a label rather than a value: Chinese words without a number at the front."""
    if not text or text in _NOTHING or text in _VAGUE or (text[0].isdigit() and not _NUMBERED.match(text)):
        return False
    return len(_HAN.findall(text)) >= (1 if first else 3)


def cell_of(text: str, span: Span) -> Part:
    """The value of a cell as written."""
    if _BLANK.fullmatch(text):
        return Part(text, span, "blank")
    joined = "".join(text.split()) if re.fullmatch(r"[\d\s,.]+", text) else text
    match = _CELL.fullmatch(joined)
    return Part(match["number"], span) if match else Part(text, span, "invalid")


def _plain(gap: str, start: int, inside: bool) -> list[Piece]:
    """Values parted by white space, or run together. ``inside``: a label follows, so that no date or range does."""
    run = _Run(gap, start)
    alone = _ALONE_INSIDE if inside else _ALONE
    at = 0
    while match := (not run.words and alone.match(gap, at)) or _next(gap, at, inside and not run.words):
        at = run.take(match)
    run.end_figures()
    run.end_words()
    return run.pieces


class _Run:
    """Figures and words as they come, with no border between them."""

    def __init__(self, gap: str, start: int) -> None:
        self.gap, self.start = gap, start
        self.pieces: list[Piece] = []
        self.figures = Figures()
        self.only_commas = True
        self.words: list[int] = []
        """First and last place of the words that are being read."""

    def take(self, match: re.Match[str]) -> int:
        """Take in what stands next; where to read on."""
        kind, at = match.lastgroup, match.end()
        if kind in ("none", "garbled"):
            self.end_words()
            self._add(Part(match.group(), self._span(match), "invalid"))
        elif match["number"] is not None:
            number_end = _without_tail(self.gap, match)
            if number_end > match.start():
                self.end_words()
                part, at = _number(self.gap, self.start, match, number_end)
                self._add(part)
                return at
            kind, at = "word", _word_end(self.gap, match.start())
        if kind == "blank":
            self.end_words()
            self._add(Part(match.group(), self._span(match), "blank"))
        elif kind == "space":
            self.only_commas = self.only_commas and not (self.figures.parts and at < len(self.gap))
        elif kind == "comma" and not self.words:
            self.figures.commas = True
        elif kind in ("word", "comma"):
            self._word(match.start(), at)
        return at

    def _add(self, part: Part) -> None:
        self.figures.parts.append(part)

    def _word(self, start: int, end: int) -> None:
        if self.words:
            self.words[1] = end
            return
        self.end_figures()
        self.words = [start, end]

    def end_figures(self) -> None:
        if self.figures.parts:
            self.figures.commas = self.figures.commas and self.only_commas
            self.pieces.append(self.figures)
        self.figures, self.only_commas = Figures(), True

    def end_words(self) -> None:
        if self.words:
            self.pieces.append(Span(self.start + self.words[0], self.start + self.words[1]))
            self.words = []

    def _span(self, match: re.Match[str]) -> Span:
        return Span(self.start + match.start(), self.start + match.end())


def _next(gap: str, at: int, signed: bool) -> re.Match[str] | None:
    return (signed and at and _SIGNED.match(gap, at)) or _TOKEN.match(gap, at)


def _number(gap: str, start: int, match: re.Match[str], end: int) -> tuple[Part, int]:
    """The value of a number that ends at ``end``, with its remark or unit, and where to read on."""
    whole = end == match.end("number")
    behind = match.end() if whole else end
    raw = gap[match.start() : end]
    sign_or_unit = raw[0] in "+-" or (match["unit"] and whole)
    text = gap[match.start() : match.end()] if sign_or_unit else raw
    span = Span(start + match.start(), start + behind)
    return Part(text, span, "invalid" if sign_or_unit else "number"), behind


def _without_tail(gap: str, match: re.Match[str]) -> int:
    """Where a number ends when its last digits belong to what follows: the ordinal of a label, a year."""
    end = match.end("number")
    if match["remark"] or match["unit"]:
        return end
    after = gap[end : end + 2]
    if re.match(r"[.、)][㐀-鿿\"]", after):
        return end - 1
    if after[:1] == "年":
        year = _YEAR.search(match["number"])
        return match.start("number") + year.start() if year else match.start()
    if after[:1] in ("月", "日"):
        return match.start()
    return end


_DIGITS_OF_WORDS = re.compile(r"\d+[.、)]?[^\s\d,]*")
"""As in ``3.其他``."""


def _word_end(gap: str, start: int) -> int:
    match = _DIGITS_OF_WORDS.match(gap, start)
    return match.end() if match else start + 1
