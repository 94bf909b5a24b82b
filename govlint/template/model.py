"""Mandated templates as read from their grammars: sections, tables, rows, columns and the mandated words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import force_setattr

from govlint.document import Words
from govlint.numbers.identities import Identity
from govlint.template.lalr import Tables
from govlint.template.meanings import Meaning
from govlint.text.ordinals import split_ordinal

LandmarkKind = Literal["section", "group", "column", "row"]
WHOLE_ROW = "COUNTS"
FIGURES = (WHOLE_ROW, "COUNT", "CHANGE", "AMOUNT", "WORDS", "CHOICE")
"""Terminals of what a row holds: one for all its cells, or one a cell."""
CellKind = Literal["COUNT", "CHANGE", "AMOUNT", "WORDS", "CHOICE"]
"""A whole number; one that may be negative; one that may have decimals; words; one of several boxes."""
TEXTS = ("WORDS", "CHOICE")
ALONE = "value"
"""The column of a row that stands under no header."""
_ISSUED = re.compile(r"〔(\d{4})〕")
"""The year in a document's number: 国办公开办函〔2021〕30号: ``〔2021〕``."""


class Source(NamedTuple):
    """A template as its files have it."""

    path: str
    grammar: str
    identities: str
    """Empty where it has none."""
    meanings: str = ""
    """Likewise."""


def split_unit(label: str) -> str:
    """A label without its unit: ``信息发布（单位：条）`` is ``信息发布``."""
    return label.partition("（单位")[0]


def edition(template_id: str) -> Words:
    """What an official calls an edition: ``ogi-2019`` is the 2019 one."""
    year = template_id.rpartition("-")[2]
    if not year.isdecimal():
        return Words(template_id, template_id)
    return Words(f"{year}年版格式", f"the edition of {year}")


class Landmark(Struct, frozen=True, cache_hash=True):
    """A mandated word of the grammar: its terminal, and the address of what it names."""

    terminal: str
    label: str
    kind: LandmarkKind
    address: str
    """``overview`` · ``applications.*.business`` · ``applications.granted`` · the table's key for a group."""
    table: str = ""
    """Worked out: the first part of the address."""

    def __post_init__(self) -> None:
        if not self.table:
            force_setattr(self, "table", self.address.split(".", 1)[0])


class SectionSpec(Struct, frozen=True):
    key: str
    heading: str
    """The mandated words with their ordinal: ``一、总体情况``."""
    table: str | None
    """Key of the table that the section holds."""

    @property
    def ordinal(self) -> str:
        return split_ordinal(self.heading)[0]

    @property
    def words(self) -> str:
        return split_ordinal(self.heading)[1]


class RowSpec(Struct, frozen=True):
    """A row of figures. ``label`` is what a person calls it; ``labelled`` False where figures stand alone (table 4)."""

    key: str
    label: str
    columns: tuple[str, ...]
    labelled: bool = True
    kinds: tuple[CellKind, ...] = ()
    """What each cell holds, column by column."""
    rule: str = ""
    """The grammar's rule for the row."""
    group: str = ""
    """The words that stand before this row and its neighbours."""
    groups: tuple[str, ...] = ()
    """All such words, outer ones first."""


class Group(Struct, frozen=True):
    """Words that stand before or above others: of a header (over columns), or of the rows that they go for."""

    words: str
    members: tuple[Group | str, ...]
    """Inner groups, and the keys of columns or rows; in a header also words that are no column."""


class Block(Struct, frozen=True):
    """Part of a table under one header. ``banner`` are words across its whole width, empty where there are none."""

    banner: str
    header: tuple[Group | str, ...]
    """Words and groups over columns as declared, the keys of columns last or inside; empty where rows stand alone."""
    members: tuple[Group | str, ...]
    """Groups of rows, and keys of rows."""


class TableSpec(Struct, frozen=True):
    key: str
    section: str
    rows: Mapping[str, RowSpec]
    columns: Mapping[str, str]
    """Key to mandated label, in the order of the figures."""
    blocks: tuple[Block, ...] = ()
    """How the table is laid out."""


