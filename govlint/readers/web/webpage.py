"""The source of a web page to a Document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from lxml import etree

from govlint.document import Comment, Document, Note, Origin, Span, Unread, Unreadable, Words
from govlint.readers.passed_over import STRUCK, passed_over
from govlint.readers.web import blocks as page
from govlint.readers.web import divs, elsewhere, generated, numbering, packed, pictures, shown
from govlint.readers.web.article import article, within
from govlint.readers.web.depth import too_deep
from govlint.readers.web.head import metadata
from govlint.readers.web.parts import MARK, Hidden, Line, Part, Picture, Remark, Row, is_heading
from govlint.text.folding import INVISIBLE
from govlint.text.remarks import OPENING

_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=]+")
"""As in ``data:image/png;base64,iVBORw0KGgo=``."""
_CONTROLS = bytes(32 if code < 32 and code not in b"\t\n\r\f\v" else code for code in range(256))
_MOST_LINES = 65_000
"""libxml2 counts lines in 16 bits; beyond, places are read from marks."""
_CHARACTER = re.compile(
    r"&#(?:0*(?:[0-8]|1[1-9]|2\d|3[01]|6553[45])(?!\d)|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
"""References to characters that no text has and XML cannot hold: ``&#xFFFF;``."""
_USUAL = re.compile("[\t\n\r -\xac\u2010-\u2027\u2070-\ud7ff\uff00-\uffef]*+")
"""What most pages are written in, none of it invisible or unfit for a tree: ``<p>“一”</p>``."""
_OPENING = re.compile(r"<[a-zA-Z]")
"""As in ``<p``."""
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*))?""")
"""As in ``class="a"``."""
_MOST_ATTRIBUTES = 1000
_LONG = 50_000
"""Characters of a source from which an element may have too many attributes."""
_FEW = 3
"""Numbered headings, without which a page has no report in it."""
_MANY_ROWS = 8
"""Characters of hidden text that are told."""
_MOST_TOLD = 5


def read_page(source: str, path: str, kind: str, notes: Sequence[Note] = ()) -> Document:
    """The document of a page's source; a mark in it (see ``marks``) is in no text."""
    lines: Sequence[int] = ()
    if source.count("\n") > _MOST_LINES:
        from govlint.readers.web.marks import marked_lines

        source, lines = marked_lines(source)
    document, marks = read_marked(source, path, kind, notes)
    if lines:  # none where the page has characters that are marks here
        document.origins = [
            (start, origin._replace(line=_marked_line(start, marks, lines) or origin.line))
            for start, origin in document.origins
        ]
    return document


def _marked_line(start: int, marks: Sequence[tuple[int, int]], lines: Sequence[int]) -> int | None:
    """Of the first mark in a part: it stands behind the part's first character."""
    at = bisect_right(marks, (start, -1))
    return lines[marks[at][1]] if at < len(marks) and marks[at][0] <= start + 1 else None


def read_marked(
    source: str, path: str, kind: str, notes: Sequence[Note] = ()
) -> tuple[Document, list[tuple[int, int]]]:
    """The document, and where in its text which mark stood."""
    kept: list[str] = []
    if "base64," in source and pictures.recognises():
        source, kept = pictures.set_aside(source)
    root = _parse(source)
    stated = metadata(root)
    remarks = list(_remarks_before(root))
    attached, further = elsewhere.attachments(root), elsewhere.further_pages(root)
    scripted = root.find(".//script") is not None
    packed.unfold(root, _parse)
    selected, unseen = _read_tree(root, source)
    if not _has_report(selected) and (inner := packed.article(_parse(source), _parse)) is not None:
        return _from_data(inner, source, Document(path, kind, "", metadata=stated, notes=notes)), []
    made = _Text()
    for remark in remarks:
        made.remark(remark, False)
    made.kept = kept
    for part in selected:
        made.add(part)
    text = "".join(made.pieces)
    shown_ = [part for part in selected if isinstance(part, Picture) and part.kind != "mark"]
    without = None if made.notes or _has_report(selected) else _shell(attached, shown_)
    if not any(char.isalnum() for char in text[:20_000]):
        raise Unreadable(without) if without else _no_text(scripted)
    comments = made.finished()
    document = Document(path, kind, text, origins=made.origins, metadata=stated, comments=comments)
    behind = without or further
    document.unread = [] if without else made.unread
    if behind is not None:
        document.unread = [*document.unread, Unread(behind, Span(len(text), len(text)), False)]
    document.guessed = made.guessed
    document.notes = [
        *notes,
        *dict.fromkeys(made.notes),
        *_unseen_notes([each for each in within(selected, unseen) if _says(each)]),
    ]
    return document, made.marks


