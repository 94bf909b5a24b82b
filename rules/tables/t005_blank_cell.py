"""T005: a blank where a number, 0 included, belongs; one finding a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.document import Edit, Words
from govlint.report import Cell, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Suggestion
from govlint.template.model import TEXTS

rule = Rule(
    code="T005",
    name="blank-cell",
    title=Words("空白的单元格", "blank cells"),
    severity="warning",
    message=Words(
        "{place_zh}有{count}格没有填数（空白、“-”或“/”）；没有发生的应填0。",
        "{place_en}: {count} cells have no figure (blank, - or /); where nothing happened the figure is 0.",
    ),
    why=Words(
        "空白可能是没有发生，也可能是漏填，读者无法区分。",
        "A blank may mean none or forgotten; a reader cannot tell.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    blanks = [cell for cell in report.cells.values() if cell.state == "blank"]
    for table in report.template.tables:
        blank = [cell for cell in blanks if cell.table == table]
        if blank:
            place = report.place(table)
            figures = [cell for cell in blank if report.template.kind(cell.address) not in TEXTS]
            zeros = dict.fromkeys((cell.address for cell in figures), 0)
            yield rule.finding(
                blank[0].span,
                section=report.template.tables[table].section or None,
                cells=tuple(cell.address for cell in blank),
                expected="0" if figures else None,
                suggestion=Suggestion(zeros, edits=_edits(report, figures)) if figures else None,
                count=len(blank),
                place_zh=place.zh,
                place_en=place.en,
            )


def _edits(report: Report, blank: Sequence[Cell]) -> tuple[Edit, ...]:
    """A 0 in each, where each has a place of its own. Not safe: a blank may be a figure forgotten."""
    exact = len({cell.span for cell in blank}) == len(blank)
    if not exact or any(report.text(cell.span) != cell.raw for cell in blank):
        return ()
    return tuple(Edit(cell.span, "0") for cell in blank)


rule.bad.append(
    Example(
        text="规章 | - | / |  |\n",
        instead_of="规章 | 0 | 0 | 0\n",
        cells=("proactive.regulations.issued",),
    )
)
rule.good.append(Example(text="|规章|0|0|0|\n", instead_of="规章 | 0 | 0 | 0\n"))
