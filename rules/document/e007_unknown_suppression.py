"""E007: a comment sets aside a rule that there is not."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import Example, Reference, Rule

rule = Rule(
    code="E007",
    name="unknown-suppression",
    title=Words("忽略注释中的规则不存在", "a suppression of no known rule"),
    severity="warning",
    message=Words(
        "注释要忽略的“{actual}”不是任何规则的代码、代码前缀或名称。用 govlint rules 查看全部规则。",
        "“{actual}” in the comment is no rule's code, prefix or name. See govlint rules.",
    ),
    why=Words(
        "写错代码的注释什么也没有忽略，读的人却以为已经处理。",
        "A comment with a wrong code sets nothing aside, while its reader believes the matter settled.",
    ),
    reference=Reference("govlint", "E007"),
    needs="document",
)
# Made when all rules have been applied: govlint/linting/suppression.py.


rule.bad.append(
    Example(
        text="行政许可 | 12件 <!-- govlint: ignore T0O6 业务系统如此导出 -->",
        instead_of="行政许可 | 156",
    )
)
rule.good.append(
    Example(
        text="行政许可 | 12件 <!-- govlint: ignore T006 业务系统如此导出 -->",
        instead_of="行政许可 | 156",
    )
)
