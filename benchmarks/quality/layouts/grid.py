"""A table as it is drawn: boxes on a grid, with the merged cells of the mandated form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.quality.model import Row, Table

SIDE = 3
"""Columns of labels in table 3."""


class Box(NamedTuple):
    """A drawn cell: its row and column on the grid, from 0, and how many it covers."""

    row: int
    column: int
    text: str
    height: int = 1
    width: int = 1


def boxes(table: Table) -> list[Box]:
    """In reading order."""
    drawn = {"proactive": _proactive, "applications": _applications, "review_litigation": _review}[table.key](
        table
    )
    return sorted(drawn)


def size(drawn: Sequence[Box]) -> tuple[int, int]:
    """Rows and columns of the grid."""
    return max(b.row + b.height for b in drawn), max(b.column + b.width for b in drawn)


def lines(table: Table) -> list[list[str]]:
    """The cells that begin in each row: a merged one stands once."""
    drawn = boxes(table)
    return [[b.text for b in drawn if b.row == row] for row in range(size(drawn)[0])]


def matrix(table: Table, repeat: bool) -> list[list[str]]:
    """Every place of the grid: a merged cell's text is repeated, or stands in its first place and "" in the others."""
    drawn = boxes(table)
    height, width = size(drawn)
    places = [[""] * width for _ in range(height)]
    for box in drawn:
        for row in range(box.row, box.row + box.height):
            for column in range(box.column, box.column + box.width):
                if repeat or (row, column) == (box.row, box.column):
                    places[row][column] = box.text
    return places


def _proactive(table: Table) -> list[Box]:
    rows = [[*row.path, *(cell.text for cell in row.cells)] for row in table.rows]
    width = max(map(len, rows))
    drawn = []
    for at, texts in enumerate(rows):
        drawn += [Box(at, column, text) for column, text in enumerate(texts[:-1])]
        drawn.append(Box(at, len(texts) - 1, texts[-1], 1, width - len(texts) + 1))
    return drawn


def _applications(table: Table) -> list[Box]:
    (corner, over), (persons, organisations, total), inner = table.heads
    last = SIDE + 1 + len(inner)
    drawn = [
        Box(0, 0, corner, 3, SIDE),
        Box(0, SIDE, over, 1, len(inner) + 2),
        Box(1, SIDE, persons, 2),
        Box(1, SIDE + 1, organisations, 1, len(inner)),
        Box(1, last, total, 2),
        *(Box(2, SIDE + 1 + n, label) for n, label in enumerate(inner)),
    ]
    for at, row in enumerate(table.rows):
        drawn += _labels(table.rows, at)
        drawn += [Box(at + 3, SIDE + n, cell.text) for n, cell in enumerate(row.cells)]
    return drawn


def _labels(rows: list[Row], at: int) -> list[Box]:
    """The side labels that begin in a row: those that the row above does not share."""
    path = rows[at].path
    above = rows[at - 1].path if at else ()
    drawn = []
    for depth, label in enumerate(path):
        if above[: depth + 1] == path[: depth + 1] and depth < len(path) - 1:
            continue
        height = 1
        if depth < len(path) - 1:
            while at + height < len(rows) and rows[at + height].path[: depth + 1] == path[: depth + 1]:
                height += 1
        width = SIDE - depth if depth == len(path) - 1 else 1
        drawn.append(Box(at + 3, depth, label, height, width))
    return drawn


def _review(table: Table) -> list[Box]:
    top, middle, low = table.heads
    results = len(middle) - 2
    drawn = [Box(0, 0, top[0], 1, results), Box(0, results, top[1], 1, 2 * results)]
    drawn += [Box(1, n, label, 2) for n, label in enumerate(middle[:-2])]
    drawn += [Box(1, results * (1 + n), label, 1, results) for n, label in enumerate(middle[-2:])]
    drawn += [Box(2, results + n, label) for n, label in enumerate(low)]
    drawn += [Box(3 + at, n, c.text) for at, row in enumerate(table.rows) for n, c in enumerate(row.cells)]
    return drawn
