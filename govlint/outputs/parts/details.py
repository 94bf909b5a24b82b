"""What every format for people says of a document and of a finding, in the language chosen; each thing once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from govlint.document import Words
from govlint.outputs.parts.basis import OWN, cite
from govlint.outputs.parts.counts import SEVERITY
from govlint.outputs.parts.places import further_place, unsaid
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.numerals import number

STATUS: Mapping[str, Words] = {
    "unreadable": Words("不能读取", "not readable"),
    "not_a_report": Words("不是已知模板的年度报告", "no annual report of a known template"),
}
LABELS: Mapping[str, Words] = {
    "place": Words("位置", "at"),
    "expected": Words("应为", "expected"),
    "actual": Words("实为", "found"),
    "suggestion": Words("建议", "suggest"),
    "evidence": Words("说明", "because"),
    "reference": Words("依据", "basis"),
}
_ALIKE = 3
"""More suggestions than so many that are the same change are said as one."""
_LINE = 2000
"""Most characters of a line that are compared with what is said of it."""
_CODE = re.compile(r"[A-Z]+\d{3} ")
"""As in ``N003 ``."""


def severity(finding: Finding, lang: str) -> str:
    """The severity, and whether it is not certain."""
    likely = Words("（可能）", " (likely)").say(lang) if finding.certainty == "likely" else ""
    return SEVERITY[finding.severity].say(lang) + likely


def facts(result: Result, lang: str) -> Iterator[str]:
    """Who reports on what, and how much of it was read."""
    report = result.report
    if result.status in STATUS:
        yield STATUS[result.status].say(lang)
    if report is None:
        return
    unknown = Words("？", "?").say(lang)
    year = report.year or unknown
    told = [report.agency or unknown, Words(f"{year}年度", f"report year {year}").say(lang)]
    told.append(report.template.edition.say(lang))
    if report.published:
        told.append(Words(f"{report.published} 发布", f"published {report.published}").say(lang))
    yield " · ".join(told)
    read_sections, figures, uncertain = report.coverage()
    sections = f"{read_sections}/{len(report.template.sections)}"
    cells = f"{figures}/{len(report.template.addresses)}"
    read = Words(f"已读 {sections} 个部分、{cells} 个数字", f"read {sections} sections, {cells} figures")
    if uncertain:
        read = Words(f"{read.zh}，其中 {uncertain} 个不确定", f"{read.en}, {uncertain} of them uncertain")
    yield read.say(lang)


def details(finding: Finding, result: Result, lang: str) -> Iterator[tuple[str, str]]:
    """(label, text) of what is to be said of a finding beside its message, the place first."""
    message = finding.words.say(lang)
    changes = list(suggestions(finding, result.report, lang))
    stated = () if finding.suggestion and finding.suggestion.cells else ("expected", "actual")
    told: list[tuple[str, str | None]] = [
        ("place", unsaid(finding, result).say(lang)),
        *((name, getattr(finding, name)) for name in stated if not _within(getattr(finding, name), message)),
        *(("suggestion", text) for text in changes if not _within(text, message)),
        *(("evidence", text) for text in _evidence(finding, result, lang)),
        ("reference", cite(finding.reference, lang) if finding.reference.document != OWN else None),
    ]
    for name, text in told:
        if text:
            yield name, text


def _within(text: str | None, message: str) -> bool:
    return text is not None and text in message


def _evidence(finding: Finding, result: Result, lang: str) -> Iterator[str]:
    """What stands neither in the message nor in the line of the report that is shown with it."""
    message = finding.words.say(lang)
    known = message + _line(finding, result)
    table = _table(finding, result).say(lang)
    for words in finding.evidence:
        text = _CODE.sub("", words.say(lang))
        _, _, said = text.partition(Words("：", ": ").say(lang))
        if text not in known and (said or text).strip("“”") not in known:
            yield text.replace(table, "") if table.lower() in message.lower() else text


def _table(finding: Finding, result: Result) -> Words:
    """The words before the row and column of the places of a finding's table."""
    report = result.report
    key = finding.cells[0].split(".")[0] if finding.cells else ""
    if report is None or key not in report.template.tables:
        return Words("", "")
    place = report.place(key)
    return Words(place.zh, f"{place.en}, ")


def _line(finding: Finding, result: Result) -> str:
    """The paragraph or table row in which a finding begins."""
    if result.document is None or finding.span is None:
        return ""
    span = result.document.line_span(result.document.position(finding.span.start)[0])
    return result.document.text[span.start : min(span.end, finding.span.start + _LINE)]


def suggestions(finding: Finding, report: Report | None, lang: str) -> Iterator[str]:
    """What to write instead: each figure with its cell, or once for all where many are changed alike."""
    suggestion = finding.suggestion
    if suggestion is None:
        return
    changes: dict[str, list[str]] = {}
    for address, value in suggestion.cells.items():
        written = as_written(report, address, lang)
        changes.setdefault(f"{written} → {number(value)}", []).append(address)
    for text, addresses in changes.items():
        if len(addresses) > _ALIKE:
            count = Words(f"{text}（{len(addresses)} 格）", f"{text} ({len(addresses)} cells)")
            yield count.say(lang)
            continue
        for address in addresses:
            place = further_place(report, address, finding.words).say(lang)
            yield Words(f"{place}：{text}", f"{place}: {text}").say(lang)
    if suggestion.text is not None and suggestion.text != finding.expected:
        yield suggestion.text


def as_written(report: Report | None, address: str, lang: str) -> str:
    """The figure of a cell as read; ``空`` where it is blank."""
    cell = report.cells.get(address) if report else None
    now = number(cell.value) if cell and cell.value is not None else cell.raw.strip() if cell else ""
    return now or Words("空", "blank").say(lang)


def not_checked(result: Result, lang: str) -> Iterator[tuple[str, str]]:
    """(codes, why) of the rules that could not be applied; those with one reason together."""
    reasons: dict[str, list[str]] = {}
    for code, why in result.unchecked:
        reasons.setdefault(why.say(lang), []).append(code)
    for text, codes in reasons.items():
        yield Words("、", ", ").say(lang).join(dict.fromkeys(codes)), text
