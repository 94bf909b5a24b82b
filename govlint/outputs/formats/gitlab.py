"""``--format gitlab``: a Code Quality report.

Format: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TextIO

from govlint.outputs.parts.json_text import dumps
from govlint.outputs.parts.places import locate, placed_message
from govlint.outputs.parts.records import Record
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.digest import sha256

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    separator = "["
    for result in results:
        seen: Counter[str] = Counter()
        for finding in result.findings:
            seen[finding.fingerprint] += 1
            out.write(f"{separator}\n  {dumps(_issue(finding, result, seen[finding.fingerprint], lang))}")
            separator = ","
    out.write("[]\n" if separator == "[" else "\n]\n")


def _issue(finding: Finding, result: Result, occurrence: int, lang: str) -> Record:
    # GitLab wants fingerprints unique over all files.
    unique = f"{result.path}\n{finding.fingerprint}\n{occurrence}"
    return {
        "description": placed_message(finding, result, lang),
        "check_name": f"{finding.code} {finding.rule.name}",
        "fingerprint": sha256(unique)[:32],
        "severity": SEVERITIES[finding.severity],
        "location": {
            "path": result.path.removeprefix("./"),
            "lines": {"begin": locate(finding, result).line or 1},
        },
    }
