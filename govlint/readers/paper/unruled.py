"""Tables without upright lines: figures that stand below each other are columns, and labels are put to their rows."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from msgspec import Struct, field

from govlint.readers.paper.glyphs import (
    HAN,
    Block,
    Cell,
    Glyph,
    Line,
    Table,
    figures_of,
    is_ordinal,
    lines_of,
    score_of,
    text_of,
)

_COUNT = re.compile(r"[\d０-９][\d０-９,，.]*|[-—–/]")
"""As in ``1,204``."""
_SIGN = re.compile(r"[\d—–/-]")
"""As in ``1``: every figure has one, and to look for them is quick."""
_LOOSE = 1.35
"""Times the usual distance of lines in a cell that those of a group's label may have, which is set over its rows."""
_GAP, _OVER = 0.9, 0.2
"""Of the size of type: what parts two pieces of a line, and by how much strings that overflow run over each other."""
_ALIKE = 0.15
"""Share by which type may differ in size within a table."""


class _Row(Struct):
    """A line with figures; ``chunks`` are the pieces of all lines at its height."""

    line: Line
    chunks: list[Line]
    figures: list[Line] = field(default_factory=list)

    @property
    def y(self) -> float:
        return self.line.y


class _Stack(Struct):
    """Pieces of text right below each other: one cell whose text wraps."""

    lines: list[Line]

    @property
    def x0(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def x1(self) -> float:
        return max(line.x1 for line in self.lines)

    @property
    def y(self) -> float:
        return (self.lines[0].y + self.lines[-1].y) / 2

    @property
    def text(self) -> str:
        return text_of(self.lines)


def with_tables(lines: Sequence[Line], width: float) -> list[Block]:
    """The lines of a page, those that make up a table in columns put together as one."""
    made: list[Block] = []
    at = 0
    for first, last in _regions(lines, width):
        made += lines[at:first]
        made += _table(lines[first:last])
        at = last
    return [*made, *lines[at:]]


def _chunks(line: Line) -> list[Line]:
    """The pieces of a line that wide gaps part, or that run over each other."""
    parts: list[list[Glyph]] = [[]]
    for glyph in line.glyphs:
        if parts[-1] and glyph.x0 - parts[-1][-1].x1 > _GAP * line.size:
            parts.append([])
        parts[-1].append(glyph)
    parts = [piece for part in parts for piece in _untangled(part, line.size)]
    return [piece for part in parts for piece in lines_of(part, line.page)]


def _untangled(glyphs: list[Glyph], size: float) -> list[list[Glyph]]:
    """Strings that overflow their cells and run over each other, told apart by the order in which they were written."""
    if not any(two.order and two.x0 < one.x1 - _OVER * size for one, two in pairwise(glyphs)):
        return [glyphs]
    strings: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.order):
        step = glyph.x0 - strings[-1][-1].x1 if strings else 0.0
        if not strings or step < -_OVER * size or step > _GAP * size:
            strings.append([])
        strings[-1].append(glyph)
    merged: list[list[Glyph]] = []
    for string in sorted(strings, key=lambda string: string[0].x0):
        if merged and string[0].x0 >= max(glyph.x1 for glyph in merged[-1]) - 0.1 * size:
            merged[-1] += string
        else:
            merged.append(string)
    return merged


def _figures(line: Line) -> list[Line]:
    return [piece for piece in _chunks(line) if _COUNT.fullmatch(piece.text)]


def _may_be_row(line: Line) -> bool:
    """Whether a line has as many figures as a row of a table."""
    return len(_SIGN.findall(line.text)) >= 3 and len(_figures(line)) >= 3


def _regions(lines: Sequence[Line], width: float) -> Iterator[tuple[int, int]]:
    """First and last but one of the lines of each table."""
    anchors = [at for at, line in enumerate(lines) if _may_be_row(line)]
    floor = 0
    while anchors:
        first = last = anchors.pop(0)
        left = _figures(lines[first])[0].x0
        size = lines[first].size
        pitches: list[float] = []
        while anchors and all(_belongs(lines[at], size, left, width) for at in range(last + 1, anchors[0])):
            figures = _figures(lines[anchors[0]])
            if len(figures) > 1.6 * len(_figures(lines[last])) or _is_over_labels(
                figures[0], lines, first, last
            ):
                break  # another table
            pitches.append(lines[anchors[0]].y - lines[last].y)
            last = anchors.pop(0)
            left = min(left, figures[0].x0)
        if not pitches and len(_figures(lines[first])) < 5:
            continue
        first = _head(lines, first, floor, left, width)
        last = _foot(lines, last, left, min(pitches, default=1.7 * size))
        floor = last
        yield first, last


