"""Figures to cells: one value a column where borders or white space part them, else by the readings of the run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from govlint.document import Number, Span
from govlint.numbers.readings import read
from govlint.numbers.splits import Run
from govlint.parsing.forms import Filled, OtherForm
from govlint.parsing.page_numbers import page_number
from govlint.parsing.row_values import Figures, Part
from govlint.parsing.row_words import EMPTY_BOXES, TICKED_BOXES
from govlint.parsing.scanner import Item
from govlint.report import Cell, CellState, Departure, Report
from govlint.template.model import RowSpec, TableSpec, Template
from govlint.text.numerals import MOST_DIGITS, whole

_LONGEST_RUN = 40
"""Digits a cell in a run; what is longer is no run of figures."""
_DIGITS = "0123456789"
WIDEST_GRID = 99
"""Cells of a row of figures, empty ones included, that are still those of a table."""
_NARROW = 2
"""Figures in a row whose last cell is merged over the columns that other rows of the table have."""
_UNDECIDED = ("", "是否", "有无")
_WORDS_BETWEEN = re.compile(f"[^{EMPTY_BOXES}]+")
_ITEMS = "[项件个条种]?"
_LESS = ("-", "−", "–", "—", "↓", "减", "减少", "取消")
_SIGN = "[-+−–—±↑↓]|增加?|减少?|新增|取消"
_WHOLE = re.compile(rf"\d{{1,40}}{_ITEMS}")
"""As in ``1204件``."""
_TERM = re.compile(rf"({_SIGN})(\d{{1,40}}){_ITEMS}")
"""As in ``+12项``."""
_SIGNED = re.compile(rf"(?:{_TERM.pattern})(?:[/,、;]?(?:{_TERM.pattern}))?")
"""As in ``+12/-3``."""
_MONEY = re.compile(r"(?:人民币|[¥￥])?(\d{1,40}(?:\.\d{1,20})?)(?:亿元|万元|元)?整?")
"""As in ``1.25万元``."""
_RUN = re.compile(r"(?P<sign>[-+])?(?P<digits>[\d,]+)(?P<tail>(?:\.\d+)?(?:亿元|万元|元)?)")
"""As in ``-1,204.50万元``."""


class RowFigures(Struct):
    """A row of the template that the document has, with the label and the figures found for it."""

    table: TableSpec
    row: RowSpec
    label: Item | None
    figures: Item | None

    @property
    def addresses(self) -> list[str]:
        return [f"{self.table.key}.{self.row.key}.{column}" for column in self.row.columns]


class Slot(Struct):
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
    def sparse(self) -> bool:
        """Whether there are values for fewer than half of the cells, and nothing that says for which."""
        figures = self.figures
        return figures is not None and not figures.bordered and 2 * len(figures.parts) < len(self.addresses)

    @property
    def where(self) -> Span:
        first = self.rows[0]
        if self.figures:
            return self.figures.span
        return first.label.span if first.label else Span(0, 0)


class _Layout(NamedTuple):
    """What the rows of a table tell of each other."""

    closed: Set[str]
    """Tables whose rows end with a bar that is a border, and not one of a last blank cell."""
    indented: Set[str]
    """Tables with empty cells between labels and figures."""
    spread: Mapping[str, int]
    """Table to the lines from one cell to the next, where each cell has a line of its own and empty lines are blanks."""


_Runs = dict[str, list[tuple[Run, "_Digits"]]]
"""By table."""


def fill_cells(report: Report, rows: Sequence[RowFigures], filled: Sequence[Filled] = ()) -> None:
    """Put the figures of all rows, and of tables of known forms, into ``report.cells``, in the template's order."""
    slots = slots_of(rows)
    layout = _Layout(
        {slot.table for slot in slots if slot.figures and slot.figures.open_end and slot.full},
        {slot.table for slot in slots if slot.figures and slot.figures.bordered and _is_indented(slot)},
        dict(_spread(slots)),
    )
    cells: dict[str, Cell] = {}
    amiss: list[Slot] = []
    runs: _Runs = {}
    for table in filled:
        _fill(table, report.template, cells, runs)
    for slot in slots:
        parts = _one_a_cell(slot, layout)
        if parts is not None:
            for address, part in zip(slot.addresses, parts, strict=True):
                cells[address] = _cell(address, part, report.template)
        elif _leave_out_page_number(report, slot, cells):
            continue
        elif slot.figures and (run := run_of(slot, slots, report.template)):
            runs.setdefault(slot.table, []).append(run)
        else:
            amiss.append(slot)
    for slot in amiss:
        if _lost_blanks(slot, slots, amiss):
            blank = Part("", slot.where, "blank")
            cells |= {each: _cell(each, blank, report.template) for each in slot.addresses}
        else:
            _mismatch(report, slot, cells)
    report.tables = _extents(slots, filled)
    for key in report.tables:
        _read_runs(report, runs.get(key, ()), cells)
    report.cells = {address: cells[address] for address in report.template.addresses if address in cells}


