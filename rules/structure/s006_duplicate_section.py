"""S006: a mandated section twice."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import MANDATE, Example, Reference, Rule

rule = Rule(
    code="S006",
    name="duplicate-section",
    title=Words("同一部分出现两次", "a section twice"),
    severity="error",
    message=Words(
        "“{words}”出现了不止一次。",
        "The section “{words}” occurs more than once.",
    ),
    why=Words(
        "同一部分出现两次，读者无法判断以哪一处为准，常由粘贴上年报告造成。",
        "Where a section stands twice nobody can tell which one holds; it often comes of pasting last year’s report.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
)

rule.of("duplicate-section")

rule.bad.append(
    Example(
        text="六、其他需要报告的事项\n\n本年度未收取信息处理费。\n\n六、其他需要报告的事项\n\n本年度",
        instead_of="六、其他需要报告的事项\n\n本年度",
    )
)
rule.good.append(
    Example(
        text="本报告包括：一、总体情况；二、主动公开政府信息情况；三、收到和处理政府信息公开申请情况；"
        "四、政府信息公开行政复议、行政诉讼情况；五、存在的主要问题及改进情况；六、其他需要报告的事项。",
        instead_of="编制本报告。",
    )
)
