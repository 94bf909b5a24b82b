"""Sheets that hold two pages side by side, or set their text in two columns: read one pane after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from govlint.readers.paper.glyphs import HAN, PANE, Glyph, Page
from govlint.readers.paper.rulings import Ruling

_MIDDLE = (0.38, 0.62)
"""Of a sheet's width, where its gutter may be."""
_EDGE = 0.08
"""Of its height, above and below of which heads, feet and page numbers stand."""
_GUTTER = 8.0
"""Points of the narrowest."""
_NUMBER = 50.0
"""Points around the gutter that the number of a sheet takes."""
_FEW = 150
"""Glyphs of a sheet too empty to tell."""
_LONG, _LEAST = 10, 3
"""Characters of a line of prose, and lines or rulings of a pane."""


def split(page: Page) -> list[Page]:
    """The panes of a sheet from the left; the page itself where it has but one."""
    if len(page.glyphs) < _FEW or (at := _gutter(page)) is None:
        return [page]
    numbers = _around(page, at)
    left = [glyph for glyph in page.glyphs if glyph.x0 + glyph.x1 < 2 * at or glyph in numbers]
    right = [glyph for glyph in page.glyphs if glyph.x0 + glyph.x1 >= 2 * at and glyph not in numbers]
    lines = [line for line in page.rulings if _middle(line) < at]
    others = [line for line in page.rulings if _middle(line) >= at]
    if not (_is_pane(left, lines, at) and _is_pane(right, others, page.width - at)):
        return [page]
    by = _start(right) - _start(left)  # both begin at one margin, as the pages of a report do
    return [
        replace(page, glyphs=left, rulings=lines, width=at),
        replace(
            page,
            number=page.number + PANE,
            glyphs=[replace(glyph, x0=glyph.x0 - by, x1=glyph.x1 - by) for glyph in right],
            rulings=[_moved(line, by) for line in others],
            width=at,
            shift=by,
        ),
    ]


def _start(glyphs: Sequence[Glyph]) -> float:
    starts = sorted(glyph.x0 for glyph in glyphs)
    return starts[len(starts) // 50]


def _around(page: Page, at: float) -> set[Glyph]:
    """What stands at the head or foot around the gutter, such as the number of the sheet."""
    edges = [
        glyph
        for glyph in page.glyphs
        if min(glyph.y, page.height - glyph.y) <= _EDGE * page.height and abs(glyph.x0 - at) < _NUMBER
    ]
    over = any(glyph.x0 < at for glyph in edges) and any(glyph.x1 > at for glyph in edges)
    return set(edges) if over else set()


def _gutter(page: Page) -> float | None:
    """The middle of the widest strip in the middle of a sheet in which nothing stands."""
    low, high = (page.width * share for share in _MIDDLE)
    top, foot = _EDGE * page.height, (1 - _EDGE) * page.height
    spans = [
        (glyph.x0, glyph.x1)
        for glyph in page.glyphs
        if glyph.x1 > low and glyph.x0 < high and top < glyph.y < foot
    ]
    spans += [span for line in page.rulings if (span := _extent(line))[1] > low and span[0] < high]
    widest, at, end = _GUTTER, None, low
    for start, stop in [*sorted(spans), (high, high)]:
        if start - end >= widest:
            widest, at = start - end, (start + end) / 2
        end = max(end, stop)
    return at


def _is_pane(glyphs: Sequence[Glyph], rulings: Sequence[Ruling], width: float) -> bool:
    """Whether there is prose of its own in a pane, or a table with lines."""
    drawn = sum(line.level and line.end - line.start > 0.4 * width for line in rulings)
    if drawn > _LEAST:
        return True
    long = 0
    for line in _rows(glyphs):
        characters = sum(HAN.match(glyph.text) is not None for glyph in line)
        extent = max(glyph.x1 for glyph in line) - min(glyph.x0 for glyph in line)
        long += characters >= _LONG and extent > 0.5 * width
    return long >= _LEAST


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    ordered = sorted(glyphs, key=lambda glyph: glyph.y)
    row = ordered[:1]
    for one, two in pairwise(ordered):
        if two.y - one.y > 0.5 * one.size:
            yield row
            row = []
        row.append(two)
    if row:
        yield row


def _extent(line: Ruling) -> tuple[float, float]:
    return (line.start, line.end) if line.level else (line.at, line.at)


def _middle(line: Ruling) -> float:
    return sum(_extent(line)) / 2


def _moved(line: Ruling, by: float) -> Ruling:
    return (
        replace(line, start=line.start - by, end=line.end - by)
        if line.level
        else replace(line, at=line.at - by)
    )
