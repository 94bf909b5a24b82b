"""C004: a stated share or growth that does not follow from the stated numbers."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.percentages import Wrong, wrong_percentages
from govlint.prose import plain
from govlint.report import Report
from govlint.rule import FORMAT_2021, Edit, Example, Finding, Reference, Related, Rule, Suggestion

rule = Rule(
    code="C004",
    name="percentage",
    title=Words("占比、增幅与所列数字不符", "a share or growth does not follow from the stated numbers"),
    severity="warning",
    message=Words(
        "“{actual}”与所列数字不符：{worked}。", "“{actual}” does not follow from the numbers: {worked}."
    ),
    why=Words(
        "占比和增幅由文中或表中的数算出，四舍五入和截尾都可以；两者都算不出的，不是数字写错就是算错。"
        "基数没有写出的，不作核对。",
        "Shares and growth rates follow from the numbers stated, rounded or truncated; one that neither gives is a "
        "slip in the number or in the sum. Where the base is not stated nothing is checked.",
    ),
    reference=Reference(FORMAT_2021, "一、总体情况"),
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for wrong in wrong_percentages(report):
        yield _finding(wrong)


def _finding(wrong: Wrong) -> Finding:
    expected = f"{plain(wrong.expected)}%"
    part, base = plain(wrong.part), plain(wrong.base)
    if wrong.kind == "share":
        worked = f"{part}÷{base}={expected}"
    else:
        change = f"{part}－{base}" if wrong.part >= wrong.base else f"{base}－{part}"
        worked = f"（{change}）÷{base}={plain(abs(wrong.expected))}%"
        if wrong.expected < 0:  # the direction itself is wrong
            expected = f"-{plain(abs(wrong.expected))}%"
    edits = (Edit(wrong.digits, plain(wrong.expected)),) if wrong.digits and wrong.expected >= 0 else ()
    return rule.finding(
        wrong.span,
        section=wrong.section or None,
        expected=expected,
        actual=wrong.stated,
        suggestion=Suggestion(text=expected, edits=edits) if wrong.expected >= 0 else None,
        evidence=[Words(worked, worked)],
        related=[Related("operand", None, span) for span in wrong.operands],
        certainty="certain" if wrong.certain else "likely",
        worked=worked,
    )


rule.bad += [
    Example(
        text="全年新收政府信息公开申请13件，比上年（10件）增长13%，上年结转2件",
        instead_of="全年新收政府信息公开申请13件，上年结转2件",
        marks="13%",
    ),
    Example(text="其中，予以公开6件，占24.9%；", section="applications", marks="24.9%"),
]
rule.good += [
    Example(
        text="全年新收政府信息公开申请13件，比上年增加3件，增长30%，上年结转2件",
        instead_of="全年新收政府信息公开申请13件，上年结转2件",
    ),
    Example(text="予以公开6件、占42.8%，办结率100%。", section="applications"),
    Example(text="公开各类信息同比增长12.5%。", section="overview"),
]
