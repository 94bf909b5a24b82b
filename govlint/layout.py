"""A template's tables as people draw them: which cell stands where, and how many rows and columns it covers.

What stands under what follows from the template; only which columns the innermost words of a header cover does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from govlint.template.model import Landmark, RowSpec, TableSpec, Template, split_unit

_COVERED: Mapping[str, tuple[str, str]] = {"applications": ("business", "other")}
"""Table to the first and last column that the last words of its header stand over (法人或其他组织)."""


class Box(NamedTuple):
    """A cell: its place from 0, its size, and either words of the template or the address of a figure."""

    row: int
    column: int
    height: int
    width: int
    label: str = ""
    address: str = ""


class _Row(NamedTuple):
    spec: RowSpec
    label: str
    beside: list[str]
    """The words that it shares with its neighbours, outer ones first."""


@dataclass(slots=True)
class _Part:
    """Rows that stand under one header."""

    titles: list[str] = field(default_factory=list)
    header: list[Landmark] = field(default_factory=list)
    rows: list[_Row] = field(default_factory=list)


def boxes(template: Template, table: str) -> list[Box]:
    """The cells of a table, row by row."""
    spec = template.tables[table]
    parts = _parts(template, spec)
    columns = max(len(row.columns) for row in spec.rows.values())
    if any(not row.labelled for row in spec.rows.values()):
        return sorted(_side_by_side(spec, parts[0]))
    sides = 1 + max(len(row.beside) for part in parts for row in part.rows)
    found: list[Box] = []
    at = 0
    for part in parts:
        for title in part.titles:
            found.append(Box(at, 0, 1, sides + columns, title))
            at += 1
        header = list(_header(spec, part, at, sides, columns))
        found += header
        at = max((box.row + box.height for box in header), default=at)
        found += _rows(spec, part, at, sides, columns)
        at += len(part.rows)
    return sorted(found)


def _parts(template: Template, table: TableSpec) -> list[_Part]:
    """A table's rows by header, read from the template's words in their order."""
    marks = [mark for mark in template.owners[table.section or "start"] if mark and mark.kind != "section"]
    parts = [_Part()]
    words: dict[str, str] = {}
    before: list[Landmark] = []
    for mark in marks:
        if mark.address.split(".")[0] != table.key:
            continue
        if mark.kind != "row":
            before.append(mark)
            words[split_unit(mark.label)] = mark.label
            continue
        row = table.rows[mark.address.split(".")[1]]
        if any(each.kind == "column" for each in before):
            last = max(at for at, each in enumerate(before) if each.kind == "column")
            over = [each for each in before[:last] if split_unit(each.label) in row.groups]
            header = [each for each in before[: last + 1] if each not in over]
            if row.labelled or not parts[-1].rows:  # rows side by side share the first header
                parts.append(_Part([each.label for each in over], header))
        before = []
        beside = [words[group] for group in row.groups if words[group] not in parts[-1].titles]
        parts[-1].rows.append(_Row(row, mark.label, beside))
    return [part for part in parts if part.rows]


def _header(spec: TableSpec, part: _Part, at: int, sides: int, columns: int) -> Iterator[Box]:
    """The corner over the labels, then the words over several columns, then the columns' own."""
    keys = [mark.address.split(".")[2] for mark in part.header if mark.kind == "column"]
    if not keys:
        return
    corner, *over = [mark.label for mark in part.header if mark.kind == "group"] or [""]
    height = 1 + len(over)
    yield Box(at, 0, height, sides, corner)
    covered = range(len(keys))
    depth = [0] * len(keys)
    for level, label in enumerate(over):
        if level and spec.key in _COVERED:
            first, last = _COVERED[spec.key]
            covered = range(keys.index(first), keys.index(last) + 1)
        yield Box(at + level, sides + covered[0], 1, len(covered), label)
        for column in covered:
            depth[column] = level + 1
    for column, key in enumerate(keys):
        width = columns - column if column == len(keys) - 1 else 1
        level = depth[column]
        yield Box(at + level, sides + column, height - level, width, spec.columns[key])


def _rows(spec: TableSpec, part: _Part, at: int, sides: int, columns: int) -> Iterator[Box]:
    for number, (row, own, beside) in enumerate(part.rows):
        for column, label in enumerate(beside):
            if number == 0 or part.rows[number - 1].beside[: column + 1] != beside[: column + 1]:
                yield Box(at + number, column, _shared(part.rows[number:], column + 1), 1, label)
        yield Box(at + number, len(beside), 1, sides - len(beside), own)
        for column, key in enumerate(row.columns):
            width = columns - column if column == len(row.columns) - 1 else 1
            yield Box(at + number, sides + column, 1, width, "", f"{spec.key}.{row.key}.{key}")


def _shared(rows: Sequence[_Row], depth: int) -> int:
    """How many rows from the first have the same words beside them."""
    count = 0
    while count < len(rows) and rows[count].beside[:depth] == rows[0].beside[:depth]:
        count += 1
    return count


def _side_by_side(spec: TableSpec, part: _Part) -> Iterator[Box]:
    """Rows without labels of their own stand beside each other, each under its words (table 4)."""
    rows = list(spec.rows.values())
    names = {row.label for row in rows}
    over = [mark.label for mark in part.header if mark.kind == "group"]
    starts = {row.label: sum(len(each.columns) for each in rows[:at]) for at, row in enumerate(rows)}
    within = ""
    spans: dict[str, list[RowSpec]] = {}
    for label in over:
        if label not in names:
            within = label
        else:
            row = next(each for each in rows if each.label == label)
            spans.setdefault(within, []).append(row)
    height = 3 if any(spans) else 2
    for label, members in spans.items():
        if label:
            yield Box(0, starts[members[0].label], 1, sum(len(row.columns) for row in members), label)
        for row in members:
            top, start = int(bool(label)), starts[row.label]
            yield Box(top, start, 1, len(row.columns), row.label)
            for column, key in enumerate(row.columns):
                yield Box(top + 1, start + column, height - top - 1, 1, spec.columns[key])
                yield Box(height, start + column, 1, 1, "", f"{spec.key}.{row.key}.{key}")