def _extents(slots: Sequence[Slot], filled: Sequence[Filled]) -> dict[str, Span]:
    """The tables from first to last figure, in the order of the document."""
    found = {table.form.table: Span(*map(table.at, table.form.extent)) for table in filled}
    for key in dict.fromkeys(slot.table for slot in slots):
        spans = [slot.where for slot in slots if slot.table == key]
        found[key] = Span(min(span.start for span in spans), max(span.end for span in spans))
    return dict(sorted(found.items(), key=lambda each: each[1]))


def _fill(table: Filled, template: Template, cells: dict[str, Cell], runs: _Runs) -> None:
    """The cells of a table of a known form, and its runs of digits."""
    folded, ends, first = table.pieces.folded, table.pieces.ends, table.first
    for addresses, figures in table.form.rows:
        if len(figures) < len(addresses):  # one, which is for all
            start, end = table.at(figures[0].start), table.at(figures[0].end)
            runs.setdefault(table.form.table, []).append(_whole_run(addresses, folded[start:end], start))
            continue
        for address, ((before, skipped), (last, cut), blank) in zip(addresses, figures, strict=True):
            span = Span(ends[first + before] - skipped, ends[first + last] - cut)
            text = folded[span[0] : span[1]]
            if text.isdecimal() and len(text) <= MOST_DIGITS:  # as nearly all are
                cells[address] = Cell(address, "number", int(text), text, span)
            else:
                cells[address] = _cell(address, Part(text, span, "blank" if blank else "number"), template)


def _whole_run(addresses: tuple[str, ...], text: str, start: int) -> tuple[Run, _Digits]:
    """Raises OtherForm where the digits are too few or too many, or not digits alone."""
    if not text.isdecimal() or not len(addresses) <= len(text) <= _LONGEST_RUN * len(addresses):
        raise OtherForm
    end = start + len(text)
    return Run(addresses, (text,)), _Digits([text], [*range(start, end)], {}, "", end)


def slots_of(rows: Sequence[RowFigures]) -> list[Slot]:
    """The rows by the figures that they have or share."""
    slots: list[Slot] = []
    for _, group in groupby(rows, key=lambda row: id(row.figures) if row.figures else id(row)):
        members = list(group)
        item = members[0].figures
        figures = item.figures if item else None
        slots.append(Slot(members, figures, [address for row in members for address in row.addresses]))
    return slots


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


def _cell(address: str, part: Part, template: Template) -> Cell:
    value, kind = part.value(), template.kinds[address]
    if type(value) is int and kind == "COUNT":  # as nearly all are
        return Cell(address, "number", value, part.text, part.span)
    if part.kind == "missing":
        return Cell(address, "missing", None, "", part.span)
    if kind == "CHANGE" and part.kind != "blank":
        value = _change(part.text)
    elif kind == "AMOUNT" and part.kind == "invalid" and not template.states_unit(address):
        value = _amount(part.text)
    if kind == "WORDS":
        return Cell(address, "text", None, part.text, part.span)
    if kind == "CHOICE" and part.kind != "blank":
        return Cell(address, _choice(part.text), None, part.text, part.span)
    if part.kind == "blank":
        return Cell(address, "blank", None, part.text, part.span)
    if value is None or (kind != "AMOUNT" and not isinstance(value, int) and "." in part.text):
        return Cell(address, "invalid", None, part.text, part.span)
    return Cell(address, "number", value, part.text, part.span)


def _change(text: str) -> int | None:
    """A signed whole number, in signs or words: ``+3`` ``-5`` ``减5`` ``增2减1``."""
    text = "".join(text.replace(",", "").split())
    if _WHOLE.fullmatch(text):
        return whole(re.sub(r"\D", "", text))
    if not _SIGNED.fullmatch(text):
        return None
    terms = [(whole(digits), -1 if sign in _LESS else 1) for sign, digits in _TERM.findall(text)]
    values = [value * sign for value, sign in terms if value is not None]
    return sum(values) if len(values) == len(terms) else None