def _read_tree(root: Any, source: str) -> tuple[list[Part], list[Hidden]]:
    """The parts of the report in a tree, and what of the page nobody sees."""
    elsewhere.place(root)
    elsewhere.place_filled(root, source)
    generated.place(root)
    shown.fill_in(root)
    shown.raise_marks(root)
    shown.write_formulas(root)
    if "rtl" in source:
        shown.turn_round(root)
    numbering.number_lists(root)
    if 'role="' in source:
        divs.named(root)
    divs.tabulate(root)
    unseen = page.strip(root)
    return article(page.parts(root)), unseen


def _from_data(inner: tuple[Any, int], source: str, document: Document) -> Document:
    """The document of a report that a page holds as data."""
    root, line = inner
    made = _Text()
    for part in _read_tree(root, source)[0]:
        made.add(part)
    document.text = "".join(made.pieces)
    document.origins = [(at, origin._replace(line=line)) for at, origin in made.origins]
    document.unread, document.comments = made.unread, made.finished()
    words = Words(
        f"正文取自第{line}行起网页脚本或未显示部分中的数据，浏览器打开时才显示出来。",
        f"The text was taken from what the page holds as data from line {line} on, which a script shows.",
    )
    document.notes = [*document.notes, Note(words)]
    return document


def _has_report(parts: Sequence[Part]) -> bool:
    """Whether some of a report is in a page: numbered headings, or the rows of its tables."""
    rows = sum(isinstance(part, Row) and len(part.texts) > 1 for part in parts)
    return (
        rows >= _MANY_ROWS or sum(isinstance(part, Line) and is_heading(part.text) for part in parts) >= _FEW
    )


def _shell(attached: list[str], pictures: Sequence[Picture]) -> Words | None:
    frames = [part.name or part.kind for part in pictures if part.kind == "frame"]
    return elsewhere.shell(attached, frames, sum(part.kind == "picture" for part in pictures))


def _says(unseen: Hidden) -> bool:
    return any(char.isdigit() or "\u4e00" <= char <= "\u9fff" for char in unseen.text)


def _unseen_notes(unseen: Sequence[Hidden]) -> Iterator[Note]:
    for each in unseen[:_MOST_TOLD]:
        what = STRUCK if each.struck else Words("页面上看不见的文字", "text that is hidden by the page")
        yield passed_over(Words(f"第{each.line}行处", f"Line {each.line}"), what, each.text)
    if more := len(unseen[_MOST_TOLD:]):
        yield Note(
            Words(
                f"另有{more}处看不见或划掉的文字，没有作为正文读取。",
                f"There are {more} more places with text that is hidden or struck out, which was not read.",
            )
        )


def _parse(source: str) -> Any:
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "base64," in source:
        source = _EMBEDDED.sub("data:,", source)
    if len(source) > _LONG:
        _count_attributes(source)
    if "&#" in source:
        source = _CHARACTER.sub(" ", source)
    if not _USUAL.fullmatch(source):
        source = INVISIBLE.sub("", page.fit(source))
    # The limits are our own, on bytes, tags and depth; libxml2's would cut a page short without a word.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace").translate(_CONTROLS), parser)
    except etree.LxmlError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise too_deep()
    if root is None:
        raise _no_text(False)
    return root


def _count_attributes(source: str) -> None:
    """Raises Unreadable for an element with so many attributes that libxml2 takes minutes over it."""
    at = 0
    while (opened := _OPENING.search(source, at)) is not None:
        at = opened.end()
        names: set[str] = set()
        while at < len(source) and source[at] != ">":
            attribute = _ATTRIBUTE.match(source, at)
            at = max(at + 1, attribute.end() if attribute else 0)
            if attribute:
                names.add(attribute[1])
            if len(names) > _MOST_ATTRIBUTES:
                raise too_deep()


_origin = partial(tuple.__new__, Origin)
"""Of all its fields, in half the time: there is one for each cell."""


