"""T006: negative, fractional (but for money), with a unit, or no number."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import FORMAT_2021, Example, Finding, Reference, Rule

rule = Rule(
    code="T006",
    name="not-a-count",
    title=Words("不是有效的件数", "not a count"),
    severity="error",
    message=Words(
        "{place_zh}填的是“{raw}”，应填{wanted_zh}。",
        "{place_en} holds “{raw}”; it should hold {wanted_en}.",
    ),
    why=Words(
        "件数是不带单位的非负整数，金额以万元为单位、可带小数；其他写法无法核对和汇总。",
        "A count is a whole number without a unit, an amount is in 万元 and may have decimals; nothing else can be checked or added.",
    ),
    reference=Reference(FORMAT_2021, "表格"),
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for cell in report.cells.values():
        if cell.state != "invalid":
            continue
        money = report.template.tables[cell.table].rows[cell.row].money
        place = report.place(cell.address)
        yield rule.finding(
            cell.span,
            section=report.template.tables[cell.table].section or None,
            cells=(cell.address,),
            actual=cell.raw,
            place_zh=place.zh,
            place_en=place.en,
            raw=cell.raw[:40],
            wanted_zh="以万元为单位的数字，不写单位" if money else "不带单位的非负整数",
            wanted_en="a number of 万元 without a unit"
            if money
            else "a whole number, 0 or more, without a unit",
        )


rule.bad.append(
    Example(
        text="行政事业性收费 | 36000元\n",
        instead_of="行政事业性收费 | 3.6\n",
        cells=("proactive.fees.amount",),
        marks="36000元",
    )
)
rule.bad.append(
    Example(
        text="行政许可 | 156.5\n",
        instead_of="行政许可 | 156\n",
        cells=("proactive.licensing.decisions",),
        marks="156.5",
    )
)
rule.good.append(Example(text="行政许可 | 1,156（其中变更16件）\n", instead_of="行政许可 | 156\n"))
