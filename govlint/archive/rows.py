"""What a document came to, as rows of the store's datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from govlint.archive.schema import DATASETS, Rows
from govlint.checks.filed import filed
from govlint.checks.overlap import Text, sample, stock_shingles
from govlint.document import Number, Words
from govlint.filing import Filing
from govlint.linting import registry
from govlint.linting.suppression import Meant, read_comments
from govlint.outputs.parts.basis import cite
from govlint.outputs.parts.places import describe, locate
from govlint.report import Report
from govlint.result import Result, exit_code
from govlint.rule import Finding, Rule, Severity

Row = dict[str, Any]
_EXACT = 2**53


def empty() -> dict[str, list[Row]]:
    return {dataset: [] for dataset in DATASETS}


def add(rows: Rows, more: Rows) -> None:
    for dataset, listed in more.items():
        rows[dataset].extend(listed)


class Across(NamedTuple):
    """What of rules between documents holds for one."""

    rules: Sequence[Rule] = ()
    """Those in force."""
    severity: Sequence[tuple[str, Severity]] = ()
    """As in the settings."""


NOTHING = Across()


def rows_of(result: Result, path: str, settings: str, lang: str, size: int, across: Across = NOTHING) -> Rows:
    """The rows of one document. ``settings`` is the digest of what was in force for it."""
    report = result.report
    rows = empty()
    rows["findings"] = [finding_row(found, path, result, lang) for found in result.findings]
    rows["unchecked"] = [
        {"path": path, "code": code, "why": clean(why.say(lang))} for code, why in result.unchecked
    ]
    identity = _identity(report)
    rows["documents"] = [
        {
            "path": path,
            "sha256": result.sha256,
            "status": result.status,
            "verdict": result.verdict,
            "error": clean(result.error.say(lang)) if result.error else None,
            **identity,
            "findings": len(result.findings),
            "title": clean(report.title) if report and report.title else None,
            "format": result.document.format if result.document else None,
            "size": size,
            "settings": settings,
            "own_verdict": result.verdict,
            "own_findings": len(result.findings),
            "own_exit": exit_code([result]),
            "fail_on": result.fail_on,
        }
    ]
    if report is not None:
        filing = filed(report)
        rows["cells"] = list(_cells(report, path, filing, lang))
        rows["passages"] = list(_passages(report, path, filing, lang))
        rows["filings"] = [_filing(filing, path, across) | {"aside": list(_aside(report, filing, across))}]
    return rows


def _identity(report: Report | None) -> Row:
    return {
        "template": report.template.id if report else None,
        "agency": clean(report.agency) if report and report.agency else None,
        "year": report.year if report else None,
        "published": report.published if report else None,
    }


def finding_row(found: Finding, path: str, result: Result, lang: str) -> Row:
    """One finding with its place in the document."""
    report = result.report
    return {
        "path": path,
        "sha256": result.sha256,
        "agency": clean(report.agency) if report and report.agency else None,
        "year": report.year if report else None,
        "line": locate(found, result).line,
        "place": clean(describe(found, result).say(lang)),
        **said(found, lang),
    }


def said(found: Finding, lang: str) -> Row:
    """What a finding says, wherever it stands."""
    return {
        "code": found.code,
        "name": found.rule.name,
        "severity": found.severity,
        "certainty": found.certainty,
        "message": clean(found.words.say(lang)),
        "section": found.section,
        "cells": list(found.cells),
        "expected": clean(found.expected) if found.expected is not None else None,
        "actual": clean(found.actual) if found.actual is not None else None,
        "evidence": [clean(words.say(lang)) for words in found.evidence],
        "reference": clean(cite(found.reference, lang)),
        "fingerprint": found.fingerprint,
    }


def _cells(report: Report, path: str, filing: Filing, lang: str) -> Iterator[Row]:
    same = {"path": path, "agency": clean(filing.agency) if filing.agency else None, "year": filing.year}
    for address, cell in report.cells.items():
        place = report.document.locate(cell.span)
        origin = place.origin.describe() if place.origin else _line(place.line, place.column)
        yield {
            **same,
            "template": filing.template.id,
            "cell": address,
            "value": None if cell.value is None else float(cell.value),
            "written": clean(cell.raw),
            "uncertain": cell.value is not None and address not in filing.figures,
            "line": place.line,
            "place": origin.say(lang),
        }


def _passages(report: Report, path: str, filing: Filing, lang: str) -> Iterator[Row]:
    same = {"path": path, "agency": clean(filing.agency) if filing.agency else None, "year": filing.year}
    for number, line in enumerate(filing.prose):
        place = report.document.locate(line.span)
        origin = place.origin.describe() if place.origin else _line(place.line, None)
        yield {
            **same,
            "section": line.section,
            "number": number,
            "text": clean(line.text),
            "line": place.line,
            "place": origin.say(lang),
        }


def _line(line: int | None, column: int | None) -> Words:
    if line is None:
        return Words("", "")
    if column is None:
        return Words(f"第{line}行", f"line {line}")
    return Words(f"第{line}行第{column}字", f"line {line}, column {column}")


def _aside(report: Report, filing: Filing, across: Across) -> Iterator[str]:
    """What comments in the document set aside of what rules between documents will find at it."""
    comments = list(read_comments(report.document, report.title_span, across.rules))
    for rule in across.rules if comments else ():
        meant = Meant(rule, comments)
        if meant.everywhere:
            yield rule.code
            continue
        yield from (f"{rule.code} {cell.address}" for cell in report.cells.values() if meant.first(cell.span))
        yield from (
            f"{rule.code} {number}" for number, line in enumerate(filing.prose) if meant.first(line.span)
        )


def _severities(across: Across) -> Iterator[str]:
    for rule in across.rules:
        if (severity := registry.severity_of(rule, across.severity)) is not None:
            yield f"{rule.code} {severity}"


def _filing(filing: Filing, path: str, across: Across) -> Row:
    """Figures beyond what a double holds exactly are left out: nothing is compared with them."""
    figures = {address: value for address, value in filing.figures.items() if -_EXACT <= value <= _EXACT}
    return {
        "path": path,
        "agency": clean(filing.agency) if filing.agency else None,
        "year": filing.year,
        "template": filing.template.id,
        "published": filing.published,
        "cells": list(figures),
        "values": [float(value) for value in figures.values()],
        "shingles": sample(Text(filing.prose), stock_shingles()),
        "rules": [rule.code for rule in across.rules],
        "severities": list(_severities(across)),
    }


def exact(value: float) -> Number:
    """A figure as it was written, from the double that a store holds."""
    return int(value) if value.is_integer() else Decimal(repr(value))


def figures(cells: Sequence[str], values: Sequence[float]) -> Mapping[str, Number]:
    return {cell: exact(value) for cell, value in zip(cells, values, strict=True)}


def clean(text: str) -> str:
    """Text that UTF-8 can hold: what came from damaged names and bytes is replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")
