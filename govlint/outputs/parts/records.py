"""Results as plain records: the fields that scripts rely on, described by ``docs/schema``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from govlint.outputs.parts.places import describe, locate
from govlint.report import Report
from govlint.result import Result
from govlint.rule import SEVERITIES, Finding, Related

Record: TypeAlias = dict[str, object]


def _identity(report: Report | None) -> Record:
    """What a report says of itself; all null where no report was read."""
    return {
        "template": report.template.id if report else None,
        "agency": report.agency if report else None,
        "year": report.year if report else None,
        "published": report.published.isoformat() if report and report.published else None,
    }


def document(result: Result, lang: str) -> Record:
    """One document of ``govlint check``."""
    return {
        "path": result.path,
        "sha256": result.sha256,
        "status": result.status,
        "verdict": result.verdict,
        "error": result.error.say(lang) if result.error else None,
        **_identity(result.report),
        "findings": [finding(found, result, lang) for found in result.findings],
        "unchecked": [{"code": code, "why": why.say(lang)} for code, why in result.unchecked],
        "notes": [note.say(lang) for note in result.notes],
        "suppressed": [
            {**finding(found, result, lang), "reason": reason} for found, reason in result.suppressed
        ],
        "known": len(result.known),
    }


def finding(found: Finding, result: Result, lang: str) -> Record:
    place = locate(found, result)
    return {
        "code": found.code,
        "name": found.rule.name,
        "severity": found.severity,
        "certainty": found.certainty,
        "message": found.words.say(lang),
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "place": describe(found, result).say(lang),
        "section": found.section,
        "cells": list(found.cells),
        "expected": found.expected,
        "actual": found.actual,
        "suggestion": _suggestion(found),
        "evidence": [words.say(lang) for words in found.evidence],
        "related": [_related(related, result) for related in found.related],
        "reference": found.reference._asdict(),
        "docs": result.docs(found.rule),
        "fingerprint": found.fingerprint,
    }


def _suggestion(found: Finding) -> Record | None:
    suggestion = found.suggestion
    if suggestion is None:
        return None
    text = suggestion.text
    if text is None and len(suggestion.edits) == 1:
        text = suggestion.edits[0].text
    record: Record = {}
    if suggestion.cells:
        record["cells"] = dict(suggestion.cells)
    if text is not None:
        record["text"] = text
    return record or None


def _related(related: Related, result: Result) -> Record:
    place = result.document.locate(related.span) if result.document and related.span else None
    return {
        "role": related.role,
        "cell": related.cell,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def extract(result: Result, lang: str) -> Record:
    """One document of ``govlint extract``: every cell of its template, null where no number was read."""
    report = result.report
    texts = {"texts": _texts(report)} if report and report.template.texts else {}
    return {
        "path": result.path,
        "status": result.status,
        "error": result.error.say(lang) if result.error else None,
        **_identity(report),
        "sections": _sections(report) if report else {},
        "cells": {address: report.value(address) for address in report.template.addresses} if report else {},
        **texts,
        "uncertain": [cell.address for cell in report.cells.values() if cell.uncertain] if report else [],
    }


def _texts(report: Report) -> Record:
    """What stands in the cells that hold words, as written."""
    return {address: cell.raw for address, cell in report.cells.items() if cell.state == "text"}


def _sections(report: Report) -> Record:
    return {
        key: {
            "heading": section.ordinal + section.heading,
            "line": report.document.locate(section.span).line,
        }
        for key, section in report.sections.items()
    }


class Summary:
    """Counts over the results that pass through :meth:`counting`; holds none of them."""

    def __init__(self) -> None:
        self.documents = 0
        self.severity: Counter[str] = Counter()
        self.status: Counter[str] = Counter()
        self.verdict: Counter[str] = Counter()
        self.partly = 0
        """Documents that were read and not checked in full, whatever was found in them."""
        self.let_pass = False
        """Whether a document was checked and does not fail in spite of an error: the fail level lets it."""
        self.suppressed = self.known = 0
        """Findings set aside by comments, and those of the baseline."""

    def counting(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            self.add(result)
            yield result

    def add(self, result: Result) -> None:
        self.documents += 1
        self.severity.update(found.severity for found in result.findings)
        self.status[result.status] += 1
        self.verdict[result.verdict] += 1
        self.partly += bool(result.unchecked) and result.status != "unreadable"
        errors = any(found.severity == "error" for found in result.findings)
        self.let_pass |= errors and result.status == "checked" and not (result.faulted or result.failing())
        self.suppressed += len(result.suppressed)
        self.known += len(result.known)

    def merge(self, other: Summary) -> None:
        """Count in what another has counted."""
        self.documents += other.documents
        self.severity.update(other.severity)
        self.status.update(other.status)
        self.verdict.update(other.verdict)
        self.partly += other.partly
        self.let_pass |= other.let_pass
        self.suppressed += other.suppressed
        self.known += other.known

    def record(self) -> Record:
        return {
            "documents": self.documents,
            "severity": {name: self.severity[name] for name in SEVERITIES},
            "status": {name: self.status[name] for name in ("checked", "unreadable", "not_a_report")},
            "verdict": {name: self.verdict[name] for name in ("pass", "fail", "incomplete")},
            "suppressed": self.suppressed,
            "known": self.known,
        }
