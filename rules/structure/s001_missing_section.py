"""S001: a mandated section is absent."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Suggestion

rule = Rule(
    code="S001",
    name="missing-section",
    title=Words("缺少规定的部分", "a mandated section is absent"),
    severity="error",
    message=Words(
        "缺少“{heading}”部分。",
        "The section “{heading}” is missing.",
    ),
    why=Words(
        "条例第五十条规定了年度报告必须包括的内容，报告格式据此固定为六个部分，缺一个就是漏报。",
        "Article 50 of the regulation says what a report must contain; the format fixes six sections for it.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
    absence=True,
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("missing-section"):
        yield rule.finding(
            departure.span,
            section=departure.section,
            expected=departure.expected,
            suggestion=Suggestion(text=departure.expected),
            heading=departure.expected,
        )


rule.bad.append(
    Example(
        text="",
        instead_of="六、其他需要报告的事项\n\n本年度未发出信息处理费收费通知，未收取信息处理费。\n",
    )
)
rule.good.append(Example(text="六、其他需要报告的事项：", instead_of="六、其他需要报告的事项"))
