"""E003: a rule failed on this document. A fault of govlint or of a plugin, never of the report."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule(
    code="E003",
    name="rule-fault",
    title=Words("规则执行出错", "a rule failed"),
    severity="error",
    message=Words(
        "规则 {code} 在此文件上执行出错（{error}）。这是工具的问题，不是报告的问题；其余规则已照常检查。请将文件和本信息告知维护者。",
        "Rule {code} failed on this document ({error}). The fault is the tool's, not the report's; "
        "all other rules were applied. Please tell its maintainers.",
    ),
    why=Words(
        "出错的规则没有检查，结论因此不完整，不能当作通过。",
        "What a failed rule would have found is not known, so that the verdict is incomplete and never a pass.",
    ),
    reference=Reference("govlint", "E003"),
    needs="document",
)
# The pipeline makes this finding where a rule raises.
