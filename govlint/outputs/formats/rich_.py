"""``--format rich``: for people at a terminal, each document as it is done, then a summary."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len

from govlint.outputs.parts.details import LABELS, STATUS, details, facts, say, set_aside, severity, totals
from govlint.outputs.parts.excerpt import excerpt
from govlint.outputs.parts.records import Summary
from govlint.outputs.parts.table_part import concerned
from govlint.outputs.parts.terminal import Pen, Piece, cut, pad, width_of
from govlint.outputs.parts.terminal_table import grid
from govlint.result import Result
from govlint.rule import Finding

STYLES = {"error": "bold red", "warning": "bold yellow", "info": "bold cyan"}
REDIRECTED = 100
"""Width where the output is no terminal and COLUMNS is not set."""

_LONGEST = 600
"""Most cells of one text of a finding."""
_MOST_UNCHECKED = 20
"""Most documents that the summary names one by one."""
_INDENT = 4


def write(
    results: Iterable[Result],
    out: TextIO,
    lang: str = "zh",
    *,
    width: int | None = None,
    colour: bool | None = None,
    quiet: bool = False,
) -> None:
    """``width`` in cells and ``colour`` follow the stream and the environment where None.

    ``quiet`` leaves out documents without findings that were checked in full, and the summary.
    """
    pen = pen_for(out, width, colour)
    summary = Summary()
    unchecked: list[tuple[str, str]] = []
    for result in summary.counting(results):
        silent = not result.findings and result.verdict == "pass"
        if quiet and silent:
            continue
        _document(pen, result, lang)
        out.flush()
        if len(unchecked) < _MOST_UNCHECKED and (why := _unchecked(result, lang)):
            unchecked.append((result.path, why))
    if not quiet:
        _summary(pen, summary, unchecked, lang)


def pen_for(out: TextIO, width: int | None = None, colour: bool | None = None) -> Pen:
    return Pen(out, width or _width(out), _coloured(out) if colour is None else colour)


def _width(out: TextIO) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and 0 < len(columns) < 5 and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(out.fileno()).columns or REDIRECTED
    except (OSError, ValueError):  # no terminal, or no file at all
        return REDIRECTED


def _coloured(out: TextIO) -> bool:
    """As https://no-color.org and https://force-color.org say; else on a terminal that has colours."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return out.isatty() and os.environ.get("TERM", "") != "dumb"


def _document(pen: Pen, result: Result, lang: str) -> None:
    pen.text(result.path, "bold underline")
    for text in facts(result, lang):
        pen.text(text, "dim", indent=2)
    for note in result.notes:
        pen.text(note.say(lang), indent=2, label=say("注：", "note: ", lang))
    if result.error is not None and not result.findings:
        pen.text(result.error.say(lang), "red", indent=2)
    for finding in result.findings:
        pen.line()
        _finding(pen, finding, result, lang)
    if not result.findings and result.status == "checked":
        pen.text(say("没有发现问题。", "No findings.", lang), "green", indent=2)
    if aside := set_aside(len(result.suppressed), len(result.known), lang):
        pen.text(aside, "dim", indent=2)
    if result.unchecked:
        pen.line()
    for code, why in result.unchecked:
        pen.text(why.say(lang), indent=2, label=say(f"未检查 {code}  ", f"not checked: {code}  ", lang))
    pen.line()


def _finding(pen: Pen, finding: Finding, result: Result, lang: str) -> None:
    style = STYLES[finding.severity]
    start = [Piece("  "), Piece(severity(finding, lang), style), Piece(f" {finding.code} ", "bold")]
    pen.line(*start, Piece(cut(finding.rule.name, pen.cells - width_of(start)), "dim"))
    pen.text(cut(finding.words.say(lang), _LONGEST), indent=_INDENT)
    if result.document is not None and finding.span is not None:
        for line in excerpt(result.document, finding.span, pen.cells - _INDENT, finding.rule.private):
            pen.line(Piece(" " * _INDENT), *line)
    if result.report is not None and (part := concerned(finding, result.report, lang)):
        for line in grid(part, pen.cells - _INDENT):
            pen.line(Piece(" " * _INDENT), *line)
    longest = max(cell_len(words.say(lang)) for words in LABELS.values())
    for name, text in details(finding, result, lang):
        label = pad(LABELS[name].say(lang), longest + 2)
        pen.text(cut(text, _LONGEST), "green" if name == "suggestion" else "", indent=_INDENT, label=label)


def _unchecked(result: Result, lang: str) -> str:
    """What was not checked in a document and why; empty where it was checked in full."""
    if result.status == "unreadable":
        return result.error.say(lang) if result.error else STATUS["unreadable"].say(lang)
    reasons = [say(f"{code}（{why.zh}）", f"{code} ({why.en})", lang) for code, why in result.unchecked]
    return say("；", "; ", lang).join(dict.fromkeys(reasons))


def _summary(pen: Pen, summary: Summary, unchecked: list[tuple[str, str]], lang: str) -> None:
    pen.text(totals(summary, lang), "bold")
    if summary.documents < 2:
        return  # what was not checked stands just above
    for path, why in unchecked:
        pen.text(cut(say(f"{path}：{why}", f"{path}: {why}", lang), _LONGEST), indent=2)
    if more := summary.status["unreadable"] + summary.partly - len(unchecked):
        pen.text(say(f"另有 {more} 份未列出。", f"{more} more not listed.", lang), indent=2)
