"""S002: mandated sections in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="S002",
    name="section-out-of-order",
    title=Words("各部分的顺序错误", "sections in the wrong order"),
    severity="error",
    message=Words(
        "“{heading}”不在规定的位置上。",
        "The section “{heading}” is not in its mandated place.",
    ),
    why=Words(
        "格式规定了六个部分的先后，顺序一致公众才能对照查找，检查系统才能逐部分汇总。",
        "The format fixes the order of the sections, so that readers can compare reports and systems can collect them.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    order = "、".join(spec.heading for spec in report.template.sections.values())
    for departure in report.departed("section-out-of-order"):
        yield rule.finding(
            departure.span,
            section=departure.section,
            expected=order,
            actual="、".join(section.ordinal + section.heading for section in report.sections.values()),
            heading=departure.expected,
        )


rule.bad.append(
    Example(
        text="六、其他需要报告的事项\n\n本年度未收取信息处理费。\n\n五、存在的主要问题及改进情况\n\n问题：更新不及时。改进：按月检查。\n",
        instead_of="五、存在的主要问题及改进情况\n\n存在的问题：一是政策解读形式较为单一，二是部分栏目更新不够及时。\n"
        "改进情况：一是增加图表解读，二是建立栏目更新台账，按月检查。\n\n"
        "六、其他需要报告的事项\n\n本年度未发出信息处理费收费通知，未收取信息处理费。\n",
    )
)
rule.good.append(Example(text="五、存在的主要问题及改进情况：", instead_of="五、存在的主要问题及改进情况"))