class Template(Struct, frozen=True, eq=False, dict=True):
    id: str
    title: str
    document: str
    """The document that mandates it."""
    years: tuple[int, int | None]
    """First and last report year; None where it is still in force."""
    sections: Mapping[str, SectionSpec]
    tables: Mapping[str, TableSpec]
    landmarks: Sequence[Landmark]
    sequences: Mapping[str, tuple[str, ...]]
    """The terminals in mandated order, optional ones included: of each section by key, or of ``start``."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """For whoever drafts a report: what belongs in a section, by its key; the boxes to tick in a row, by address."""
    identities: tuple[Identity, ...] = ()
    meanings: Mapping[str, Meaning] = field(default_factory=dict)
    """What statements of the prose may mean, by their kind."""
    foreign: Sequence[tuple[str, str]] = ()
    """(label, template id) of words that only other editions of the same report have."""
    regrouped: Sequence[tuple[str, str]] = ()
    """(label, template id) of groups of rows that are one row of figures in other editions."""
    lacking: Sequence[tuple[str, str]] = ()
    """(label, template id) of rows that other editions do not have."""
    owners: Mapping[str, tuple[Landmark | None, ...]] = field(default_factory=dict)
    """For each terminal of ``sequences`` what it names there; None for figures and prose."""
    attested: bool = True
    """Held against published forms; where it is not, what is found by it is likely at most."""
    parsing: Tables = Tables({}, {})
    """The LALR tables of the template, over tokens that the scanner makes."""

    @cached_property
    def addresses(self) -> Sequence[str]:
        """Every cell of the template, in the order of the document."""
        return [
            f"{table.key}.{row.key}.{column}"
            for table in self.tables.values()
            for row in table.rows.values()
            for column in row.columns
        ]

    @cached_property
    def row_starts(self) -> Mapping[str, int]:
        """The place of each row's first cell among the addresses."""
        places = [(address.rpartition(".")[0], at) for at, address in enumerate(self.addresses)]
        return dict(reversed(places))

    @cached_property
    def texts(self) -> Mapping[str, tuple[CellKind, ...]]:
        """The rows that hold words in some cell, by address, with what each cell holds."""
        return {
            f"{table.key}.{row.key}": row.kinds
            for table in self.tables.values()
            for row in table.rows.values()
            if not set(TEXTS).isdisjoint(row.kinds)
        }

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Terminals that are the label of several rows."""
        from collections import Counter

        count = Counter(mark.terminal for mark in self.landmarks if mark.kind == "row")
        return frozenset(terminal for terminal, rows in count.items() if rows > 1)

    @cached_property
    def rows_by_rule(self) -> Mapping[str, tuple[TableSpec, RowSpec]]:
        return {row.rule: (table, row) for table in self.tables.values() for row in table.rows.values()}

    @cached_property
    def kinds(self) -> Mapping[str, CellKind]:
        """What each cell holds, by address."""
        return {
            f"{table.key}.{row.key}.{column}": kind
            for table in self.tables.values()
            for row in table.rows.values()
            for column, kind in zip(row.columns, row.kinds, strict=True)
        }

    def kind(self, address: str) -> CellKind:
        """What the cell of an address holds."""
        return self.kinds[address]

    def states_unit(self, address: str) -> bool:
        """Whether the label of the row or column says in which unit its figures are."""
        return "单位" in self.row_label(address) + self.column_label(address)

    def in_force(self, year: int) -> bool:
        first, last = self.years
        return first <= year and (last is None or year <= last)

    @property
    def edition(self) -> Words:
        """What people call it, by the year of the document that mandates it: ``2021年版格式``."""
        stated = _ISSUED.search(self.document)
        year = stated[1] if stated else self.years[0]
        return Words(f"{year}年版格式", f"{year} edition")

    def row_label(self, address: str) -> str:
        """What a person calls the row of an address, without its ordinal unless nothing else tells it apart."""
        table, row = address.split(".")[:2]
        return self.tables[table].rows[row].label

    def column_label(self, address: str) -> str:
        table, _, column = address.split(".")
        return self.tables[table].columns[column]

    def describe(self, address: str) -> Words:
        """A section, table, row or cell in the template's own words."""
        parts = address.split(".")
        if parts[0] not in self.tables:
            spec = self.sections.get(parts[0])
            name = spec.heading if spec else address
            return Words(f"“{name}”", f"“{name}”")
        table = self.tables[parts[0]]
        section = self.sections.get(table.section)
        zh = f"第{section.ordinal.rstrip('、')}部分表格" if section else "表格"
        en = f"table of “{section.heading}”" if section else "table"
        if len(parts) > 1 and parts[1] != "*":
            zh += f"“{self.row_label(address)}”行"
            en += f", row “{self.row_label(address)}”"
        if len(parts) > 2 and len(table.columns) > 1:
            zh += f"“{self.column_label(address)}”列"
            en += f", column “{self.column_label(address)}”"
        return Words(zh, en)
