"""Figures to cells: one value a column where borders or white space part them, else by the readings of the run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec import Struct

from govlint.document import Span
from govlint.numbers.splits import Run
from govlint.parsing.cell_values import cell_of
from govlint.parsing.forms import Filled, OtherForm
from govlint.parsing.page_numbers import page_number
from govlint.parsing.row_values import Part
from govlint.parsing.runs import Digits, read_runs, run_of, whole_run
from govlint.parsing.slots import RowFigures, Slot, slots_of
from govlint.report import Cell, Departure, Report
from govlint.template.model import Template
from govlint.text.numerals import MOST_DIGITS

WIDEST_GRID = 99
"""Cells of a row of figures, empty ones included, that are still those of a table."""
_NARROW = 2
"""Figures in a row whose last cell is merged over the columns that other rows of the table have."""


class _Layout(Struct, frozen=True):
    """What the rows of a table tell of each other."""

    closed: Set[str]
    """Tables whose rows end with a bar that is a border, and not one of a last blank cell."""
    indented: Set[str]
    """Tables with empty cells between labels and figures."""
    spread: Mapping[str, int]
    """Table to the lines from one cell to the next, where each cell has a line of its own and empty lines are blanks."""


def fill_cells(report: Report, rows: Sequence[RowFigures], filled: Sequence[Filled] = ()) -> None:
    """Put the figures of all rows, and of tables of known forms, into ``report.cells``, in the template's order.

    Raises OtherForm where a table of a known form has rows elsewhere too.
    """
    slots = slots_of(rows)
    if not {slot.table for slot in slots}.isdisjoint(table.form.table for table in filled):
        raise OtherForm
    layout = _Layout(
        {slot.table for slot in slots if slot.figures and slot.figures.open_end and slot.full},
        {slot.table for slot in slots if slot.figures and slot.figures.bordered and _is_indented(slot)},
        dict(_spread(slots)),
    )
    cells: dict[str, Cell] = {}
    amiss: list[Slot] = []
    runs: dict[str, list[tuple[Run, Digits]]] = {}
    for table in filled:
        _fill(table, report.template, cells, runs.setdefault(table.form.table, []))
    for slot in slots:
        parts = _one_a_cell(slot, layout)
        if parts is not None:
            for address, part in zip(slot.addresses, parts, strict=True):
                cells[address] = cell_of(address, part, report.template)
        elif _leave_out_page_number(report, slot, cells):
            continue
        elif slot.figures and (run := run_of(slot, slots, report.template)):
            runs.setdefault(slot.table, []).append(run)
        else:
            amiss.append(slot)
    for slot in amiss:
        if _lost_blanks(slot, slots, amiss):
            blank = Part("", slot.where, "blank")
            cells |= {each: cell_of(each, blank, report.template) for each in slot.addresses}
        else:
            _mismatch(report, slot, cells)
    report.tables = _extents(slots, filled)
    for key in report.tables:
        read_runs(report, runs.get(key, ()), cells)
    report.cells = {address: cells[address] for address in report.template.addresses if address in cells}


def _extents(slots: Sequence[Slot], filled: Sequence[Filled]) -> dict[str, Span]:
    """The tables from first to last figure, in the order of the document."""
    found = {table.form.table: Span(*map(table.at, table.form.extent)) for table in filled}
    for key in dict.fromkeys(slot.table for slot in slots):
        spans = [slot.where for slot in slots if slot.table == key]
        found[key] = Span(min(span.start for span in spans), max(span.end for span in spans))
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _fill(table: Filled, template: Template, cells: dict[str, Cell], runs: list[tuple[Run, Digits]]) -> None:
    """The cells of a table of a known form, and its runs of digits."""
    folded, ends, first = table.pieces.folded, table.pieces.ends, table.first
    made = tuple.__new__  # a named tuple's own takes twice as long
    for addresses, figures in table.form.rows:
        if len(figures) < len(addresses):  # one, which is for all
            start, end = table.span(figures[0])
            runs.append(whole_run(addresses, folded[start:end], start))
            continue
        for address, (before, skipped, last, cut, blank) in zip(addresses, figures, strict=True):
            start, end = ends[first + before] - skipped, ends[first + last] - cut
            span, text = made(Span, (start, end)), folded[start:end]
            if text.isdecimal() and len(text) <= MOST_DIGITS:  # as nearly all are
                cells[address] = Cell(address, "number", int(text), text, span)
            else:
                cells[address] = cell_of(address, Part(text, span, "blank" if blank else "number"), template)


def _one_a_cell(slot: Slot, layout: _Layout) -> list[Part] | None:
    """The parts as the cells they are, blanks put in where the layout says that they are there; None if it does not."""
    count = len(slot.addresses)
    figures = slot.figures
    if figures is None:
        return [Part("", slot.where, "blank")] * count
    if len(figures.parts) == count:
        return figures.parts
    step = layout.spread.get(slot.table)
    if step and len(by_lines := list(_by_lines(slot, step))) == count:
        return by_lines
    parts = list(figures.parts)
    if len(parts) > count:
        parts = _without_spare(parts, count, slot.table in layout.indented)
    blank = Part("", Span(figures.span.end, figures.span.end), "blank")
    if figures.bordered and len(parts) < count:
        if all(part.kind == "blank" for part in parts):
            parts += [blank] * (count - len(parts))
        elif figures.open_end and len(parts) == count - 1 and slot.table not in layout.closed:
            parts.append(blank)
    return parts if len(parts) == count else None


def _spread(slots: Sequence[Slot]) -> Iterator[tuple[str, int]]:
    """For each table the number of lines a cell, by its full rows, or by the others where none is full."""
    for table in dict.fromkeys(slot.table for slot in slots):
        lined = [slot for slot in slots if slot.table == table and slot.figures and slot.figures.lines]
        full = [slot for slot in lined if slot.full]
        for step in (1, 2):
            fits = [len(_by_lines(slot, step)) == len(slot.addresses) for slot in full or lined]
            if fits and all(fits):
                yield table, step
                break


def _by_lines(slot: Slot, step: int) -> Sequence[Part]:
    """The values of a row with a cell every ``step`` lines."""
    lines = slot.figures.lines if slot.figures else ()
    if step == 1:
        return lines
    return lines[1::2] if all(part.kind == "blank" for part in lines[::2]) else ()


def _without_spare(parts: list[Part], count: int, indented: bool) -> list[Part]:
    """The parts without the empty ones of a grid that is wider than the table has figures.

    They stand between the figures and behind them, or before them (``indented``), where labels are not merged.
    """
    filled = [part for part in parts if part.text]
    if len(filled) == count and len(parts) <= WIDEST_GRID:
        return filled
    if count <= _NARROW and len({part.text for part in parts[count - 1 :]}) == 1:  # a merged cell repeated
        return parts[:count]
    spare = len(parts) - count
    if indented and not any(part.text for part in parts[:spare]):
        return parts[spare:]
    parts = list(parts)
    while len(parts) > count and parts[-1].kind == "blank":
        parts.pop()
    return parts


def _is_indented(slot: Slot) -> bool:
    """Whether the row's figures reach beyond as many cells as it has columns, with empty cells before them."""
    parts = slot.figures.parts if slot.figures else []
    count = len(slot.addresses)
    spare = len(parts) - count
    reach = any(part.text for part in parts[count:])
    return 0 < spare <= WIDEST_GRID and reach and not any(part.text for part in parts[:spare])


