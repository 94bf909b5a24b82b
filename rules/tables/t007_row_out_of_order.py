"""T007: mandated rows in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T007",
    name="row-out-of-order",
    title=Words("行或列的顺序错误", "rows or columns in the wrong order"),
    severity="error",
    message=Words(
        "“{words}”一行不在规定的位置上。",
        "The row “{words}” is not in its mandated place.",
    ),
    why=Words(
        "行列的先后由格式规定，按位置汇总的系统会把移动了的行读成别的行，列也一样。",
        "The order of rows is mandated: a system that collects by position takes a moved row for another, and so with columns.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)

_READ = Words(
    "“{words}”一列不在规定的位置上，各列的数已按表头读取。",
    "The column “{words}” is not in its mandated place; the figures were read by the header.",
)
_UNREAD = Words(
    "“{words}”等列不在规定的位置上，从表头看不出各数属于哪一列，没有读取。",
    "The column “{words}” and others are not in their mandated places, and the header does not tell which figure is whose: "
    "none was read.",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departures:
        if departure.kind not in ("row-out-of-order", "column-out-of-order"):
            continue
        column = _READ if departure.certain else _UNREAD
        yield rule.finding(
            departure.span,
            message=column if departure.kind == "column-out-of-order" else None,
            section=departure.section,
            cells=(departure.address,),
            actual=departure.actual or None,
            certainty="certain" if departure.certain else "likely",
            words=departure.expected,
        )


rule.bad.append(
    Example(
        text="行政强制 | 3\n行政处罚 | 24\n",
        instead_of="行政处罚 | 24\n行政强制 | 3\n",
        cells=("proactive.penalties",),
    )
)
rule.bad.append(
    Example(
        text="本年废止件数 | 本年制发件数 |",
        instead_of="本年制发件数 | 本年废止件数 |",
        cells=("proactive.*.repealed",),
    )
)
rule.good.append(Example(text="行政处罚\n24\n行政强制\n3\n", instead_of="行政处罚 | 24\n行政强制 | 3\n"))
