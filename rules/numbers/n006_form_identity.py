"""N006: an identity of a form, of a template whose identities have no rule of their own, does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.diagnosis import findings
from govlint.document import Words
from govlint.registry import all_rules
from govlint.report import Report
from govlint.rule import FORMAT_2021, Finding, Reference, Rule, Unchecked

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
    reference=Reference(FORMAT_2021, "勾稽关系"),
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    """Also for identities whose code is no rule’s, so that none goes unreported."""
    declared = {identity.code for identity in report.template.identities}
    if declared:
        own = {other.code for other in all_rules()}
        yield from findings(rule, report, frozenset(declared - own | {rule.code}))
