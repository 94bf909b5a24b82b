"""What checking a document came to: the one thing that front ends and output formats are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct, field

from govlint.document import Document, Words
from govlint.report import Report
from govlint.rule import SEVERITIES, Finding, Rule, Unchecked

Status = Literal["checked", "unreadable", "not_a_report"]
Verdict = Literal["pass", "fail", "incomplete"]
FailLevel = Literal["error", "warning", "info", "never"]

DOCS = "docs/rules/{code}.md"
"""The pages of the rules, where no address of theirs is set."""

EXIT_PASS, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE, EXIT_FAULT = 0, 1, 2, 3, 4


class Suppressed(NamedTuple):
    """A finding that a comment in the document sets aside, and the reason given there."""

    finding: Finding
    reason: str


class Result(Struct):
    """One document's findings, in the order of the text; ``document`` and ``report`` are None where not reached."""

    path: str
    sha256: str = ""
    status: Status = "checked"
    error: Words | None = None
    document: Document | None = None
    report: Report | None = None
    findings: Sequence[Finding] = field(default_factory=list)
    unchecked: Sequence[Unchecked] = field(default_factory=list)
    fail_on: FailLevel = "error"
    suppressed: Sequence[Suppressed] = field(default_factory=list)
    """Findings that a comment in the document sets aside; they count for nothing."""
    known: Sequence[Finding] = field(default_factory=list)
    """Findings of the baseline; they count for nothing."""
    docs_url: str = DOCS
    settled: bool = False
    """Whether the file was put right as far as it can be: nothing more is offered."""

    def failing(self) -> bool:
        """Whether a finding is at or above the fail level."""
        if self.fail_on == "never":
            return False
        level = SEVERITIES.index(self.fail_on)
        return any(SEVERITIES.index(finding.severity) <= level for finding in self.findings)

    def docs(self, rule: Rule) -> str:
        """The address of a rule's documentation; a relative one where none is set."""
        return self.docs_url.replace("{code}", rule.code)

    @property
    def faulted(self) -> bool:
        """Whether a rule failed on this document: a fault of govlint or of a plugin."""
        return any(finding.code == "E003" for finding in self.findings)

    @property
    def notes(self) -> Sequence[Words]:
        """What the reader noticed that a person should know, and what it did not read and nothing else tells."""
        if self.document is None:
            return ()
        told = {why for _, why in self.unchecked}
        unread = () if self.status == "unreadable" else self.document.unread
        words = [note.words for note in self.document.notes] + [each.words for each in unread]
        return [each for each in dict.fromkeys(words) if each not in told]

    @property
    def verdict(self) -> Verdict:
        if self.faulted or self.status != "checked":
            return "incomplete"
        if self.failing():
            return "fail"
        return "incomplete" if self.unchecked else "pass"


class Tally:
    """What the exit status of a run depends on, without the results."""

    def __init__(self) -> None:
        self.codes = {EXIT_PASS}

    def counting(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            self.codes.add(_code(result))
            yield result

    @property
    def exit_code(self) -> int:
        """The exit status of the contract, the same for every output format."""
        return next(
            code for code in (EXIT_FAULT, EXIT_FINDINGS, EXIT_INCOMPLETE, EXIT_PASS) if code in self.codes
        )


def _code(result: Result) -> int:
    if result.faulted:
        return EXIT_FAULT
    if result.status == "unreadable":
        # E001 is an error, but says that the document was not checked rather than that it is wrong.
        return EXIT_INCOMPLETE
    if result.failing():
        return EXIT_FINDINGS
    return EXIT_INCOMPLETE if result.unchecked else EXIT_PASS


def exit_code(results: Iterable[Result]) -> int:
    """The exit status of a run over these results."""
    tally = Tally()
    for _ in tally.counting(results):
        pass
    return tally.exit_code
