"""Tables without lines: what looks like a fault of the report may be one of the reading, and is then no finding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from govlint.checks.diagnosis import diagnose
from govlint.document import Words
from govlint.report import Report
from govlint.rule import Finding, Unchecked
from govlint.text.folding import compact

_LABELS = "T004"
_CELLS = ("T003", "T006", "T007", "T009")
"""What comes of cells that were put together wrongly: rows with too many or too few, out of order, or strange."""
_MOVING = ("column-out-of-order", "extra-column", "missing-column")
"""By what the parser gives figures to other columns than their places say."""
_ALIKE = 70.0
_LONGER = 2
"""A label so like the mandated one, and so near in length, is in other words and not put together wrongly."""
_COUNT = re.compile(r"[-+]?[\d,.]+ ?[件条份次个项万元]{0,2}|[无零空〇OoXx×]")
"""As in ``12件``."""


def mark(report: Report) -> None:
    """Mark as uncertain the figures of tables without lines that do not agree, or that a header seems to put in another
    order: they may be put together wrongly."""
    tables = set(_guessed(report))
    if not tables:
        return
    broken = (identity for fault in diagnose(report).faults for identity in fault.broken)
    doubtful = {cell for identity in broken if identity.table in tables for cell in identity.cells}
    moved = {each.address.split(".")[0] for each in report.departures if each.kind in _MOVING} & tables
    for address, cell in report.cells.items():
        if address in doubtful or cell.table in moved:
            report.cells[address] = replace(cell, uncertain=True)


def weigh(
    report: Report, findings: Sequence[Finding], unchecked: Sequence[Unchecked]
) -> tuple[list[Finding], list[Unchecked]]:
    """The findings that stand, those on tables without lines likely at most, and what is unchecked there."""
    tables = set(_guessed(report))
    if not tables:
        return list(findings), list(unchecked)
    misread = {
        table for each in findings if (table := _table(report, each)) in tables and _is_misreading(each)
    }
    remaining: list[Finding] = []
    reasons: list[Unchecked] = []
    for finding in findings:
        table = _table(report, finding)
        if table not in tables or finding.code[0] not in "TN":
            remaining.append(finding)
        elif table in misread or (finding.code == _LABELS and not _is_reworded(report, table, finding)):
            reasons.append(finding.rule.unchecked(_why(report, table)))
        else:
            remaining.append(replace(finding, certainty="likely"))
    return remaining, [*reasons, *unchecked]


def _guessed(report: Report) -> Iterator[str]:
    for key, span in report.tables.items():
        if any(each.start < span.end and span.start < each.end for each in report.document.guessed):
            yield key


def _table(report: Report, finding: Finding) -> str | None:
    """The table that a finding is about."""
    if finding.cells:
        return finding.cells[0].split(".")[0]
    spec = report.template.sections.get(finding.section or "")
    return spec.table if spec else None


def _is_misreading(finding: Finding) -> bool:
    if finding.code == "T006":
        return not _COUNT.fullmatch(finding.actual or "")
    return finding.code in _CELLS


def _is_reworded(report: Report, table: str | None, finding: Finding) -> bool:
    """Whether a label is in other words, and not put together wrongly."""
    from rapidfuzz import fuzz

    actual, expected = finding.actual or "", compact(finding.expected or "")
    if expected.startswith(actual) or expected.endswith(actual):
        return False  # the rest stands in another cell
    near = abs(len(actual) - len(expected)) <= _LONGER
    if not near or fuzz.ratio(actual, expected) < _ALIKE:
        return False
    within = _inserted(actual, expected)
    labels = (mark.label for mark in report.template.landmarks if mark.table == table)
    return not within or not (within.isdecimal() or any(within in label for label in labels))


def _inserted(actual: str, expected: str) -> str:
    """What stands within the expected words, where nothing else is wrong with them."""
    pairs = enumerate(zip(actual, expected, strict=False))
    before = next((at for at, (one, two) in pairs if one != two), min(len(actual), len(expected)))
    behind = len(expected) - before
    whole = 0 < behind < len(expected) and actual.endswith(expected[before:])
    return actual[before : len(actual) - behind] if whole else ""


def _why(report: Report, table: str) -> Words:
    place = report.place(table)
    return Words(
        f"{place.zh}没有框线，只能按间距区分各格，有的分不清，没有检查。请使用原始电子文档，或给表格加上框线后重新导出。",
        f"The {place.en} has no lines, so that its cells were told apart by their distances; some could not be, and were "
        "not checked. Use the original document, or give the table lines and export it again.",
    )
