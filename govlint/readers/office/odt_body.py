"""The text of an OpenDocument text as a reader of it sees it, and the place of every part."""

from __future__ import annotations

import re
from typing import Any

from govlint.document import UNREAD_MARK, Comment, Origin, Span, Unread, Unreadable
from govlint.document import Words as Message
from govlint.readers.office.odt_edits import Where, Words
from govlint.readers.office.odt_styles import DRAW, OFFICE, SVG, TABLE, TEXT, Counter, Styles, whole
from govlint.readers.office.word_fields import in_cell
from govlint.readers.office.word_output import Piece
from govlint.readers.office.word_seen import Passed
from govlint.text.folding import INVISIBLE
from govlint.text.remarks import OPENING, raised_mark

_P, _H, _LIST, _TABLE = f"{TEXT}p", f"{TEXT}h", f"{TEXT}list", f"{TABLE}table"
_CONTAINERS = frozenset(
    f"{TEXT}{name}"
    for name in ("section", "index-body", "table-of-content", "alphabetical-index", "index-title")
)
_ROWS = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows"))
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
"""Of what LibreOffice writes and the standard does not have."""
_SHAPES = tuple(f"{DRAW}{name}" for name in ("custom-shape", "rect", "ellipse", "path", "polygon", "caption"))
_SKIPPED = frozenset(
    f"{TEXT}{name}" for name in ("tracked-changes", "note-citation", "ruby-text", "hidden-text", "number")
)
_FIELDS = frozenset(
    f"{TEXT}{name}"
    for name in (
        "expression",
        "user-field-get",
        "variable-get",
        "database-display",
        "conditional-text",
        "table-formula",
    )
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_ENDS = re.compile("[\x0b\x85\u2028\u2029]")
_DEEPEST = 60
_MOST_COLUMNS, _MOST_ROWS = 200, 2000
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "px": 0.75, "pc": 12.0}
_NARROW, _LOW = 190.0, 40.0
"""Points up to which a picture is no table or page."""


