"""H004: a figure ten times last year's, or a tenth of it."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Number, Words
from govlint.filing import Filing
from govlint.rule import MANDATE, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="H004",
    name="order-of-magnitude",
    subject="years",
    title=Words("数字与上年相差十倍", "a figure ten times last year's, or a tenth of it"),
    severity="info",
    message=Words(
        "{place_zh}由{year}年的{expected}变为{actual}，{change_zh}，请核对是否多写或少写了一位。",
        "{place_en}: {expected} in {year}, {actual} now, {change_en}; check whether a digit is missing or too many.",
    ),
    why=Words(
        "一年之间相差十倍的数字，常是多写、少写一位，或换了统计口径、单位；属实的，最好在报告中说明。",
        "A tenfold change within a year is often a digit too many or too few, or another unit; if it is true, say why.",
    ),
    reference=Reference(MANDATE, "填报说明"),
)

_TENFOLD = 10
_NOTABLE = 100
"""The larger of the two figures, at least: one application after ten is no news."""


@rule.check
def check(before: Filing, after: Filing) -> Iterator[Finding | Unchecked]:
    for row, figures in after.figures_by_row.items():
        last = before.figures_by_row.get(row, {})
        jumped = [
            column
            for column, value in figures.items()
            if column in last
            and after.template.kind(f"{row}.{column}") != "CHANGE"
            and _jumped(last[column], value)
        ]
        if jumped:
            yield _finding(before, after, row, jumped)


def _jumped(last: Number, now: Number) -> bool:
    small, large = sorted((last, now))
    return small > 0 and large >= _NOTABLE and large >= _TENFOLD * small


def _finding(before: Filing, after: Filing, row: str, jumped: list[str]) -> Finding:
    jumped.sort(key=lambda column: column != "total")
    cells = [f"{row}.{column}" for column in jumped]
    last, now = before.figures[cells[0]], after.figures[cells[0]]
    times = max(last, now) / min(last, now)
    place = after.template.describe(cells[0])
    return rule.finding(
        None,
        cells=cells,
        section=after.template.tables[row.split(".")[0]].section or None,
        expected=str(last),
        actual=str(now),
        year=before.year,
        place_zh=place.zh,
        place_en=place.en,
        change_zh=f"增至{times:.0f}倍" if now > last else f"降至{times:.0f}分之一",
        change_en=f"{times:.0f} times as much" if now > last else f"one {times:.0f}th",
        certainty="likely",
    )


_ROW = "行政许可 | 156\n"
_LAST_YEAR = (("2021", "2022"), ("2022", "2023"), (_ROW, _ROW))

rule.bad.append(
    Example(
        text="行政许可 | 1560\n",
        instead_of=_ROW,
        cells=("proactive.licensing.decisions",),
        marks="1560",
        beside=(Beside("2021.txt", _LAST_YEAR),),
    )
)
rule.good.append(
    Example(
        text="行政许可 | 1460\n",
        instead_of=_ROW,
        beside=(Beside("2021.txt", _LAST_YEAR),),
    )
)