def _lost_blanks(slot: Slot, slots: Sequence[Slot], amiss: Sequence[Slot]) -> bool:
    """Whether no row of a table without borders is full and most of its cells are blank: one mistake of the table."""
    others = [each for each in slots if each.table == slot.table and len(each.addresses) > 1 and each.figures]
    sparse = [each for each in amiss if each.table == slot.table and each.sparse]
    return slot.sparse and len(sparse) >= 3 and not any(each.full for each in others)


def _leave_out_page_number(report: Report, slot: Slot, cells: dict[str, Cell]) -> bool:
    """Whether the values are one too many because a page's number stands among them; the others are the row's."""
    figures = slot.figures
    if figures is None or len(figures.parts) != len(slot.addresses) + 1:
        return False
    row = set(slot.addresses)
    own = [each for each in report.template.identities if row.issuperset(each.cells)]
    at = page_number(figures, slot.addresses, own, report.folded)
    if at is None:
        return False
    page = figures.parts[at]
    parts = figures.parts[:at] + figures.parts[at + 1 :]
    for address, part in zip(slot.addresses, parts, strict=True):
        cells[address] = cell_of(address, part, report.template)
    report.departures.append(_wrong_count(slot, page.span, [page.text], certain=False))
    return True


def _mismatch(report: Report, slot: Slot, cells: dict[str, Cell]) -> None:
    """A row with too few or too many values: none of them can be told to be of one column."""
    found = slot.figures.parts if slot.figures else []
    for address in slot.addresses:
        cells[address] = Cell(address, "missing", None, "", slot.where)
    report.departures.append(_wrong_count(slot, slot.where, [part.text for part in found]))


def _wrong_count(slot: Slot, where: Span, told: Sequence[str], certain: bool = True) -> Departure:
    first = slot.rows[0]
    return Departure(
        "wrong-cell-count",
        where,
        f"{first.table.key}.{first.row.key}",
        first.table.section or None,
        str(len(slot.addresses)),
        str(len(slot.figures.parts) if slot.figures else 0),
        told,
        certain,
    )
