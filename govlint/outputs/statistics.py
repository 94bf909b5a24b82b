"""``govlint check --statistics``: how much each rule found, and in how many documents, in place of the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TextIO

from rich.cells import cell_len

from govlint.linting import registry
from govlint.outputs.formats.rich_ import STYLES, pen_for
from govlint.outputs.parts.counts import SEVERITY, say, totals
from govlint.outputs.parts.json_text import dumps
from govlint.outputs.parts.records import Record, Summary
from govlint.outputs.parts.terminal import Piece, cut, pad, width_of
from govlint.result import Result
from govlint.rule import SEVERITIES, Rule
from govlint.version import __version__


class _Counts:
    """By rule: findings, the documents that have some, and those in which it could not be applied."""

    def __init__(self) -> None:
        self.summary = Summary()
        self.rules: dict[str, Rule] = {}
        self.severity: dict[str, Counter[str]] = {}
        self.documents: Counter[str] = Counter()
        self.unchecked: Counter[str] = Counter()

    def add(self, result: Result) -> None:
        for finding in result.findings:
            self.rules.setdefault(finding.code, finding.rule)
            self.severity.setdefault(finding.code, Counter())[finding.severity] += 1
        self.documents.update({finding.code for finding in result.findings})
        self.unchecked.update({code for code, _ in result.unchecked})

    def findings(self, code: str) -> int:
        return self.severity[code].total() if code in self.severity else 0

    def worst(self, code: str) -> str:
        counts = self.severity.get(code, Counter())
        return next((name for name in SEVERITIES if counts[name]), "")

    def codes(self) -> Iterator[str]:
        """The rule with most findings first."""
        yield from sorted({*self.severity, *self.unchecked}, key=lambda code: (-self.findings(code), code))


def _tally(results: Iterable[Result]) -> _Counts:
    counts = _Counts()
    for result in counts.summary.counting(results):
        counts.add(result)
    known = {rule.code: rule for rule in registry.all_rules()}
    counts.rules = {**known, **counts.rules}
    return counts


def write_text(
    results: Iterable[Result],
    out: TextIO,
    lang: str = "zh",
    *,
    quiet: bool = False,
    colour: bool | None = None,
) -> None:
    """A table, then the totals; ``quiet`` leaves those out."""
    counts = _tally(results)
    pen = pen_for(out, colour=colour)
    heads = [
        say("问题", "findings", lang),
        say("文档", "documents", lang),
        say("未能检查", "unchecked", lang),
    ]
    if not counts.unchecked:
        del heads[2]
    codes = list(counts.codes())
    columns = [counts.findings, counts.documents.__getitem__, counts.unchecked.__getitem__][: len(heads)]
    widths = [
        max(cell_len(head), *(len(str(column(code))) for code in codes), 0)
        for head, column in zip(heads, columns, strict=True)
    ]
    if codes:
        pen.line(
            *(Piece(pad(head, size, True) + "  ", "dim") for head, size in zip(heads, widths, strict=True))
        )
    longest = max(cell_len(words.say(lang)) for words in SEVERITY.values())
    for code in codes:
        numbers = (
            Piece(pad(str(column(code) or ""), size, True) + "  ")
            for column, size in zip(columns, widths, strict=True)
        )
        worst = counts.worst(code)
        named = SEVERITY[worst].say(lang) if worst else ""
        line = [
            *numbers,
            Piece(f"{code}  ", "bold"),
            Piece(pad(named, longest) + "  ", STYLES.get(worst, "")),
        ]
        title = counts.rules[code].title.say(lang) if code in counts.rules else ""
        pen.line(*line, Piece(cut(title, max(pen.cells - width_of(line), 0))))
    if not quiet:
        pen.text(totals(counts.summary, lang), "bold")


def write_json(results: Iterable[Result], out: TextIO, lang: str = "zh", **ignored: object) -> None:
    """``{"govlint": …, "statistics": […], "summary": {…}}``."""
    counts = _tally(results)
    records = [_record(counts, code) for code in counts.codes()]
    record = {"govlint": __version__, "statistics": records, "summary": counts.summary.record()}
    out.write(dumps(record, "  ") + "\n")


def _record(counts: _Counts, code: str) -> Record:
    return {
        "code": code,
        "name": counts.rules[code].name if code in counts.rules else None,
        "findings": counts.findings(code),
        "severity": {name: counts.severity.get(code, Counter())[name] for name in SEVERITIES},
        "documents": counts.documents[code],
        "unchecked": counts.unchecked[code],
    }


WRITERS: Mapping[str, Callable[..., None]] = {"rich": write_text, "json": write_json}
"""By the format's name."""
