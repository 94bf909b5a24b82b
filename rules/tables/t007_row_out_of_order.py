"""T007: mandated rows in the wrong order."""

from __future__ import annotations

from govlint.document import Words
from govlint.rule import MANDATE, Example, Reference, Rule

rule = Rule(
    code="T007",
    name="row-out-of-order",
    title=Words("行的顺序错误", "rows in the wrong order"),
    severity="error",
    message=Words(
        "“{words}”一行不在规定的位置上。",
        "The row “{words}” is not in its mandated place.",
    ),
    why=Words(
        "行的先后由格式规定，按位置汇总的系统会把移动了的行读成别的行。",
        "The order of rows is mandated: a system that collects by position takes a moved row for another.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)

rule.of("row-out-of-order")

rule.bad.append(
    Example(
        text="行政强制 | 3\n行政处罚 | 24\n",
        instead_of="行政处罚 | 24\n行政强制 | 3\n",
        cells=("proactive.penalties",),
    )
)
rule.good.append(Example(text="行政处罚\n24\n行政强制\n3\n", instead_of="行政处罚 | 24\n行政强制 | 3\n"))
