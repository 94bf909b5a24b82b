"""A report before it is laid out: title, prose in parts, tables of labelled rows. Defects change it in place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Literal

Number = int | Decimal
Figures = dict[str, Number]
"""By cell address, ``table.row.column``."""
Edition = Literal["ogi-2021", "ogi-2019"]
Kind = Literal["government", "office", "department", "town", "street"]

_NUMBER = re.compile(r"-?\d{1,3}(,\d{3})+|-?\d+(\.\d+)?")
_NOT_READ = re.compile("[\u200b\u200e\ufeff]|（[^）]*）$")
"""Characters that nobody sees, and a remark behind the figure."""


@dataclass(frozen=True)
class Agency:
    name: str
    kind: Kind
    we: str
    """How it calls itself, such as 我局."""

    @property
    def is_government(self) -> bool:
        """Whether article 50 item 5 (work assessment, public review, accountability) is asked of it."""
        return self.kind in ("government", "town")


@dataclass
class Said:
    """A word or figure in the prose that stands for something known; ``slot`` names it."""

    slot: str
    text: str


@dataclass
class Paragraph:
    parts: list[str | Said]
    topic: str = ""
    """Which aspect of its section it treats, such as ``requests`` or ``improvements``."""

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def said(self, slot: str) -> Iterator[Said]:
        return (part for part in self.parts if isinstance(part, Said) and part.slot == slot)

    def replace(self, old: str, new: str) -> bool:
        """Put ``new`` for the first ``old`` in the plain words; whether it was there."""
        for at, part in enumerate(self.parts):
            if isinstance(part, str) and old in part:
                self.parts[at] = part.replace(old, new, 1)
                return True
        return False

    def append(self, text: str) -> None:
        self.parts.append(text)


def paragraph(template: str, slots: dict[str, str], topic: str = "") -> Paragraph:
    """``{name}`` in the template becomes what the slot says."""
    parts: list[str | Said] = []
    for words, slot, _, _ in Formatter().parse(template):
        parts += [words] if words else []
        parts += [Said(slot, slots[slot])] if slot else []
    return Paragraph(parts, topic)


@dataclass
class Cell:
    address: str
    text: str


@dataclass
class Row:
    """A line of a table. ``path`` are its labels from the outermost on; lines that share one draw it as one cell."""

    key: str
    """``granted``; empty for a line without figures."""
    path: tuple[str, ...]
    cells: list[Cell] = field(default_factory=list)
    readable: bool = True
    """False where a defect leaves open which figure belongs to which column."""


@dataclass
class Table:
    key: str
    heads: list[list[str]]
    """The header's lines, each with the labels that begin in it; empty where headers stand among the rows."""
    rows: list[Row]

    def row(self, key: str) -> Row:
        return next(row for row in self.rows if row.key == key)

    def cell(self, address: str) -> Cell:
        return next(cell for row in self.rows for cell in row.cells if cell.address == address)

    def relabel(self, old: str, new: str) -> bool:
        """Put ``new`` for ``old`` in every label that holds it; whether there was one."""
        before = (self.heads, [row.path for row in self.rows])
        self.heads = [[label.replace(old, new) for label in line] for line in self.heads]
        for row in self.rows:
            row.path = tuple(label.replace(old, new) for label in row.path)
        return before != (self.heads, [row.path for row in self.rows])

    def relabel_head(self, old: str, new: str) -> bool:
        """Put ``new`` for the first label of the header that is ``old``; whether there was one."""
        for line in self.heads:
            if old in line:
                line[line.index(old)] = new
                return True
        return False


@dataclass
class Section:
    key: str
    ordinal: str
    heading: str
    body: list[Paragraph | Table]

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [block for block in self.body if isinstance(block, Paragraph)]


@dataclass
class Report:
    edition: Edition
    agency: Agency
    year: int
    published: date
    title: list[str]
    """One line, or two where it is broken."""
    meta: list[str]
    """Lines under the title; ``{iso}`` and ``{han}`` stand for the date of publication."""
    preamble: list[Paragraph]
    sections: list[Section]
    tail: list[str]
    """Lines at the end, like those of ``meta``."""
    figures: Figures
    """As they were drawn, before any defect."""
    hidden: set[str] = field(default_factory=set)
    """Metadata that the report no longer tells: ``agency``, ``year``, ``published``."""
    comparable: bool = True
    """False where the tables' cells have no address in the edition that the year asks for."""

    def dated(self, lines: list[str]) -> list[str]:
        day = self.published
        han = f"{day.year}年{day.month}月{day.day}日"
        return [line.replace("{iso}", day.isoformat()).replace("{han}", han) for line in lines]

    def section(self, key: str) -> Section:
        return next(section for section in self.sections if section.key == key)

    def table(self, key: str) -> Table:
        return next(
            t for section in self.sections for t in section.body if isinstance(t, Table) and t.key == key
        )

    def cell(self, address: str) -> Cell:
        return self.table(address.split(".")[0]).cell(address)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return [*self.preamble, *(p for section in self.sections for p in section.paragraphs)]

    def said(self, *slots: str) -> list[tuple[Paragraph, Said]]:
        return [(p, said) for p in self.paragraphs for slot in slots for said in p.said(slot)]

    def standing(self) -> dict[str, Number | None]:
        """What stands in the cells: a number, or None where none can be read off."""
        found: dict[str, Number | None] = {}
        for section in self.sections:
            for table in (block for block in section.body if isinstance(block, Table)):
                for row in table.rows:
                    if row.readable:
                        found |= {cell.address: number(cell.text) for cell in row.cells if cell.address}
        return found

    def written(self) -> dict[str, Number | None]:
        """What a reader should find in the cells of the year's edition."""
        return self.standing() if self.comparable else {}


def number(text: str) -> Number | None:
    """The count or amount that a cell's text is, else None."""
    text = _NOT_READ.sub("", text)
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text.replace(",", ""))
    return int(value) if value == value.to_integral_value() else value
