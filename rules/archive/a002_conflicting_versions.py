"""A002: documents of one agency and year that state different figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="A002",
    name="conflicting-versions",
    subject="versions",
    title=Words("同一报告的不同版本数字不一致", "versions of one report with different figures"),
    severity="error",
    message=Words(
        "{agency}{year}年的报告另有版本（{other}），有{count}个数字不同：{worked_zh}。",
        "The report of {agency} for {year} has another version ({other_en}) with {count} different figures: {worked_en}.",
    ),
    why=Words(
        "同一机关同一年度的报告，网页、附件、汇编中的数字应当一致；不一致时公众不知道以哪份为准。",
        "Page, attachment and collection of one report should state the same figures; else nobody knows which one holds.",
    ),
    reference=Reference(REGULATION, "第六条"),
)

_SHOWN = 3


@rule.check
def check(others: Sequence[Filing], filing: Filing) -> Iterator[Finding | Unchecked]:
    differing: dict[str, list[Filing]] = {}
    for address, value in filing.figures.items():
        apart = [other for other in others if other.value(address) not in (None, value)]
        if apart:
            differing[address] = apart
    if not differing:
        return
    worked = [_worked(filing, address, apart) for address, apart in differing.items()]
    first, apart = next(iter(differing.items()))
    names = dict.fromkeys(other.path for each in differing.values() for other in each)
    more = len(worked) > _SHOWN
    yield rule.finding(
        None,
        cells=differing,
        section=filing.template.tables[first.split(".")[0]].section or None,
        expected=str(apart[0].figures[first]),
        actual=str(filing.figures[first]),
        evidence=worked[:50],
        agency=filing.agency,
        year=filing.year,
        other="、".join(names),
        other_en=", ".join(names),
        count=len(differing),
        worked_zh="；".join(words.zh for words in worked[:_SHOWN]) + ("等" if more else ""),
        worked_en="; ".join(words.en for words in worked[:_SHOWN]) + (" and others" if more else ""),
    )


def _worked(filing: Filing, address: str, apart: Sequence[Filing]) -> Words:
    place = filing.template.describe(address)
    theirs = list(dict.fromkeys(str(other.figures[address]) for other in apart))
    own = filing.figures[address]
    return Words(
        f"{place.zh}此处为{own}，另一版为{'、'.join(theirs)}",
        f"{place.en}: {own} here, {', '.join(theirs)} there",
    )


rule.bad.append(
    Example(
        text="行政许可 | 156\n",
        instead_of="行政许可 | 156\n",
        cells=("proactive.licensing.decisions",),
        beside=(Beside("附件.txt", (("行政许可 | 165\n", "行政许可 | 156\n"),)),),
    )
)
rule.good.append(
    Example(
        text="行政许可 | 156\n",
        instead_of="行政许可 | 156\n",
        beside=(Beside("附件.txt", (("发布时间：2023-01-17", "发布时间：2023-01-16"),)),),
    )
)
