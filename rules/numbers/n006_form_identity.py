"""N006: an identity of a form, of a template whose identities have no rule of their own, does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from govlint.checks.diagnosis import diagnose, findings
from govlint.document import Words
from govlint.linting.registry import all_rules
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N006",
    name="form-identity",
    title=Words("数字不符合表格的勾稽关系", "figures do not satisfy an identity of the form"),
    severity="error",
    message=Words(
        "{line_zh}的数字不符合勾稽关系：{worked}。",
        "{line_en}: the figures do not satisfy an identity: {worked}.",
    ),
    why=Words(
        "总数应等于各分项之和，部分不应多于全部；不符的，必有一个数填错。",
        "A total is the sum of its parts and no part exceeds the whole; if not, some figure is wrong.",
    ),
    reference=Reference(MANDATE, "勾稽关系"),
    needs="identities",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    """Also for identities whose code is no rule’s, so that none goes unreported.

    A part that exceeds its whole may have its reasons (what was carried over from the year before): a warning.
    """
    declared = {identity.code for identity in report.template.identities}
    if not declared:
        return
    own = {other.code for other in all_rules()}
    bounds = {
        fault.cells
        for fault in diagnose(report).faults
        if all(identity.relation != "=" for identity in fault.broken)
    }
    for outcome in findings(rule, report, frozenset(declared - own | {rule.code})):
        if isinstance(outcome, Finding) and outcome.cells in bounds:
            yield replace(outcome, severity="warning", certainty="likely")
        else:
            yield outcome


rule.bad.append(
    Example(
        text="信息发布（单位：条） | 总数 | 5120\n",
        instead_of="信息发布（单位：条） | 总数 | 5210\n",
        cells=("site.posts_total.value",),
        marks="5120",
        template="website-annual",
    )
)
rule.bad.append(
    Example(
        text="可全程在线办理政务服务事项数量（单位：项） | 1352\n",
        instead_of="可全程在线办理政务服务事项数量（单位：项） | 1201\n",
        marks="1352",
        template="website-annual",
    )
)
rule.good.append(
    Example(
        text="信息发布（条） | 总数 | 5,210\n",
        instead_of="信息发布（单位：条） | 总数 | 5210\n",
        template="website-annual",
    )
)
