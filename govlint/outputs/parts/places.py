"""Where a finding stands, as a person would look for it: page, paragraph, table, row and column."""

from __future__ import annotations

from govlint.document import Place, Words
from govlint.report import Report
from govlint.result import Result
from govlint.rule import Finding

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


def describe(finding: Finding, result: Result) -> Words:
    """Where in the source (page, paragraph, sheet, line), then where in the template."""
    place = locate(finding, result)
    source = place.origin.describe() if place.origin else Words("", "")
    if not source.zh and place.line is not None:
        column = place.column is not None
        source = Words(
            f"第{place.line}行" + (f"第{place.column}字" if column else ""),
            f"line {place.line}" + (f", column {place.column}" if column else ""),
        )
    address = finding.cells[0] if finding.cells else finding.section
    if address is None:
        return source
    template = cell_place(result.report, address)
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
