"""The part of a table that a finding is about: the cells at fault marked, with what they should be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from govlint.document import Words
from govlint.outputs.parts.terminal import Piece, cut
from govlint.report import Report
from govlint.rule import Finding
from govlint.template.model import TableSpec, Template
from govlint.text.numerals import number
from govlint.text.visible import visible

_OF_CELLS = ("tables", "identities")
_FEW_ROWS, _MOST_ROWS = 6, 15
"""Up to so many rows are shown as they are; never more than so many."""
_VALUE = 20
"""Most cells of a figure."""
_MISSING = Words("缺", "none")
_BLANK = Words("空", "blank")
_UNCERTAIN = Words("? 数字连写，读法不止一种", "? run-together digits, read in more than one way")
_ELIDED = Words("另有 {} 行未列出", "{} more rows not shown")

Pair = tuple[str, str]


class _Axes(NamedTuple):
    rows: Sequence[str]
    columns: Sequence[str]
    left_out: int
    """Rows that take part but are not shown."""


class Part(Struct, frozen=True):
    """Rows and columns of a table by key with their labels; ``values`` by (row, column); remarks to stand below."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]
    values: Mapping[Pair, Piece]
    remarks: Sequence[str]


def table_part(finding: Finding, report: Report, lang: str) -> Part | None:
    """The part of the table where the figures of a finding stand; None where no single cell is at fault."""
    wrong = [address for address in finding.cells if address in report.cells]
    tables = {address.split(".", 1)[0] for address in wrong}
    if finding.rule.needs not in _OF_CELLS or len(tables) != 1:
        return None
    table = report.template.tables[tables.pop()]
    axes = _axes(wrong, finding, report, table)
    addresses = {
        (row, column): f"{table.key}.{row}.{column}"
        for row in axes.rows
        for column in axes.columns
        if column in table.rows[row].columns
    }
    if len(addresses) < 2:
        return None  # the source line says as much
    remarks = [_ELIDED.say(lang).format(axes.left_out)] if axes.left_out else []
    if any(report.cells[address].uncertain for address in addresses.values() if address in report.cells):
        remarks.append(_UNCERTAIN.say(lang))
    return Part(
        {row: table.rows[row].label for row in axes.rows},
        {column: table.columns[column] for column in axes.columns},
        {pair: _value(address, finding, report, lang) for pair, address in addresses.items()},
        remarks,
    )


def _pairs(addresses: Iterable[str], table: str) -> set[Pair]:
    """Row and column of the addresses that are cells of a table."""
    parts = [address.split(".") for address in addresses]
    return {(part[1], part[2]) for part in parts if len(part) == 3 and part[0] == table}


def _axes(wrong: Sequence[str], finding: Finding, report: Report, table: TableSpec) -> _Axes:
    """The rows and columns of the operands and totals, in the template's order, without rows that add nothing."""
    totals, operands = _relatives(wrong, finding, report.template)
    selected = _pairs([*wrong, *totals], table.key)
    involved = selected | _pairs(operands, table.key)
    columns = [column for column in table.columns if any(column == pair[1] for pair in involved)]
    selected_rows = {row for row, _ in selected}
    selected_columns = {column for _, column in selected}
    taking_part = {row for row, _ in involved}

    def weighs(row: str) -> bool:
        return any(report.value(f"{table.key}.{row}.{column}") for column in selected_columns)

    rows = [row for row in table.rows if row in taking_part]
    if len(rows) > _FEW_ROWS:
        rows = [row for row in rows if row in selected_rows or weighs(row)]
    if len(rows) > _MOST_ROWS:
        first = set(sorted(rows, key=lambda row: row not in selected_rows)[:_MOST_ROWS])
        rows = [row for row in rows if row in first]
    return _Axes(rows, columns, len(taking_part) - len(rows))


def _relatives(wrong: Sequence[str], finding: Finding, template: Template) -> tuple[set[str], set[str]]:
    """The totals that the cells at fault enter, and the operands of the identities that the finding is about."""
    faulty = set(wrong)
    totals: set[str] = set()
    operands = {related.cell for related in finding.related if related.cell is not None}
    for identity in template.identities:
        if identity.relation == "=" and faulty.intersection(identity.cells):
            totals.update(identity.lone)
            if identity.code == finding.code:
                operands.update(identity.cells)
    return totals, operands


def _value(address: str, finding: Finding, report: Report, lang: str) -> Piece:
    """A figure: ``[11]`` at fault, ``[11→12]`` with its correction, ``11?`` uncertain."""
    cell = report.cells.get(address)
    if cell is None or cell.state == "missing":
        text = _MISSING.say(lang)
    elif cell.state == "blank":
        text = _BLANK.say(lang)
    else:
        text = cell.raw.strip() if cell.value is None else number(cell.value)
    text = cut(visible(text), _VALUE)
    if cell is not None and cell.uncertain:
        text += "?"
    if finding.suggestion and address in finding.suggestion.cells:
        correct = cut(number(finding.suggestion.cells[address]), _VALUE)
        return Piece(f"[{text}→{correct}]", "bold red")
    return Piece(f"[{text}]", "bold red") if address in finding.cells else Piece(text)
