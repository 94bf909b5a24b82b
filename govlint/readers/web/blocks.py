"""A parsed web page to lines and table rows, as a person sees them; nothing that is not shown, no layout tables.

lxml removes what is not shown and all inline markup in C; what is left to walk is little more than the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct, field

from govlint.document import UNREAD_MARK
from govlint.readers.web.depth import DEEPEST, too_deep
from govlint.readers.web.elsewhere import PICTURE, mark_table
from govlint.readers.web.parts import MARK, Hidden, Line, Part, Picture, Remark, Row
from govlint.readers.web.shown import hidden, is_struck
from govlint.readers.web.spans import Grid
from govlint.text.folding import INVISIBLE
from govlint.text.remarks import OPENING

REMARK = "govlint-remark"
"""The element that takes the place of a comment addressed to govlint."""
_NOT_SHOWN = (
    "script style noscript noframes template select option button input textarea iframe frame frameset object "
    "embed applet svg math canvas audio video map datalist title link meta base xml govlint-notes rt "
    "rp"
).split()
_INLINE = (
    "span font b i u s em strong small big tt sup sub strike del ins mark code kbd samp var cite abbr "
    "acronym q label bdo bdi nobr wbr time data dfn img tbody"
).split()
_BLOCKS = (
    "p div section article main header hgroup footer nav aside h1 h2 h3 h4 h5 h6 ul ol li dl dt dd "
    "blockquote center address figure figcaption fieldset legend details summary form menu dir "
    "caption tr td th thead tfoot body hr marquee head html"
).split()
_KINDS: dict[Any, str] = {
    **dict.fromkeys(_BLOCKS, "block"),
    "br": "break",
    "table": "table",
    "a": "link",
    "pre": "pre",
    REMARK: "remark",
    PICTURE: "picture",
}
_HEADINGS = re.compile(r"[一二三四五六]、")
"""As in ``一、``."""
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f]+")
_ENDS = re.compile("[\x85\u2028\u2029]")
"""Ends of lines that are no markup."""
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold, and lxml refuses to take."""
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2026"
_WRAPPED = re.compile(
    rf"(?<=[{_WIDE}])[ \t\r\f]*\n\s*(?=[{_WIDE}])"
    rf"|(?<=[\U00100000-\U0010fffd])[ \t\r\f]*\n[ \t\r\f\n]*(?=[{_WIDE}])"
)
"""A line broken in the source between two Chinese characters is no space: ``政\n府``."""
_LONG_CELL = 250
_DATA = 8
"""Cells with a number that make a table one of data whatever else it holds."""
_LONG_ROW = 100
"""Characters of a row's only cell that is prose and no label."""
_PAIR = 2
"""Pictures side by side that are no row of figures."""
_TABLE_DEPTH = 6
_CELLS = frozenset(("td", "th"))


def strip(root: Any) -> list[Hidden]:
    """Take out of a tree what is not shown and the markup that parts nothing; what a person does not see is given back."""
    unseen = hidden(root)
    etree.strip_elements(root, *_NOT_SHOWN, with_tail=False)
    for comment in list(root.iter(etree.Comment)):
        text = (comment.text or "").strip()
        if OPENING.match(text):
            remark = etree.Element(REMARK)
            remark.set("text", fit(text))
            remark.tail = fit(comment.tail)
            remark.sourceline = comment.sourceline
            parent = comment.getparent()
            if parent is not None:
                parent.replace(comment, remark)
    unseen = [each for each in unseen if _holds_report(_text(each)) or not mark_table(each)]
    told = [dropped for element in unseen if (dropped := _drop(element))]
    for element in list(root.iter("nav", "aside", "footer")):
        _drop(element)
    for anchor in root.iter("a"):
        if anchor.get("href") is None:
            anchor.tag = "span"
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction, *_INLINE)
    return told


def fit(text: str | None) -> str:
    """A text without the characters that a tree cannot be given."""
    return _UNFIT.sub(" ", text) if text else ""


