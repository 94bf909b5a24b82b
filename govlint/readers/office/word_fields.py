"""Fields of a Word document of which no result is stored: what Word shows of them, or that it is not known."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

from govlint.document import UNREAD_MARK, Span, Unread, Words
from govlint.readers.office.insertions import Foreign, foreign
from govlint.readers.office.word_output import Output
from govlint.readers.office.word_xml import (
    MATH_BUILT,
    MATH_TEXT,
    OLE,
    W,
    bounded,
    child,
    is_on,
    text_boxes,
    value,
)

_SHOWING_NOTHING = frozenset(
    "XE TC TA SET ASK RD PRIVATE TOC TOA INDEX HYPERLINK ADDIN NEXT NEXTIF SKIPIF ADVANCE FORMTEXT PAGE NUMPAGES PAGEREF "
    "SECTION SECTIONPAGES NOTEREF BIDIOUTLINE DATABASE".split()
)
"""Marks for the program, numbers of pages, and blanks of forms."""
_PUSHED = frozenset(("MACROBUTTON", "GOTOBUTTON"))
"""Those whose instruction ends in the words that are shown: ``MACROBUTTON name words``."""
_ENCIRCLED = re.compile(
    r"\\o\s*(?:\\a[clr]\s*)?\(\s*[○〇Oo]\s*[,，]\s*(?:\\s\\[a-z]+\d*\s*\(\s*)?(\d{1,2})\s*\)+"
)
r"""As in ``\o\ac(○,3)``."""
_CIRCLES = 20
"""Numbers that have a character of their own in a circle."""


class Field(Struct):
    """A field that is open: what begins it, what has been read of its instruction, and where its result begins."""

    begun: Any
    instruction: list[str] = field(default_factory=list)
    result: int | None = None
    drawn: bool = False
    """Its result is no text."""


class Fields(Output):
    """A walk that tells the instructions of fields from their results, and what is shown that is no text."""

    def __init__(self, part: str) -> None:
        super().__init__(part)
        self.unread: list[Unread] = []
        self._fields: list[Field] = []
        """Those that are open, innermost last."""
        self._instructing = False
        """Whether an instruction is being read."""
        self.foreign: list[Foreign] = []
        """What stands there in another form: pictures, objects, parts in other formats."""
        self._boxes: list[Any] = []
        self._shapes: list[str] = []
        """What the cell that is being read holds and is no text."""

    def _field(self, mark: Any, hidden: bool) -> None:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            self._fields.append(Field(mark))
        elif kind == "separate" and self._fields:
            self._fields[-1].result = self.length
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            within = any(each.result is None for each in self._fields)
            if not (within or hidden or ended.drawn) and self._is_without_result(ended):
                self._show("".join(ended.instruction), ended.begun)
        self._instructing = any(each.result is None for each in self._fields)

    def _is_without_result(self, ended: Field) -> bool:
        """Nothing may be a result too: outside tables, where nothing is asked for, and none is going to be made."""
        if ended.result is None:
            return True
        made_anew = ended.begun.get(f"{W}dirty") in ("1", "true", "on")
        return ended.result == self.length and (made_anew or self._cell is not None)

    def _end_fields(self) -> None:
        """An instruction ends with its paragraph, whatever a damaged document says."""
        self._fields = [each for each in self._fields if each.result is not None]
        self._instructing = False

    def _show(self, instruction: str, begun: Any = None) -> None:
        """What a field without a result shows."""
        text = shown(instruction, begun)
        if text is None:
            self._unread(without_result(instruction, self._cell is not None), True)
        elif text:
            self._emit(text)

    def _drawing(self, element: Any) -> None:
        boxes = list(text_boxes(element))
        self._boxes += boxes
        if not boxes and (found := foreign(element, self.length)) is not None:
            self.foreign.append(found)
        elif not boxes and self._cell is not None:
            self._shapes.append("formula" if next(element.iter(OLE), None) is not None else "drawing")
        for each in self._fields:
            each.drawn = True

    def _formula(self, element: Any) -> None:
        """A formula that is one row of signs is text; what is raised, lowered or over a line is no figure of a cell."""
        if self._cell is not None and next(element.iter(*MATH_BUILT), None) is not None:
            self._shapes.append("formula")
        else:
            self._emit("".join(each.text or "" for each in element.iter(MATH_TEXT)))

    def _symbol(self, text: str) -> None:
        if text:
            self._emit(text)
        elif self._cell is not None:
            self._shapes.append("symbol")

    def _end_cell(self, start: int) -> None:
        """Of a cell that holds nothing but shapes it is told that they were not read."""
        if self._shapes and self.length == start:
            self._unread(in_cell(self._shapes[0]), False)
        self._shapes.clear()

    def _unread(self, words: Words, sure: bool) -> None:
        start = self.length
        if self._cell is not None:
            self._emit(UNREAD_MARK)
        self.unread.append(Unread(words, Span(start, self.length), sure))


def shown(instruction: str, begun: Any = None) -> str | None:
    """What Word shows of a field without a stored result; None where that is not known."""
    name, _, rest = instruction.strip().partition(" ")
    name, rest = name.upper(), rest.strip()
    if name in _SHOWING_NOTHING or not name:
        return ""
    if name in _PUSHED:
        return rest.partition(" ")[2].strip()
    if name == "EQ":
        encircled = _ENCIRCLED.fullmatch(rest)
        if encircled and 0 < int(encircled[1]) <= _CIRCLES:
            return chr(0x245F + int(encircled[1]))
        return rest if rest and "\\" not in rest else None
    data = child(begun, "ffData") if begun is not None else None
    if name == "FORMDROPDOWN" and (choice := child(data, "ddList") if data is not None else None) is not None:
        entries = [each.get(f"{W}val") or "" for each in choice.iterchildren(f"{W}listEntry")]
        at = bounded(value(choice, "result") or value(choice, "default"), 0)
        return entries[at] if at < len(entries) else ""
    if name == "FORMCHECKBOX" and (box := child(data, "checkBox") if data is not None else None) is not None:
        checked = is_on(box, "checked")
        return "☑" if (is_on(box, "default") if checked is None else checked) else "☐"
    return None


def without_result(instruction: str, in_cell: bool) -> Words:
    name = (instruction.split() or [""])[0][:20]
    where = Words("表格里", "In a table") if in_cell else Words("文档中", "In the document")
    return Words(
        f"{where.zh}有没有保存结果的域（{name}），显示什么只有 Word 知道，没有读取。请在 Word 中全选后按 F9 更新域、保存，再检查。",
        f"{where.en} a field ({name}) has no stored result: only Word knows what it shows, and it was not read. Select all in "
        "Word, press F9, save, and check again.",
    )


def in_cell(kind: str) -> Words:
    """What is told of a picture, a formula or a symbol that is all that a cell holds."""
    zh, en = _IN_CELLS[kind]
    return Words(
        f"表格里有的格是{zh}，其中的内容没有读取。请直接填写数字。",
        f"In a table a cell holds {en}, whose content was not read. Write the figure itself.",
    )


_IN_CELLS = {
    "drawing": ("图片或图形", "a picture or a drawing"),
    "formula": ("公式", "a formula"),
    "field": ("没有结果的域", "a field without a result"),
    "symbol": ("符号字体的字", "a character of a symbol font"),
}
