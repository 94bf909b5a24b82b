"""Figures to cells: one value a column where borders or white space part them, else by the readings of the run."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from govlint.document import Span
from govlint.figures import Figures, Part
from govlint.readings import Run, read
from govlint.report import Cell, Departure, Report
from govlint.scanner import Item
from govlint.template import RowSpec, TableSpec

_LONGEST_RUN = 40
"""Digits a cell in a run; what is longer is no run of figures."""


@dataclass(slots=True)
class RowFigures:
    """A row of the template that the document has, with the label and the figures found for it."""

    table: TableSpec
    row: RowSpec
    label: Item | None
    figures: Item | None

    @property
    def addresses(self) -> list[str]:
        return [f"{self.table.key}.{self.row.key}.{column}" for column in self.row.columns]


@dataclass(slots=True)
class _Slot:
    """One group of figures and all the cells it is for: a row, or the rows that share a run (table 4)."""

    rows: list[RowFigures]
    figures: Figures | None
    addresses: list[str]

    @property
    def table(self) -> str:
        return self.rows[0].table.key

    @property
    def full(self) -> bool:
        """Whether there is a value for each cell."""
        return self.figures is not None and len(self.figures.parts) == len(self.addresses)

    @property
    def where(self) -> Span:
        first = self.rows[0]
        if self.figures:
            return self.figures.span
        return first.label.span if first.label else Span(0, 0)


def fill_cells(report: Report, rows: Sequence[RowFigures]) -> None:
    """Put the figures of all rows into ``report.cells``, in the template's order."""
    slots = [slot for slot in _slots(rows) if slot.table not in report.outdated]
    closed = {slot.table for slot in slots if slot.figures and slot.figures.open_end and slot.full}
    cells: dict[str, Cell] = {}
    runs: dict[str, list[tuple[_Slot, Run]]] = {}
    for slot in slots:
        parts = _one_a_cell(slot, closed)
        if parts is not None:
            money = slot.rows[0].row.money
            for address, part in zip(slot.addresses, parts, strict=True):
                cells[address] = _cell(address, part, money)
        elif slot.figures and (run := _run(slot, slots)):
            runs.setdefault(slot.table, []).append((slot, run))
        else:
            _mismatch(report, slot, cells)
    for entries in runs.values():
        _read_runs(report, entries, cells)
    for table in {slot.table for slot in slots}:
        spans = [slot.where for slot in slots if slot.table == table]
        report.tables[table] = Span(min(span.start for span in spans), max(span.end for span in spans))
    report.cells = {address: cells[address] for address in report.template.addresses if address in cells}


def _slots(rows: Sequence[RowFigures]) -> list[_Slot]:
    slots: list[_Slot] = []
    for _, group in groupby(rows, key=lambda row: id(row.figures) if row.figures else id(row)):
        members = list(group)
        item = members[0].figures
        figures = item.figures if item else None
        slots.append(_Slot(members, figures, [address for row in members for address in row.addresses]))
    return slots


def _one_a_cell(slot: _Slot, closed: Set[str]) -> list[Part] | None:
    """The parts as the cells they are, blanks put in where the layout says that they are there; None if it does not.

    ``closed`` are the tables whose rows end with a bar that is a border, and not one of a last blank cell.
    """
    count = len(slot.addresses)
    figures = slot.figures
    if figures is None:
        return [Part("", slot.where, "blank")] * count
    if len(figures.parts) == count:
        return figures.parts
    parts = list(figures.parts)
    while len(parts) > count and parts[-1].kind == "blank":
        parts.pop()
    blank = Part("", Span(figures.span.end, figures.span.end), "blank")
    if figures.bordered and len(parts) < count:
        if all(part.kind == "blank" for part in parts):
            parts += [blank] * (count - len(parts))
        elif figures.open_end and len(parts) == count - 1 and slot.table not in closed:
            parts.append(blank)
    return parts if len(parts) == count else None


def _cell(address: str, part: Part, money: bool) -> Cell:
    value = part.value()
    if part.kind == "number" and (value is None or (not money and "." in part.text)):
        return Cell(address, "invalid", None, part.text, part.span)
    return Cell(address, part.kind, value, part.text, part.span)


def _run(slot: _Slot, slots: Sequence[_Slot]) -> Run | None:
    """The figures as a run of digits; None where they are parted and one of them is missing or too many."""
    figures = slot.figures
    if figures is None or any(part.kind != "number" or "." in part.text for part in figures.parts):
        return None
    count = len(slot.addresses)
    if figures.bordered and (len(figures.parts) > 1 or count < 5):
        return None
    if len(figures.parts) > 1 and not figures.commas:
        parted = any(other.full for other in slots if other.table == slot.table and len(other.addresses) > 1)
        if 2 * len(figures.parts) >= count or parted:
            return None
    digits = [part.text.replace(",", "") for part in figures.parts]
    if figures.commas:
        digits = ["".join(digits)]
    total = sum(map(len, digits))
    if not count <= total <= _LONGEST_RUN * count or len(digits) > count:
        return None
    return Run(tuple(slot.addresses), tuple(digits))


def _read_runs(report: Report, entries: Sequence[tuple[_Slot, Run]], cells: dict[str, Cell]) -> None:
    known = {address: cell.value for address, cell in cells.items() if cell.state in ("number", "blank")}
    readings = read([run for _, run in entries], known, report.template.identities)
    for index, (slot, run) in enumerate(entries):
        places = (
            [offset for part in slot.figures.parts for offset in _digit_offsets(part)] if slot.figures else []
        )
        at = 0
        for address, length in zip(run.cells, readings.lengths[index], strict=True):
            span = Span(places[at], places[at + length - 1] + 1)
            text = "".join(run.parts)[at : at + length]
            uncertain = address in readings.uncertain
            cells[address] = Cell(address, "number", readings.values[address], text, span, uncertain)
            at += length
        if others := readings.others.get(index):
            report.readings[run.cells[0].rsplit(".", 1)[0]] = others


def _digit_offsets(part: Part) -> list[int]:
    return [part.span.start + at for at, char in enumerate(part.text) if char != ","]


def _mismatch(report: Report, slot: _Slot, cells: dict[str, Cell]) -> None:
    """A row with too few or too many values: none of them can be told to be of one column."""
    first = slot.rows[0]
    found = slot.figures.parts if slot.figures else []
    for address in slot.addresses:
        cells[address] = Cell(address, "missing", None, "", slot.where)
    report.departures.append(
        Departure(
            "wrong-cell-count",
            slot.where,
            f"{first.table.key}.{first.row.key}",
            first.table.section or None,
            str(len(slot.addresses)),
            str(len(found)),
            [part.text for part in found],
        )
    )
