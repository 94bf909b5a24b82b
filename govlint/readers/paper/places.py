"""Where on its page a character of the text stands, in PDF space: for those who write notes into the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from govlint.readers.paper.compose import Text
from govlint.readers.paper.glyphs import Glyph, Page, sheet_of


class Place(NamedTuple):
    """A glyph: its first character's offset in the text, its page from 1, and its box in points, y upwards."""

    offset: int
    page: int
    left: float
    bottom: float
    right: float
    top: float


def places(text: Text, pages: Sequence[Page]) -> list[Place]:
    """The glyphs in the order of the text. Where text and glyphs disagree, the rest of that cell or paragraph is left out."""
    words = "".join(text.pieces)
    by_number = {page.number: page for page in pages}
    ends = [start for start, _ in text.lines[1:]] + [len(words)] * bool(text.lines)
    found: list[Place] = []
    for (start, lines), end in zip(text.lines, ends, strict=True):
        at = start
        for glyph, number in ((glyph, line.page) for line in lines for glyph in line.glyphs):
            passed = _pass(words, at, end, glyph.text)
            if passed is None:
                break
            first, at = passed
            if first < at:
                found.append(Place(first, sheet_of(number), *_box(glyph, by_number[number])))
    return found


def _pass(words: str, at: int, end: int, shown: str) -> tuple[int, int] | None:
    """Where in the text from ``at`` on a glyph's characters begin and end; None where others stand there."""
    first = None
    for character in shown:
        if character.isspace():
            continue
        while at < end and words[at].isspace():
            at += 1
        if at >= end or words[at] != character:
            return None
        first = at if first is None else first
        at += 1
    return (at, at) if first is None else (first, at)


def _box(glyph: Glyph, page: Page) -> tuple[float, float, float, float]:
    """Left, bottom, right and top in PDF space, of a glyph placed on the page as it is read upright."""
    high, low = glyph.y - 0.55 * glyph.size, glyph.y + 0.55 * glyph.size
    start, end = glyph.x0 + page.shift, glyph.x1 + page.shift
    one, other = _point(page, start, high), _point(page, end, low)
    xs, ys = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)


def _point(page: Page, x: float, y: float) -> tuple[float, float]:
    """The way back from a page that is read upright."""
    left, bottom, right, top = page.edges or (0.0, 0.0, page.width, page.height)
    match page.turn:
        case 90:
            return left + y, bottom + x
        case 180:
            return right - x, bottom + y
        case 270:
            return right - y, top - x
    return left + x, top - y