def _drop(element: Any) -> Hidden | None:
    """Drop what is hidden or goes around an article, but never what holds a report: a script may show it."""
    parent = element.getparent()
    if parent is None or element.tag == "body":
        return None
    if _holds_report(text := _text(element)):
        return None
    blocks = (each for each in (parent, *parent.iterancestors()) if each.tag not in _INLINE)
    line, block = element.sourceline or 0, next(blocks, parent)
    dropped = Hidden(" ".join(text.split()), line, block, is_struck(element))
    tail = element.tail
    before = element.getprevious()
    parent.remove(element)
    if tail:
        if before is not None:
            before.tail = fit((before.tail or "") + tail)
        else:
            parent.text = fit((parent.text or "") + tail)
    return dropped


def _text(element: Any) -> str:
    return MARK.sub("", "".join(element.itertext()))


def _holds_report(text: str) -> bool:
    return len(set(_HEADINGS.findall(text))) > 2


def parts(root: Any) -> list[Part]:
    """The lines and rows of a stripped tree, in order."""
    walker = _Walker()
    walker.walk(root, 0)
    walker.flush()
    return walker.out


class _Walker:
    def __init__(self) -> None:
        self.out: list[Part] = []
        self.buffer: list[str] = []
        self.at: tuple[Any, int] = (None, 0)
        self.links = 0
        self.linked = 0
        self.remarks: list[str] = []
        self.pictures: list[Picture] = []
        """Those within the paragraph that is being read."""
        self.waiting: list[Part] = []
        """Comments between the rows or cells of a table, which mean what follows."""
        self.preformatted = False

    def walk(self, element: Any, depth: int) -> None:
        """Everything inside an element."""
        if depth > DEEPEST:
            raise too_deep()
        if element.text:
            self.add(element.text, element)
        for child in element:
            kind = _KINDS.get(child.tag)
            if kind == "block":
                if self.buffer:
                    self.flush()
                self.walk(child, depth + 1)
                if self.buffer:
                    self.flush()
            elif kind == "break":
                self.buffer.append("\n")
                self.flush()
            elif kind == "table":
                self.flush()
                self.table(child, depth + _TABLE_DEPTH)
            elif kind is None:
                self.walk(child, depth + 1)
            else:
                self.special(child, kind, depth + 1)
            if child.tail:
                self.add(child.tail, child)

    def special(self, element: Any, kind: str, depth: int) -> None:
        if kind == "remark":
            text = element.get("text")
            if "".join(self.buffer).strip():
                self.remarks.append(text)
            else:
                self.out.append(Remark(text, False))
        elif kind == "picture":
            line, get = element.sourceline or 0, element.get
            picture = Picture(get("kind"), get("name"), line, element.getparent(), held=get("held", ""))
            (self.pictures if self.buffer else self.out).append(picture)
        elif kind == "link":
            self.linked += 1
            self.walk(element, depth)
            self.linked -= 1
        else:
            self.flush()
            outer, self.preformatted = self.preformatted, True
            self.walk(element, depth)
            self.flush()
            self.preformatted = outer

    def add(self, text: str, element: Any) -> None:
        if not self.buffer:
            if text.isspace():
                return
            lead = text[: len(text) - len(text.lstrip())]
            parent = element if text is element.text else element.getparent()
            self.at = parent, (element.sourceline or 0) + lead.count("\n")
        self.buffer.append(text)
        if self.linked:
            self.links += len(text.strip())

    def flush(self) -> None:
        """End the paragraph that is being read."""
        if not self.buffer:
            return
        raw = "".join(self.buffer)
        self.buffer.clear()
        links, self.links = self.links, 0
        element, line = self.at
        if self.preformatted:
            for number, text in enumerate(raw.lstrip("\n").split("\n"), line):
                if text := _tidy(text):
                    self.out.append(Line(text, number, links, element))
        elif _ENDS.search(raw):
            self.out += [
                Line(text, line, links, element) for each in _ENDS.split(raw) if (text := _tidy(each))
            ]
        elif text := _tidy(raw):
            self.out.append(Line(text, line, links, element))
        if self.pictures:
            self.out += self.pictures
            self.pictures = []
        if self.remarks:
            self.out += [Remark(remark, True) for remark in self.remarks]
            self.remarks.clear()

    # Tables

    def table(self, table: Any, depth: int) -> None:
        rows: list[_Cells] = []
        feet: list[_Cells] = []
        self.rows(table, rows, feet, depth)
        self.flush()
        behind, self.waiting = self.waiting, []
        self.table_rows(table, [*rows, *feet])
        self.out += behind

    def table_rows(self, table: Any, rows: list[_Cells]) -> None:
        """What has been read of a table, as rows of cells, or as the parts of a page that it lays out."""
        if _is_layout(table, rows):
            for cells in rows:
                for at in range(len(cells.texts)):
                    self.out += cells.parts(at)
            return
        grid = Grid()
        for number, cells in enumerate(rows, 1):
            row = Row(cells.texts, cells.lines, grid.columns(cells.elements), number, table)
            _settle(row, cells.inside)
            if len(row.texts) == 1 and len(row.texts[0]) > _LONG_ROW:
                self.out += cells.parts(0)
            elif any(row.texts) if not cells.inside else self.says(row, cells):
                self.out.append(row)

    def says(self, row: Row, cells: _Cells) -> bool:
        """Whether a row says anything; its pictures that stand for no cell are put before it."""
        goes_on = len(row.texts) > _PAIR and self.out and isinstance(self.out[-1], Row)
        words = (text and (goes_on or at not in row.held) for at, text in enumerate(row.texts))
        says = any(words) or bool(row.remarks)
        held = row.held.values() if says else ()
        shown = (part for inside in cells.inside.values() for part in inside if isinstance(part, Picture))
        self.out += [part for part in shown if part not in held]
        return says

    def rows(self, element: Any, rows: list[_Cells], feet: list[_Cells], depth: int) -> None:
        """The rows below a table or a group of rows; what stands between them is text before the table."""
        if depth > DEEPEST:
            raise too_deep()
        if element.text:
            self.add(element.text, element)
        loose: _Cells | None = None
        for child in element:
            tag = child.tag
            if tag == "td" or tag == "th":
                if loose is None:
                    loose = _Cells()
                    rows.append(loose)
                self.cell(child, loose, depth + 1)
            elif tag == REMARK:
                self.waiting.append(Remark(child.get("text"), False))
            elif tag == "tr":
                loose = None
                cells = _Cells()
                rows.append(cells)
                self.cells(child, cells, depth + 1)
            elif tag in ("thead", "tfoot", "form"):
                self.rows(child, feet if tag == "tfoot" else rows, feet, depth + 1)
            elif tag == "table":
                self.flush()
                self.table(child, depth + _TABLE_DEPTH)
            elif tag not in ("col", "colgroup"):
                self.out += self.inside(child, depth + 1)
            if child.tail:
                self.add(child.tail, child)

    def cells(self, row: Any, cells: _Cells, depth: int) -> None:
        if self.is_free() and cells.plain(row[:]):
            return
        for child in row:
            if child.tag == "td" or child.tag == "th":
                self.cell(child, cells, depth)
            elif child.tag == "form":
                self.cells(child, cells, depth + 1)
            elif child.tag == REMARK and not cells.elements:
                self.waiting.append(Remark(child.get("text"), False))
            elif cells.elements:
                cells.extend(self.inside(child, depth))
            else:
                self.out += self.inside(child, depth)
            if child.tail:
                self.add(child.tail, child)

    def is_free(self) -> bool:
        """Whether nothing that has been read goes on in what follows."""
        return not (self.waiting or self.buffer or self.linked or self.preformatted)

    def cell(self, element: Any, cells: _Cells, depth: int) -> None:
        raw = element.text or ""
        text, line, inside = "", element.sourceline or 0, []
        if self.is_free() and not len(element) and not _ENDS.search(raw):  # most cells hold words alone
            if text := _tidy(raw):
                line += raw.count("\n", 0, len(raw) - len(raw.lstrip()))
        else:
            waiting, self.waiting = self.waiting, []
            inside = [*waiting, *self.inside(element, depth)]
        cells.add(element, text, line, inside)

    def inside(self, element: Any, depth: int) -> list[Part]:
        """The parts inside a cell."""
        if self.buffer:
            self.flush()
        outer, self.out = self.out, []
        if element.tag == REMARK:
            self.out.append(Remark(element.get("text"), False))
        else:
            self.walk(element, depth)
        if self.buffer:
            self.flush()
        inner, self.out = self.out, outer
        return inner


