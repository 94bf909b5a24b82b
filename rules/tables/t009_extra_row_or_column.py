"""T009: a row or column that the format does not have."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Departure, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T009",
    name="extra-row-or-column",
    title=Words("多出规定以外的行或列", "a row or column that the format does not have"),
    severity="warning",
    message=Words(
        "{place_zh}多出规定以外的“{actual}”{more_zh}{line_zh}，所填的数没有计入。",
        "The {place_en} has {line_en} that the format does not have: “{actual}”{more_en}. Its figures were left out.",
    ),
    why=Words(
        "表格的行列由格式规定，自行增加的行列不能汇总，也容易使其他各格错位；确需说明的，写入文字部分。",
        "Rows and columns are mandated: what is added cannot be collected and may push other figures out of place. Say it in prose.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)

_LINES = {"extra-row": Words("行", "a row"), "extra-column": Words("列", "a column")}


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departures:
        if departure.kind in _LINES:
            yield _finding(report, departure)


def _finding(report: Report, departure: Departure) -> Finding:
    place, line, more = report.place(departure.address), _LINES[departure.kind], departure.also
    return rule.finding(
        departure.span,
        section=departure.section,
        cells=(departure.address,),
        actual=departure.actual,
        evidence=[Words(f"同样：{words}", f"likewise: {words}") for words in more],
        place_zh=place.zh,
        place_en=place.en,
        line_zh=f"{len(more) + 1}{line.zh}" if more else f"一{line.zh}",
        line_en=line.en,
        more_zh="等" if more else "",
        more_en=f" and {len(more)} more" if more else "",
    )


rule.bad.append(
    Example(
        text="行政强制 | 3\n行政征收 | 5\n",
        instead_of="行政强制 | 3\n",
        cells=("proactive",),
        marks="行政征收",
    )
)
rule.good.append(Example(text="行政强制 | 3\n注：含委托执法。\n", instead_of="行政强制 | 3\n"))
