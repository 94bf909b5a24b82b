"""N002: an applications column whose （七）总计 is not the sum of the outcomes."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N002",
    name="outcome-total",
    title=Words(
        "一列的办理结果总计与各项之和不符", "a column’s outcome total is not the sum of its outcomes"
    ),
    severity="error",
    message=Words(
        "{line_zh}的（七）总计不等于各项办理结果之和：{worked}。",
        "{line_en}: （七）总计 is not the sum of the outcomes: {worked}.",
    ),
    why=Words(
        "（七）总计是本列各项办理结果之和；不符的，不是漏计了一项，就是有数填错。",
        "The outcome total is the sum of the column’s outcomes; if not, one was left out or some figure is wrong.",
    ),
    reference=Reference(MANDATE, "表三，勾稽关系：（七）总计=各项办理结果之和"),
    needs="identities",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    yield from findings(rule, report)


rule.bad.append(
    Example(
        text="（一）予以公开 | 8 | 1 | 0 | 0 | 0 | 0 | 9\n",
        instead_of="（一）予以公开 | 5 | 1 | 0 | 0 | 0 | 0 | 6\n",
        cells=("applications.granted.natural_person", "applications.granted.total"),
        marks="8",
    )
)
rule.good.append(
    Example(
        text="2.没有现成信息需要另行制作 | 1 | | | | | | 1\n",
        instead_of="2.没有现成信息需要另行制作 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n",
    )
)
