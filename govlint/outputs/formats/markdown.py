"""``--format markdown``: for a comment, an issue or a mail; nothing of a document is read as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from govlint.outputs.parts.counts import Fixes, by_severity, say, set_aside, totals, verdict
from govlint.outputs.parts.details import LABELS, details, facts, not_checked, severity
from govlint.outputs.parts.records import Summary
from govlint.result import Result
from govlint.rule import Finding
from govlint.runs.own_files import MARK
from govlint.text.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]<>&|~#@]|:(?=//)")
"""As in ``*``."""


def write(results: Iterable[Result], out: TextIO, lang: str = "zh") -> None:
    summary, fixes = Summary(), Fixes()
    out.write(f"{MARK}\n\n")
    for result in summary.counting(results):
        fixes.add(result)
        out.write(f"## {plain(result.path)}\n\n")
        if result.findings:
            out.write(f"{plain(verdict(result, lang))}  \n")
        for line in facts(result, lang):
            out.write(f"{plain(line)}  \n")
        for block in _blocks(result, lang):
            out.write(f"\n{block}\n")
        out.write("\n")
        out.flush()
    ends = [totals(summary, lang), fixes.say(lang)]
    if summary.documents > 1:  # of many the totals stand last
        ends.reverse()
    out.write("\n\n".join(["---", *(plain(text) for text in ends if text)]) + "\n")


def _blocks(result: Result, lang: str) -> Iterator[str]:
    for note in result.notes:
        yield plain(note.say(lang))
    if result.error is not None and not result.findings:
        yield plain(result.error.say(lang))
    for finding in by_severity(result.findings):
        yield _finding(finding, result, lang)
    if not result.findings and result.status == "checked":
        yield say("没有发现问题。", "No findings.", lang)
    if aside := set_aside(len(result.suppressed), len(result.known), lang):
        yield aside
    for codes, why in not_checked(result, lang):
        yield f"* {say('未检查', 'not checked:', lang)} **{plain(codes)}** {plain(why)}"


def _finding(finding: Finding, result: Result, lang: str) -> str:
    message = plain(finding.words.say(lang))
    lines = [f"* **{severity(finding, lang)} {plain(finding.code)}** {message}"]
    lines += [f"  * {LABELS[name].say(lang)} {plain(text)}" for name, text in details(finding, result, lang)]
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\g<0>", visible(text))
