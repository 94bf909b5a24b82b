"""What was not read is not missing: findings of absence at such places become reasons why a rule was not applied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.document import Document, Span, Unread, Words
from govlint.report import Report
from govlint.rule import Finding, Unchecked

_PARTLY = "E001"
"""The rule that a document can be read, of which a part was not."""


def weigh(
    report: Report, findings: Sequence[Finding], unchecked: Sequence[Unchecked]
) -> tuple[list[Finding], list[Unchecked]]:
    """The findings that stand, and all that is unchecked, given what of the document was not read."""
    remaining: list[Finding] = []
    reasons: list[Unchecked] = []
    told: set[Unread] = set()
    for finding in findings:
        hiding = list(_hiding(report, finding)) if finding.rule.absence else []
        if not hiding:
            remaining.append(finding)
        told.update(hiding)
        reasons += [finding.rule.unchecked(each.words) for each in hiding]
    rest = [
        each for each in report.document.unread if (each.sure or _is_cell(report, each)) and each not in told
    ]
    reasons += [Unchecked(_PARTLY, each.words) for each in rest]
    return remaining, [*dict.fromkeys(reasons), *unchecked]


def reason(document: Document) -> Words:
    """Why a document that has nothing else in it could not be read."""
    words = list(dict.fromkeys(each.words for each in document.unread))
    return Words("".join(each.zh for each in words), " ".join(each.en for each in words))


def _hiding(report: Report, finding: Finding) -> Iterator[Unread]:
    """What was not read where that might stand which the finding misses: in its rows, else in its section."""
    rows = [_line(report, report.cells[cell].span) for cell in finding.cells if cell in report.cells]
    for each in report.unread(finding.section):
        start, end = each.span
        if not each.sure and finding.rule.severity != "error":
            continue
        if not rows or any(row.start <= end and start <= row.end for row in rows):
            yield each


def _is_cell(report: Report, each: Unread) -> bool:
    """Whether what was not read is what a cell of the template's tables shows."""
    start, end = each.span
    return start < end and any(
        cell.state == "missing" and cell.span.start < end and start < cell.span.end
        for cell in report.cells.values()
    )


def _line(report: Report, span: Span) -> Span:
    text = report.document.text
    end = text.find("\n", span.end)
    return Span(text.rfind("\n", 0, span.start) + 1, end if end >= 0 else len(text))