def _is_over_labels(figure: Line, lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether a figure stands where the rows before have their labels: its row is without one, in another table."""
    return any(
        piece.x0 < figure.x1 and piece.x1 > figure.x1 + piece.size
        for line in lines[first : last + 1]
        for piece in _chunks(line)
        if not _COUNT.fullmatch(piece.text)
    )


def _foot(lines: Sequence[Line], last: int, left: float, pitch: float) -> int:
    """The line behind a table, given its last row with figures: of its label more may stand below, closer than a row."""
    at = last + 1
    while at < len(lines) and not is_ordinal(lines[at].text) and lines[at].x1 <= left:
        if lines[at].y - lines[at - 1].y >= 0.97 * min(pitch, 1.7 * lines[last].size) or _figures(lines[at]):
            break
        at += 1
    return at


def _head(lines: Sequence[Line], first: int, floor: int, left: float, width: float) -> int:
    """Where the header of a table begins, given its first row with figures: not with the heading above it."""
    size = lines[first].size
    headed = False
    while first > floor and _belongs(lines[first - 1], size, left, width):
        above = lines[first - 1]
        alone = len(_chunks(above)) == 1
        if lines[first].y - above.y > 4 * size or (headed and alone and is_ordinal(above.text)):
            break
        headed = headed or not is_ordinal(above.text)
        first -= 1
    return first


def _belongs(line: Line, size: float, left: float, width: float) -> bool:
    """Whether a line may be part of a table: of its type, and no running text."""
    if abs(line.size - size) > _ALIKE * size or line.text.endswith(("。", "；")):
        return False
    pieces = _chunks(line)
    if len(pieces) > 1:
        return True
    return line.x1 <= left + size or (line.x1 - line.x0 < 0.4 * width and not is_ordinal(line.text))


def _columns(rows: Iterable[_Row]) -> list[float]:
    """The middles of the columns of figures."""
    middles = sorted((piece.middle, piece.size) for row in rows for piece in row.figures)
    groups: list[list[float]] = []
    for middle, size in middles:
        if groups and middle - groups[-1][-1] < 0.9 * size:
            groups[-1].append(middle)
        else:
            groups.append([middle])
    return [sum(group) / len(group) for group in groups]


def _start(middle: float, columns: Sequence[float], rows: Iterable[_Row]) -> float:
    """Where the figures of a column begin."""
    own = (
        piece.x0
        for row in rows
        for piece in row.figures
        if min(columns, key=lambda each: abs(each - piece.middle)) == middle
    )
    return min(own, default=middle)


def _table(lines: Sequence[Line]) -> list[Block]:
    first = next(at for at, line in enumerate(lines) if _may_be_row(line))
    rows: list[_Row] = []
    for line in lines[first:]:
        chunks = [piece for chunk in _chunks(line) for piece in _parted(chunk)]
        figures = [piece for piece in chunks if _COUNT.fullmatch(piece.text)]
        if figures:
            rows.append(_Row(line, chunks, figures))
    columns = _columns(row for row in rows if len(row.figures) >= 3)
    left = min(piece.x0 for row in rows if len(row.figures) >= 3 for piece in row.figures)
    left -= 0.5 * lines[first].size
    top = rows[0].y
    labels: list[Line] = []
    heads: list[Line] = []
    reach = _label_reach(lines, first, left)
    own = {id(row.line) for row in rows}
    starts = [piece.x0 for row in rows for piece in row.figures]
    for line in lines:
        if line.y < top - reach:
            heads += _chunks(line)
            continue
        for piece in (piece for chunk in _chunks(line) for piece in _parted(chunk)):
            if piece.x0 < left:
                labels.append(piece)
            elif id(line) not in own:  # the rest of a value that wraps
                min(rows, key=lambda row: abs(row.y - piece.y)).chunks.append(piece)
    pitch = _pitch([*heads, *labels])
    heads = [part for piece in heads for part in _columned(piece, starts, heads, 1.12 * pitch)]
    placed = [_Column(middle, _start(middle, columns, rows)) for middle in columns]
    for _ in range(2):  # the rest of a cell is known by its first line, once that is parted
        heads = [part for piece in heads for part in _by_columns(piece, placed, heads, 1.12 * pitch)]
    page = lines[0].page
    levels = _levels(_stacks(heads, pitch))
    made = [[_cell(stack, page, at) for at, stack in enumerate(stacks)] for stacks in levels]
    named = _named(rows, _stacks(labels, pitch, _heads_of_rows(rows, labels)), lines[first].size)
    for row, stacks in zip(rows, named, strict=True):
        cells = [_cell(stack, page, at) for at, stack in enumerate(stacks)]
        made.append([*cells, *_values(row, columns, left, page, len(cells))])
    right = max(line.x1 for line in lines)
    return [Table(page, lines[0].y, (min(line.x0 for line in lines), right), made, guessed=True)]


def _parted(piece: Line) -> list[Line]:
    """A piece parted where another string begins with a number or is a figure: full-width brackets leave no gap."""
    if figures := figures_of(piece):
        return [line for part in figures for line in lines_of(part, piece.page)]
    parts: list[list[Glyph]] = [[]]
    for at, glyph in enumerate(piece.glyphs):
        before = parts[-1][-1] if parts[-1] else None
        if before and glyph.run != before.run and any(HAN.match(each.text) for each in parts[-1]):
            behind = "".join(each.text for each in piece.glyphs[at:])
            if is_ordinal(behind) or _COUNT.fullmatch(behind):
                parts.append([])
        parts[-1].append(glyph)
    return [line for part in parts for line in lines_of(part, piece.page)] if len(parts) > 1 else [piece]


def _columned(piece: Line, starts: Sequence[float], heads: Sequence[Line], reach: float) -> list[Line]:
    """A piece of a header parted where another string begins just where the figures of a column do, and more of its
    cell stands right above or below."""
    near = [head.x0 for head in heads if 0 < abs(head.y - piece.y) <= reach]
    parts: list[list[Glyph]] = [[]]
    for glyph in piece.glyphs:
        before = parts[-1][-1] if parts[-1] else None
        if (
            before
            and glyph.run != before.run
            and any(abs(glyph.x0 - start) < 0.8 for start in near)
            and sum(abs(glyph.x0 - start) < 0.8 for start in starts) > 2
        ):
            parts.append([])
        parts[-1].append(glyph)
    return [line for part in parts for line in lines_of(part, piece.page)] if len(parts) > 1 else [piece]


class _Column(Struct, frozen=True):
    """Where the figures of a column stand: their middle, and the leftmost of their starts."""

    middle: float
    start: float


def _by_columns(piece: Line, columns: Sequence[_Column], heads: Sequence[Line], reach: float) -> list[Line]:
    """A piece of a header that fills several columns, cell by cell, parted at their borders.

    Words that span columns are not: their parts would stand neither in the middle nor at the start of a column each.
    Of two columns alone that may be chance, and more of both cells must stand right above or below.
    """
    inside = [each for each in columns if piece.x0 < each.middle < piece.x1]
    pitch = min((two.middle - one.middle for one, two in pairwise(columns)), default=0.0)
    if len(inside) < 2 or len(piece.glyphs) < 2 * len(inside):
        return [piece]
    near = 0.35 * piece.size
    borders = [(one.middle + two.middle) / 2 for one, two in pairwise(inside)]
    starts = [each.start - near for each in inside[1:]]
    for edges in (borders, starts):
        parts: list[list[Glyph]] = [[] for _ in inside]
        for glyph in piece.glyphs:
            at = (glyph.x0 + glyph.x1) / 2 if edges is borders else glyph.x0
            parts[bisect_right(edges, at)].append(glyph)
        if all(part and part[-1].x1 - part[0].x0 <= pitch + near for part in parts):
            cells = [line for part in parts for line in lines_of(part, piece.page)]
            if len(cells) == len(inside) and all(
                (
                    abs(cell.middle - column.middle) < near
                    if edges is borders
                    else abs(cell.x0 - column.start) < 1
                )
                and (len(cells) > 2 or _goes_on(cell, heads, reach, pitch))
                for cell, column in zip(cells, inside, strict=True)
            ):
                return cells
    return [piece]


def _goes_on(cell: Line, heads: Sequence[Line], reach: float, pitch: float) -> bool:
    """Whether more of a cell stands right above or below."""
    return any(
        0 < abs(head.y - cell.y) <= reach and head.x1 - head.x0 <= pitch + cell.size and _overlap(head, cell)
        for head in heads
    )


def _label_reach(lines: Sequence[Line], first: int, left: float) -> float:
    """How far above its figures the first row's label begins: wrapped lines of the label alone."""
    at = first
    size = lines[first].size
    while at and lines[at - 1].x1 <= left and lines[at].y - lines[at - 1].y < 1.5 * size:
        at -= 1
    return lines[first].y - lines[at].y + 0.3 * size


def _overlap(one: Line, two: Line) -> bool:
    return min(one.x1, two.x1) - max(one.x0, two.x0) > 0.5 * min(one.x1 - one.x0, two.x1 - two.x0)


def _pitch(pieces: Sequence[Line]) -> float:
    """The least usual distance of two pieces below each other: of lines in one cell, where any wraps."""
    if not pieces:
        return 0.0
    size = pieces[0].size
    gaps = [
        two.y - one.y
        for at, one in enumerate(pieces)
        for two in pieces[at + 1 : at + 30]
        if 0.9 * size < two.y - one.y < 2 * size and _overlap(one, two)
    ]
    usual = Counter(round(gap, 1) for gap in gaps)
    return min((gap for gap, count in usual.items() if count >= 0.1 * len(gaps)), default=1.2 * size)


def _heads_of_rows(rows: Sequence[_Row], labels: Sequence[Line]) -> set[int]:
    """The ids of the rightmost label at the height of each row's figures, of which no two are one cell."""
    found: set[int] = set()
    for row in rows:
        level = [piece for piece in labels if abs(piece.y - row.y) < 0.35 * piece.size]
        if level:
            found.add(id(max(level, key=lambda piece: piece.x1)))
    return found


def _stacks(pieces: Sequence[Line], pitch: float, heads: AbstractSet[int] = frozenset()) -> list[_Stack]:
    made: list[_Stack] = []
    for piece in sorted(pieces, key=lambda piece: piece.y):
        reach = (1.12 if id(piece) in heads or not heads else _LOOSE) * pitch
        below = [
            stack
            for stack in made
            if 0 < piece.y - stack.lines[-1].y <= reach and _overlap(stack.lines[-1], piece)
        ]
        below.sort(key=lambda stack: abs(stack.x0 + stack.x1 - piece.x0 - piece.x1))
        second = id(piece) in heads and below and any(id(line) in heads for line in below[0].lines)
        if below and not second and not is_ordinal(piece.text):
            below[0].lines.append(piece)
        else:
            made.append(_Stack([piece]))
    return made


def _levels(stacks: Sequence[_Stack]) -> list[list[_Stack]]:
    """The cells of a header, row by row."""
    rows: list[list[_Stack]] = []
    for stack in sorted(stacks, key=lambda stack: stack.y):
        if rows and stack.y - rows[-1][0].y < 0.8 * stack.lines[0].size:
            rows[-1].append(stack)
        else:
            rows.append([stack])
    for row in rows:
        row.sort(key=lambda stack: stack.x0)
    return rows


def _named(rows: Sequence[_Row], stacks: Sequence[_Stack], size: float) -> list[list[_Stack]]:
    """The labels of each row: its own is the rightmost at its height; a group's stands at the first of its rows."""
    own: dict[int, _Stack] = {}
    for at, row in enumerate(rows):
        near = [stack for stack in stacks if abs(stack.y - row.y) < 0.75 * size]
        if near:
            own[at] = max(near, key=lambda stack: stack.x1)
    named: list[list[_Stack]] = [[own[at]] if at in own else [] for at in range(len(rows))]
    taken = {id(stack) for stack in own.values()}
    for stack in sorted((stack for stack in stacks if id(stack) not in taken), key=lambda stack: -stack.x0):
        named[_first_row(stack, rows, own, size)].insert(0, stack)
    return named


def _first_row(stack: _Stack, rows: Sequence[_Row], own: dict[int, _Stack], size: float) -> int:
    above = [at for at, row in enumerate(rows) if row.y <= stack.y + size] or [0]
    beginning = r"[（(]一[)）]" if re.match("[一二三四五六七八九十]、", stack.text) else r"1\s*[.．、]"
    starts = [at for at in above if at in own and re.match(beginning, own[at].text)]
    return starts[-1] if starts else above[-1]


def _cell(stack: _Stack, page: int, column: int) -> Cell:
    score = score_of(stack.lines)
    return Cell(stack.text, stack.x0, stack.x1, page, column=column, score=score, lines=list(stack.lines))


def _values(row: _Row, columns: Sequence[float], left: float, page: int, before: int) -> list[Cell]:
    cells = [Cell("", middle, middle, page, column=before + at) for at, middle in enumerate(columns)]
    for piece in row.chunks:
        if piece.x0 < left:
            continue
        cell = cells[min(range(len(columns)), key=lambda at: abs(columns[at] - piece.middle))]
        cell.text += piece.text
        cell.lines.append(piece)
        cell.score = score_of([piece])
    return cells
