"""Characters and ruling lines as they stand on paper, made into lines, cells and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter, eq

from msgspec import Struct, field

from govlint.readers.paper.rulings import Ruling


class Glyph(Struct, frozen=True, gc=False):
    """A character, or a recognised word, with its place in points from the upper left corner of its page."""

    text: str
    x0: float
    x1: float
    y: float
    """Middle of the line on which it stands."""
    size: float
    score: float | None = None
    """0 to 1 where it was recognised from an image."""
    run: int = 0
    """Which glyphs were written together, as one string; 0 where that is not known."""
    order: int = 0
    """Its place in the order in which the page was written; 0 where that is not known."""


PANE = 100_000


def sheet_of(number: int) -> int:
    return number % PANE


class Page(Struct):
    number: int
    """Of the sheet, from 1; ``PANE`` more for what stands to the right of its gutter."""
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    turn: int = 0
    """Degrees by which it is turned to be read upright."""
    edges: tuple[float, float, float, float] | None = None
    """Left, bottom, right and top in PDF space, where that is not the page's own."""
    shift: float = 0.0
    """Points from the left edge of the sheet."""


class Line(Struct):
    page: int
    glyphs: list[Glyph]
    y: float
    size: float
    text: str = ""
    spaced: bool = False
    """A space ends it, at which it was broken."""

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return self.glyphs[-1].x1

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2


class Cell(Struct):
    """A cell, which stands once where it begins; ``last`` is the last row of its page that it takes part in."""

    text: str
    x0: float
    x1: float
    page: int
    row: int = 0
    last: int = 0
    column: int = 0
    score: float | None = None
    lines: list[Line] = field(default_factory=list)
    """What the text was put together of."""


class Table(Struct):
    """Rows of cells. ``fits`` are the outer edges by which a part on the next page is known."""

    page: int
    y: float
    fits: tuple[float, float]
    rows: list[list[Cell]]
    open: list[Cell] = field(default_factory=list)
    """The cells that reach the foot of the table, from the left."""
    guessed: bool = False
    """Its cells are told apart by their distances alone."""


HAN = re.compile(r"[㐀-鿿⺀-⿕]")
_LATIN = re.compile(r"[A-Za-z]")
ORDINAL = re.compile(r"\s*(?:[(（]?[一二三四五六七八九十⼀⼆⼋⼗]{1,3}[、)）]|[(（]?\d{1,2}[.．、)）])")
"""As in ``(一)``."""
_X0, _Y = attrgetter("x0"), attrgetter("y")
_SHORT = 4
"""Digits of two figures that can run together unseen."""
CLOSED = tuple("。；：！？.;:!?”")


def is_ordinal(text: str) -> bool:
    """Whether a text begins with a number of its own: it is no rest of a wrapped one."""
    return ORDINAL.match(text) is not None


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Glyphs that share a height, from the left, as lines from the top."""
    return [line for row in rows_of(glyphs) if (line := line_of(row, page)).text]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that share a height, from the left, row by row from the top."""
    ordered = sorted(glyphs, key=_Y)
    if not ordered or ordered[0].y == ordered[-1].y:
        return [sorted(ordered, key=_X0)] if ordered else []
    breaks = [
        at
        for at, (one, two) in enumerate(pairwise(ordered), 1)
        if one.y != two.y and two.y - one.y > 0.35 * min(one.size, two.size)
    ]
    return [sorted(ordered[start:end], key=_X0) for start, end in pairwise([0, *breaks, len(ordered)])]


def once(row: list[Glyph]) -> list[Glyph]:
    """A row without what was written twice to be bold; empty where nothing is seen of it."""
    texts = [glyph.text for glyph in row]
    if not "".join(texts).strip():
        return []
    if not any(map(eq, texts, texts[1:])):
        return row
    remaining = row[:1]
    for glyph in row[1:]:
        before = remaining[-1]
        if glyph.text == before.text and glyph.x0 - before.x0 < 0.2 * (before.x1 - before.x0):
            continue
        remaining.append(glyph)
    return remaining


def line_of(glyphs: list[Glyph], page: int) -> Line:
    """A row as a line; its text is empty where nothing is seen of it."""
    sizes = sorted([glyph.size for glyph in glyphs])
    middle = sum([glyph.y for glyph in glyphs]) / len(glyphs)
    line = Line(page, once(glyphs), middle, sizes[len(sizes) // 2])
    line.text = _text(line)
    return line


def _text(line: Line) -> str:
    parts = [glyph.text for glyph in line.glyphs]
    wide, usual, close = line.size * 1.2, line.size * 0.7, line.size * 0.2
    for at, (one, two) in enumerate(pairwise(line.glyphs), 1):
        gap = two.x0 - one.x1
        if gap <= close:
            continue
        if gap > wide:
            parts[at] = "  " + two.text
        elif gap > usual or (_LATIN.match(one.text[-1:]) and _LATIN.match(two.text)):
            parts[at] = " " + two.text
    text = "".join(parts)
    line.spaced = text[-1:] == " "
    return text.strip()


def joined(one: str, two: Line, spaced: bool = False) -> str:
    """A text with one more line; a space parts Latin words and what a space parted before the line was broken."""
    space = " " if spaced or (_LATIN.match(one[-1:]) and _LATIN.match(two.text)) else ""
    return one + space + two.text


def text_of(lines: Iterable[Line]) -> str:
    """Lines of one paragraph as one text."""
    text, spaced = "", False
    for line in lines:
        text = joined(text, line, spaced) if text else line.text
        spaced = line.spaced
    return text


def score_of(lines: Iterable[Line]) -> float | None:
    """Of the glyph that is least certain."""
    scores = [glyph.score for line in lines for glyph in line.glyphs if glyph.score is not None]
    return min(scores) if scores else None


# From marks to blocks

Block = Line | Table


def figures_of(piece: Line) -> list[list[Glyph]]:
    """Figures that stand closer than words are parted: there are gaps between digits that else have none.

    Empty where there is one figure alone.
    """
    glyphs = piece.glyphs
    if len(glyphs) < _SHORT or not piece.text.replace(" ", "").isdigit():
        return []
    gaps = [two.x0 - one.x1 for one, two in pairwise(glyphs)]
    wide = [at + 1 for at, gap in enumerate(gaps) if gap > 0.25 * piece.size]
    close = sum(gap < 0.1 * piece.size for gap in gaps)
    if not wide or len(wide) + close < len(gaps) or close < len(wide):
        return []
    return [glyphs[start:end] for start, end in pairwise([0, *wide, len(glyphs)])]
