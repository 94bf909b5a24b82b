"""What every format for people says of a document and of a finding, in the language chosen."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.outputs.parts.json_text import number
from govlint.outputs.parts.places import cell_place, describe
from govlint.outputs.parts.records import Summary
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding, Reference

SEVERITY: dict[str, Words] = {
    "error": Words("错误", "error"),
    "warning": Words("警告", "warning"),
    "info": Words("提示", "info"),
}
STATUS: dict[str, Words] = {
    "unreadable": Words("不能读取", "not readable"),
    "not_a_report": Words("不是已知模板的年度报告", "no annual report of a known template"),
}
LABELS = {
    "place": Words("位置", "at"),
    "expected": Words("应为", "expected"),
    "actual": Words("实为", "found"),
    "suggestion": Words("建议", "suggest"),
    "evidence": Words("证据", "evidence"),
    "reference": Words("依据", "basis"),
}


def say(zh: str, en: str, lang: str) -> str:
    return Words(zh, en).say(lang)


def severity(finding: Finding, lang: str) -> str:
    """The severity, and whether it is not certain."""
    likely = say("（可能）", " (likely)", lang) if finding.certainty == "likely" else ""
    return SEVERITY[finding.severity].say(lang) + likely


def facts(result: Result, lang: str) -> Iterator[str]:
    """Who reports on what, and how much of it was read."""
    report = result.report
    if result.status in STATUS:
        yield STATUS[result.status].say(lang)
    if report is None:
        return
    unknown = say("？", "?", lang)
    year = report.year or unknown
    told = [report.agency or unknown, say(f"{year}年度", f"report year {year}", lang), report.template.id]
    if report.published:
        told.append(say(f"{report.published} 发布", f"published {report.published}", lang))
    yield " · ".join(told)
    figures = sum(cell.state == "number" for cell in report.cells.values())
    uncertain = sum(cell.uncertain for cell in report.cells.values())
    sections = f"{len(report.sections)}/{len(report.template.sections)}"
    cells = f"{figures}/{len(report.template.addresses)}"
    read = say(f"已读 {sections} 个部分、{cells} 个数字", f"read {sections} sections, {cells} figures", lang)
    if uncertain:
        read += say(f"，其中 {uncertain} 个不确定", f", {uncertain} of them uncertain", lang)
    yield read


def details(finding: Finding, result: Result, lang: str) -> Iterator[tuple[str, str]]:
    """(label, text) of everything said of a finding but its message, the place first."""
    told: list[tuple[str, str | None]] = [
        ("place", describe(finding, result).say(lang)),
        ("expected", finding.expected),
        ("actual", finding.actual),
        *(("suggestion", text) for text in suggestions(finding, result.report, lang)),
        *(("evidence", words.say(lang)) for words in finding.evidence),
        ("reference", cite(finding.rule.reference)),
    ]
    for name, text in told:
        if text:
            yield name, text


def suggestions(finding: Finding, report: Report | None, lang: str) -> Iterator[str]:
    suggestion = finding.suggestion
    if suggestion is None:
        return
    for address, value in suggestion.cells.items():
        cell = report.cells.get(address) if report else None
        now = number(cell.value) if cell and cell.value is not None else cell.raw.strip() if cell else ""
        change = f"{now or say('空', 'blank', lang)} → {number(value)}"
        yield f"{change}  {cell_place(report, address).say(lang)}"
    if suggestion.text is not None and suggestion.text != finding.expected:
        yield suggestion.text


def cite(reference: Reference) -> str:
    """The legal basis, in the language of the law."""
    return f"{reference.document} {reference.clause}".strip()


def set_aside(suppressed: int, known: int, lang: str) -> str:
    """How many findings do not count, and why; empty where there are none."""
    told = []
    if suppressed:
        told.append(say(f"按文中注释忽略 {suppressed} 个问题", f"set aside by comments: {suppressed}", lang))
    if known:
        told.append(say(f"基线中已知 {known} 个问题", f"known by the baseline: {known}", lang))
    return say("，", ", ", lang).join(told)


def totals(summary: Summary, lang: str) -> str:
    found, unreadable, partly = summary.severity, summary.status["unreadable"], summary.partly
    aside = set_aside(summary.suppressed, summary.known, lang)
    counted = say(
        f"共 {summary.documents} 份文档：{found['error']} 个错误，{found['warning']} 个警告，"
        f"{found['info']} 个提示；{unreadable} 份不能读取，{partly} 份未能全部检查。",
        f"documents: {summary.documents}; errors: {found['error']}, "
        f"warnings: {found['warning']}, infos: {found['info']}; "
        f"not readable: {unreadable}, not checked in full: {partly}",
        lang,
    )
    return counted + say(f"{aside}。", f"; {aside}", lang) if aside else counted
