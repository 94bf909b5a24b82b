"""N004: a review or litigation group whose total is not the sum of its results."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N004",
    name="review-total",
    title=Words(
        "复议、诉讼的总计与各项结果之和不符", "a review or litigation total is not the sum of its results"
    ),
    severity="error",
    message=Words(
        "{line_zh}的总计不等于各项结果之和：{worked}。",
        "{line_en}: the total is not the sum of the results: {worked}.",
    ),
    why=Words(
        "每一组的总计是结果维持、结果纠正、其他结果与尚未审结之和。",
        "A group’s total is upheld, corrected, other and pending taken together.",
    ),
    reference=Reference(MANDATE, "表四，勾稽关系：总计=四种结果之和"),
    needs="identities",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    yield from findings(rule, report)


rule.bad.append(
    Example(
        text="1 | 0 | 0 | 1 | 3 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
        instead_of="1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
        cells=("review_litigation.review.total",),
        marks="3",
    )
)
rule.good.append(
    Example(
        text="1 | 0 | 0 | 2 | 3 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
        instead_of="1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
    )
)
