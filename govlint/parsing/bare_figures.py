"""Figures that stand in a section without the header of its table: read where their order and sums leave no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from govlint.document import Span
from govlint.numbers import identities
from govlint.report import Cell, Departure, Report
from govlint.text.numerals import whole

_NUMBER = re.compile(r"\d+")
"""As in ``12``."""
_DIGIT = re.compile(r"\d")
"""As in ``1``."""
_BETWEEN = re.compile(r"[\s|\x1f,、/\d]+")
"""As in ``1 | 0``."""


def read_bare_figures(report: Report) -> None:
    """Say of a missing table that its figures stand there, and give them to the cells where they can be of no others.

    That is a table whose rows have no labels (table 4): as many figures as it has cells, and every sum right.
    """
    for at, departure in enumerate(report.departures):
        if departure.kind != "missing-table":
            continue
        section = report.sections.get(departure.section or "")
        if section is None or not section.prose:
            continue
        start, end = section.prose[0].start, section.prose[-1].end
        if not _BETWEEN.fullmatch(report.folded, start, end):
            continue
        found = list(_NUMBER.finditer(report.folded, start, end))
        if len(found) == 1:  # all borders lost: a digit a cell, where there are so many
            found = list(_DIGIT.finditer(report.folded, *found[0].span()))
        if not found:
            continue
        where = Span(found[0].start(), found[-1].end())
        report.departures[at] = replace(departure, span=where, actual=str(len(found)))
        _read(report, report.departures[at], found)


def _read(report: Report, departure: Departure, found: Sequence[re.Match[str]]) -> None:
    table = report.template.tables[departure.address]
    cells = [each for each in report.template.addresses if each.startswith(f"{table.key}.")]
    if any(row.labelled for row in table.rows.values()) or len(found) != len(cells):
        return
    values = {address: whole(match.group()) for address, match in zip(cells, found, strict=True)}
    own = [each for each in report.template.identities if each.table == table.key]
    if identities.check(own, values).broken:
        return
    for (address, value), match in zip(values.items(), found, strict=True):
        report.cells[address] = Cell(address, "number", value, match.group(), Span(*match.span()))
    report.tables[table.key] = departure.span
