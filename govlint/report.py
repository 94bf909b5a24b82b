"""A report as parsed: what rules look at. Every part knows its span in the document."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cached_property, partial, wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeVar, cast

from msgspec import Struct, field

from govlint.agencies.deadlines import STATUTORY, Deadlines
from govlint.document import Document, Number, Span, Unread, Words
from govlint.text.folding import folded
from govlint.text.stretches import Stretch, read_stretches

if TYPE_CHECKING:
    from govlint.agencies.names import Body
    from govlint.agencies.register import Register
    from govlint.filing import Filing
    from govlint.template.model import Template

CellState = Literal["number", "text", "blank", "invalid", "missing"]
"""``text``: words, in a row that holds words; ``blank``: empty, ``-`` or ``/``; ``invalid``: text that is no count; ``missing``: the row has too few values."""


class Cell(Struct, frozen=True, array_like=True):
    """One figure of a table. ``value`` is None unless ``state`` is ``number``."""

    address: str
    state: CellState
    value: Number | None
    raw: str
    """As written; for run-together digits the part that the best reading gives to this cell."""
    span: Span
    uncertain: bool = False
    """Run-together digits, and another equally good reading gives another value."""

    @property
    def table(self) -> str:
        return self.address.split(".", 1)[0]

    @property
    def row(self) -> str:
        return self.address.split(".")[1]

    @property
    def column(self) -> str:
        return self.address.split(".")[2]


class Section(Struct, frozen=True):
    """A mandated section that was found. ``prose`` holds the spans of its body that are no table."""

    key: str
    heading: str
    """As written, without the ordinal."""
    ordinal: str
    """As written, such as ``一、`` or ``1、``; empty where there is none."""
    span: Span
    """Of the heading."""
    body: Span
    prose: Sequence[Span] = ()


DepartureKind = Literal[
    "missing-section",
    "section-out-of-order",
    "heading-wording",
    "heading-number",
    "empty-section",
    "duplicate-section",
    "unexpected-section",
    "outdated-edition",
    "missing-table",
    "missing-row",
    "missing-column",
    "extra-row",
    "extra-column",
    "wrong-cell-count",
    "label-wording",
    "row-out-of-order",
    "column-out-of-order",
]


class Departure(Struct, frozen=True):
    """One way in which the document departs from the template's grammar, as recorded by the parser's repair.

    ``expected`` are the mandated words, ``actual`` what stands there; ``address`` is the key of the section, table
    (``applications``), row (``applications.granted``) or column (``applications.*.business``) that it concerns.
    """

    kind: DepartureKind
    span: Span
    address: str
    section: str | None = None
    expected: str = ""
    actual: str = ""
    also: Sequence[str] = ()
    """Further addresses or words of the same cause: the other missing rows of one gap, the labels of an old edition."""
    certain: bool = True


class Coverage(NamedTuple):
    """How much of a report was read: sections and figures, and the cells that are uncertain."""

    sections: int
    figures: int
    uncertain: int


NOWHERE = Span(0, 0)
Found = TypeVar("Found")


def once_per_report(read: Callable[[Report], Found]) -> Callable[[Report], Found]:
    """Decorator: what is worked out from a report, once, however many rules ask for it."""

    @wraps(read)
    def remembered(report: Report) -> Found:
        if read not in report.worked_out:
            report.worked_out[read] = read(report)
        return cast(Found, report.worked_out[read])

    return remembered


class Report(Struct, dict=True):
    """A document parsed by a template. ``cells`` is by address, in the template's order."""

    document: Document
    template: Template
    agency: str | None = None
    year: int | None = None
    published: date | None = None
    title: str | None = None
    title_span: Span | None = None
    agency_span: Span | None = None
    year_span: Span | None = None
    published_span: Span | None = None
    preamble: Span = NOWHERE
    """From the start of the text to the first section's heading."""
    sections: dict[str, Section] = field(default_factory=dict)
    """By key, in the order of the document."""
    tables: dict[str, Span] = field(default_factory=dict)
    """The tables found, by key, with the span from the first label to the last figure."""
    cells: dict[str, Cell] = field(default_factory=dict)
    readings: dict[str, Sequence[Sequence[int]]] = field(default_factory=dict)
    """By row address: the other equally good readings of a run of digits, each one value a column."""
    outdated: set[str] = field(default_factory=set)
    """Addresses of the rows in the form of another edition, whose figures mean something else and are not read, and
    the keys of their tables."""
    departures: list[Departure] = field(default_factory=list)
    unrecognised: bool = False
    tables_only: bool = False
    """There is nothing but the tables, so that no section is owed."""
    """No report of a known template was found in the document; nothing but the document is known."""
    previous: Filing | None = None
    """Last year's report of the same agency, where given."""
    as_of: date | None = None
    """The day on which the check is made, where given; rules never read the clock."""
    deadlines: Deadlines = STATUTORY
    """By when reports are to be published: the statutory days, or those of the settings."""
    register: Register | None = None
    """The agency register of the settings."""
    worked_out: dict[Callable[..., Any], Any] = field(default_factory=dict)
    """What functions that work it out :func:`once_per_report` have given."""

    def freeze(self) -> None:
        """From here on nothing of it can be set, added or taken away: rules are given it one after another.

        What a document of its own rules could still reach by way of the interpreter is not guarded against.
        """
        for name in ("sections", "tables", "cells", "readings"):
            setattr(self, name, MappingProxyType(getattr(self, name)))
        for name, kind in (("outdated", frozenset), ("departures", tuple)):
            setattr(self, name, kind(getattr(self, name)))
        self.document.freeze()
        self.__dict__["frozen"] = True

    def __setattr__(self, name: str, value: object) -> None:
        if "frozen" in self.__dict__:
            raise AttributeError(f"a report that is being checked cannot be changed: {name}")
        super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """Without what can be worked out again: a process that is given a result has its own rules and functions."""
        plain: dict[str, Any] = {name: getattr(self, name) for name in self.__struct_fields__}
        for name, each in plain.items():
            plain[name] = dict(each) if isinstance(each, MappingProxyType) else each
        return partial(Report, **{**plain, "worked_out": {}}), ()

    def body(self, name: str | None = None) -> Body:
        """Kind and level of the reporting agency, or of the one named: as registered, else as the name tells."""
        from govlint.agencies.names import classify

        name = name or self.agency or ""
        registered = self.register.find(name) if self.register else None
        return registered.body if registered else classify(name)

    def departed(self, kind: DepartureKind) -> Iterator[Departure]:
        return (departure for departure in self.departures if departure.kind == kind)

    def coverage(self) -> Coverage:
        cells = self.cells.values()
        figures = sum(cell.state == "number" for cell in cells)
        return Coverage(len(self.sections), figures, sum(cell.uncertain for cell in cells))

    def value(self, address: str) -> Number | None:
        """The figure at an address; None where it is blank, invalid, missing or not in the report."""
        cell = self.cells.get(address)
        return cell.value if cell else None

    def prose(self, *keys: str) -> Iterator[tuple[str, Span]]:
        """(section key, span) of each stretch of prose in the sections named, or in all, in document order."""
        for key, section in self.sections.items():
            if not keys or key in keys:
                for span in section.prose:
                    yield key, span

    @property
    def folded(self) -> str:
        """The document's text in comparison form, as long as itself: see :func:`govlint.text.folding.fold`."""
        return folded(self.document.text)

    @cached_property
    def stretches(self) -> Sequence[Stretch]:
        """The preamble and each stretch of prose in comparison form, made once for all rules."""
        return list(read_stretches(self.folded, self.preamble, self.prose()))

    def unread(self, section: str | None) -> Sequence[Unread]:
        """What was not read where a section stands, or should stand; without one, before the first of them."""
        if not self.document.unread:
            return ()
        order = list(self.template.sections)
        at = order.index(section) if section in order else -1
        starts = {order.index(key): found.span.start for key, found in self.sections.items()}
        start = max((begin for rank, begin in starts.items() if rank <= at), default=0)
        ends = [begin for rank, begin in starts.items() if rank > at and begin > start]
        end = min(ends, default=len(self.document.text))
        return [each for each in self.document.unread if start <= each.span.end and each.span.start <= end]

    def text(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def place(self, address: str) -> Words:
        """A cell's place in the template's own words: table, row and column."""
        return self.template.describe(address)
