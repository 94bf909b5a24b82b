"""E008: a draft that has not been filled in yet."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.unfilled import unfilled
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Finding, Reference, Rule

rule = Rule(
    code="E008",
    name="unfilled-draft",
    title=Words("草稿尚未填写", "a draft that is not filled in"),
    severity="error",
    message=Words(
        "草稿还没有填写。还要填：{what_zh}。没有发生的填0。",
        "The draft is not filled in. To be written: {what_en}. Where nothing happened the figure is 0.",
    ),
    why=Words(
        "空白的草稿逐格报告没有用处；填好一张表后，其余空白再逐处报告。",
        "A list of every blank of a fresh draft helps nobody; once a table is filled in, blanks are reported one by one.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="document",
    instead_of=("S005", "T005"),
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    if left := unfilled(report):
        what = left.say(report)
        yield rule.finding(report.title_span, what_zh=what.zh, what_en=what.en)
