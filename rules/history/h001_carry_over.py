"""H001: applications carried in that are not those carried out last year."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from govlint.document import Number, Words
from govlint.filing import Filing
from govlint.rule import MANDATE, OGI, Beside, Example, Finding, Reference, Rule, Suggestion, Unchecked

rule = Rule(
    code="H001",
    name="carry-over",
    subject="years",
    title=Words("上年结转与上年报告不一致", "applications carried in are not those carried out last year"),
    severity="error",
    message=Words(
        "上年结转与{year}年报告的结转下年度不一致：{worked_zh}。{story_zh}",
        "Carried in is not what the report for {year} carried out: {worked_en}.{story_en}",
    ),
    why=Words(
        "上一年末没有办结的申请，就是本年开始时手上的申请，两份报告应当逐列一致；不一致说明有申请漏办、重计，或其中一份报告填错。",
        "What was unfinished at the end of one year is at hand at the start of the next, column by column; otherwise "
        "applications were lost or counted twice, or one of the reports is wrong.",
    ),
    reference=Reference(MANDATE, "表三，上年结转、结转下年度继续办理"),
    templates=OGI,
)


class _Break(Struct, frozen=True):
    column: str
    out: Number
    taken: Number


@rule.check
def check(before: Filing, after: Filing) -> Iterator[Finding | Unchecked]:
    breaks = [
        _Break(column, out, taken)
        for column, out in before.figures_by_row.get("applications.carried_out", {}).items()
        if (taken := after.value(f"applications.carried_in.{column}")) is not None and taken != out
    ]
    if not breaks:
        return
    breaks.sort(key=lambda each: each.column == "total")
    worked = [_worked(after, each) for each in breaks]
    story = _moved(before, after, breaks)
    first = breaks[0]
    yield rule.finding(
        None,
        cells=[f"applications.carried_in.{each.column}" for each in breaks],
        section="applications",
        expected=str(first.out),
        actual=str(first.taken),
        evidence=worked,
        suggestion=_balancing(after, breaks),
        year=before.year,
        worked_zh="；".join(words.zh for words in worked),
        worked_en="; ".join(words.en for words in worked),
        story_zh=story.zh,
        story_en=story.en,
    )


def _worked(after: Filing, broken: _Break) -> Words:
    label = after.template.column_label(f"applications.carried_in.{broken.column}")
    return Words(
        f"“{label}”上年转出{broken.out}件，本年转入{broken.taken}件",
        f"“{label}” {broken.out} carried out, {broken.taken} carried in",
    )


def _moved(before: Filing, after: Filing, breaks: list[_Break]) -> Words:
    """Where nothing was lost and only the kinds of applicant changed."""
    total = before.value("applications.carried_out.total")
    same = total is not None and total == after.value("applications.carried_in.total")
    if same and len(breaks) > 1 and sum(each.out for each in breaks) == sum(each.taken for each in breaks):
        return Words(
            "总计相同，只是申请人类别不同：同一批申请两年归入了不同的列。",
            " The totals agree: the same applications were counted under other kinds of applicant.",
        )
    return Words("", "")


def _balancing(after: Filing, breaks: list[_Break]) -> Suggestion | None:
    """Last year's figures, where with them every column of this year's table comes out even."""
    for each in breaks:
        rows = ("new_received", "outcome_total", "carried_out")
        new, handled, left = (after.value(f"applications.{row}.{each.column}") for row in rows)
        if new is None or handled is None or left is None or new + each.out != handled + left:
            return None
    return Suggestion({f"applications.carried_in.{each.column}": each.out for each in breaks})


_LAST_YEAR = (("2021", "2022"), ("2022", "2023"))
"""The model report, of 2022, and its day of publication moved a year back."""

_CARRIED_IN = "二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2"
_CARRIED_OUT = "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1"

rule.bad.append(
    Example(
        text=_CARRIED_IN,
        instead_of=_CARRIED_IN,
        cells=("applications.carried_in.natural_person", "applications.carried_in.total"),
        marks="2",
        beside=(Beside("2021.txt", (*_LAST_YEAR, (_CARRIED_OUT, _CARRIED_OUT))),),
    )
)
rule.bad.append(
    Example(
        text=_CARRIED_IN,
        instead_of=_CARRIED_IN,
        cells=("applications.carried_in.natural_person", "applications.carried_in.business"),
        beside=(
            Beside(
                "2021.txt",
                (*_LAST_YEAR, ("四、结转下年度继续办理 | 0 | 2 | 0 | 0 | 0 | 0 | 2", _CARRIED_OUT)),
            ),
        ),
    )
)
rule.good.append(
    Example(
        text=_CARRIED_IN,
        instead_of=_CARRIED_IN,
        beside=(
            Beside(
                "2021.txt",
                (*_LAST_YEAR, ("四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2", _CARRIED_OUT)),
            ),
        ),
    )
)
