"""C005: a reporting period or report year that is not the report's year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from govlint.checks.periods import broken_periods, partial_periods
from govlint.checks.years import SURE, Claim, ClaimKind, claims, title_at_fault
from govlint.document import Edit, Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Related, Rule, Suggestion

rule = Rule(
    code="C005",
    name="stale-year",
    title=Words("统计期限或报告年份不一致", "a reporting period or year that is not the report's"),
    severity="warning",
    message=Words(
        "{kind_zh}所称年份为{actual}年，与本报告年度（{expected}年）不一致，可能沿用了其他年份的文本。",
        "{kind_en} gives {actual}, but the report is for {expected}; the text may be another year's.",
    ),
    why=Words(
        "年度报告公布的是上一年度的情况，统计期限和报告年份必须与标题一致；残留的旧年份说明文本未按当年情况改写。",
        "The report is of one year, and its period and years must agree with its title; a year left over shows that "
        "the text was not written anew.",
    ),
    reference=Reference(MANDATE, "填报说明；《中华人民共和国政府信息公开条例》第四十九条"),
    needs="sections",
)

_KINDS: dict[ClaimKind, Words] = {
    "period": Words("统计期限", "The reporting period"),
    "self": Words("报告自称的年份", "The report's own name"),
    "opening": Words("总体情况开头", "The opening of the overview"),
    "statement": Words("叙述工作情况的语句", "A statement of the year's work"),
    "until": Words("截止日期", "A closing date"),
    "carried": Words("结转年份", "A year of carry-over"),
    "plan": Words("下一步工作的年份", "The year of the next steps"),
    "basis": Words("所依据通知的年份", "The year of the notice cited as basis"),
}
_OTHER_YEAR = Words(
    "{kind_zh}为{actual}年，按{year}年度报告应为{expected}年，可能沿用了其他年份的文本。",
    "{kind_en} is {actual}; in a report for {year} it should be {expected}. The text may be another year's.",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    year = report.year
    if year is None or not report.template.sections:
        return
    yield from _broken(report, year)
    yield from _partial(report, year)
    found = claims(report, year)
    if right := title_at_fault(report, year, found):
        yield _of_title(report, year, right, found)
        return
    groups: dict[int, list[Claim]] = {}
    for claim in found:
        groups.setdefault(claim.means, []).append(claim)
    for group in groups.values():
        yield _finding(report, year, group)
    if not groups and (finding := _against_date(report, year)):
        yield finding


def _broken(report: Report, year: int) -> Iterator[Finding]:
    """A period that is no date is reported as such; its year may well be right."""
    for span, said in broken_periods(report):
        right = f"{year}年1月1日至{year}年12月31日"
        yield rule.finding(
            span,
            message=Words(
                "统计期限“{actual}”不是完整的日期，应为“{expected}”。",
                "The period “{actual}” is no date; it should be “{expected}”.",
            ),
            expected=right,
            actual=said,
            suggestion=Suggestion(text=right, edits=(Edit(span, right),)),
            certainty="likely",
        )


def _partial(report: Report, year: int) -> Iterator[Finding]:
    """A body that was founded or dissolved within the year reports on its part of it: likely."""
    for span, said in partial_periods(report, year):
        yield rule.finding(
            span,
            message=Words(
                "统计期限“{actual}”不是整个年度；年度报告反映全年情况，应为“{expected}”。年内成立或撤销的机关除外。",
                "The period “{actual}” is not the whole year; it should be “{expected}”, unless the body was founded or "
                "dissolved within the year.",
            ),
            expected=f"{year}年1月1日至{year}年12月31日",
            actual=said,
            certainty="likely",
        )


def _of_title(report: Report, year: int, right: int, found: Sequence[Claim]) -> Finding:
    """The title is the one that is wrong: the text and the date of publication agree on another year."""
    assert report.year_span is not None
    return rule.finding(
        report.year_span,
        message=Words(
            "标题所称年份为{actual}年，而正文和公布日期表明是{expected}年度的报告。",
            "The title gives {actual}, but the text and the date of publication are of a report for {expected}.",
        ),
        expected=str(right),
        actual=str(year),
        suggestion=Suggestion(text=str(right), edits=(Edit(report.year_span, str(right)),)),
        related=[Related(_KINDS[claim.kind].zh, None, claim.span) for claim in found],
        certainty="likely",
    )


def _finding(report: Report, year: int, group: Sequence[Claim]) -> Finding:
    strength = list(_KINDS)
    first = min(group, key=lambda claim: (strength.index(claim.kind), claim.span))
    titled = report.year_span is not None or report.title is not None
    right = year + first.written - first.means
    kind = _KINDS[first.kind]
    edits = tuple(Edit(claim.span, str(year + claim.written - claim.means)) for claim in group if claim.plain)
    return rule.finding(
        first.span,
        message=_OTHER_YEAR if first.kind in ("carried", "plan") else None,
        section=first.section or None,
        expected=str(right),
        actual=str(first.written),
        kind_zh=kind.zh,
        kind_en=kind.en,
        year=year,
        suggestion=Suggestion(text=str(right), edits=edits),
        related=[Related(_KINDS[each.kind].zh, None, each.span) for each in group if each is not first],
        certainty="certain" if first.kind in SURE and titled else "likely",
    )


def _against_date(report: Report, year: int) -> Finding | None:
    """A report cannot be published long before its year is over."""
    day = report.published
    if day is None or report.year_span is None or day >= date(year, 12, 1):
        return None
    return rule.finding(
        report.year_span,
        message=Words(
            "标题为{actual}年度的报告，公布日期为{day}，早于该年度结束，年份或者日期有误。",
            "The title is of a report for {actual}, but it is dated {day}, before the end of that year.",
        ),
        actual=str(year),
        day=day.isoformat(),
        related=[Related("公布日期", None, report.published_span)] if report.published_span else [],
        certainty="likely",
    )


rule.bad.append(
    Example(
        text="统计期限为2021年1月1日至2021年12月31日",
        instead_of="统计期限为2022年1月1日至2022年12月31日",
        marks="2021",
    )
)
rule.bad.append(
    Example(
        text="统计期限为2022年1月1日至2022年12月20日",
        instead_of="统计期限为2022年1月1日至2022年12月31日",
        marks="2022年1月1日至2022年12月20日",
    )
)
rule.bad.append(
    Example(
        text="2021年，本局做好政府信息公开各项工作。",
        instead_of="2022年，本局做好政府信息公开各项工作。",
        marks="2021",
    )
)
rule.bad.append(Example(text="结转2022年度继续办理1件", instead_of="结转下年度继续办理1件", marks="2022"))
rule.bad.append(
    Example(text="\n2022年，我局将进一步细化公开事项，按月公布进度。", section="problems", marks="2022")
)
rule.good.append(Example(text="\n2023年，我局将进一步细化公开事项，按月公布进度。", section="problems"))
rule.good.append(
    Example(
        text="全年新收政府信息公开申请13件，较2021年增加4件，2021年结转2件，结转2023年度继续办理1件。",
        instead_of="全年新收政府信息公开申请13件，上年结转2件，全部按期答复，结转下年度继续办理1件。",
    )
)
rule.good.append(
    Example(
        text="落实《云溪县2021年政务公开工作要点》（云政办〔2021〕30号）遗留任务2项。", section="overview"
    )
)
