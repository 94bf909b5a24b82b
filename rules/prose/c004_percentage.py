"""C004: a stated share or growth that does not follow from the stated numbers."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.comparison import edit_of, plain
from govlint.checks.percentages import Wrong, wrong_percentages
from govlint.checks.rates import wrong_rates
from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Related, Rule, Suggestion

rule = Rule(
    code="C004",
    name="percentage",
    title=Words("占比、增幅与所列数字不符", "a share or growth does not follow from the stated numbers"),
    severity="warning",
    message=Words(
        "“{actual}”与所列数字不符：{worked_zh}。", "“{actual}” does not follow from the numbers: {worked_en}."
    ),
    why=Words(
        "占比和增幅由文中或表中的数算出，四舍五入和截尾都可以；两者都算不出的，不是数字写错就是算错。"
        "基数没有写出的，不作核对。",
        "Shares and growth rates follow from the numbers stated, rounded or truncated; one that neither gives is a "
        "slip in the number or in the sum. Where the base is not stated nothing is checked.",
    ),
    reference=Reference(MANDATE, "一、总体情况"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    seen: set[Span] = set()
    for wrong in (*wrong_percentages(report), *wrong_rates(report)):
        if wrong.span not in seen:
            seen.add(wrong.span)
            yield _finding(report, wrong)


def _finding(report: Report, wrong: Wrong) -> Finding:
    reversed_ = wrong.expected < 0  # a rise called a fall, or a fall called a rise
    share = plain(abs(wrong.expected))
    worked = _worked(wrong, share)
    expected = f"{'+' if wrong.part > wrong.base else '-'}{share}%" if reversed_ else f"{share}%"
    edits = () if reversed_ else edit_of(report, wrong.digits, share)
    return rule.finding(
        wrong.span,
        section=wrong.section or None,
        expected=expected,
        actual=wrong.stated,
        suggestion=None if reversed_ else Suggestion(text=expected, edits=edits),
        evidence=[worked],
        related=[Related("operand", None, span) for span in wrong.operands],
        certainty="certain" if wrong.certain else "likely",
        worked_zh=worked.zh,
        worked_en=worked.en,
    )


def _worked(wrong: Wrong, share: str) -> Words:
    part, base = plain(wrong.part), plain(wrong.base)
    if wrong.kind == "share":
        return Words(f"{part}÷{base}={share}%", f"{part} ÷ {base} = {share}%")
    if wrong.part >= wrong.base:
        return Words(f"由{base}到{part}，增长{share}%", f"from {base} to {part} is a rise of {share}%")
    return Words(f"由{base}到{part}，下降{share}%", f"from {base} to {part} is a fall of {share}%")


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
