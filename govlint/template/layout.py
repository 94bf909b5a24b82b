"""A table of a template as a grid of cells, merged as on the mandated form."""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import Literal

from msgspec import Struct, field

from govlint.template.model import Block, Group, TableSpec, Template

Role = Literal["banner", "head", "label", "figure"]


class Box(Struct, frozen=True):
    """A cell: where it begins, how many rows and columns it covers, and what it holds."""

    text: str
    row: int
    column: int
    height: int
    width: int
    role: Role
    address: str = ""
    """Of the figure, or of the row (``table.row``) or column (``table.*.column``) that it names."""


class Grid(Struct):
    """``labels`` columns for the names of rows, then the columns of figures."""

    labels: int
    figures: int
    boxes: list[Box] = field(default_factory=list)
    height: int = 0
    header: int = 0
    """Rows at the top that are one header, to be repeated on each page."""

    @property
    def width(self) -> int:
        return self.labels + self.figures

    def add(
        self, text: str, row: int, column: int, height: int, width: int, role: Role, address: str = ""
    ) -> None:
        self.boxes.append(Box(text, row, column, height, width, role, address))
        self.height = max(self.height, row + height)


def grid(template: Template, table: TableSpec) -> Grid:
    """The grid of a table; rows without labels of their own stand side by side under theirs."""
    if all(not row.labelled for row in table.rows.values()):
        return _Beside(table).grid
    return _Below(template, table).grid


def _depth(members: Sequence[Group | str]) -> int:
    """How many cells stand side by side, or above each other, at most."""
    return max((1 + _depth(m.members) if isinstance(m, Group) else 1 for m in members), default=0)


def _size(member: Group | str) -> int:
    """Columns or rows that a member covers."""
    if isinstance(member, str):
        return 1
    return sum(map(_size, member.members)) or 1


def columns_of(block: Block) -> list[Group | str]:
    """The header's columns and the words over them, without the words over the names of rows."""
    return [member for member in block.header if isinstance(member, str) or member.members]


def corner(block: Block) -> str:
    return "".join(
        member.words for member in block.header if isinstance(member, Group) and not member.members
    )


class _Below:
    """Rows below each other, with their names in front."""

    def __init__(self, template: Template, table: TableSpec) -> None:
        self.table, self.hints = table, template.hints
        self.names = {mark.address: mark.label for mark in template.landmarks if mark.kind == "row"}
        self.counts = [max(sum(map(_size, columns_of(block))), 1) for block in table.blocks]
        self.grid = Grid(max(_depth(block.members) for block in table.blocks), lcm(*self.counts))
        for block, count in zip(table.blocks, self.counts, strict=True):
            self.block(block, self.grid.figures // count)

    def block(self, block: Block, unit: int) -> None:
        grid = self.grid
        if block.banner:
            grid.add(block.banner, grid.height, 0, 1, grid.width, "banner")
        if block.header:
            self.header(block, unit)
        if len(self.table.blocks) == 1:
            grid.header = grid.height
        for member in block.members:
            self.member(member, 0, unit)

    def header(self, block: Block, unit: int) -> None:
        top, depth = self.grid.height, _depth(columns_of(block))
        self.grid.add(corner(block), top, 0, depth, self.grid.labels, "head")
        at = self.grid.labels
        for member in columns_of(block):
            self.over(member, top, at, top + depth, unit)
            at += _size(member) * unit

    def over(self, member: Group | str, row: int, column: int, bottom: int, unit: int) -> None:
        if isinstance(member, str):
            address = f"{self.table.key}.*.{member}"
            self.grid.add(self.table.columns[member], row, column, bottom - row, unit, "head", address)
            return
        self.grid.add(member.words, row, column, 1, _size(member) * unit, "head")
        for inner in member.members:
            self.over(inner, row + 1, column, bottom, unit)
            column += _size(inner) * unit

    def member(self, member: Group | str, column: int, unit: int) -> None:
        grid, row = self.grid, self.grid.height
        if isinstance(member, str):
            address = f"{self.table.key}.{member}"
            grid.add(self.names[address], row, column, 1, grid.labels - column, "label", address)
            for number, key in enumerate(self.table.rows[member].columns):
                at = grid.labels + number * unit
                grid.add(self.hints.get(address, ""), row, at, 1, unit, "figure", f"{address}.{key}")
        elif not member.members:
            grid.add(member.words, row, 0, 1, grid.width, "banner")
        else:
            for inner in member.members:
                self.member(inner, column + 1, unit)
            grid.add(member.words, row, column, grid.height - row, 1, "label")


class _Beside:
    """Rows side by side, their names above their columns: one line of figures."""

    def __init__(self, table: TableSpec) -> None:
        self.table = table
        self.rows = {row.label: row for row in table.rows.values()}
        header = table.blocks[0].header
        names = [member for member in header if isinstance(member, Group)]
        self.grid = Grid(0, sum(len(row.columns) for row in table.rows.values()))
        depth, at = _depth(names), 0
        for member in names:
            at = self.over(member, 0, at, depth)
        self.grid.header = depth + 1

    def over(self, member: Group | str, row: int, column: int, bottom: int) -> int:
        """Place a name with what is below it; the column behind it."""
        words = member.words if isinstance(member, Group) else member
        inner = member.members if isinstance(member, Group) else ()
        start = column
        if inner:
            for each in inner:
                column = self.over(each, row + 1, column, bottom)
            self.grid.add(words, row, start, 1, column - start, "head")
            return column
        spec = self.rows[words]
        table = self.table.key
        self.grid.add(words, row, column, bottom - row, len(spec.columns), "head", f"{table}.{spec.key}")
        for key in spec.columns:
            self.grid.add(self.table.columns[key], bottom, column, 1, 1, "head", f"{table}.*.{key}")
            self.grid.add("", bottom + 1, column, 1, 1, "figure", f"{table}.{spec.key}.{key}")
            column += 1
        return column
