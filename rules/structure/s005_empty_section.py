"""S005: a heading with nothing under it."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import MANDATE, Example, Reference, Rule

rule = Rule(
    code="S005",
    name="empty-section",
    title=Words("只有标题没有内容", "a section with nothing in it"),
    severity="error",
    message=Words(
        "“{words}”标题下没有任何内容。",
        "There is nothing under the heading “{words}”.",
    ),
    why=Words(
        "有标题没有内容等于没有报告；没有需要报告的，也应写明。",
        "A heading without content reports nothing; where there is nothing to report, that has to be said.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
    absence=True,
)

rule.of("empty-section")

rule.bad.append(
    Example(
        text="五、存在的主要问题及改进情况\n\n六、",
        instead_of="五、存在的主要问题及改进情况\n\n存在的问题：一是政策解读形式较为单一，二是部分栏目更新不够及时。\n"
        "改进情况：一是增加图表解读，二是建立栏目更新台账，按月检查。\n\n六、",
    )
)
rule.good.append(Example(text="无。", instead_of="本年度未发出信息处理费收费通知，未收取信息处理费。"))
