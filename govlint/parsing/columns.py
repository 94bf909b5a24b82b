"""Columns and rows that are not as mandated: figures go by the words of the header, strange rows are told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from msgspec import Struct, field

from govlint.document import Span
from govlint.parsing.column_order import arranged
from govlint.parsing.row_values import Figures, Part
from govlint.parsing.scanner import Item
from govlint.report import Departure
from govlint.template.model import Group, RowSpec, TableSpec, Template

_REMARK = re.compile(r"(?<!其中)[:。]|^\(?(?:注|备注[:：]|说明|单位|填表|填报|续表|表)")
"""Words at a header that name no column: ``注``."""
_HAN = re.compile(r"[㐀-鿿]")
_SERIAL = re.compile(r"序号|行次|编号|行号|代码")
"""The name of a column whose figure stands before the label of its row."""


class _Block(Struct):
    """The rows under one header."""

    header: list[Item] = field(default_factory=list)
    rows: list[tuple[RowSpec, Figures]] = field(default_factory=list)


def fit_columns(
    template: Template, tables: Sequence[str], items: Sequence[Item], folded: str
) -> Iterator[Departure]:
    """Put the figures of each block of rows into the mandated columns, and yield what the header has too many or too few."""
    for key in tables:
        table = template.tables[key]
        _tell_apart(template, table, items)
        for block in _blocks(table, items):
            if block.rows and block.header:
                yield from _fit(table, block, folded)
        yield from _renamed(table, items)


def _tell_apart(template: Template, table: TableSpec, items: Sequence[Item]) -> None:
    """Of two neighbouring columns in the same other words, the second is the one that comes next: 本年新 | 本年新."""
    marks = {mark.address: mark for mark in template.landmarks if mark.kind == "column"}
    order = list(table.columns)
    for before, item in pairwise(items):
        key = _column(table, item) if item.kind == "label" and not item.exact and not item.old else None
        if key is None or before.words != item.words or _column(table, before) != key:
            continue
        behind = order[order.index(key) + 1 :]
        if behind and not any(_column(table, each) == behind[0] for each in items):
            item.landmarks = (marks[f"{table.key}.*.{behind[0]}"],)


def _renamed(table: TableSpec, items: Sequence[Item]) -> Iterator[Departure]:
    """Strange words of a header between the two labels that have a mandated one between them: that one, renamed."""
    between: dict[tuple[str, str], str] = {}
    for block in table.blocks:
        words = [block.banner, *_words_of(table, block.header)]
        between |= {(one, three): two for one, two, three in zip(words, words[1:], words[2:], strict=False)}
    columns = set(table.columns.values())
    for before, item, behind in zip(items, items[1:], items[2:], strict=False):
        if item.kind == "stranger" and item.table == table.key and _is_name(item):
            pairs = ((one.label, two.label) for one in before.landmarks for two in behind.landmarks)
            label = next((between[pair] for pair in pairs if pair in between), None)
            if label and label not in columns:
                yield Departure(
                    "label-wording", item.span, table.key, table.section or None, label, item.words
                )


def _words_of(table: TableSpec, members: Sequence[Group | str]) -> Iterator[str]:
    """A header's labels in the order of reading."""
    for member in members:
        if isinstance(member, Group):
            yield member.words
            yield from _words_of(table, member.members)
        else:
            yield table.columns.get(member, member)


def _blocks(table: TableSpec, items: Sequence[Item]) -> Iterator[_Block]:
    block = _Block()
    for index, item in enumerate(items):
        behind = items[index + 1].figures if index + 1 < len(items) else None
        heads = _in_header(table, item) and not item.ordinal
        blank = behind is not None and all(part.kind == "blank" for part in behind.parts)
        row = _row(table, item) if behind and not (heads and blank) else None
        if row:
            block.rows.append((row, behind))  # type: ignore[arg-type]
        elif behind is not None and not blank:
            continue
        elif heads or (item.kind in ("stranger", "label") and not item.old):
            if block.rows and heads:
                yield block
                block = _Block()
            if not block.rows:
                block.header.append(item)
    yield block


def _row(table: TableSpec, item: Item) -> RowSpec | None:
    if item.kind != "label" or item.old:
        return None
    keys = [mark.address.split(".") for mark in item.landmarks if mark.kind == "row"]
    return next((table.rows[row] for name, row in keys if name == table.key), None)


def _column(table: TableSpec, item: Item) -> str | None:
    prefix = f"{table.key}.*."
    return next(
        (m.address.removeprefix(prefix) for m in item.landmarks if m.address.startswith(prefix)), None
    )


def _in_header(table: TableSpec, item: Item) -> bool:
    return item.kind == "label" and not item.old and _column(table, item) is not None


