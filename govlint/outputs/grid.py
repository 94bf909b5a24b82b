"""The part of a table that a finding is about, drawn: the cells at fault marked, with what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from govlint.document import Words
from govlint.outputs.characters import visible
from govlint.outputs.exact_json import number
from govlint.outputs.lines import Line, Piece, cut, pad
from govlint.report import Report
from govlint.rule import Finding
from govlint.template import TableSpec, Template

FAMILIES = "NT"
_MOST_ROWS = 15
_LABEL = 12
"""Most cells of a label over a column."""
_MISSING = Words("缺", "none")
_BLANK = Words("空", "blank")
_UNCERTAIN = Words("? 数字连写，读法不止一种", "? run-together digits, read in more than one way")
_ELIDED = Words("另有 {} 行未列出", "{} more rows not shown")

_Pair = tuple[str, str]


class _Axes(NamedTuple):
    rows: Sequence[str]
    columns: Sequence[str]
    left_out: int
    """Rows that take part but are not shown."""


def grid(finding: Finding, report: Report, cells: int, lang: str) -> list[Line]:
    """The rows and columns concerned, at most ``cells`` wide; nothing where no single cell is at fault."""
    wrong = [address for address in finding.cells if address in report.cells]
    tables = {address.split(".", 1)[0] for address in wrong}
    if finding.code[0] not in FAMILIES or len(tables) != 1:
        return []
    table = report.template.tables[tables.pop()]
    axes = _axes(wrong, finding, report, table)
    addresses = {
        (row, column): f"{table.key}.{row}.{column}"
        for row in axes.rows
        for column in axes.columns
        if column in table.rows[row].columns
    }
    most = max(min(cells // 3 - 4, 20), 4)
    values = {pair: _value(address, finding, report, lang, most) for pair, address in addresses.items()}
    lines = list(_drawn(values, axes, table, cells))
    if axes.left_out:
        lines.append([Piece(cut(_ELIDED.say(lang).format(axes.left_out), cells), "dim")])
    if any(report.cells[address].uncertain for address in addresses.values() if address in report.cells):
        lines.append([Piece(cut(_UNCERTAIN.say(lang), cells), "dim")])
    return lines


def _pairs(addresses: Iterable[str | None], table: str) -> set[_Pair]:
    """Row and column of the addresses that are cells of a table."""
    parts = [address.split(".") for address in addresses if address is not None]
    return {(part[1], part[2]) for part in parts if len(part) == 3 and part[0] == table}


def _axes(wrong: Sequence[str], finding: Finding, report: Report, table: TableSpec) -> _Axes:
    """The rows and columns of the operands and totals, in the template's order, without rows that add nothing."""
    kept = _pairs([*wrong, *_totals(wrong, report.template)], table.key)
    concerned = kept | _pairs([related.cell for related in finding.related], table.key)
    columns = [column for column in table.columns if any(column == pair[1] for pair in concerned)]
    kept_rows = {row for row, _ in kept}
    kept_columns = {column for _, column in kept}

    def weighs(row: str) -> bool:
        return any(report.value(f"{table.key}.{row}.{column}") for column in kept_columns)

    taking_part = {row for row, _ in concerned}
    rows = [row for row in table.rows if row in kept_rows or (row in taking_part and weighs(row))]
    if len(rows) > _MOST_ROWS:
        first = set(sorted(rows, key=lambda row: row not in kept_rows)[:_MOST_ROWS])
        rows = [row for row in rows if row in first]
    return _Axes(rows, columns, len(taking_part) - len(rows))


def _totals(wrong: Sequence[str], template: Template) -> set[str]:
    """The totals that the cells at fault enter."""
    faulty = set(wrong)
    return {
        address
        for identity in template.identities
        if identity.relation == "=" and faulty.intersection(identity.cells)
        for address in identity.lone
    }


def _value(address: str, finding: Finding, report: Report, lang: str, most: int) -> Piece:
    """A figure, cut to ``most`` cells: ``[11]`` at fault, ``[11→12]`` with its correction, ``11?`` uncertain."""
    cell = report.cells.get(address)
    if cell is None or cell.state == "missing":
        text = _MISSING.say(lang)
    elif cell.state == "blank":
        text = _BLANK.say(lang)
    else:
        text = cell.raw.strip() if cell.value is None else number(cell.value)
    text = cut(visible(text), most)
    if cell is not None and cell.uncertain:
        text += "?"
    if finding.suggestion and address in finding.suggestion.cells:
        correct = cut(number(finding.suggestion.cells[address]), most)
        return Piece(f"[{text}→{correct}]", "bold red")
    return Piece(f"[{text}]", "bold red") if address in finding.cells else Piece(text)


def _drawn(values: dict[tuple[str, str], Piece], axes: _Axes, table: TableSpec, cells: int) -> Iterator[Line]:
    """Rows below a header; the longer side of the table runs down, and blocks follow where it is too wide."""
    row_labels = {row: table.rows[row].label for row in axes.rows}
    column_labels = {column: table.columns[column] for column in axes.columns}
    down, across = (row_labels, column_labels)
    if len(column_labels) > len(row_labels):
        down, across = across, down
        values = {(column, row): piece for (row, column), piece in values.items()}
    labels = max(cell_len(label) for label in down.values())
    sizes = {
        key: max(
            min(cell_len(label), _LABEL),
            *(cell_len(values[at, key].text) for at in down if (at, key) in values),
            0,
        )
        for key, label in across.items()
    }
    labels = min(labels, max(cells - sum(sizes.values()) - 2 * len(sizes), cells // 3))
    for block in _blocks(sizes, cells - labels):
        yield [
            Piece(" " * labels, "dim"),
            *(
                Piece("  " + pad(cut(across[key], sizes[key]), sizes[key], right=True), "dim")
                for key in block
            ),
        ]
        for at, label in down.items():
            line = [Piece(pad(cut(label, labels), labels))]
            for key in block:
                text, style = values.get((at, key), Piece(""))
                line += [Piece("  " + " " * (sizes[key] - cell_len(text))), Piece(text, style)]
            yield line


def _blocks(sizes: dict[str, int], room: int) -> Iterator[list[str]]:
    """Columns that fit side by side, two cells apart."""
    block: list[str] = []
    taken = 0
    for key, size in sizes.items():
        if block and taken + size + 2 > room:
            yield block
            block, taken = [], 0
        block.append(key)
        taken += size + 2
    if block:
        yield block
