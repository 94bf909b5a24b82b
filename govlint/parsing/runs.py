"""Figures that stand as one run of digits for several cells: taken apart by their readings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import accumulate

from msgspec import Struct
from msgspec.structs import replace

from govlint.document import Span
from govlint.numbers.readings import Readings, read
from govlint.numbers.splits import Run
from govlint.parsing.cell_values import amount
from govlint.parsing.forms import OtherForm
from govlint.parsing.slots import Slot
from govlint.report import Cell, Report
from govlint.template.model import Template

_LONGEST_RUN = 40
"""Digits a cell in a run; what is longer is no run of figures."""
_DIGITS = "0123456789"
_GROUP = 3
"""Digits between two marks of thousands."""
_RUN = re.compile(r"(?P<sign>[-+])?(?P<digits>[\d,]+)(?P<tail>(?:\.\d+)?(?:亿元|万元|元)?)")
"""As in ``-1,204.50万元``."""


class Digits(Struct, frozen=True):
    """A run's digits with what belongs to single cells: signs by the place of their digit, decimals of the last."""

    parts: list[str]
    places: Sequence[int]
    """Of each digit in the source."""
    negative: Mapping[int, int]
    """Place of a digit to the sign before it."""
    tail: str
    """Decimals and unit of the last cell, an amount."""
    end: int


def _digits(slot: Slot, template: Template) -> Digits | None:
    """None where the parts hold more than digits and that is not of a kind that the row's cells may hold."""
    figures = slot.figures
    if figures is None:
        return None
    kinds = [template.kind(address) for address in slot.addresses]
    parts: list[str] = []
    places: list[int] = []
    signs: dict[int, int] = {}
    tail, end = "", 0
    for index, part in enumerate(figures.parts):
        match = _RUN.fullmatch(part.text)
        if match is None or (match["sign"] and "CHANGE" not in kinds):
            return None
        tail, end = match["tail"] or "", part.span.end
        if tail and (index + 1 < len(figures.parts) or kinds[-1] != "AMOUNT"):
            return None
        offsets = [part.span.start + at for at in range(*match.span("digits")) if part.text[at] != ","]
        if match["sign"] == "-":
            signs[len(places)] = part.span.start
        parts.append(match["digits"].replace(",", ""))
        places += offsets
    if tail and not tail.lstrip(".").isdigit() and template.states_unit(slot.addresses[-1]):
        return None
    return Digits(parts, places, signs, tail, end)


def run_of(slot: Slot, slots: Sequence[Slot], template: Template) -> tuple[Run, Digits] | None:
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
    if count == 1 and any(len(part) != _GROUP for part in found.parts[1:]):
        return None
    digits = ["".join(found.parts)] if figures.commas else found.parts
    total = sum(map(len, digits))
    if not count <= total <= _LONGEST_RUN * count or len(digits) > count:
        return None
    return Run(tuple(slot.addresses), tuple(digits)), found


def read_runs(report: Report, entries: Sequence[tuple[Run, Digits]], cells: dict[str, Cell]) -> None:
    """Put the figures of one table's runs into ``cells``, which hold the others, and their other readings into the report."""
    if not entries:
        return
    known = {address: cell.value for address, cell in cells.items() if cell.state in ("number", "blank")}
    readings = read([run for run, _ in entries], known, report.template.identities)
    for index, (run, digits) in enumerate(entries):
        cells |= _cells(run, digits, readings, list(accumulate(readings.lengths[index])))
        if others := readings.others.get(index):
            report.readings[run.cells[0].rsplit(".", 1)[0]] = others


def _cells(run: Run, digits: Digits, readings: Readings, ends: Sequence[int]) -> dict[str, Cell]:
    """The cells of a run, whose figures end where ``ends`` tells."""
    text, places = run.digits, digits.places
    values, uncertain = readings.values, readings.uncertain
    starts = [0, *ends[:-1]]
    made = tuple.__new__  # a named tuple's own takes twice as long
    cells = {
        address: Cell(
            address,
            "number",
            values[address],
            text[start:end],
            made(Span, (places[start], places[end - 1] + 1)),
            address in uncertain,
        )
        for address, start, end in zip(run.cells, starts, ends, strict=True)
    }
    for address, start in zip(run.cells, starts, strict=True) if digits.negative else ():
        if (sign := digits.negative.get(start)) is not None:
            cell = cells[address]
            span = Span(sign, cell.span.end)
            cells[address] = replace(cell, value=-values[address], raw="-" + cell.raw, span=span)
    if digits.tail:
        cell = cells[run.cells[-1]]
        raw = cell.raw + digits.tail
        value = amount(raw) if raw[-1] not in _DIGITS else Decimal(raw)
        cells[cell.address] = replace(cell, value=value, raw=raw, span=Span(cell.span.start, digits.end))
    return cells


def whole_run(addresses: tuple[str, ...], text: str, start: int) -> tuple[Run, Digits]:
    """Raises OtherForm where the digits are too few or too many, or not digits alone."""
    if not text.isdecimal() or not len(addresses) <= len(text) <= _LONGEST_RUN * len(addresses):
        raise OtherForm
    end = start + len(text)
    return Run(addresses, (text,)), Digits([text], range(start, end), {}, "", end)
