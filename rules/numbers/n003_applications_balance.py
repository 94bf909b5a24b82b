"""N003: an applications column where new and carried in are not outcomes and carried out."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N003",
    name="applications-balance",
    title=Words(
        "一列的收件与办理结果、结转不平",
        "a column’s intake does not balance with its outcomes and what is carried out",
    ),
    severity="error",
    message=Words(
        "{line_zh}的本年新收加上年结转，不等于办理结果总计加结转下年度：{worked}。",
        "{line_en}: new + carried in is not outcomes + carried out: {worked}.",
    ),
    why=Words(
        "每一件申请不是办结就是结转；表头写明：第一项加第二项之和，等于第三项加第四项之和。",
        "Every application is either concluded or carried out: items one and two equal items three and four.",
    ),
    reference=Reference(MANDATE, "表三，勾稽关系：第一项加第二项之和，等于第三项加第四项之和"),
    needs="identities",
)

MOVED = Words(
    "{row_zh}有{count}件计入“{wrong}”，按其余各行应计入“{right}”："
    "同一申请收到时和办理时计入了不同类别的申请人。{worked}。",
    "{row_en}: {count} counted under “{wrong}”, by the other rows under “{right}”: "
    "one kind of applicant on arrival, another when handled. {worked_en}.",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    yield from findings(rule, report, moved=MOVED)


rule.bad.append(
    Example(
        text="一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 0 | 1 | 13\n",
        instead_of="一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 1 | 0 | 13\n",
        cells=("applications.new_received.legal_service", "applications.new_received.other"),
        marks="0",
    )
)
rule.good.append(
    Example(
        text="一、本年新收政府信息公开申请数量102001013\n",
        instead_of="一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 1 | 0 | 13\n",
    )
)
