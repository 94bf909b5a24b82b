"""What is found in text recognised from an image is never certain, and says how well it was recognised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import Finding


def with_confidence(report: Report, findings: Sequence[Finding]) -> list[Finding]:
    """The findings; those on recognised text are likely, with the confidence in the evidence and no safe edits."""
    scores = [origin.confidence for _, origin in report.document.origins if origin.confidence is not None]
    if not scores:
        return list(findings)
    mean = sum(scores) / len(scores)
    return [_likely(finding, min(_scores(report, finding), default=mean)) for finding in findings]


def _scores(report: Report, finding: Finding) -> Iterator[float]:
    for span in _spans(report, finding):
        origin = report.document.origin(span.start)
        if origin is None or origin.confidence is None:
            continue
        yield origin.confidence


def _spans(report: Report, finding: Finding) -> Iterator[Span]:
    """Where the finding points to: its own words, its cells, and what it holds them to."""
    if finding.span is not None:
        yield finding.span
    for address in finding.cells:
        if address in report.cells:
            yield report.cells[address].span
    for related in finding.related:
        if related.span is not None:
            yield related.span


def _likely(finding: Finding, score: float) -> Finding:
    evidence = Words(
        f"由图像识别得来，可信度 {score:.0%}，请对照原件核实。",
        f"Recognised from an image with a confidence of {score:.0%}: compare the original.",
    )
    suggestion = finding.suggestion
    if suggestion is not None and suggestion.edits:
        edits = tuple(edit._replace(safe=False) for edit in suggestion.edits)
        suggestion = replace(suggestion, edits=edits)
    return replace(finding, certainty="likely", evidence=(*finding.evidence, evidence), suggestion=suggestion)
