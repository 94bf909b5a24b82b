"""Sections in a form that was met before: the same tokens that departed in nothing then depart in nothing now.

Offices fill in one form year after year, so most sections of most reports are, but for the figures, one that was read
already. What the parser made of it is kept: which rows there are, and where among the tokens.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import NamedTuple

from govlint.parsing.cells import RowFigures
from govlint.parsing.repair import Repair
from govlint.parsing.scanner import Item
from govlint.parsing.sections import SectionItems
from govlint.report import Report
from govlint.template.model import RowSpec, TableSpec

_MOST = 100
"""Forms kept; with more they are begun anew."""
_LONGEST = 500
"""Tokens of one that is kept."""


class _Row(NamedTuple):
    """A row of the template, with the places of its label and figures among the section's tokens."""

    table: TableSpec
    row: RowSpec
    label: int | None
    figures: int | None


_forms: dict[Hashable, list[_Row]] = {}


def read_section(report: Report, segment: SectionItems) -> list[RowFigures]:
    """The rows of a section, its departures recorded."""
    form = _form(report, segment)
    if form is None:
        return Repair(report, segment).run()
    if form in _forms:
        items = segment.items
        return [
            RowFigures(
                each.table,
                each.row,
                None if each.label is None else items[each.label],
                None if each.figures is None else items[each.figures],
            )
            for each in _forms[form]
        ]
    before = len(report.departures), len(report.outdated)
    rows = Repair(report, segment).run()
    if (len(report.departures), len(report.outdated)) == before:
        _keep(form, rows, segment.items)
    return rows


def _form(report: Report, segment: SectionItems) -> Hashable | None:
    """All that the reading of a section goes by, but for the words of strangers and what figures say."""
    items = segment.items
    if len(items) > _LONGEST or any(item.kind == "stranger" or item.foreign for item in items):
        return None
    return report.template, segment.key, segment.heading is None, tuple(map(_token, items))


def _token(item: Item) -> Hashable:
    if item.kind == "label":
        marks = tuple(map(id, item.landmarks))  # the template's own, which the form holds
        return marks, item.words, item.ordinal, item.exact, item.table, item.misnumbered
    if item.figures is not None:
        return item.table, tuple([part.kind for part in item.figures.parts])
    return item.kind


def _keep(form: Hashable, rows: list[RowFigures], items: list[Item]) -> None:
    places = {id(item): at for at, item in enumerate(items)}
    held = [
        _Row(
            each.table,
            each.row,
            None if each.label is None else places[id(each.label)],
            None if each.figures is None else places[id(each.figures)],
        )
        for each in rows
    ]
    if len(_forms) >= _MOST:
        _forms.clear()
    _forms[form] = held
