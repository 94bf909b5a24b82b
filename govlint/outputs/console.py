"""``--format rich``: for people at a terminal, each document as it is done, then a summary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import TextIO

from rich.cells import cell_len

from govlint.document import Words
from govlint.outputs.exact_json import number
from govlint.outputs.excerpt import excerpt
from govlint.outputs.grid import grid
from govlint.outputs.lines import Pen, Piece, cut, pad, width_of
from govlint.outputs.places import cell_place, describe
from govlint.outputs.records import Summary
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding, Reference

REDIRECTED = 100
"""Width where the output is no terminal and COLUMNS is not set."""

SEVERITY = {
    "error": (Words("错误", "error"), "bold red"),
    "warning": (Words("警告", "warning"), "bold yellow"),
    "info": (Words("提示", "info"), "bold cyan"),
}
_LABELS = {
    "place": Words("位置", "at"),
    "expected": Words("应为", "expected"),
    "actual": Words("实为", "found"),
    "suggestion": Words("建议", "suggest"),
    "table": Words("表格", "table"),
    "evidence": Words("证据", "evidence"),
    "reference": Words("依据", "basis"),
}
_STATUS = {
    "unreadable": Words("不能读取", "not readable"),
    "not_a_report": Words("不是已知模板的年度报告", "no annual report of a known template"),
}
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
    more = 0
    for result in summary.counting(results):
        silent = not result.findings and result.verdict == "pass"
        if quiet and silent:
            continue
        _document(pen, result, lang)
        out.flush()
        if why := _unchecked(result, lang):
            if len(unchecked) < _MOST_UNCHECKED:
                unchecked.append((result.path, why))
            else:
                more += 1
    if not quiet:
        _summary(pen, summary, unchecked, more, lang)


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
    for text in _read(result, lang):
        pen.text(text, "dim", indent=2)
    if result.document is not None:
        for note in result.document.notes:
            pen.text(note.words.say(lang), indent=2, label=_say("注：", "note: ", lang))
    if result.error is not None and not result.findings:
        pen.text(result.error.say(lang), "red", indent=2)
    for finding in result.findings:
        pen.line()
        _finding(pen, finding, result, lang)
    if not result.findings and result.status == "checked":
        pen.text(_say("没有发现问题。", "No findings.", lang), "green", indent=2)
    if result.unchecked:
        pen.line()
    for code, why in result.unchecked:
        pen.text(why.say(lang), indent=2, label=_say(f"未检查 {code}  ", f"not checked: {code}  ", lang))
    pen.line()


def _read(result: Result, lang: str) -> Iterator[str]:
    """Who reports on what, and how much of it was read."""
    report = result.report
    if result.status in _STATUS:
        yield _STATUS[result.status].say(lang)
    if report is None:
        return
    unknown = _say("？", "?", lang)
    year = report.year or unknown
    published = report.published.isoformat() if report.published else None
    facts = [
        report.agency or unknown,
        f"{year}年度" if lang != "en" else f"report year {year}",
        report.template.id,
    ]
    if published:
        facts.append(_say(f"{published} 发布", f"published {published}", lang))
    yield " · ".join(facts)
    figures = sum(cell.state == "number" for cell in report.cells.values())
    uncertain = sum(cell.uncertain for cell in report.cells.values())
    sections = f"{len(report.sections)}/{len(report.template.sections)}"
    cells = f"{figures}/{len(report.template.addresses)}"
    text = _say(f"已读 {sections} 个部分、{cells} 个数字", f"read {sections} sections, {cells} figures", lang)
    yield text + (
        _say(f"，其中 {uncertain} 个不确定", f", {uncertain} of them uncertain", lang) if uncertain else ""
    )


def _finding(pen: Pen, finding: Finding, result: Result, lang: str) -> None:
    severity, style = SEVERITY[finding.severity]
    likely = _say("（可能）", " (likely)", lang) if finding.certainty == "likely" else ""
    start = [Piece("  "), Piece(severity.say(lang) + likely, style), Piece(f" {finding.code} ", "bold")]
    pen.line(*start, Piece(cut(finding.rule.name, pen.cells - width_of(start)), "dim"))
    pen.text(cut(finding.words.say(lang), _LONGEST), indent=_INDENT)
    _field(pen, "place", describe(finding, result).say(lang), lang)
    if result.document is not None and finding.span is not None:
        for line in excerpt(result.document, finding.span, pen.cells - _INDENT):
            pen.line(Piece(" " * _INDENT), *line)
    _field(pen, "expected", finding.expected, lang)
    _field(pen, "actual", finding.actual, lang)
    for text in _suggestions(finding, result.report, lang):
        _field(pen, "suggestion", text, lang, "green")
    if result.report is not None and (lines := grid(finding, result.report, pen.cells - _INDENT, lang)):
        for line in lines:
            pen.line(Piece(" " * _INDENT), *line)
    for words in finding.evidence:
        _field(pen, "evidence", words.say(lang), lang)
    _field(pen, "reference", cite(finding.rule.reference), lang)


def _field(pen: Pen, name: str, text: str | None, lang: str, style: str = "") -> None:
    if text:
        longest = max(cell_len(words.say(lang)) for words in _LABELS.values())
        label = pad(_LABELS[name].say(lang), longest + 2)
        pen.text(cut(text, _LONGEST), style, indent=_INDENT, label=label)


def _suggestions(finding: Finding, report: Report | None, lang: str) -> Iterator[str]:
    suggestion = finding.suggestion
    if suggestion is None:
        return
    for address, value in suggestion.cells.items():
        cell = report.cells.get(address) if report else None
        now = number(cell.value) if cell and cell.value is not None else cell.raw.strip() if cell else ""
        change = f"{now or _say('空', 'blank', lang)} → {number(value)}"
        yield f"{change}  {cell_place(report, address).say(lang)}"
    if suggestion.text is not None and suggestion.text != finding.expected:
        yield suggestion.text


def cite(reference: Reference) -> str:
    """The legal basis, in the language of the law."""
    return f"{reference.document} {reference.clause}".strip()


def _unchecked(result: Result, lang: str) -> str:
    """What was not checked in a document and why; empty where it was checked in full."""
    if result.status == "unreadable":
        return result.error.say(lang) if result.error else _STATUS["unreadable"].say(lang)
    reasons = [
        f"{code}（{why.zh}）" if lang != "en" else f"{code} ({why.en})" for code, why in result.unchecked
    ]
    return _say("；", "; ", lang).join(dict.fromkeys(reasons))


def _summary(pen: Pen, summary: Summary, unchecked: list[tuple[str, str]], more: int, lang: str) -> None:
    severity, unreadable = summary.severity, summary.status["unreadable"]
    partly = len(unchecked) + more - unreadable
    pen.text(
        _say(
            f"共 {summary.documents} 份文档：{severity['error']} 个错误，{severity['warning']} 个警告，"
            f"{severity['info']} 个提示；{unreadable} 份不能读取，{partly} 份未能全部检查。",
            f"documents: {summary.documents}; errors: {severity['error']}, "
            f"warnings: {severity['warning']}, infos: {severity['info']}; "
            f"not readable: {unreadable}, not checked in full: {partly}",
            lang,
        ),
        "bold",
    )
    if summary.documents < 2:
        return  # what was not checked stands just above
    for path, why in unchecked:
        pen.text(cut(_say(f"{path}：{why}", f"{path}: {why}", lang), _LONGEST), indent=2)
    if more:
        pen.text(_say(f"另有 {more} 份未列出。", f"{more} more not listed.", lang), indent=2)


def _say(zh: str, en: str, lang: str) -> str:
    return Words(zh, en).say(lang)