def _tidy(raw: str) -> str:
    if raw.isprintable():  # nothing but spaces parts words
        return raw.strip() if "  " not in raw else _BLANKS.sub(" ", raw).strip()
    raw = INVISIBLE.sub("", raw)
    if "\n" in raw:
        raw = _WRAPPED.sub("", raw)
    return _BLANKS.sub(" ", raw).strip()


def _words(inside: Iterable[Part]) -> Iterator[str]:
    for part in inside:
        if isinstance(part, Line):
            yield part.text
        elif isinstance(part, Row):
            yield from filter(None, part.texts)


class _Cells(Struct):
    """The cells of a row while its table is read: their words, and the parts of those that hold more than words."""

    elements: list[Any] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    inside: dict[int, list[Part]] = field(default_factory=dict)

    def add(self, element: Any, text: str, line: int, inside: list[Part]) -> None:
        if inside:
            self.inside[len(self.elements)] = inside
        self.elements.append(element)
        self.texts.append(text)
        self.lines.append(line)

    def plain(self, elements: list[Any]) -> bool:
        """Take the cells of a row in one go, as most rows hold words alone; whether that could be done."""
        if any(map(len, elements)) or not _CELLS.issuperset([each.tag for each in elements]):
            return False
        between = "".join([each.tail or "" for each in elements])
        texts = [each.text or "" for each in elements]
        words = "".join(texts)
        if (between and not between.isspace()) or not words.isprintable() or "  " in words:
            return False
        self.elements += elements
        self.texts += [text.strip() for text in texts]
        self.lines += [each.sourceline or 0 for each in elements]
        return True

    def parts(self, at: int) -> list[Part]:
        """What stands in a cell."""
        if (inside := self.inside.get(at)) is not None:
            return inside
        text = self.texts[at]
        return [Line(text, self.lines[at], 0, self.elements[at])] if text else []

    def extend(self, parts: list[Part]) -> None:
        """Put more into the last cell."""
        last = len(self.elements) - 1
        if inside := [*self.parts(last), *parts]:
            self.inside[last] = inside
            self.texts[last] = ""