def _amount(text: str) -> Decimal | int | None:
    """Money with its unit, in that unit."""
    match = _MONEY.fullmatch("".join(text.replace(",", "").split()))
    if not match:
        return None
    return Decimal(match[1]) if "." in match[1] else whole(match[1])


def _choice(text: str) -> CellState:
    """One of several boxes, ticked or its mark left out where the others have theirs; or a word alone."""
    text = "".join(text.split())
    ticked = sum(char in TICKED_BOXES for char in text)
    empty = sum(char in EMPTY_BOXES for char in text)
    if ticked > 1:
        return "invalid"
    if ticked:
        return "text"
    if not empty:
        return "blank" if re.sub(r"\W", "", text) in _UNDECIDED else "text"
    return "text" if len(_WORDS_BETWEEN.findall(text)) > empty else "blank"


class _Digits(NamedTuple):
    """A run's digits with what belongs to single cells: signs by the place of their digit, decimals of the last."""

    parts: list[str]
    places: list[int]
    """Of each digit in the source."""
    negative: Mapping[int, int]
    """Place of a digit to the sign before it."""
    tail: str
    """Decimals and unit of the last cell, an amount."""
    end: int


def _digits(slot: Slot, template: Template) -> _Digits | None:
    """None where the parts hold more than digits and that is not of a kind that the row's cells may hold."""
    figures = slot.figures
    if figures is None:
        return None
    kinds = [template.kind(address) for address in slot.addresses]
    found = _Digits([], [], {}, "", 0)
    tail, end, signs = "", 0, {}
    for index, part in enumerate(figures.parts):
        match = _RUN.fullmatch(part.text)
        if match is None or (match["sign"] and "CHANGE" not in kinds):
            return None
        tail, end = match["tail"] or "", part.span.end
        if tail and (index + 1 < len(figures.parts) or kinds[-1] != "AMOUNT"):
            return None
        offsets = [part.span.start + at for at in range(*match.span("digits")) if part.text[at] != ","]
        if match["sign"] == "-":
            signs[len(found.places)] = part.span.start
        found.parts.append(match["digits"].replace(",", ""))
        found.places.extend(offsets)
    if tail and not tail.lstrip(".").isdigit() and template.states_unit(slot.addresses[-1]):
        return None
    return found._replace(negative=signs, tail=tail, end=end)


def run_of(slot: Slot, slots: Sequence[Slot], template: Template) -> tuple[Run, _Digits] | None:
    """The figures as a run of digits; None where they are parted and one of them is missing or too many."""
    figures = slot.figures
    if figures is None or (found := _digits(slot, template)) is None:
        return None
    count = len(slot.addresses)
    if figures.bordered and (len(figures.parts) > 1 or count < 5):
        return None
    if len(figures.parts) > 1 and not figures.commas and not found.negative:
        rows = [each for each in slots if each.table == slot.table and len(each.addresses) > 1]
        joined = any(each.figures and len(each.figures.parts) == 1 for each in rows)
        if any(each.full for each in rows) or (2 * len(figures.parts) >= count and not joined):
            return None
    digits = ["".join(found.parts)] if figures.commas else found.parts
    total = sum(map(len, digits))
    if not count <= total <= _LONGEST_RUN * count or len(digits) > count:
        return None
    return Run(tuple(slot.addresses), tuple(digits)), found


def _read_runs(report: Report, entries: Sequence[tuple[Run, _Digits]], cells: dict[str, Cell]) -> None:
    if not entries:
        return
    known = {address: cell.value for address, cell in cells.items() if cell.state in ("number", "blank")}
    readings = read([run for run, _ in entries], known, report.template.identities)
    for index, (run, digits) in enumerate(entries):
        at = 0
        digits_in_all = "".join(run.parts)
        for address, length in zip(run.cells, readings.lengths[index], strict=True):
            span = Span(digits.places[at], digits.places[at + length - 1] + 1)
            text = digits_in_all[at : at + length]
            value: Number | None = readings.values[address]
            if at in digits.negative:
                span, text = Span(digits.negative[at], span.end), "-" + text
                value = -value if value is not None else None
            at += length
            if at == len(digits.places) and digits.tail:
                span, text = Span(span.start, digits.end), text + digits.tail
                value = _amount(text) if text[-1] not in _DIGITS else Decimal(text)
            cells[address] = Cell(address, "number", value, text, span, address in readings.uncertain)
        if others := readings.others.get(index):
            report.readings[run.cells[0].rsplit(".", 1)[0]] = others


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
        cells[address] = _cell(address, part, report.template)
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
