"""A report as other reports are held against it: whose it is, of which year, its figures and its prose.

It is made from a report just read, or from a row of an archive's store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from govlint.document import Number, Span
from govlint.template.model import Template


class Line(Struct, frozen=True):
    """A line of prose. ``span`` is its place in the document, or its number in the store twice."""

    text: str
    section: str
    span: Span


class Filing(Struct, frozen=True, dict=True):
    path: str
    agency: str | None
    year: int | None
    template: Template
    published: date | None
    figures: Mapping[str, Number]
    """By address, those that were read with certainty: no blanks, no other readings, nothing recognised from a picture."""
    prose: Sequence[Line] = ()
    """Without the preamble, which says the same every year."""

    def value(self, address: str) -> Number | None:
        """The figure at an address, None where none was read with certainty."""
        return self.figures.get(address)

    @cached_property
    def figures_by_row(self) -> Mapping[str, Mapping[str, Number]]:
        """Row address to column to figure."""
        rows: dict[str, dict[str, Number]] = {}
        for address, value in self.figures.items():
            row, _, column = address.rpartition(".")
            rows.setdefault(row, {})[column] = value
        return rows
