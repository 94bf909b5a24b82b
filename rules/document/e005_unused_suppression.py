"""E005: a comment sets aside what is not there."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import Example, Reference, Rule

rule = Rule(
    code="E005",
    name="unused-suppression",
    title=Words("多余的忽略注释", "a suppression that is not used"),
    severity="warning",
    message=Words(
        "注释忽略 {actual}，但此处没有该规则的问题。请删除注释，或移到问题所在的行（段、表格行）或其前一行。",
        "The comment sets {actual} aside, but the rule reports nothing here. "
        "Delete it, or move it to the line, paragraph or table row that is meant, or just before it.",
    ),
    why=Words(
        "问题改正之后留下的注释，会把以后的新问题也一并忽略。",
        "A comment that outlives its mistake will hide the next one.",
    ),
    reference=Reference("govlint", "E005"),
    needs="document",
)
# Made when all rules have been applied: govlint/linting/suppression.py.


rule.bad.append(
    Example(
        text="行政许可 | 156 <!-- govlint: ignore T006 本年口径有变 -->",
        instead_of="行政许可 | 156",
    )
)
rule.good.append(
    Example(
        text="行政许可 | 12件 <!-- govlint: ignore T006 业务系统如此导出 -->",
        instead_of="行政许可 | 156",
    )
)
