"""T002: a mandated row is absent."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T002",
    name="missing-row",
    title=Words("缺少规定的行或列", "a mandated row or column is absent"),
    severity="error",
    message=Words(
        "表格缺少“{label}”一行{more_zh}。",
        "The row “{label}” is missing{more_en}.",
    ),
    why=Words(
        "表格的行由格式规定，没有发生的也要保留并填0，否则合计无从核对。",
        "The rows are mandated and stay, with 0, where nothing happened; without them no total can be checked.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
    absence=True,
)

_COLUMN = Words("表格缺少“{label}”一列。", "The column “{label}” is missing.")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("missing-row"):
        more = [report.template.row_label(address) for address in departure.also]
        yield rule.finding(
            departure.span,
            section=departure.section,
            cells=(departure.address, *departure.also),
            expected=departure.expected,
            evidence=[Words(f"同时缺少：{label}", f"also missing: {label}") for label in more],
            label=departure.expected,
            more_zh=f"等{len(more) + 1}行" if more else "",
            more_en=f" and {len(more)} more" if more else "",
        )

    for departure in report.departed("missing-column"):
        yield rule.finding(
            departure.span,
            message=_COLUMN,
            section=departure.section,
            cells=(departure.address,),
            expected=departure.expected,
            label=departure.expected,
        )


rule.bad.append(
    Example(
        text="",
        instead_of="7.属于行政执法案卷 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n",
        cells=("applications.refused_enforcement_file",),
    )
)
rule.good.append(Example(text="7、属于行政 执法案卷 |", instead_of="7.属于行政执法案卷 |"))