class Text:
    """Walks a document's body; the results are attributes."""

    def __init__(self, styles: Styles, part: str = "") -> None:
        self._styles = styles
        self._part = part
        """Named where pieces are wanted."""
        self.pieces: list[Piece] = []
        self._out: list[str] = []
        self.length = 0
        self.origins: list[tuple[int, Origin]] = []
        self.unread: list[Unread] = []
        self.comments: list[Comment] = []
        self.changes: list[Span] = []
        self.passed: list[Passed] = []
        """What is hidden or struck out."""
        self._paragraphs = self._tables = self._depth = 0
        self._cell: Origin | None = None
        """Of the cell that is being read; None outside tables."""
        self._start = 0
        """Of the cell that is being read."""
        self._begin = 0
        """Of the words of the paragraph that is being read."""
        self._frames: list[Any] = []
        self._notes: list[Any] = []
        self._counters: dict[str, Counter] = {}
        self._outline = Counter(styles.outline)

    @property
    def text(self) -> str:
        return "".join(self._out)

    def body(self, root: Any) -> None:
        self._blocks(root)
        for note in self._notes:
            self._blocks(note)

    def _emit(self, text: str) -> None:
        from govlint.readers.limits import LONGEST, too_long

        self._out.append(text)
        self.length += len(text)
        if self.length > LONGEST:
            raise too_long(self.length)

    # Blocks

    def _blocks(self, container: Any) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _too_deep()
        for element in container:
            tag = element.tag
            if tag in (_P, _H):
                self._paragraph(element, self._heading(element) if tag == _H else "")
            elif tag == _LIST:
                self._list(element, 1, None)
            elif tag == _TABLE:
                self._table(element)
            elif tag in _CONTAINERS:
                if element.get(f"{TEXT}display") != "none":
                    self._blocks(element)
            elif tag == f"{DRAW}frame" or tag in _SHAPES:
                self._frames.append(element)
                self._boxes()
        self._depth -= 1

    def _heading(self, element: Any) -> str:
        level = whole(element.get(f"{TEXT}outline-level"), 1)
        if element.get(f"{TEXT}is-list-header") == "true":
            return ""
        own = self._outline.next(level)
        return _stated(element) or own

    def _list(self, element: Any, depth: int, counter: Counter | None) -> None:
        """Each item's first paragraph has the number of the item."""
        if depth > _DEEPEST:
            raise _too_deep()
        style = element.get(f"{TEXT}style-name")
        if counter is None:
            counter = self._counter(element, style)
        for item in element:
            if item.tag not in (f"{TEXT}list-item", f"{TEXT}list-header"):
                continue
            pending = item.tag == f"{TEXT}list-item"
            for part in item:
                if part.tag == _LIST:
                    self._list(part, depth + 1, counter)
                elif part.tag in (_P, _H):
                    start = item.get(f"{TEXT}start-value")
                    label = counter.next(depth, whole(start, 1) if start else None) if pending else ""
                    self._paragraph(part, (_stated(item, part) or label) if pending else "")
                    pending = False

    def _counter(self, element: Any, style: str | None) -> Counter:
        if style is None:
            first = next(element.iter(_P, _H), None)
            style = self._styles.list_of(first.get(f"{TEXT}style-name")) if first is not None else None
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if not goes_on or (style or "") not in self._counters:
            self._counters[style or ""] = Counter(self._styles.levels(style))
        return self._counters[style or ""]

    def _paragraph(self, element: Any, label: str) -> None:
        if self._cell is not None and self.length > self._start:
            self._emit("\v")
        begin = self.length
        hidden = self._styles.hides("paragraph", element.get(f"{TEXT}style-name"))
        if label and not hidden:
            self._emit(label)
        self._begin = self.length
        self._inline(element, hidden)
        if self._part and self.length == begin == self._start and not len(element) and not element.text:
            self.pieces.append(
                Piece(begin, 0, Words(element, "empty", ""), 0, self._part, self._cell is None)
            )
        self._trim(begin)
        if self._cell is None and "".join(self._out[self._index(begin) :]).strip():
            self._paragraphs += 1
            self.origins.append((begin, Origin(paragraph=self._paragraphs)))
            self._emit("\n")
        self._boxes()

    def _index(self, begin: int) -> int:
        """Which piece of the text begins at an offset."""
        at, length = len(self._out), self.length
        while at and length > begin:
            at -= 1
            length -= len(self._out[at])
        return at

    def _trim(self, begin: int) -> None:
        """Take white space off the end of a paragraph; all of a blank one."""
        at = self._index(begin)
        text = "".join(self._out[at:])
        stripped = text.rstrip(" ")
        self._out[at:] = [stripped] if stripped else []
        self.length -= len(text) - len(stripped)

    # Text

    def _inline(self, element: Any, hidden: bool) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _too_deep()
        self._words(element.text, hidden, element, "text")
        for child in element:
            tag = child.tag
            if tag == f"{TEXT}s":
                self._words("\u00a0" * min(whole(child.get(f"{TEXT}c"), 1), 200), hidden)
            elif tag == f"{TEXT}tab":
                self._words("\u00a0", hidden)
            elif tag == f"{TEXT}line-break":
                self._words("\u2028", hidden)
            elif tag == f"{TEXT}note":
                self._notes += child.iterchildren(f"{TEXT}note-body")
            elif tag == f"{OFFICE}annotation":
                self._comment(child)
            elif tag in (f"{TEXT}change", f"{TEXT}change-start"):
                self.changes.append(Span(self.length, self.length))
            elif isinstance(tag, str) and tag.startswith(DRAW):
                self._frames.append(child)
            elif tag not in _SKIPPED and isinstance(tag, str):
                mark = self._raised(child)
                self._words(mark, hidden)
                self._inline(child, hidden or mark is not None or self._passed_over(child))
            self._words(child.tail, hidden, child, "tail")
        self._depth -= 1

    def _raised(self, span: Any) -> str | None:
        """A stretch of a cell's text that is the mark of a note, as it is read."""
        style = span.get(f"{TEXT}style-name")
        if style is None or self._cell is None or self._styles.looks(style) != "raised":
            return None
        return raised_mark("".join(span.itertext()))

    def _passed_over(self, span: Any) -> bool:
        """Whether a stretch of text does not count: it is hidden or struck out."""
        style = span.get(f"{TEXT}style-name")
        if style is None:
            return False
        looks = self._styles.looks(style)
        words = "".join(span.itertext())
        hides = (
            self._styles.hides("text", style)
            or looks == "hidden"
            or (looks == "white" and not self._styles.has_ground(span))
        )
        if (looks == "struck" or hides) and words.strip():
            self.passed.append(Passed(self.length, words, "struck" if looks == "struck" else "hidden"))
        return looks == "struck" or hides

    def _words(self, text: str | None, hidden: bool, element: Any = None, where: Where = "text") -> None:
        """White space is one space, and none at the front; what stands for more is told by elements."""
        if not text or hidden:
            return
        raw, text = text, INVISIBLE.sub("", _BLANKS.sub(" ", text))
        if text[:1] == " " and (self.length == self._begin or self._out[-1][-1:] in (" ", "\v", "\n")):
            text = text[1:]
        end = "\v" if self._cell is not None else "\n"
        if self._part and element is not None and text and raw.endswith(text):
            words = Words(element, where, raw)
            self.pieces.append(Piece(self.length, len(text), words, len(raw) - len(text), self._part, False))
        if text:
            self._emit(_ENDS.sub(end, text.replace("\u00a0", " ")))

    def _comment(self, element: Any) -> None:
        said = "\n".join("".join(each.itertext()) for each in element.iter(_P)).strip()
        if OPENING.match(said):
            self.comments.append(Comment(said, Span(self.length, self.length)))

    def _boxes(self) -> None:
        """Text boxes behind the paragraph that holds them; of pictures and objects it is told that they are there."""
        frames, self._frames = self._frames, []
        for frame in frames:
            boxes = list(frame.iter(f"{DRAW}text-box")) or [
                each for each in frame.iter(*_SHAPES) if _has_text(each)
            ]
            for box in boxes:
                _settle(box)
                self._blocks(box)
            if not boxes and (told := _told(frame, self._cell is not None)) is not None:
                words, sure = told
                self.unread.append(Unread(words, Span(self.length, self.length), sure))

    # Tables

    def _table(self, element: Any) -> None:
        outer = self._cell, self._start
        if self._cell is not None and self.length > self._start:
            self._emit("\n")
        self._cell = None
        self._tables += 1
        self._row_number = 0
        self._rows(element, self._tables)
        self._cell, self._start = outer
        self._start = self.length

    def _rows(self, container: Any, table: int) -> None:
        for element in container:
            if element.tag in _ROWS:
                self._rows(element, table)
            elif element.tag == f"{TABLE}table-row" and element.get(f"{TABLE}visibility") not in (
                "collapse",
                "filter",
            ):
                again = min(whole(element.get(f"{TABLE}number-rows-repeated"), 1), _MOST_ROWS)
                for _ in range(again if next(element.iter(_P, _H), None) is not None else 1):
                    self._row(element, table)

    def _end_blank(self, cell: Any) -> None:
        """Of a cell that shows something and holds no text it is told that it was not read."""
        if kind := _shape_in(cell):
            start = self.length
            self._emit(UNREAD_MARK)
            self.unread.append(Unread(in_cell(kind), Span(start, self.length), False))

    def _row(self, element: Any, table: int) -> None:
        self._row_number += 1
        row, column, first = self._row_number, 0, True
        for cell in element.iterchildren(f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            again = min(whole(cell.get(f"{TABLE}number-columns-repeated"), 1), _MOST_COLUMNS)
            for _ in range(again):
                column += 1
                if cell.tag.endswith("covered-table-cell") or column > _MOST_COLUMNS:
                    continue
                if not first:
                    self._emit("\t")
                first = False
                self._start = self.length
                self._cell = Origin(table=table, row=row, column=column)
                self.origins.append((self.length, self._cell))
                self._blocks(cell)
                if self.length == self._start:
                    self._end_blank(cell)
        self._cell, self._row_number = None, row
        if not first:
            self._emit("\n")


def _shape_in(cell: Any) -> str:
    """What a cell without text shows: a drawing, or a field without a value."""
    for element in cell.iter():
        if element.tag in _FIELDS:
            return "field"
        if element.tag == f"{DRAW}frame":
            return "drawing" if next(element.iter(f"{DRAW}image"), None) is not None else "formula"
    return ""


def _has_text(shape: Any) -> bool:
    return any(
        "".join(each.itertext()).strip() for each in shape.iterchildren(_P, _H, _TABLE, f"{_LOEXT}table")
    )


def _settle(box: Any) -> None:
    """Put the tables that LibreOffice writes within shapes in the names that tables have elsewhere."""
    for each in list(box.iter()):
        if isinstance(each.tag, str) and each.tag.startswith(_LOEXT) and "table" in each.tag:
            each.tag = TABLE + each.tag[len(_LOEXT) :]
            for name, value in each.items():
                if name.startswith(_LOEXT):
                    each.set(TABLE + name[len(_LOEXT) :], value)


def _stated(*elements: Any) -> str:
    """The number as the program that wrote the file showed it, where an item or its paragraph says so."""
    number = next((each for element in elements for each in element.iterchildren(f"{TEXT}number")), None)
    return "".join(number.itertext()) if number is not None else ""


def _told(frame: Any, in_cell: bool) -> tuple[Message, bool] | None:
    if next(frame.iter(f"{DRAW}object", f"{DRAW}object-ole"), None) is not None:
        if (
            "formula"
            in "".join(each.get("{http://www.w3.org/1999/xlink}href") or "" for each in frame.iter()).lower()
        ):
            return (_FORMULA, True) if in_cell else None
        return Message(
            "文档中此处是嵌入的对象，其中的表格或文字没有读取。请换成文档自己的表格。",
            "Here an object is embedded, whose table or text was not read. Put a table of the document in its place.",
        ), True
    if next(frame.iter(f"{DRAW}image"), None) is None:
        return None
    width, height = _points(frame.get(f"{SVG}width")), _points(frame.get(f"{SVG}height"))
    if (width is not None and width < _NARROW) or (height is not None and height < _LOW):
        return None
    return Message(
        "文档中此处是图片，其中的内容（如表格）没有读取。请换成可编辑的文字和表格。",
        "Here the document has a picture, whose content (such as a table) was not read. Put text and tables in its place.",
    ), False


_LENGTH = re.compile(r"(\d{1,5}(?:\.\d+)?)(cm|mm|in|pt|px|pc)")
"""As in ``2.5cm``."""
_FORMULA = Message(
    "表格里此处是公式对象，其中的数字没有读取。请直接填写数字。",
    "Here a cell of a table holds a formula, whose figure was not read. Write the figure itself.",
)


def _points(length: str | None) -> float | None:
    number = _LENGTH.fullmatch(length or "")
    return float(number[1]) * _POINTS[number[2]] if number else None


def _too_deep() -> Unreadable:
    return Unreadable(
        Message(
            f"文档的嵌套超过 {_DEEPEST} 层，不会是一份报告，未读取。请用原软件另存后再检查。",
            f"The document is nested over {_DEEPEST} levels deep; no report is. Save it again.",
        )
    )
