"""E006: a comment to govlint that gives no reason, or cannot be read."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import Example, Reference, Rule

rule = Rule(
    code="E006",
    name="suppression-without-reason",
    title=Words("忽略注释没有理由", "a suppression without a reason"),
    severity="warning",
    message=Words(
        "“{actual}”没有生效：应写作“govlint: ignore N003 理由”，写明规则和理由；几条规则用逗号分开。",
        "“{actual}” has no effect: write “govlint: ignore N003 reason”, with the rule and the reason; "
        "put commas between several rules.",
    ),
    why=Words(
        "没有理由的忽略，接手的人无从判断是核实过的还是随手跳过的。",
        "Without a reason nobody after you can tell whether a figure was verified or the finding just silenced.",
    ),
    reference=Reference("govlint", "E006"),
    needs="document",
)
# Made when all rules have been applied: govlint/linting/suppression.py.


rule.bad.append(
    Example(text="行政许可 | 12件 <!-- govlint: ignore T006 -->", instead_of="行政许可 | 156"),
)
rule.bad.append(
    Example(text="行政许可 | 156 <!-- govlint: skip T006 业务系统如此导出 -->", instead_of="行政许可 | 156"),
)
rule.good.append(
    Example(
        text="行政许可 | 12件 <!-- govlint: ignore T006 业务系统如此导出 -->",
        instead_of="行政许可 | 156",
    )
)
