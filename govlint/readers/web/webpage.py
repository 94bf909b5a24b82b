"""The source of a web page to a Document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from govlint.document import Comment, Document, Note, Origin, Span, Unreadable, Words
from govlint.readers.web import blocks as page
from govlint.readers.web.article import article
from govlint.readers.web.blocks import Line, Part, Remark, Row
from govlint.readers.web.head import metadata

_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=]+")
_CONTROLS = bytes(32 if code < 32 and code not in b"\t\n\r\f\v" else code for code in range(256))
_MOST_LINES = 65_000
"""libxml2 counts lines in 16 bits; beyond, places are read from marks."""
_HIDING = ("none", "NONE", "None", "idden", "IDDEN", "mso-hide")
"""Without any of these in the source nothing in it is hidden."""


_ELSEWHERE = Note(
    Words(
        "网页里没有带编号的标题，也没有表格：正文可能是图片、附件或内嵌文件。请下载其附件，或把显示出来的正文另存后再检查。",
        "The page has neither numbered headings nor tables: its text may be an image, an attachment or an embedded "
        "file. Save the attachment, or the text that it shows.",
    )
)


def read_page(source: str, path: str, kind: str, notes: Sequence[Note] = ()) -> Document:
    """The document of a page's source; a mark in it (see ``placing``) is in no text."""
    lines: Sequence[int] | None = None
    if source.count("\n") > _MOST_LINES:
        from govlint.readers.web.marks import marked_lines

        source, lines = marked_lines(source)
    document, marks = read_marked(source, path, kind, notes)
    if lines is not None:
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
    root = _parse(source)
    stated = metadata(root)
    remarks = list(_remarks_before(root))
    unseen = root.find(".//img") is not None or root.find(".//script") is not None
    embedded = next((e for e in root.iter("iframe", "embed", "object", "frame")), None) is not None
    page.strip(root, any(word in source for word in _HIDING))
    kept = article(page.parts(root))
    made = _Text()
    for remark in remarks:
        made.remark(remark, False)
    for part in kept:
        made.add(part)
    text = "".join(made.pieces)
    if not any(char.isalnum() for char in text[:20_000]):
        raise _no_text(unseen or embedded)
    if (unseen or embedded) and not any(_of_report(part) for part in kept):
        notes = [*notes, _ELSEWHERE]
    comments = made.finished()
    return (
        Document(
            path, kind, text, origins=made.origins, metadata=stated, notes=list(notes), comments=comments
        ),
        made.marks,
    )


def _of_report(part: Part) -> bool:
    """Whether a part may be of a report: a numbered heading, or a row of a table with several columns."""
    return page.is_heading(part.text) if isinstance(part, Line) else isinstance(part, Row)


def _parse(source: str) -> Any:
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "base64," in source:
        source = _EMBEDDED.sub("data:,", source)
    # The limits are our own, on bytes, tags and depth; libxml2's would cut a page short without a word.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace").translate(_CONTROLS), parser)
    except etree.LxmlError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise page.too_deep()
    if root is None:
        raise _no_text(False)
    return root


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

    def add(self, part: Part) -> None:
        if isinstance(part, Remark):
            self.remark(part.text, part.inside)
        elif isinstance(part, Line):
            self.open("\n")
            self.origins.append((self.length, Origin(line=part.line)))
            self.put(part.text)
        else:
            self.row(part)

    def row(self, row: Row) -> None:
        table = self.tables.setdefault(row.table, len(self.tables) + 1)
        mark = "\n"
        for cell in row.cells:
            self.open(mark)
            mark = "\t"
            self.origins.append((self.length, Origin(cell.line, None, None, table, row.number, cell.column)))
            self.put(cell.text)
            for remark in cell.remarks:
                self.remark(remark, True)

    def open(self, mark: str) -> None:
        """Begin a paragraph or a cell."""
        if self.origins:
            self.pieces.append(mark)
            self.length += 1
        for text in self.waiting:
            self.comments.append(Comment(text, Span(self.length, self.length)))
        self.waiting.clear()

    def put(self, text: str) -> None:
        if max(text, default="") >= "\U000f0000":
            text = self.unmarked(text)
        self.pieces.append(text)
        self.length += len(text)

    def unmarked(self, text: str) -> str:
        pieces: list[str] = []
        at, length = 0, self.length
        for match in page.MARK.finditer(text):
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
        if page.ADDRESSED.match(text):
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
