"""The text of a Word document as it is written down, and the places of its parts: where lines and cells begin."""

from __future__ import annotations

from typing import Any, NamedTuple

from govlint.document import Origin


class Piece(NamedTuple):
    """Text of one ``w:t``, or an empty paragraph where text may be put, for those who write into the document."""

    start: int
    length: int
    element: Any
    lead: int
    """Characters at the front of the element that are not shown."""
    part: str
    fixed: bool
    """Inside a tracked change or a field's result: not to be edited."""


class Mark(NamedTuple):
    """Where a paragraph or cell begins; the column is still one of the grid."""

    offset: int
    paragraph: int | None
    table: int | None = None
    row: int | None = None
    column: int | None = None


class Output:
    """What a walk over a document has come to, and where in it the walk stands."""

    def __init__(self, part: str) -> None:
        self.part = part
        self._out: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []
        self.changes: list[int] = []
        """Where tracked changes stand."""
        self._marks: list[Mark] = []
        self._paragraphs = 0
        self._cell: Mark | None = None
        """Of the cell that is being read, as it is given to each part of it; None outside tables."""
        self._line = 0
        """Where the current line begins."""

    @property
    def text(self) -> str:
        return "".join(self._out)

    def origins(self) -> list[tuple[int, Origin]]:
        """Columns as people count them: of the grid's columns only those at which a cell of the table begins."""
        used: dict[int, set[int]] = {}
        for mark in self._marks:
            if mark.table is not None and mark.column is not None:
                used.setdefault(mark.table, set()).add(mark.column)
        ranks = {table: {each: n for n, each in enumerate(sorted(found), 1)} for table, found in used.items()}
        return [
            (offset, Origin(None, None, paragraph))
            if table is None or column is None
            else (offset, Origin(None, None, None, table, row, ranks[table][column]))
            for offset, paragraph, table, row, column in self._marks
        ]

    def _start_of_cell(self) -> int:
        return max(self._line, self._cell.offset if self._cell else 0)

    def _mark(self, offset: int) -> None:
        if self._cell is not None:
            if self._marks[-1].offset != offset:
                self._marks.append(self._cell._replace(offset=offset))
        else:
            self._paragraphs += 1
            self._marks.append(Mark(offset, self._paragraphs))

    def _end_line(self) -> None:
        if self.length > self._line:
            self._emit("\n")
            self._line = self.length

    def _emit(self, text: str) -> None:
        if text:
            self._out.append(text)
            self.length += len(text)

    def _here(self) -> Mark | None:
        return self._cell if self._cell is not None else Mark(0, self._paragraphs + 1)

    def _changes_here(self) -> None:
        self.changes.append(self.length)
