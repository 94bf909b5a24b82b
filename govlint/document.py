"""What every reader returns: the text of a document, and where each part of it stands in the source.

One convention carries all layouts: in ``Document.text`` a newline parts paragraphs and table rows, a tab parts
the cells of a row, and a vertical tab is a line break inside one cell. Text formats keep their source text
unchanged, so that offsets are source positions; other formats add ``origins``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from types import MappingProxyType
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import asdict

UNREAD_MARK = "〓"
"""Stands in a table's cell for what it shows and was not read; an :class:`Unread` with its span says what that is."""


class Span(NamedTuple):
    """A half-open range of offsets in ``Document.text``."""

    start: int
    end: int


class Words(NamedTuple):
    """One message in both languages."""

    zh: str
    en: str

    def say(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


def counted(number: int, noun: str) -> str:
    """As in ``1 file`` and ``2 files``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class Origin(NamedTuple):
    """Where a paragraph or cell stands in a source that is not plain text; counts are from 1, None if not known."""

    line: int | None = None
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    cell: str | None = None
    """Spreadsheet name of the cell, such as ``B7``."""
    confidence: float | None = None
    """0 to 1 where the text was recognised from an image."""

    def describe(self) -> Words:
        """The place as a person would look for it, empty where nothing is known."""
        zh: list[str] = []
        en: list[str] = []
        if self.sheet is not None:
            zh.append(f"工作表“{self.sheet}”")
            en.append(f"sheet “{self.sheet}”")
        if self.page is not None:
            zh.append(f"第{self.page}页")
            en.append(f"page {self.page}")
        if self.cell is not None:
            zh.append(f"{self.cell}单元格")
            en.append(f"cell {self.cell}")
        elif self.table is not None:
            zh.append(f"第{self.table}个表格第{self.row}行第{self.column}列")
            en.append(f"table {self.table}, row {self.row}, column {self.column}")
        elif self.paragraph is not None:
            zh.append(f"第{self.paragraph}段")
            en.append(f"paragraph {self.paragraph}")
        return Words("".join(zh), ", ".join(en))


class Place(NamedTuple):
    """A span in the terms of the source: lines and columns from 1 where it has lines, and the origin."""

    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    origin: Origin | None


class Note(NamedTuple):
    """Something the reader noticed that a person should know (tracked changes, a guessed encoding)."""

    words: Words
    span: Span | None = None


class Unread(NamedTuple):
    """What stands at a place and was not read: a page without text, a picture, an embedded object, an attachment."""

    words: Words
    """A sentence: what it is, where, and the way out."""
    span: Span
    """Where in ``Document.text`` its words would stand; usually empty."""
    sure: bool = True
    """It holds text of the document. What may (a picture) counts only where something is found missing."""


class Comment(NamedTuple):
    """A comment addressed to govlint (``govlint: ignore N003 …``), which is no text of the report."""

    text: str
    """From ``govlint:`` on, without the format's own marks."""
    span: Span
    """Where it stands in ``Document.text``, or the text it is attached to; may be empty."""


class Unreadable(Exception):
    """The file cannot be read: what is wrong and what to do. Becomes the finding E001."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.words = words


class Document(Struct, dict=True):
    """A document as read; knows no template.

    ``origins`` holds (offset in ``text`` where the part starts, Origin), ascending; it is empty for text formats,
    whose offsets are source positions.
    """

    path: str
    format: str
    text: str
    sha256: str = ""
    origins: Sequence[tuple[int, Origin]] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    """From the file itself, not its text: any of ``title``, ``agency``, ``published`` (as written), and ``property``:
    a title that may be left over from another document."""
    notes: Sequence[Note] = ()
    unread: Sequence[Unread] = ()
    """What was not read, in the order of the text: where it stands nothing is called missing."""
    comments: Sequence[Comment] = ()
    tracked: Sequence[Span] = ()
    """Where changes are tracked that nobody has accepted or rejected; the text is as if they were accepted."""
    guessed: Sequence[Span] = ()
    """Tables whose cells no line parts: they were told apart by their distances, which may be wrong."""
    doubtful: Sequence[Span] = ()
    """Figures that are shown otherwise than they are stored, or may be read in two ways: what is shown was read."""
    tables_only: bool = False
    """A spreadsheet of the tables, which owes no sections."""

    def freeze(self) -> None:
        """From here on nothing of it can be set, added or taken away."""
        for name in ("origins", "notes", "unread", "comments", "tracked", "guessed", "doubtful"):
            setattr(self, name, tuple(getattr(self, name)))
        self.metadata = MappingProxyType(dict(self.metadata))
        self.__dict__["frozen"] = True

    def __setattr__(self, name: str, value: object) -> None:
        if "frozen" in self.__dict__:
            raise AttributeError(f"a document that is being checked cannot be changed: {name}")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(Document, **{**asdict(self), "metadata": dict(self.metadata)}), ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @cached_property
    def _origin_starts(self) -> list[int]:
        return [start for start, _ in self.origins]

    def origin(self, offset: int) -> Origin | None:
        at = bisect_right(self._origin_starts, offset) - 1
        return self.origins[at][1] if at >= 0 else None

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of an offset in ``text``; columns count characters."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line_span(self, line: int) -> Span:
        """The span of a line of ``text``, from 1, without its newline."""
        starts = self._line_starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return Span(starts[line - 1], end)

    def locate(self, span: Span) -> Place:
        if self.origins:
            origin = self.origin(span.start)
            line = origin.line if origin else None
            return Place(line, None, line, None, origin)
        line, column = self.position(span.start)
        end_line, end_column = self.position(max(span.start, span.end))
        return Place(line, column, end_line, end_column, None)


Number = int | Decimal


class Edit(NamedTuple):
    """Replace ``span`` of ``Document.text`` by ``text``. ``safe`` edits never change what the report says."""

    span: Span
    text: str
    safe: bool = False
