"""Lines drawn through or under words: what they strike out is not read, and none of them parts cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from govlint.readers.paper.glyphs import Glyph, Page
from govlint.readers.paper.rulings import Ruling

_NEAR = 3.0
"""Points within which a line meets another."""
_APART = 1.5
"""Points between the pieces of one line."""
_LONGEST = 0.7
"""Of the page's width, up to which a line may be one of words."""
_THROUGH, _UNDER = 0.28, 0.66
"""Of the size of type, how far off the middle of words a line strikes them out, and how far below it underlines."""
_COVERED = 0.7
_LARGEST = 40.0
"""Points of type."""


def take_out(page: Page) -> str:
    """Take the words that are struck out off a page, and the lines of words too; those words."""
    uprights = sorted((line for line in page.rulings if not line.level), key=lambda line: line.at)
    places = [line.at for line in uprights]

    def meets(end: float, height: float) -> bool:
        near = uprights[bisect_left(places, end - _NEAR) : bisect_right(places, end + _NEAR)]
        return any(line.start - _NEAR <= height <= line.end + _NEAR for line in near)

    lines = [
        (line, held, parts)
        for line, parts in _whole(line for line in page.rulings if line.level)
        if line.end - line.start < _LONGEST * page.width
        and (held := meets(line.start, line.at) + meets(line.end, line.at)) < 2
    ]
    if not lines or not page.glyphs:
        return ""
    glyphs = sorted(page.glyphs, key=lambda glyph: glyph.y)
    heights = [glyph.y for glyph in glyphs]
    of_words: set[Ruling] = set()
    struck: dict[int, Glyph] = {}
    for line, held, parts in lines:
        low = bisect_left(heights, line.at - _UNDER * _LARGEST)
        high = bisect_right(heights, line.at + _THROUGH * _LARGEST)
        along = _along(line, glyphs[low:high])
        if not along:
            continue
        through = [glyph for glyph in along if abs(line.at - glyph.y) < _THROUGH * glyph.size]
        if 2 * len(through) > len(along):
            struck.update((id(glyph), glyph) for glyph in through)
            of_words.update(parts)
        elif uprights and not held:
            of_words.update(parts)
    if of_words:
        page.rulings = [line for line in page.rulings if line not in of_words]
    if not struck:
        return ""
    page.glyphs = [glyph for glyph in page.glyphs if id(glyph) not in struck]
    return "".join(glyph.text for glyph in sorted(struck.values(), key=lambda glyph: glyph.order))


def _whole(rulings: Iterable[Ruling]) -> Iterator[tuple[Ruling, list[Ruling]]]:
    """Lines that are drawn piece by piece, as one, with their pieces."""
    held: Ruling | None = None
    parts: list[Ruling] = []
    for line in sorted(rulings, key=lambda line: (round(line.at), line.start)):
        if held and abs(line.at - held.at) < 1 and line.start <= held.end + _APART:
            held = replace(held, end=max(held.end, line.end))
            parts.append(line)
            continue
        if held:
            yield held, parts
        held, parts = line, [line]
    if held:
        yield held, parts


def _along(line: Ruling, glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The glyphs along most of a line, at a height where it would be theirs."""
    own = [
        glyph
        for glyph in glyphs
        if line.start - 1 <= (glyph.x0 + glyph.x1) / 2 <= line.end + 1
        and -_THROUGH * glyph.size < line.at - glyph.y < _UNDER * glyph.size
    ]
    covered = sum(min(glyph.x1, line.end) - max(glyph.x0, line.start) for glyph in own)
    return own if covered >= _COVERED * (line.end - line.start) else []
