"""L001: the first section does not say on how many days the library was open."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import Example, Finding, Reference, Rule

_DAYS = re.compile(r"开放[^。\n]{0,12}天")

rule = Rule(
    code="L001",
    name="opening-days",
    title=Words("没有写明开放天数", "the days of opening are not stated"),
    severity="warning",
    message=Words(
        "“{heading}”没有写明全年开放多少天。", "“{heading}” does not say how many days it was open."
    ),
    why=Words(
        "开放天数是服务时间的承诺，读者据此核对。",
        "Readers hold the library to the days that it promised to be open.",
    ),
    reference=Reference("河湾市图书馆服务报告格式（试行）", "一、基本情况"),
    templates=("library-service",),
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("overview")
    if section and not any(_DAYS.search(report.text(span)) for _, span in report.prose("overview")):
        yield rule.finding(section.span, section="overview", heading=section.heading)


rule.bad.append(
    Example(
        text="图书馆服务平稳。",
        instead_of="图书馆全年开放320天。",
        marks="基本情况",
        template="library-service",
    )
)
rule.good.append(
    Example(text="全年共开放330天。", instead_of="图书馆全年开放320天。", template="library-service")
)
