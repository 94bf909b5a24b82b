"""T008: run-together digits that have several consistent readings."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import other_readings
from govlint.document import Span, Words
from govlint.numbers.identities import say
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T008",
    name="ambiguous-digits",
    title=Words("连写的数字有多种读法", "run-together digits with several readings"),
    severity="info",
    message=Words(
        "{place_zh}的数字连写，不能确定各格的数，{row_zh}按最可能的读法读作{best}。",
        "{place_en}: the digits run together and can be read in several ways; {row_en}read as {best_en}.",
    ),
    why=Words(
        "表格失去边框后，数字连成一串；勾稽关系仍不能确定的，读者无从知道各格的数。",
        "Where a table has lost its borders its digits run together; what the identities leave open no reader can know.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    """One finding a document: where one table has lost its borders, the others have too."""
    guessed = (*report.document.guessed, *report.document.doubtful)  # those are uncertain for another reason
    cells = [
        cell
        for cell in report.cells.values()
        if cell.uncertain and not any(each.start <= cell.span.start < each.end for each in guessed)
    ]
    if not cells:
        return
    rows = list(dict.fromkeys(cell.address.rpartition(".")[0] for cell in cells))
    tables = list(dict.fromkeys(cell.table for cell in cells))
    places = [report.place(each) for each in (rows if len(rows) == 1 else tables)]
    row = report.place(rows[0])
    whole = [cell for cell in report.cells.values() if cell.address.startswith(f"{rows[0]}.")]
    yield rule.finding(
        Span(whole[0].span.start, whole[-1].span.end),
        cells=tuple(cell.address for cell in cells),
        section=report.template.tables[tables[0]].section or None,
        actual="、".join(cell.raw for cell in cells[:12]),
        evidence=_others(report),
        certainty="likely",
        place_zh="、".join(place.zh for place in places),
        place_en=", ".join(place.en for place in places),
        row_zh=f"如{row.zh}" if len(rows) > 1 else "",
        row_en=f"{row.en} is " if len(rows) > 1 else "",
        best="、".join(cell.raw[:12] for cell in whole),
        best_en=", ".join(cell.raw[:12] for cell in whole),
    )


def _others(report: Report) -> Iterator[Words]:
    for cells, figures in other_readings(report):
        row, read = report.place(cells[0].rsplit(".", 1)[0]), [say(figure) for figure in figures]
        yield Words(f"{row.zh}另可读作{'、'.join(read)}", f"{row.en}: may also be read as {', '.join(read)}")


rule.bad.append(
    Example(
        text="行政规范性文件3746\n",
        instead_of="行政规范性文件 | 2 | 1 | 9\n",
        cells=("proactive.normative_documents.issued",),
        marks="3",
    )
)
rule.good.append(
    Example(
        text="一、本年新收政府信息公开申请数量102001013\n",
        instead_of="一、本年新收政府信息公开申请数量 | 10 | 2 | 0 | 0 | 1 | 0 | 13\n",
    )
)
