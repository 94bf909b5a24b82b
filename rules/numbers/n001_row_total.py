"""N001: an applications row whose total is not the sum of its kinds of applicant."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N001",
    name="row-total",
    title=Words("一行的总计与各类申请人之和不符", "a row’s total is not the sum of its kinds of applicant"),
    severity="error",
    message=Words(
        "{line_zh}的总计不等于各类申请人之和：{worked}。",
        "{line_en}: the total is not the sum of the kinds of applicant: {worked}.",
    ),
    why=Words(
        "每一行的总计是自然人与五类法人或其他组织之和；不符的，必有一个数填错。",
        "A row’s total is natural persons plus the five kinds of organisations; if not, some figure is wrong.",
    ),
    reference=Reference(MANDATE, "表三，勾稽关系：总计=各类申请人之和"),
    needs="identities",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    yield from findings(rule, report)


rule.bad.append(
    Example(
        text="（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 1 | 0 | 0 | 0 | 0 | 0 | 2\n",
        instead_of="（二）部分公开（区分处理的，只计这一情形，不计其他情形） | 1 | 0 | 0 | 0 | 0 | 0 | 1\n",
        cells=("applications.partially_granted.total",),
        marks="2",
    )
)
rule.bad.append(
    Example(
        text="二、上年结转政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 2\n",
        instead_of="二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2\n",
        cells=("applications.carried_in.natural_person",),
        marks="3",
    )
)
rule.good.append(
    Example(
        text="2.重复申请 |  |  |  |  |  |  | 0\n",
        instead_of="2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n",
    )
)