def _fit(table: TableSpec, block: _Block, folded: str) -> Iterator[Departure]:
    columns = block.rows[0][0].columns
    if any(row.columns != columns or not (row.labelled or says(figures)) for row, figures in block.rows):
        return
    present = {key for item in block.header if (key := _column(table, item)) in columns}
    missing = [key for key in columns if key not in present]
    if len(present) <= len(missing):
        return
    order = arranged(table, columns, header_places(table, block.header), folded)
    if order != list(columns):
        yield _out_of_order(table, block, columns, order)
        for _, figures in block.rows:
            rearrange(figures, columns, None if missing else order)
        return
    if not all(row.labelled for row, _ in block.rows):
        return
    layout = _layout(table, columns, block.header, present, folded)
    strangers = [each for each in layout if isinstance(each, Item)]
    if not missing and not strangers:
        return
    yield from (
        _reworded(table, layout, missing, strangers)
        if len(missing) == len(strangers)
        else _moved(table, block, columns, layout)
    )


def says(figures: Figures) -> bool:
    """Whether a row's label has figures behind it, and is no name in a header beside the blank rest of its cell."""
    return any(part.kind != "blank" for part in figures.parts)


def header_places(table: TableSpec, header: Sequence[Item]) -> dict[str, Span]:
    """Where each column of a header stands first, by key, and the words over several."""
    found: dict[str, Span] = {}
    for item in header:
        groups = [mark.label for mark in item.landmarks if mark.kind == "group"]
        for key in (_column(table, item), *groups):
            if key is not None:
                found.setdefault(key, item.span)
    return found


def _out_of_order(
    table: TableSpec, block: _Block, columns: Sequence[str], order: Sequence[str] | None
) -> Departure:
    key = next((one for one, other in zip(order or (), columns, strict=False) if one != other), columns[0])
    span = header_places(table, block.header).get(key, block.header[0].span)
    label = table.columns[key]
    return Departure(
        "column-out-of-order",
        span,
        f"{table.key}.*.{key}",
        table.section or None,
        label,
        certain=order is not None,
    )


def rearrange(
    figures: Figures, columns: Sequence[str], order: Sequence[str] | None, groups: Sequence[int] = (0,)
) -> None:
    """The figures of a row in the mandated order of groups, and of the columns under each, which stand in ``order``.

    Those of which the header does not tell the column are of none.
    """
    width = len(columns)
    parts = without_blanks(figures, width * len(groups))
    if order is None or len(parts) != width * len(groups):
        where = Span(figures.span.end, figures.span.end)
        figures.parts = [Part("", where, "missing")] * (width * len(groups))
    else:
        figures.parts = [parts[width * group + order.index(key)] for group in groups for key in columns]


def _layout(
    table: TableSpec, columns: Sequence[str], header: Sequence[Item], present: set[str], folded: str
) -> list[str | Item]:
    """The columns from left to right, by key; the item of its words for one that is not mandated."""
    layout: list[str | Item] = [key for key in columns if key in present]
    before: tuple[str | Item, int] | None = None
    for index, item in enumerate(header):
        key = _column(table, item)
        if key in present:
            before = key, item.span.end
        elif item.kind != "stranger":
            last = _last_under(table, item, present)
            before = (last, item.span.end) if last else before
        elif _is_name(item):
            behind = next((each for each in header[index + 1 :] if _column(table, each) in present), None)
            left = layout.index(before[0]) + 1 if before else None
            right = layout.index(_column(table, behind)) if behind else None  # type: ignore[arg-type]
            places = [place for place in (left, right) if place is not None]
            fitting = [place for place in places if _lacks(columns, layout, place)]
            apart = before is not None and "\n" in folded[before[1] : item.span.start]
            close = behind is not None and "\n" not in folded[item.span.end : behind.span.start]
            if not fitting and not close and (before is None or apart) and _ends_line(header, index, folded):
                places = [len(layout)]
            layout.insert(fitting[0] if fitting else places[-1] if apart and close else places[0], item)
            before = item, item.span.end
    return layout


def _ends_line(header: Sequence[Item], index: int, text: str) -> bool:
    """Whether a cell of a header is the last of several on its line, and so at the right of all columns below them."""
    before, behind = header[index - 1 : index], header[index + 1 : index + 2]
    item = header[index]
    goes_on = any("\n" not in text[each.span.end : item.span.start] for each in before)
    return goes_on and all("\n" in text[item.span.end : each.span.start] for each in behind)


def _lacks(columns: Sequence[str], layout: Sequence[str | Item], place: int) -> bool:
    """Whether a mandated column is missing at a place."""
    before = [columns.index(each) for each in layout[:place] if isinstance(each, str)]
    behind = [columns.index(each) for each in layout[place:] if isinstance(each, str)]
    return max(before, default=-1) + 1 < min(behind, default=len(columns))


