"""Rows that share one line of figures under their names, or stand below each other, in another order than the mandated one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govlint.document import Span
from govlint.parsing.columns import header_places, rearrange, says
from govlint.parsing.row_values import Figures
from govlint.parsing.scanner import Item
from govlint.report import Departure
from govlint.template.model import Group, RowSpec, TableSpec


def fit_shared(table: TableSpec, items: Sequence[Item]) -> Iterator[Departure]:
    """Put the figures of such rows into the mandated order, and yield that the document has another."""
    rows = [row for row in table.rows.values() if not row.labelled]
    lines = [at for at, item in enumerate(items) if item.figures and says(item.figures)]
    if not rows or len({row.columns for row in rows}) != 1:
        return
    if len(lines) == 1:
        yield from _side_by_side(table, rows, items[: lines[0]], items[lines[0]].figures)
    elif len(lines) == len(rows):
        yield from _one_below_the_other(table, rows, items, lines)


def _side_by_side(
    table: TableSpec, rows: Sequence[RowSpec], header: Sequence[Item], figures: Figures | None
) -> Iterator[Departure]:
    found = header_places(table, header)
    names = [name for block in table.blocks for name in _names(block.header, found)]
    mandated = [row.label for row in rows]
    columns = rows[0].columns
    order = _order(table, columns, header)
    if figures is None or set(names) != set(mandated) or (names == mandated and order == list(columns)):
        return
    rearrange(figures, columns, order, [names.index(name) for name in mandated])
    row = next((row for name, row in zip(names, rows, strict=True) if name != row.label), rows[0])
    span = found.get(row.label, header[0].span)
    read = figures.parts[0].kind != "missing"
    address, section = f"{table.key}.{row.key}", table.section or None
    yield Departure("column-out-of-order", span, address, section, row.label, certain=read)


def _one_below_the_other(
    table: TableSpec, rows: Sequence[RowSpec], items: Sequence[Item], lines: Sequence[int]
) -> Iterator[Departure]:
    """Each row by the one name that stands before its figures."""
    named: dict[str, tuple[Item, Figures | None]] = {}
    addresses = {f"{table.key}.{row.key}": row.key for row in rows}
    for start, end in zip((0, *lines), lines, strict=False):
        labels = [
            (key, item)
            for item in items[start:end]
            for mark in item.landmarks
            if (key := addresses.get(mark.address))
        ]
        if len(labels) == 1:
            named[labels[0][0]] = labels[0][1], items[end].figures
    if len(named) < len(rows) or list(named) == [row.key for row in rows]:
        return
    for at, row in zip(lines, rows, strict=True):
        items[at].figures = named[row.key][1]
    row = next(row for key, row in zip(named, rows, strict=True) if key != row.key)
    label, address = named[row.key][0], f"{table.key}.{row.key}"
    yield Departure("row-out-of-order", label.span, address, table.section or None, row.label, label.words)


def _names(members: Sequence[Group | str], found: Mapping[str, Span]) -> Iterator[str]:
    """The innermost words over columns, in the order of the header."""
    groups = [each for each in members if isinstance(each, Group)]
    if all(each.words in found for each in groups):
        groups.sort(key=lambda each: found[each.words])
    for each in groups:
        if each.members:
            yield from _names(each.members, found)
        else:
            yield each.words


def _order(table: TableSpec, columns: Sequence[str], header: Sequence[Item]) -> list[str] | None:
    """The columns under each name; None where they are not the same ones under all, as mandated where some are lacking."""
    keys = [next(iter(header_places(table, [item])), "") for item in header]
    named = [key for key in keys if key in columns]
    under = [named[at : at + len(columns)] for at in range(0, len(named), len(columns))]
    if not under or any(set(each) != set(columns) for each in under):
        return list(columns)
    return under[0] if all(each == under[0] for each in under) else None