class _Text:
    """The text of the document as it grows, with origins, comments and the places of marks."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.origins: list[tuple[int, Origin]] = []
        self.comments: list[Comment] = []
        self.marks: list[tuple[int, int]] = []
        self.waiting: list[str] = []
        self.tables: dict[Any, int] = {}
        self.unread: list[Unread] = []
        self.kept: list[str] = []
        """Pictures that were set aside."""
        self.guessed: list[Span] = []
        self.notes: list[Note] = []

    def add(self, part: Part) -> None:
        if isinstance(part, Remark):
            self.remark(part.text, part.inside)
        elif (
            isinstance(part, Picture)
            and part.held
            and (inner := pictures.recognised(self.kept[int(part.held)]))
        ):
            self.insert(inner, part.line)
        elif isinstance(part, Picture) and part.kind != "mark":
            words = elsewhere.told(part.kind, part.name, part.line)
            self.unread.append(Unread(words, Span(self.length, self.length), False))
        elif isinstance(part, Line):
            self.open("\n")
            self.origins.append((self.length, Origin(line=part.line)))
            self.put(part.text)
        elif isinstance(part, Row):
            self.row(part)

    def insert(self, inner: Document, line: int) -> None:
        """What a picture says, in its place."""
        self.open("\n")
        start = self.length
        self.origins += [(start + at, origin._replace(line=line, page=None)) for at, origin in inner.origins]
        self.guessed += [Span(start + each.start, start + each.end) for each in inner.guessed]
        self.notes += [Note(note.words) for note in inner.notes]
        self.put(inner.text.rstrip("\n"))

    def row(self, row: Row) -> None:
        table = self.tables.setdefault(row.table, len(self.tables) + 1)
        origins = [
            _origin((line, None, None, table, row.number, column, None, None, None))
            for line, column in zip(row.lines, row.columns, strict=True)
        ]
        if row.remarks or row.held or not "".join(row.texts).isprintable():
            self.cells(row, origins)
            return
        self.open("\n")
        at = self.length
        for origin, text in zip(origins, row.texts, strict=True):
            self.origins.append((at, origin))
            at += len(text) + 1
        self.pieces.append("\t".join(row.texts))
        self.length = at - 1

    def cells(self, row: Row, origins: Sequence[Origin]) -> None:
        """The cells of a row one by one."""
        mark = "\n"
        for at, (text, origin) in enumerate(zip(row.texts, origins, strict=True)):
            self.open(mark)
            mark = "\t"
            start = self.length
            self.origins.append((start, origin))
            self.put(text)
            if held := row.held.get(at):
                words = elsewhere.told(held.kind, held.name, origin.line)
                self.unread.append(Unread(words, Span(start, self.length), False))
            for remark in row.remarks.get(at, ()):
                self.remark(remark, True)

    def open(self, mark: str) -> None:
        """Begin a paragraph or a cell."""
        if self.origins:
            self.pieces.append(mark)
            self.length += 1
        if self.waiting:
            self.comments += [Comment(text, Span(self.length, self.length)) for text in self.waiting]
            self.waiting.clear()

    def put(self, text: str) -> None:
        if not text.isprintable() and max(text) >= "\U000f0000":
            text = self.unmarked(text)
        self.pieces.append(text)
        self.length += len(text)

    def unmarked(self, text: str) -> str:
        pieces: list[str] = []
        at, length = 0, self.length
        for match in MARK.finditer(text):
            pieces.append(text[at : match.start()])
            length += match.start() - at
            high, low = map(ord, match.group())
            self.marks.append((length, (high - 0xF0000) * 0xFFF0 + low - 0x100000))
            at = match.end()
        return "".join([*pieces, text[at:]])

    def remark(self, text: str, inside: bool) -> None:
        if inside and self.origins:
            self.comments.append(Comment(text, Span(self.origins[-1][0], self.length)))
        else:
            self.waiting.append(text)

    def finished(self) -> list[Comment]:
        self.comments += [Comment(text, Span(self.length, self.length)) for text in self.waiting]
        return self.comments


def _remarks_before(root: Any) -> Iterator[str]:
    """Comments addressed to govlint that stand before the page proper."""
    found = list(root.itersiblings(etree.Comment, preceding=True))[::-1]
    for comment in found:
        text = (comment.text or "").strip()
        if OPENING.match(text):
            yield text


def _no_text(unseen: bool) -> Unreadable:
    if unseen:
        return Unreadable(
            Words(
                "网页里没有文字：正文是图片、附件，或者由脚本在打开时载入。请在浏览器中打开网页，下载其附件，或把显示出来的正文另存后再检查。",
                "The page has no text: it is an image, an attachment, or loaded by a script. Open it in a browser and "
                "save the attachment, or the text that it shows.",
            )
        )
    return Unreadable(Words("网页是空的，没有可读的文字。", "The page is empty: there is no text to read."))
