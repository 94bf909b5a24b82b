"""The text of a Word document as a reader of it sees it, and the place of every part.

One walk over the elements, in order. Cells that a merge continues are passed over, tracked changes are taken as
accepted, fields give their result, text boxes follow the paragraph that holds them, footnotes the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import Struct, field

from govlint.document import Span, Unreadable, Words
from govlint.readers.office.insertions import Foreign
from govlint.readers.office.word_fields import Fields
from govlint.readers.office.word_numbering import Numbering, Styles
from govlint.readers.office.word_output import Mark, Piece
from govlint.readers.office.word_seen import Passed, Unseen, unseen
from govlint.readers.office.word_xml import (
    ALTERNATE,
    BDO,
    DELETED,
    DRAWINGS,
    ID,
    INSERTED,
    LINED,
    MATHS,
    PPR,
    RPR,
    SDT,
    SPACE,
    SYMBOLS,
    TBL,
    TC,
    TR,
    VAL,
    WRAPPED,
    WRAPPERS,
    P,
    R,
    T,
    W,
    bounded,
    cells_of,
    child,
    chosen_branch,
    control_content,
    is_on,
    mark_deleted,
    merges_of,
    plain_text,
    symbol_of,
    value,
    with_symbols,
)
from govlint.text.folding import INVISIBLE, LEFTWARDS, raised_digits

_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SIGNS = {W + "noBreakHyphen": "-", W + "ptab": " "}
_WORKED_OUT = frozenset(
    W + name for name in ("contentPart", "pgNum", "dayShort", "dayLong", "monthLong", "yearLong")
)
"""What Word draws there itself: ink, numbers of pages, parts of the date."""
_DEEPEST = 60
"""Elements within elements: a report has about ten."""


class Features(NamedTuple):
    """What a document has of that which few documents have; the rest need not be looked through for it."""

    hidden: bool = True
    tracked: bool = True
    nested: bool = True
    pieces: bool = True
    """Whether pieces are wanted."""


class _Table(Struct):
    number: int
    row: int = 0
    merged: dict[int, int] = field(default_factory=dict)
    """First column to width of the cells that the row above may continue downwards."""


class Text(Fields):
    """Walks a document's body; the results are attributes."""

    def __init__(
        self, numbering: Numbering, styles: Styles, features: Features, part: str = "", longest: int = 0
    ) -> None:
        self._numbering, self._styles, self._features = numbering, styles, features
        super().__init__(part)
        self._longest = longest
        self.footnotes: list[tuple[str, str, Mark | None]] = []
        """(kind, id, where it is referred to) in the order of the text."""
        self.ranges: dict[str, Span] = {}
        """Comment id to the text that it is attached to."""
        self.passed: list[Passed] = []
        """What is hidden or struck out."""
        self._tables = self._simple = self._changed = self._depth = 0
        self._as_lines = True
        """Paragraphs are lines of their own: outside tables, and in cells that only frame them."""
        self._carried: list[Any] = []
        self._open: dict[str, int] = {}
        self._referred: list[str] = []

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable(
                Words(
                    f"文档的嵌套超过 {_DEEPEST} 层，不会是一份报告，未读取。请用原软件另存后再检查。",
                    f"The document is nested over {_DEEPEST} levels deep; no report is. Save it again.",
                )
            )

    # Blocks

    def body(self, container: Any) -> None:
        self._blocks(container)
        self._finish_carried()
        self._end_line()

    def note(self, element: Any, part: str, mark: Mark | None) -> None:
        """A footnote's text, as lines behind the text; its place is that of the reference to it."""
        self.part, self._cell = part, None
        start, count = self.length, len(self._marks)
        self.body(element)
        del self._marks[count:]
        if mark is not None and self.length > start:
            self._marks.append(mark._replace(offset=start))

    def _blocks(self, container: Any) -> None:
        self._deeper()
        for element in container:
            tag = element.tag
            if tag == P:
                if self._carried or (self._features.tracked and mark_deleted(element)):
                    self._carry(element)
                else:
                    self._paragraph([element])
            elif tag == TBL:
                self._finish_carried()
                self._table(element)
            elif tag in INSERTED or tag in WRAPPERS:
                self._blocks(element)
            elif tag == SDT:
                if (content := control_content(element)) is not None:
                    self._blocks(content)
            elif tag == ALTERNATE:
                if (chosen := chosen_branch(element)) is not None:
                    self._blocks(chosen)
            elif tag in (W + "altChunk", W + "subDoc"):
                self.foreign.append(Foreign(self.length, "part", element.get(_REFERENCE) or ""))
            else:
                self._comment_mark(element, tag)
        self._depth -= 1

    def _carry(self, element: Any) -> None:
        """A paragraph whose end is deleted runs on into the next."""
        self._carried.append(element)
        if mark_deleted(element):
            self._changes_here()
        else:
            paragraphs, self._carried = self._carried, []
            self._paragraph(paragraphs)

    def _finish_carried(self) -> None:
        if self._carried:
            paragraphs, self._carried = self._carried, []
            self._paragraph(paragraphs)

    def _paragraph(self, elements: list[Any]) -> None:
        last = elements[-1]
        props = last[0] if len(last) and last[0].tag == PPR else None
        start = self.length
        separated = False
        if not self._as_lines and start > self._start_of_cell():
            self._emit("\v")
            separated = True
        begin, parts, pieces = self.length, len(self._out), len(self.pieces)
        label = self._numbering.label(props) if self._numbering.active else ""
        if label:
            self._emit(label)
        hidden = self._features.hidden and self._styles.hidden(value(props, "pStyle"))
        for element in elements:
            self._inline(element, hidden)
        if self._instructing:
            self._end_fields()
        if self._referred:
            for number in self._referred:
                self.ranges.setdefault(number, Span(begin, self.length))
            self._referred.clear()
        if self.length == begin:
            if separated:
                self._out.pop()
                self.length = start
            elif self._cell is not None and start == self._cell.offset:
                self.pieces.append(Piece(start, 0, elements[-1], 0, self.part, bool(self._changed)))
        elif self._as_lines:
            if self._cell is None and not "".join(self._out[parts:]).strip():  # as blank as no paragraph
                del self._out[parts:], self.pieces[pieces:]
                self.length = self._line = begin
            else:
                self._mark(begin)
                self._end_line()
        if self._boxes:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self._blocks(box)

    # Tables

    def _table(self, element: Any) -> None:
        if self._cell is not None and not self._as_lines and len(cells := list(element.iter(TC))) == 1:
            self._blocks(cells[0])
            return
        if self._cell is not None:
            self._end_line()
        self._tables += 1
        table = _Table(self._tables)
        outer = self._cell, self._as_lines
        self._rows(element, table)
        self._cell, self._as_lines = outer
        if self._cell is not None and self._cell.offset < self.length:
            self._cell = self._cell._replace(offset=self.length)
            self._marks.append(self._cell)

    def _rows(self, container: Any, table: _Table) -> None:
        self._deeper()
        for element in container:
            tag = element.tag
            if tag == TR:
                self._row(element, table)
            elif tag in INSERTED or tag in WRAPPERS:
                self._rows(element, table)
            elif tag == SDT and (content := control_content(element)) is not None:
                self._rows(content, table)
        self._depth -= 1

    def _row(self, element: Any, table: _Table) -> None:
        table.row += 1
        column = 0
        inserted = False
        props = child(element, "trPr")
        if props is not None:
            if props.find(W + "del") is not None:
                table.row -= 1
                self._changes_here()
                return
            if is_on(props, "hidden"):
                return
            inserted = props.find(W + "ins") is not None
            column = bounded(value(props, "gridBefore"), 0)
        if inserted:
            self._changes_here()
        self._changed += inserted
        cells = list(cells_of(element))
        begun = list(self._begun(cells, column, table))
        for index, (cell, place) in enumerate(begun):
            if index and (self.length > self._line or not self._nested(begun[index - 1][0])):
                self._out.append("\t")
                self.length += 1
            self._read_cell(cell, place, table, alone=len(cells) == 1)
        self._changed -= inserted
        self._end_line()

    def _nested(self, cell: Any) -> bool:
        """Whether a cell holds tables that are more than a frame around a figure."""
        return self._features.nested and any(len(list(each.iter(TC))) > 1 for each in cell.iter(TBL))

    def _begun(self, cells: list[Any], column: int, table: _Table) -> Iterator[tuple[Any, int]]:
        """The cells that begin in a row, with their first columns of the grid, from 0.

        Those that continue a merge from above or from the left are passed over.
        """
        merged: dict[int, int] = {}
        for cell in cells:
            width, down, across, deleted = merges_of(cell)
            if deleted:
                self._changes_here()
                continue
            here = column
            column += width
            if down:
                goes_on = down != "restart" and here in table.merged
                if goes_on or down == "restart":
                    merged[here] = width
                if goes_on:
                    continue
            if not (across and across != "restart" and here):
                yield cell, here
        table.merged = merged

    def _read_cell(self, cell: Any, column: int, table: _Table, alone: bool) -> None:
        self._cell = Mark(self.length, None, table.number, table.row, column)
        self._marks.append(self._cell)
        self._as_lines = (alone and sum(1 for _ in cell.iterchildren(P)) > 1) or self._nested(cell)
        if len(cell) == 2 and cell[1].tag == P and not any(self._features) and not self._numbering.active:
            text = plain_text(cell[1])
            if text is not None:  # as most cells are
                self._emit(text)
                return
        start = self.length
        self._blocks(cell)
        self._finish_carried()
        self._end_cell(start)

    # Runs

    def _inline(self, container: Any, hidden: bool) -> None:
        self._deeper()
        for element in container:
            tag = element.tag
            if tag == R:
                self._run(element, hidden)
            elif tag == PPR:
                continue
            elif tag in WRAPPERS:
                if tag == BDO and element.get(VAL) == "rtl" and not hidden:
                    self._emit(LEFTWARDS)
                self._inline(element, hidden)
            elif tag in INSERTED:
                self._changes_here()
                self._changed += 1
                self._inline(element, hidden)
                self._changed -= 1
            elif tag in DELETED:
                self._changes_here()
            elif tag == W + "fldSimple":
                self._simple += 1
                start = self.length
                self._inline(element, hidden)
                self._simple -= 1
                if self.length == start and not (hidden or self._instructing):
                    self._show(element.get(W + "instr") or "")
            elif tag == SDT:
                if (content := control_content(element)) is not None:
                    self._inline(content, hidden)
            elif tag == ALTERNATE:
                if (chosen := chosen_branch(element)) is not None:
                    self._inline(chosen, hidden)
            elif tag in MATHS:
                self._formula(element)
            else:
                self._comment_mark(element, tag)
        self._depth -= 1

    def _run(self, run: Any, hidden: bool) -> None:
        why: Unseen = ""
        for element in run:
            tag = element.tag
            if tag == T:
                if hidden:
                    self.passed.append(Passed(self.length, element.text or "", why or "hidden"))
                elif not self._instructing:
                    self._words(element, raised=why == "raised")
            elif tag == RPR:
                if self._features.hidden:
                    why = unseen(element, self._cell is not None, self._styles.look)
                    hidden = why not in ("", "raised") or self._is_hidden(element, hidden)
            elif tag == W + "fldChar":
                self._field(element, hidden)
            elif tag == W + "instrText":
                if self._fields and not hidden:
                    self._fields[-1].instruction.append(element.text or "")
            elif (
                tag == ALTERNATE
                and (chosen := chosen_branch(element)) is not None
                and child(chosen, "t") is not None
            ):
                self._run(chosen, hidden)
            elif tag in DRAWINGS:
                self._drawing(element)
            elif hidden or self._instructing:
                continue
            elif tag == W + "tab":
                self._emit("\t" if self._cell is None and self.length > self._line else " ")
            elif tag in (W + "br", W + "cr"):
                self._break()
            elif tag == W + "sym":
                self._symbol(symbol_of(element))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                kind = "footnotes" if tag == W + "footnoteReference" else "endnotes"
                self.footnotes.append((kind, element.get(ID) or "", self._here()))
            elif tag == W + "commentReference":
                self._referred.append(element.get(ID) or "")
            elif tag == W + "ruby" and (base := element.find(W + "rubyBase")) is not None:
                self._inline(base, hidden)
            elif tag in _SIGNS:
                self._emit(_SIGNS[tag])
            elif tag in _WORKED_OUT and self._cell is not None:
                self._shapes.append("symbol")

    def _words(self, element: Any, raised: bool = False) -> None:
        text = raised_digits(element.text or "") if raised else element.text
        if not text:
            return
        lead = 0
        if element.get(SPACE) != "preserve" and (text[0].isspace() or text[-1].isspace()):
            stripped = text.strip(" \t\r\n")
            lead = text.find(stripped) if stripped else 0
            text = stripped
            if not text:
                return
        unseen = 0
        if not text.isprintable():
            length = len(text)
            if SYMBOLS.search(text) and not (text := with_symbols(element, text)):
                self._symbol("")
            text = INVISIBLE.sub("", text).translate(LINED if self._as_lines else WRAPPED)
            unseen = length - len(text)
            self._line = max(self._line, self.length + text.rfind("\n") + 1) if "\n" in text else self._line
        if self._features.pieces:
            fixed = bool(self._changed or self._simple or self._fields or unseen or raised)
            self.pieces.append(Piece(self.length, len(text), element, lead, self.part, fixed))
        self._out.append(text)
        self.length += len(text)
        if self._longest and self.length > self._longest:
            from govlint.readers.limits import too_long

            raise too_long(self.length)

    def _break(self) -> None:
        if not self._as_lines:
            if self.length > self._start_of_cell():
                self._emit("\v")
        elif self.length > self._line:
            self._emit("\n")
            self._line = self.length

    def _is_hidden(self, props: Any, otherwise: bool) -> bool:
        own = is_on(props, "vanish")
        if own is not None:
            return own
        style = value(props, "rStyle")
        return self._styles.hidden(style) or otherwise

    def _comment_mark(self, element: Any, tag: Any) -> None:
        if tag == W + "commentRangeStart":
            self._open[element.get(ID) or ""] = self.length
        elif tag == W + "commentRangeEnd":
            number = element.get(ID) or ""
            if (start := self._open.pop(number, None)) is not None:
                self.ranges[number] = Span(start, self.length)
