"""The rows of a template that a document has, by the figures that they have or share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct

from govlint.document import Span
from govlint.parsing.row_values import Figures
from govlint.parsing.scanner import Item
from govlint.template.model import RowSpec, TableSpec


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


def slots_of(rows: Sequence[RowFigures]) -> list[Slot]:
    """The rows by the figures that they have or share."""
    slots: list[Slot] = []
    for _, group in groupby(rows, key=lambda row: id(row.figures) if row.figures else id(row)):
        members = list(group)
        item = members[0].figures
        figures = item.figures if item else None
        slots.append(Slot(members, figures, [address for row in members for address in row.addresses]))
    return slots
