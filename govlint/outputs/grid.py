"""The part of a table that a finding is about, drawn: the cells at fault marked, with what they should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from govlint.document import Words
from govlint.outputs.characters import visible
from govlint.outputs.exact_json import number
from govlint.outputs.lines import Line, Piece, cut, pad
from govlint.report import Report
from govlint.rule import Finding, Number
from govlint.template import TableSpec, Template

FAMILIES = "NT"
_MOST_ROWS = 15
_VALUE, _LABEL = 20, 12
"""Most cells of a figure, and of a label over a column."""
_MISSING = Words("缺", "none")
_BLANK = Words("空", "blank")
_ELIDED = Words("另有 {} 行未列出", "{} more rows not shown")


class _Axes(NamedTuple):
    rows: Sequence[str]
    columns: Sequence[str]
    left_out: int
    """Rows that take part but are not shown."""


def grid(finding: Finding, report: Report, cells: int, lang: str) -> list[Line]:
    """The rows and columns concerned, at most ``cells`` wide; nothing where no single cell is at fault."""
    template = report.template
    wrong = [address for address in finding.cells if address in report.cells]
    if finding.code[0] not in FAMILIES or not wrong or len({_table(address) for address in wrong}) > 1:
        return []
    table = template.tables[_table(wrong[0])]
    axes = _axes(wrong, finding, report, table)
    corrections: Mapping[str, Number] = finding.suggestion.cells if finding.suggestion else {}
    values = {
        (row, column): _value(f"{table.key}.{row}.{column}", report, wrong, corrections, lang)
        for row in axes.rows
        for column in axes.columns
        if column in table.rows[row].columns
    }
    lines = list(_drawn(values, axes, table, cells))
    if axes.left_out:
        lines.append([Piece(cut(_ELIDED.say(lang).format(axes.left_out), cells), "dim")])
    return lines


def _table(address: str) -> str:
    return address.split(".", 1)[0]


def _axes(wrong: Sequence[str], finding: Finding, report: Report, table: TableSpec) -> _Axes:
    """The rows and columns of the operands, in the template's order, without those that add nothing."""
    concerned = [*wrong, *(related.cell for related in finding.related if related.cell in report.cells)]
    faulty, totals = set(wrong), _totals(wrong, report.template)
    pairs = [address.split(".")[1:3] for address in (*concerned, *totals) if _table(address) == table.key]
    kept = [address.split(".")[1:3] for address in (*faulty, *totals)]
    kept_rows = {row for row, _ in kept}
    kept_columns = {column for _, column in kept}

    def weighs(row: str, column: str) -> bool:
        return bool(report.value(f"{table.key}.{row}.{column}"))

    def shown_row(row: str) -> bool:
        return row in kept_rows or any(weighs(row, column) for column in kept_columns)

    rows_concerned = {row for row, _ in pairs}
    columns_concerned = {column for _, column in pairs}
    rows = [row for row in table.rows if row in rows_concerned and shown_row(row)]
    columns = [column for column in table.columns if column in columns_concerned]
    if len(rows) > _MOST_ROWS:
        first = set(sorted(rows, key=lambda row: row not in kept_rows)[:_MOST_ROWS])
        rows = [row for row in rows if row in first]
    return _Axes(rows, columns, len(rows_concerned) - len(rows))


def _totals(wrong: Sequence[str], template: Template) -> set[str]:
    """The totals that the cells at fault enter."""
    faulty = set(wrong)
    return {
        address
        for identity in template.identities
        if identity.relation == "=" and faulty.intersection(identity.cells)
        for address in identity.lone
    }


def _value(
    address: str, report: Report, wrong: Sequence[str], corrections: Mapping[str, Number], lang: str
) -> Piece:
    """A figure as shown: ``11``, ``[11]`` at fault, ``[11→12]`` with its correction, ``11?`` uncertain."""
    cell = report.cells.get(address)
    if cell is None or cell.state == "missing":
        text = _MISSING.say(lang)
    elif cell.value is not None:
        text = number(cell.value) if cell.state == "number" else cell.raw
    else:
        text = cell.raw.strip() if cell.state == "invalid" else _BLANK.say(lang)
    text = cut(visible(text), _VALUE)
    if cell is not None and cell.uncertain:
        text += "?"
    if address in corrections:
        return Piece(f"[{text}→{cut(number(corrections[address]), _VALUE)}]", "bold red")
    return Piece(f"[{text}]", "bold red") if address in wrong else Piece(text)


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
