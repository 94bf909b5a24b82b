"""``--format rich``: for people at a terminal, each document as it is done, then a summary."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TextIO

from rich.cells import cell_len

from govlint.outputs.parts.counts import Fixes, by_severity, say, set_aside, totals, verdict
from govlint.outputs.parts.details import LABELS, STATUS, details, facts, not_checked, severity
from govlint.outputs.parts.excerpt import excerpt
from govlint.outputs.parts.records import Summary
from govlint.outputs.parts.table_part import table_part
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
    summary, fixes = Summary(), Fixes()
    unchecked: list[tuple[str, str]] = []
    for result in summary.counting(results):
        silent = not result.findings and result.verdict == "pass"
        if quiet and silent:
            continue
        _document(pen, result, lang)
        out.flush()
        fixes.add(result)
        if len(unchecked) < _MOST_UNCHECKED and (why := _unchecked(result, lang)):
            unchecked.append((result.path, why))
    if not quiet:
        _end(pen, summary, fixes, unchecked, lang)


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
    if result.findings:
        pen.text(verdict(result, lang), STYLES[_worst(result)], indent=2)
    for text in facts(result, lang):
        pen.text(text, "dim", indent=2)
    for note in result.notes:
        pen.text(note.say(lang), indent=2, label=say("注：", "note: ", lang))
    if result.error is not None and not result.findings:
        pen.text(result.error.say(lang), "red", indent=2)
    for finding in by_severity(result.findings):
        pen.line()
        _finding(pen, finding, result, lang)
    if not result.findings and result.status == "checked":
        pen.text(say("没有发现问题。", "No findings.", lang), "green", indent=2)
    if aside := set_aside(len(result.suppressed), len(result.known), lang):
        pen.text(aside, "dim", indent=2)
    if result.unchecked:
        pen.line()
    for codes, why in not_checked(result, lang):
        pen.text(why, indent=2, label=say(f"未检查 {codes}  ", f"not checked: {codes}  ", lang))
    pen.line()


def _worst(result: Result) -> str:
    return by_severity(result.findings)[0].severity


def _finding(pen: Pen, finding: Finding, result: Result, lang: str) -> None:
    told = list(details(finding, result, lang))
    place = next((text for name, text in told if name == "place"), "")
    _head(pen, finding, place, lang)
    pen.text(cut(finding.words.say(lang), _LONGEST), indent=_INDENT)
    if result.document is not None and finding.span is not None:
        for line in excerpt(result.document, finding.span, pen.cells - _INDENT, finding.rule.private):
            pen.line(Piece(" " * _INDENT), *line)
    part = table_part(finding, result.report, lang) if result.report is not None else None
    if part:
        for line in grid(part, pen.cells - _INDENT):
            pen.line(Piece(" " * _INDENT), *line)
    drawn = part is not None and finding.suggestion is not None and bool(finding.suggestion.cells)
    longest = max(cell_len(words.say(lang)) for words in LABELS.values())
    for name, text in told:
        if name == "place" or (name == "suggestion" and drawn):
            continue  # stands in the head, and in the table
        label = pad(LABELS[name].say(lang), longest + 2)
        pen.text(cut(text, _LONGEST), "green" if name == "suggestion" else "", indent=_INDENT, label=label)


def _head(pen: Pen, finding: Finding, place: str, lang: str) -> None:
    """Severity, code, what kind of mistake, and the place, which has a line of its own where there is no room."""
    start = [Piece("  "), Piece(severity(finding, lang), STYLES[finding.severity])]
    start.append(Piece(f" {finding.code} ", "bold"))
    title = Piece(cut(finding.rule.title.say(lang), pen.cells - width_of(start)))
    room = pen.cells - width_of([*start, title]) - 2
    if not place or cell_len(place) <= room:
        pen.line(*start, title, Piece(f"  {place}", "dim"))
        return
    pen.line(*start, title)
    pen.text(cut(place, _LONGEST), "dim", indent=_INDENT)


def _unchecked(result: Result, lang: str) -> str:
    """What was not checked in a document and why; empty where it was checked in full."""
    if result.status == "unreadable":
        return result.error.say(lang) if result.error else STATUS["unreadable"].say(lang)
    reasons = [say(f"{codes}（{why}）", f"{codes} ({why})", lang) for codes, why in not_checked(result, lang)]
    return say("；", "; ", lang).join(reasons)


def _end(pen: Pen, summary: Summary, fixes: Fixes, unchecked: list[tuple[str, str]], lang: str) -> None:
    """Of one document the next step stands last; of many the totals, with what was not checked above them."""
    alone = summary.documents < 2
    if alone:
        unchecked = []  # it stands just above
        pen.text(totals(summary, lang), "bold")
    elif unchecked:
        pen.text(say("没有检查完的文档：", "Not checked in full:", lang), "bold")
    for path, why in unchecked:
        pen.text(cut(say(f"{path}：{why}", f"{path}: {why}", lang), _LONGEST), indent=2)
    more = summary.status["unreadable"] + summary.partly - len(unchecked)
    if more and not alone:
        pen.text(say(f"另有 {more} 份未列出。", f"{more} more not listed.", lang), indent=2)
    pen.text(fixes.say(lang), "green")
    if not alone:
        pen.text(totals(summary, lang), "bold")
