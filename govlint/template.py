"""A mandated template, loaded from its grammar: sections, tables, rows, columns and their mandated words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from govlint.document import Words


@dataclass(frozen=True, slots=True)
class SectionSpec:
    key: str
    heading: str
    """The mandated words with their ordinal: ``一、总体情况``."""
    table: str | None
    """Key of the table that the section holds."""


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of figures. ``label`` is empty where figures stand under the column labels alone (table 4)."""

    key: str
    label: str
    columns: tuple[str, ...]
    money: bool = False
    """Decimals are allowed."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    key: str
    section: str
    rows: Mapping[str, RowSpec]
    columns: Mapping[str, str]
    """Key to mandated label, in the order of the figures."""
    row_names: Mapping[str, str]
    """Key to what a person calls the row, also for rows without a label of their own."""


@dataclass(frozen=True)
class Template:
    id: str
    title: str
    document: str
    """The document that mandates it."""
    years: tuple[int, int | None]
    sections: Mapping[str, SectionSpec]
    tables: Mapping[str, TableSpec]

    def addresses(self) -> Sequence[str]:
        """Every cell of the template, in the order of the document."""
        return [
            f"{table.key}.{row.key}.{column}"
            for table in self.tables.values()
            for row in table.rows.values()
            for column in row.columns
        ]

    def describe(self, address: str) -> Words:
        raise NotImplementedError
