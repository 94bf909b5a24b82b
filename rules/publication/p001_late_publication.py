"""P001: published after the statutory date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from govlint.checks.years import claims, title_at_fault
from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import OGI, REGULATION, Example, Finding, Reference, Related, Rule, Unchecked
from govlint.text.folding import compact

rule = Rule(
    code="P001",
    name="late-publication",
    title=Words("公布时间晚于法定期限", "published after the statutory date"),
    severity="error",
    message=Words(
        "{label_zh}为{actual}，法定公布期限为{due}，逾期{days}天。日期应如实保留，并按主管部门要求说明逾期原因。",
        "The {label_en} is {actual}, {days} days after the statutory date, {due}. Leave the date as it is, and give the "
        "reason for the delay as the body in charge requires.",
    ),
    why=Words(
        "县级以上人民政府部门应当在每年1月31日前、县级以上地方人民政府应当在每年3月31日前公布上一年度的报告；乡镇、街道的期限由所属政府确定，"
        "这里一律按3月31日判断。",
        "Departments publish last year's report by January 31, governments by March 31; townships and sub-district "
        "offices follow their county's schedule and are held here to March 31.",
    ),
    reference=Reference(REGULATION, "第四十九条"),
    templates=OGI,
)

_PLACED_AGAIN = timedelta(days=183)
"""Later than this, the date may be that of a page that was moved to another site."""


class _Dated(Struct, frozen=True):
    day: date
    span: Span | None
    label: Words


_LABELS = {
    "发布": Words("发布时间", "date of publication"),
    "公布": Words("公布时间", "date of publication"),
    "公开": Words("公开时间", "date of publication"),
    "成文": Words("成文日期", "date of the document"),
    "生成": Words("生成日期", "date of the document"),
    "发文": Words("发文日期", "date of the document"),
    "印发": Words("印发日期", "date of the document"),
}
_SIGNED = Words("落款日期", "date of signature")
_GIVEN = Words("公布日期", "date of publication")
_DAY = r"(20\d\d)[ ]*[-/.年][ ]*(\d{1,2})[ ]*[-/.月][ ]*(\d{1,2})(?!\d)"
_FIELD = re.compile(rf"({'|'.join(_LABELS)})[ ]*(?:时间|日期)[\]\s:|\x1f]{{0,12}}{_DAY}")
"""As in ``发布日期:2025年1月20日``."""
_ALONE = re.compile(
    rf"^[ (\x1f|]*{_DAY}[ ]*日?[ )\x1f|\r]*(?:\d{{1,2}}:\d\d(?::\d\d)?[ \r]*)?$", re.MULTILINE
)
"""As in ``2025年1月20日``."""
_ENDS = 800


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    year = report.year
    if year is None or not report.template.sections or report.tables_only:
        return
    due, sure = _due(report, year)
    if report.published and date(year, 11, 30) < report.published <= due:
        return
    dates = sorted((dated for dated in _dates(report) if dated.day > date(year, 11, 30)), key=lambda d: d.day)
    if not dates:
        if report.as_of and report.as_of > due and report.published is None:
            yield rule.unchecked(
                Words(
                    "文中没有公布日期，不能判断是否按期公布",
                    "the text gives no date of publication to hold to the due date",
                )
            )
        return
    first = dates[0]
    if first.day <= due or title_at_fault(report, year, claims(report, year)):
        return  # in time, or late only by a year that the title has wrong (C005)
    yield rule.finding(
        first.span,
        label_zh=first.label.zh,
        label_en=first.label.en,
        actual=first.day.isoformat(),
        due=due.isoformat(),
        days=(first.day - due).days,
        related=[Related(other.label.zh, None, other.span) for other in dates[1:] if other.span],
        certainty="certain" if sure and first.day - due <= _PLACED_AGAIN else "likely",
    )


def _due(report: Report, year: int) -> tuple[date, bool]:
    """The date in force for this body, and whether it is plain that it is this body's."""
    titled = report.title is not None and report.agency is not None and report.agency in report.title
    if not titled:
        return date(year + 1, *report.deadlines.other), True
    body = report.body()
    # A general office may report for its government: only a department's own date is certain.
    return report.deadlines.of(body, year), body.kind != "office" or body.level == "township"


def _dates(report: Report) -> Iterator[_Dated]:
    """Every date on which the document says that it was made or published."""
    if report.published:
        yield _Dated(report.published, report.published_span, _label(report))
    stated = re.search(_DAY, compact(report.document.metadata.get("published", "")))
    if stated and (day := _day(stated, 1)):
        yield _Dated(day, None, _GIVEN)
    text = report.document.text
    seen = report.published_span
    for start, end in _around(report, len(text)):
        folded = report.folded[start:end]
        for match in _FIELD.finditer(folded):
            span = Span(start + match.start(2), start + match.end())
            if (day := _day(match, 2)) and not _same(span, seen):
                yield _Dated(day, span, _LABELS[match[1]])
        if start:
            for match in _ALONE.finditer(folded):
                span = Span(start + match.start(1), start + match.end(3))
                if (day := _day(match, 1)) and not _same(span, seen):
                    yield _Dated(day, span, _SIGNED)


def _around(report: Report, length: int) -> Iterator[tuple[int, int]]:
    """Front and end of the document, where dates of publication stand."""
    front = min(report.preamble.end or 4000, 4000)
    yield 0, front
    if length - _ENDS > front:
        yield length - _ENDS, length


def _label(report: Report) -> Words:
    span = report.published_span
    if span is None:
        return _GIVEN
    before = compact(report.document.text[max(0, span.start - 16) : span.start].rpartition("\n")[2])
    return next((words for key, words in _LABELS.items() if key in before), _GIVEN)


def _same(one: Span, two: Span | None) -> bool:
    return two is not None and one.start < two.end and two.start < one.end


def _day(match: re.Match[str], group: int) -> date | None:
    try:
        return date(int(match[group]), int(match[group + 1]), int(match[group + 2]))
    except ValueError:
        return None


rule.bad.append(Example(text="发布时间：2023-02-06", instead_of="发布时间：2023-01-16", marks="2023-02-06"))
rule.bad.append(
    Example(
        text="成文日期：2023年4月11日 发布时间：2023-04-16",
        instead_of="发布时间：2023-01-16",
        marks="2023年4月11",
    )
)
rule.good.append(Example(text="生成日期：2023-01-30 发布时间：2023-02-06", instead_of="发布时间：2023-01-16"))
rule.good.append(
    Example(
        text="云溪县人民政府2022年政府信息公开工作年度报告\n发布时间：2023-03-27",
        instead_of="云溪县农业农村局2022年政府信息公开工作年度报告\n发布时间：2023-01-16",
    )
)
