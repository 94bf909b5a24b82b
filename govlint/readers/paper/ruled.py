"""Ruling lines to tables: the cells that lines enclose, merged ones included."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.readers.paper.fields import fields
from govlint.readers.paper.rulings import Ruling


class Region(Struct, frozen=True, gc=False):
    """A cell: its edges, and the first and last row and column it takes."""

    x0: float
    x1: float
    top: int
    bottom: int
    left: int
    right: int


class Grid(Struct):
    """One table: ``xs`` and ``ys`` are its lines, ``owners`` the region of every place between them."""

    xs: list[float]
    ys: list[float]
    owners: list[list[int]] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    above: float = 0.0
    below: float = 0.0
    """How far text may hang over an edge that no line closes: a page break there has cut a row."""

    @property
    def x0(self) -> float:
        return self.xs[0]

    @property
    def x1(self) -> float:
        return self.xs[-1]

    @property
    def y0(self) -> float:
        return self.ys[0]

    @property
    def height(self) -> int:
        return len(self.ys) - 1

    @property
    def area(self) -> float:
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def encloses(self, x: float, y: float) -> bool:
        """Whether a point is within the outer lines."""
        return self.ys[0] <= y <= self.ys[-1] and self.xs[0] <= x <= self.xs[-1]

    def row(self, y: float) -> list[int] | None:
        """The regions at a height from the left, by their indexes; None above and below the table."""
        ys = self.ys
        if not ys[0] - self.above <= y <= ys[-1] + self.below:
            return None
        return self.owners[max(1, min(bisect_right(ys, y), len(ys) - 1)) - 1]


_NEAR = 3.0
"""Points within which two lines are one: double and broken ones."""
_LEAST = 6.0
"""Points of the smallest row or column."""
_OVERHANG = 14.0
_MOST = 600
"""Lines of a page beyond which it is a drawing."""


def grids(rulings: Iterable[Ruling], width: float, height: float) -> list[Grid]:
    """The tables of a page, the smallest first. A lone frame is none."""
    rulings = list(rulings)
    if boxes := fields(rulings):
        rulings = [ruling for ruling in rulings if ruling not in boxes]
    level = _merged([ruling for ruling in rulings if ruling.level])
    upright = _merged([ruling for ruling in rulings if not ruling.level])
    if len(level) > _MOST or len(upright) > _MOST:
        return []
    found: list[Grid] = []
    for rows, columns in _connected(level, upright):
        grid = _grid(rows, columns)
        if grid is not None and len(grid.regions) > 1:
            found.append(grid)
    found.sort(key=lambda grid: grid.area)
    return found


def _merged(rulings: Sequence[Ruling]) -> list[Ruling]:
    """Lines on one height made one, gaps of dashes closed."""
    lines: list[Ruling] = []
    group: list[Ruling] = []

    def close() -> None:
        at = sum(ruling.at for ruling in group) / len(group)
        held: Ruling | None = None
        for ruling in sorted(group, key=lambda ruling: ruling.start):
            if held is not None and ruling.start <= held.end + _NEAR:
                held = replace(held, end=max(held.end, ruling.end))
                continue
            if held is not None:
                lines.append(held)
            held = replace(ruling, at=at)
        if held is not None:
            lines.append(held)
        group.clear()

    for ruling in sorted(rulings, key=lambda ruling: ruling.at):
        if group and ruling.at - group[0].at > _NEAR:
            close()
        group.append(ruling)
    if group:
        close()
    return [line for line in lines if line.end - line.start >= _LEAST]


def _connected(level: Sequence[Ruling], upright: Sequence[Ruling]) -> list[tuple[list[Ruling], list[Ruling]]]:
    """Lines that touch each other, table by table."""
    lines = [*level, *upright]
    parents = list(range(len(lines)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for row, one in enumerate(level):
        for column, two in enumerate(upright, len(level)):
            if (
                one.start - _NEAR <= two.at <= one.end + _NEAR
                and two.start - _NEAR <= one.at <= two.end + _NEAR
            ):
                parents[root(row)] = root(column)
    tables: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for at, line in enumerate(lines):
        tables.setdefault(root(at), ([], []))[not line.level].append(line)
    return [table for table in tables.values() if len(table[0]) >= 2 and table[1]]


def _edges(own: Sequence[Ruling], across: Sequence[Ruling]) -> list[float]:
    """The heights of lines, with the outer ends of those across where no line closes the table there."""
    edges: list[float] = []
    for at in sorted(line.at for line in own):
        if not edges or at - edges[-1] > _NEAR:
            edges.append(at)
    low, high = min(line.start for line in across), max(line.end for line in across)
    if edges[0] - low >= _LEAST:
        edges.insert(0, low)
    if high - edges[-1] >= _LEAST:
        edges.append(high)
    return edges


def _grid(level: Sequence[Ruling], upright: Sequence[Ruling]) -> Grid | None:
    grid = Grid(_edges(upright, level), _edges(level, upright))
    grid.above = 0.0 if _closed(grid.y0, level, grid) else _OVERHANG
    grid.below = 0.0 if _closed(grid.ys[-1], level, grid) else _OVERHANG
    rows, columns = grid.height, len(grid.xs) - 1
    if rows < 1 or columns < 1 or rows * columns > 60_000:
        return None
    walls, floors = _walls(upright, grid.xs, grid.ys), _walls(level, grid.ys, grid.xs)
    walls.update((x, row) for x in (0, columns) for row in range(rows))
    floors.update((y, column) for y in (0, rows) for column in range(columns))
    grid.owners = [[-1] * columns for _ in range(rows)]
    for row, owners in enumerate(grid.owners):
        for column in range(columns):
            if owners[column] < 0:
                grid.regions.append(_fill(grid, row, column, walls, floors))
    return grid


def _closed(edge: float, level: Sequence[Ruling], grid: Grid) -> bool:
    """Whether lines run along the whole of an outer edge."""
    along = sum(line.end - line.start for line in level if abs(line.at - edge) <= _NEAR)
    return along > 0.93 * (grid.x1 - grid.x0)


def _walls(
    lines: Sequence[Ruling], heights: Sequence[float], stations: Sequence[float]
) -> set[tuple[int, int]]:
    """(line, station) where a line runs along most of the way between two stations."""
    found: set[tuple[int, int]] = set()
    for line in lines:
        at = bisect_left(heights, line.at)
        if at == len(heights) or (at and line.at - heights[at - 1] <= heights[at] - line.at):
            at -= 1
        first = max(0, bisect_right(stations, line.start) - 1)
        last = min(bisect_left(stations, line.end), len(stations) - 1)
        for end in {first, last - 1} if first < last else ():
            low, high = stations[end], stations[end + 1]
            if min(high, line.end) - max(low, line.start) > 0.6 * (high - low):
                found.add((at, end))
        found.update([(at, between) for between in range(first + 1, last - 1)])
    return found


def _fill(
    grid: Grid, row: int, column: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> Region:
    """The region around a place: all that no line parts from it."""
    index, owners = len(grid.regions), grid.owners
    # Most are one place; what is open on the other sides was filled before.
    if (column + 1, row) in walls and (row + 1, column) in floors:
        owners[row][column] = index
        return Region(grid.xs[column], grid.xs[column + 1], row, row, column, column)
    own: list[tuple[int, int]] = []

    def reach(y: int, x: int) -> None:
        if owners[y][x] < 0:
            owners[y][x] = index
            own.append((y, x))

    reach(row, column)
    for y, x in own:  # which grows meanwhile
        if (x, y) not in walls:
            reach(y, x - 1)
        if (x + 1, y) not in walls:
            reach(y, x + 1)
        if (y, x) not in floors:
            reach(y - 1, x)
        if (y + 1, x) not in floors:
            reach(y + 1, x)
    ys, xs = [y for y, _ in own], [x for _, x in own]
    top, bottom, left, right = min(ys), max(ys), min(xs), max(xs)
    return Region(grid.xs[left], grid.xs[right + 1], top, bottom, left, right)
