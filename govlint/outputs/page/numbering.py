"""Findings as the page counts them: from 1, by severity and place; and the names by which its parts point at each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from govlint.document import Span, Words
from govlint.outputs.page.markup import Html, element
from govlint.outputs.parts.counts import by_severity
from govlint.report import Report
from govlint.result import Result
from govlint.rule import SEVERITIES, Finding


class Numbered(NamedTuple):
    """A finding and its number in the page."""

    number: int
    finding: Finding


def numbered(result: Result) -> list[Numbered]:
    return [Numbered(at, finding) for at, finding in enumerate(by_severity(result.findings), 1)]


class Anchors(Struct):
    """Where the marks of findings stand in the page; ``prefix`` tells several documents on one page apart."""

    prefix: str = ""
    lang: str = "zh"
    placed: set[int] = field(default_factory=set)
    """The findings whose words or cells are marked somewhere."""

    def finding(self, number: int) -> str:
        return f"{self.prefix}f{number}"

    def mark(self, number: int) -> str:
        return f"{self.prefix}m{number}"

    def reference(self, each: Numbered, *, plain: bool = False) -> Html:
        """The number of a finding as a link to it, beside its mark; the first is what the finding links to."""
        first = each.number not in self.placed and not plain
        self.placed.add(each.number)
        return element(
            "a",
            str(each.number),
            class_=f"ref {each.finding.severity}",
            id=self.mark(each.number) if first else None,
            href=f"#{self.finding(each.number)}",
            aria_label=Words(f"问题{each.number}", f"finding {each.number}").say(self.lang),
        )


def _spans(finding: Finding) -> set[Span]:
    """The words at fault, and those of the same mistake elsewhere that would be put right with them."""
    edits = finding.suggestion.edits if finding.suggestion else ()
    return {*((finding.span,) if finding.span else ()), *(edit.span for edit in edits)}


class Marks:
    """The words of findings in the text of a document, cut into stretches that are marked alike."""

    def __init__(self, findings: Sequence[Numbered]) -> None:
        self.worst: dict[int, str] = {}
        """Severity of the stretch that begins at an edge, empty where nothing is marked."""
        self.begin: dict[int, list[Numbered]] = {}
        changes: dict[int, Counter[str]] = {}
        for each in findings:
            if each.finding.span is not None:
                self.begin.setdefault(each.finding.span.start, []).append(each)
            for start, end in _spans(each.finding):
                changes.setdefault(start, Counter())[each.finding.severity] += 1
                changes.setdefault(end, Counter())[each.finding.severity] -= 1
        self.edges = sorted(changes)
        open_: Counter[str] = Counter()
        for edge in self.edges:
            open_.update(changes[edge])
            self.worst[edge] = next((name for name in SEVERITIES if open_[name] > 0), "")

    def stretches(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """(start, end, severity) of what lies between two offsets."""
        at = bisect_right(self.edges, start)
        severity = self.worst[self.edges[at - 1]] if at else ""
        for edge in self.edges[at:]:
            if edge >= end:
                break
            if self.worst[edge] != severity or edge in self.begin:
                yield start, edge, severity
                start, severity = edge, self.worst[edge]
        yield start, end, severity


def table_at(report: Report, span: Span | None) -> str | None:
    """The table in whose figures a span begins."""
    if span is None:
        return None
    return next((key for key, whole in report.tables.items() if whole.start <= span.start <= whole.end), None)
