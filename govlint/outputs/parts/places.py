"""Where a finding stands, as a person would look for it: page, paragraph, table, row and column."""

from __future__ import annotations

import re

from govlint.document import Place, Words
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding
from govlint.text.ordinals import split_ordinal

_NAME = re.compile("“([^“”]*(?:“[^“”]*”)?[^“”]*)”")
"""A name in quotation marks, which may itself quote: “3.危及“三安全一稳定””: ``“3.危及“三安全一稳定””``."""
NOWHERE = Place(None, None, None, None, None)


def locate(finding: Finding, result: Result) -> Place:
    """Lines and columns in the source; all None where the finding means the whole document."""
    if result.document is None or finding.span is None:
        return NOWHERE
    return result.document.locate(finding.span)


def cell_place(report: Report | None, address: str) -> Words:
    """A section, row or cell in the template's words; the address itself where it has none."""
    if report is not None:
        try:
            return report.place(address)
        except (KeyError, ValueError):
            pass
    return Words(address, address)


def source_place(finding: Finding, result: Result) -> Words:
    """Where in the source: page, paragraph, sheet or line; empty where the whole document is meant."""
    place = locate(finding, result)
    source = place.origin.describe() if place.origin else Words("", "")
    if not source.zh and place.line is not None:
        column = place.column is not None
        source = Words(
            f"第{place.line}行" + (f"第{place.column}字" if column else ""),
            f"line {place.line}" + (f", column {place.column}" if column else ""),
        )
    return source


def describe(finding: Finding, result: Result) -> Words:
    """Where in the source, then where in the template."""
    source = source_place(finding, result)
    address = finding.cells[0] if finding.cells else finding.section
    if address is None:
        return source
    return _joined(source, cell_place(result.report, address))


def unsaid(finding: Finding, result: Result) -> Words:
    """Where a finding stands, without what its message says already: the section, row and column that it names."""
    source = source_place(finding, result)
    address = finding.cells[0] if finding.cells else finding.section
    if address is None:
        return source
    template = cell_place(result.report, address)
    names = [split_ordinal(name)[1] for name in _NAME.findall(template.zh)] or [template.zh]
    return source if all(name in finding.words.zh for name in names) else _joined(source, template)


def further_place(report: Report | None, address: str, message: Words) -> Words:
    """A cell's place without the table and the row that the message names already."""
    full = cell_place(report, address)
    parts = address.split(".")
    if report is None or len(parts) != 3 or parts[0] not in report.template.tables:
        return full
    table = cell_place(report, parts[0])
    row = report.template.row_label(address)
    zh, en = full
    if table.zh in message.zh:
        zh, en = zh.removeprefix(table.zh), en.removeprefix(f"{table.en}, ")
    if f"“{row}”行" in message.zh and not zh.endswith("行"):
        zh, en = zh.removeprefix(f"“{row}”行"), en.removeprefix(f"row “{row}”, ")
    return Words(zh, en)


def _joined(source: Words, template: Words) -> Words:
    return Words(
        "，".join(filter(None, (source.zh, template.zh))), ", ".join(filter(None, (source.en, template.en)))
    )


def placed_message(finding: Finding, result: Result, lang: str) -> str:
    """The message, its first words the place where the source has no lines to point at."""
    message = finding.words.say(lang)
    if locate(finding, result).line is not None:
        return message
    place = describe(finding, result).say(lang)
    return Words(f"{place}：{message}", f"{place}: {message}").say(lang) if place else message
