"""S008: a top-level section that the template does not know."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import MANDATE, Example, Reference, Rule

rule = Rule(
    code="S008",
    name="unexpected-section",
    title=Words("格式以外的部分", "a section that is not mandated"),
    severity="warning",
    message=Words(
        "“{actual}”不是格式规定的部分，内容应并入规定的相应部分。",
        "“{actual}” is no section of the format; what it says belongs into one that is.",
    ),
    why=Words(
        "格式只有六个部分，其他内容归入“其他需要报告的事项”。",
        "The format has six sections; whatever else there is to say belongs under other matters.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
)

rule.of("unexpected-section")

rule.bad.append(
    Example(
        text="未收取信息处理费。\n\n七、下一年度工作安排\n\n继续做好公开工作。",
        instead_of="未收取信息处理费。",
        marks="七、下一年度工作安排",
    )
)
rule.good.append(Example(text="\n（六）下一步安排。继续做好公开工作。", section="overview"))