def _settle(row: Row, inside: Mapping[int, list[Part]]) -> None:
    """Give a row the words of the cells that hold more than words."""
    for at, parts in inside.items():
        lines = [part for part in parts if isinstance(part, Line)]
        text = "\v".join(_words(parts))
        held = next((part for part in parts if isinstance(part, Picture) and not part.held), None)
        if held is not None and not text:
            text, row.held[at] = UNREAD_MARK, held
        row.texts[at] = text
        if lines:
            row.lines[at] = lines[0].line
        row.links += sum(line.links for line in lines)
        if remarks := tuple(part.text for part in parts if isinstance(part, Remark)):
            row.remarks[at] = remarks


def _is_layout(table: Any, rows: Sequence[_Cells]) -> bool:
    """Whether a table only lays out the page: one column, or tables and prose in its cells rather than figures."""
    if max((len(cells.texts) for cells in rows), default=0) <= 1 or table.get("role") == "presentation":
        return True
    longest = max(len(text) for cells in rows for text in cells.texts)
    insides = [inside for cells in rows for inside in cells.inside.values()]
    if not insides and longest <= _LONG_CELL:
        return False
    numbers = sum(len(text) < 20 and text[0].isdecimal() for cells in rows for text in cells.texts if text)
    nested = 0
    for inside in insides:
        if len(inside) == 1 and isinstance(line := inside[0], Line):
            numbers += len(line.text) < 20 and line.text[0].isdecimal()
        else:
            nested += sum(isinstance(part, Row) for part in inside)
        longest = max(longest, sum(map(len, _words(inside))))
    return (nested > 0 or longest > _LONG_CELL) and (numbers < _DATA or numbers < nested)
