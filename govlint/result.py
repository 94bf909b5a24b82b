"""What checking a document came to: the one thing that front ends and output formats are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from govlint.document import Document, Words
from govlint.report import Report
from govlint.rule import SEVERITIES, Finding, Unchecked

Status = Literal["checked", "unreadable", "not_a_report"]
Verdict = Literal["pass", "fail", "incomplete"]
FailLevel = Literal["error", "warning", "info", "never"]

EXIT_PASS, EXIT_FINDINGS, EXIT_USAGE, EXIT_INCOMPLETE, EXIT_FAULT = 0, 1, 2, 3, 4


@dataclass
class Result:
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

    def failing(self) -> bool:
        """Whether a finding is at or above the fail level."""
        if self.fail_on == "never":
            return False
        level = SEVERITIES.index(self.fail_on)
        return any(SEVERITIES.index(finding.severity) <= level for finding in self.findings)

    @property
    def faulted(self) -> bool:
        """Whether a rule failed on this document: a fault of govlint or of a plugin."""
        return any(finding.code == "E003" for finding in self.findings)

    @property
    def verdict(self) -> Verdict:
        if self.faulted:
            return "incomplete"
        if self.failing():
            return "fail"
        return "incomplete" if self.unchecked or self.status == "unreadable" else "pass"


def exit_code(results: Sequence[Result]) -> int:
    """The exit status of a run, the same for every output format."""
    codes = {EXIT_PASS}
    for result in results:
        if result.faulted:
            codes.add(EXIT_FAULT)
        elif result.status == "unreadable":
            # E001 is an error, but says that the document was not checked rather than that it is wrong.
            codes.add(EXIT_INCOMPLETE)
        elif result.failing():
            codes.add(EXIT_FINDINGS)
        elif result.verdict == "incomplete":
            codes.add(EXIT_INCOMPLETE)
    for code in (EXIT_FAULT, EXIT_FINDINGS, EXIT_INCOMPLETE):
        if code in codes:
            return code
    return EXIT_PASS