def _is_name(item: Item) -> bool:
    return 2 <= len(item.words) <= 20 and not _REMARK.search(item.words)


def _last_under(table: TableSpec, item: Item, present: set[str]) -> str | None:
    """The last column under words that span several."""

    def keys(members: Sequence[Group | str]) -> Iterator[str]:
        for member in members:
            if isinstance(member, Group):
                yield from keys(member.members)
            else:
                yield member

    def groups(members: Sequence[Group | str]) -> Iterator[Group]:
        for member in members:
            if isinstance(member, Group):
                yield member
                yield from groups(member.members)

    labels = {mark.label for mark in item.landmarks if mark.kind == "group"}
    for block in table.blocks:
        for group in groups(block.header):
            if group.words in labels:
                inside = [key for key in keys(group.members) if key in present]
                return inside[-1] if inside and len(inside) < len(present) else None
    return None


def _reworded(
    table: TableSpec, layout: Sequence[str | Item], missing: Sequence[str], strangers: Sequence[Item]
) -> Iterator[Departure]:
    """As many strange words as columns are missing, each in the place of one: the columns' names in other words."""
    columns = list(table.columns)
    for key, item in zip(missing, strangers, strict=True):
        if _lacks(columns, layout, layout.index(item)):
            address = f"{table.key}.*.{key}"
            yield Departure(
                "label-wording", item.span, address, table.section or None, table.columns[key], item.words
            )


def without_blanks(figures: Figures, count: int, ends: Sequence[int] = (-1, 0)) -> list[Part]:
    """The cells of a row without the empty ones behind or before them of a wider grid: those at the first end first."""
    parts = list(figures.parts)
    for end in ends:
        while len(parts) > count and parts[end].kind == "blank":
            parts.pop(end)
    return parts


def _moved(
    table: TableSpec, block: _Block, columns: Sequence[str], layout: Sequence[str | Item]
) -> Iterator[Departure]:
    """Figures in the mandated order, where most rows have as many as the header has columns."""
    ends = (0, -1) if isinstance(layout[-1], Item) else (-1, 0)  # an added last column may be all blank
    as_headed = [
        figures for _, figures in block.rows if len(without_blanks(figures, len(layout), ends)) == len(layout)
    ]
    as_mandated = [
        figures for _, figures in block.rows if len(without_blanks(figures, len(columns))) == len(columns)
    ]
    if 2 * len(as_headed) < len(block.rows) or len(as_mandated) > len(as_headed):
        return
    places = list(layout)
    if isinstance(places[0], Item) and _SERIAL.search(places[0].words):
        places.append(places.pop(0))
    for figures in as_headed:
        where = Span(figures.span.end, figures.span.end)
        parts = without_blanks(figures, len(layout), ends)
        figures.parts = [
            parts[places.index(key)] if key in places else Part("", where, "missing") for key in columns
        ]
    section = table.section or None
    if extra := [each for each in layout if isinstance(each, Item)]:
        words = [each.words for each in extra]
        yield Departure("extra-column", extra[0].span, table.key, section, "", words[0], words[1:])
    for key in columns:
        if key not in layout:
            label = table.columns[key]
            yield Departure("missing-column", block.header[0].span, f"{table.key}.*.{key}", section, label)


def extra_rows(table: TableSpec, items: Sequence[Item], missing: Set[str]) -> Iterator[Departure]:
    """Rows that no edition has, with as many figures as those around them: one departure a table.

    One in the place of a row that is ``missing`` (by address) may be that row, and is no departure of its own.
    """
    found: list[Item] = []
    width = 0
    order = list(table.rows)
    awaited = order[0]
    for index, item in enumerate(items):
        figures = items[index + 1].figures if index + 1 < len(items) else None
        if figures is None:
            continue
        if row := _row(table, item):
            width = len(row.columns)
            awaited = order[min(order.index(row.key) + 1, len(order) - 1)]
        elif f"{table.key}.{awaited}" in missing:
            continue
        elif item.kind == "stranger" and item.table == table.key and _is_row(item, figures, width):
            found.append(item)
    if found:
        words = [item.words for item in found]
        yield Departure("extra-row", found[0].span, table.key, table.section or None, "", words[0], words[1:])


def _is_row(item: Item, figures: Figures, width: int) -> bool:
    parts = without_blanks(figures, width)
    named = len(_HAN.findall(item.words)) > 1 and not _REMARK.search(item.words)
    texts = [part.text for part in parts]
    counts_columns = width > 1 and texts == [str(number) for number in range(1, width + 1)]
    return (
        named and not counts_columns and len(parts) == width and any(part.kind == "number" for part in parts)
    )
