"""What govlint answered, held against what was put in: hits, misses, false alarms, cells, metadata."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import govlint
from benchmarks.quality.cases import LAYOUT_BY_NAME, Case, Made
from benchmarks.quality.defects import Expected

Answer = Literal["right", "wrong", "none"]
METADATA = ("agency", "year", "published")
_SPACE = re.compile(r"\s+")
_NEAR = 12
"""Characters around a finding's words in which what it is about may stand."""


@dataclass(frozen=True)
class Hit:
    """One expected finding. ``code``: as found, else the first of those expected."""

    code: str
    found: bool
    located: bool | None = None
    """Whether it names the right cells or stands at the right words; None where nothing was to be named."""
    valued: Answer | None = None
    """The value that it says is right; None where none was to be told."""


@dataclass(frozen=True)
class Alarm:
    code: str
    message: str


@dataclass
class Outcome:
    """One document. ``cells`` counts by how they were read, ``metadata`` how each was."""

    case: Case
    hits: list[Hit] = field(default_factory=list)
    alarms: list[Alarm] = field(default_factory=list)
    cells: dict[str, int] = field(default_factory=dict)
    metadata: dict[str, Answer] = field(default_factory=dict)
    passed: bool = False


def score(made: Made, result: govlint.Result) -> Outcome:
    """Every expected finding is matched to at most one finding of its code; what is left over is a false alarm."""
    left = list(result.findings)
    hits = []
    for expected in made.expected:
        finding = _best(expected, left, result)
        if finding is None:
            hits.append(Hit(expected.code.split("|")[0], False))
        else:
            left.remove(finding)
            hits.append(
                Hit(finding.code, True, located(expected, finding, result), valued(expected, finding))
            )
    tolerated = frozenset().union(*(kind.tolerated for kind in made.defects))
    if "cells" not in LAYOUT_BY_NAME[made.case.layout].parts:
        tolerated |= {"T008"}
    alarms = [Alarm(f.code, f.words.zh) for f in left if f.code not in tolerated]
    return Outcome(
        made.case,
        hits,
        alarms,
        read_cells(made, result),
        read_metadata(made, result),
        result.verdict == "pass",
    )


def _best(
    expected: Expected, findings: Sequence[govlint.Finding], result: govlint.Result
) -> govlint.Finding | None:
    """The finding of the expected code that answers best."""
    among = [finding for finding in findings if finding.code in expected.code.split("|")]
    return max(
        among,
        key=lambda f: (bool(located(expected, f, result)), valued(expected, f) == "right"),
        default=None,
    )


def located(expected: Expected, finding: govlint.Finding, result: govlint.Result) -> bool | None:
    """Whether a finding names what it should: cells, words in the text, words in its message, a section."""
    tests = []
    if expected.corrections:
        cells = [set(correction) for correction in expected.corrections]
        tests.append(any(set(finding.cells[: len(c)]) == c for c in cells))
    if expected.at:
        tests.append(_stands_at(expected.at, finding, result))
    if expected.names:
        tests.append(_plain(expected.names) in _plain(" ".join(_told(finding))))
    if expected.section:
        tests.append(finding.section == expected.section)
    return all(tests) if tests else None


def _told(finding: govlint.Finding) -> Iterable[str]:
    yield finding.words.zh
    yield finding.expected or ""
    yield finding.actual or ""
    yield from (evidence.zh for evidence in finding.evidence)


def _stands_at(words: str, finding: govlint.Finding, result: govlint.Result) -> bool:
    if finding.span is None or result.document is None:
        return False
    start, end = finding.span.start, finding.span.end
    text = result.document.text
    marked, around = _plain(text[start:end]), _plain(text[max(0, start - _NEAR) : end + _NEAR])
    if len(marked) > 1 and marked in _plain(words):
        return True
    # A finding without words of its own stands before those that it is about.
    return _plain(words) in around or (not marked and _plain(text[start : start + _NEAR]) in _plain(words))


def _plain(text: str) -> str:
    return _SPACE.sub("", text)


def valued(expected: Expected, finding: govlint.Finding) -> Answer | None:
    """Whether the value that a finding advises is the one that was there before."""
    if expected.value:
        if not finding.expected:
            return "none"
        told = {*re.split(r"[^\w.]+", finding.expected), finding.expected}
        return "right" if told & set(expected.value.split("|")) else "wrong"
    known = [correction for correction in expected.corrections if None not in correction.values()]
    if not known:
        return None
    if finding.suggestion is None or not finding.suggestion.cells:
        return "none"
    return (
        "right" if dict(finding.suggestion.cells) in [dict(correction) for correction in known] else "wrong"
    )


def read_cells(made: Made, result: govlint.Result) -> dict[str, int]:
    """How many cells were read right, wrong, not at all; ``unsure``: wrong, and said to be uncertain."""
    counts = dict.fromkeys(("right", "wrong", "unread", "unsure"), 0)
    for address, value in made.report.written().items():
        cell = result.report.cells.get(address) if result.report else None
        read = cell.value if cell else None
        if read == value:
            how = "right"
        elif read is None:
            how = "unread"
        else:
            how = "unsure" if cell and cell.uncertain else "wrong"
        counts[how] += 1
    return counts


def read_metadata(made: Made, result: govlint.Result) -> dict[str, Answer]:
    """Agency, year and date, as far as the report still tells them."""
    hidden = set(made.report.hidden)
    if "prose" not in LAYOUT_BY_NAME[made.case.layout].parts:
        hidden.add("published")
    right = {"agency": made.report.agency.name, "year": made.report.year, "published": made.report.published}
    answers: dict[str, Answer] = {}
    for name, value in right.items():
        if name not in hidden:
            read = getattr(result.report, name) if result.report else None
            answers[name] = "right" if read == value else "none" if read is None else "wrong"
    return answers
