"""T005: a blank where a number, 0 included, belongs; one finding a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govlint.document import Edit, Number, Words
from govlint.numbers.identities import say
from govlint.numbers.implied import implied
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
        "空白可能是没有发生，也可能是漏填，读者无法区分。能由勾稽关系算出的，按算出的数填写。",
        "A blank may mean none or forgotten; a reader cannot tell. Where the identities give the figure, it is that one.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
    absence=True,
)

_WORKED_OUT = Words(
    "{place_zh}有{count}格没有填数（空白、“-”或“/”）；按勾稽关系，其中{known}格不是0：{figures_zh}。",
    "{place_en}: {count} cells have no figure (blank, - or /); by the identities {known} of them are not 0: {figures_en}.",
)
_OPEN = Words(
    "{place_zh}有{count}格没有填数（空白、“-”或“/”）；勾稽关系不能确定应填的数，请据实补填。",
    "{place_en}: {count} cells have no figure (blank, - or /); the identities leave it open which: fill in what happened.",
)
_EMPTY = Words(
    "{place_zh}的{count}格全部没有填数；请据实填写，没有发生的填0。",
    "{place_en}: none of its {count} cells has a figure. Fill them in; where nothing happened the figure is 0.",
)
_MOST = 8
"""Figures that the message spells out."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    blanks = [cell for cell in report.cells.values() if cell.state == "blank"]
    if not blanks:
        return
    values = {cell.address: cell.value for cell in report.cells.values() if cell.state in ("number", "blank")}
    right = implied(report.template.identities, values)
    for table in report.template.tables:
        blank = [cell for cell in blanks if cell.table == table]
        if blank:
            yield _finding(report, table, blank, right)


def _finding(report: Report, table: str, blank: Sequence[Cell], right: Mapping[str, Number]) -> Finding:
    """One for the table, with the figure of each cell that has only one."""
    figures = [cell for cell in blank if report.template.kind(cell.address) not in TEXTS]
    kinds = [kind for address, kind in report.template.kinds.items() if address.startswith(f"{table}.")]
    empty = len(figures) == sum(kind not in TEXTS for kind in kinds) > 1
    known = {} if empty else {cell.address: right[cell.address] for cell in figures if cell.address in right}
    told = {address: value for address, value in known.items() if value}
    message = _EMPTY if empty else _WORKED_OUT if told else _OPEN if figures and not known else None
    place = report.place(table)
    return rule.finding(
        blank[0].span,
        message=message,
        section=report.template.tables[table].section or None,
        cells=tuple(cell.address for cell in blank),
        expected="、".join(map(say, told.values())) or ("0" if known else None),
        suggestion=Suggestion(known, edits=_edits(report, figures, known)) if known else None,
        count=len(blank),
        known=len(told),
        figures_zh=_spelled(
            [f"{report.place(a).zh.removeprefix(place.zh)}{say(v)}" for a, v in told.items()]
        ),
        figures_en=_spelled(
            [f"{report.place(a).en.removeprefix(f'{place.en}, ')} {say(v)}" for a, v in told.items()]
        ),
        place_zh=place.zh,
        place_en=place.en,
    )


def _spelled(figures: Sequence[str]) -> str:
    return "、".join(figures[:_MOST]) + ("…" if len(figures) > _MOST else "")


def _edits(report: Report, blank: Sequence[Cell], right: Mapping[str, Number]) -> tuple[Edit, ...]:
    """The figures in each, where each has a place of its own. Not safe: a blank may be a figure forgotten."""
    exact = len({cell.span for cell in blank}) == len(blank)
    if not exact or any(report.text(cell.span) != cell.raw for cell in blank):
        return ()
    return tuple(Edit(cell.span, say(right[cell.address])) for cell in blank if cell.address in right)


rule.bad.append(
    Example(
        text="规章 | - | / |  |\n",
        instead_of="规章 | 0 | 0 | 0\n",
        cells=("proactive.regulations.issued",),
    )
)
rule.good.append(Example(text="|规章|0|0|0|\n", instead_of="规章 | 0 | 0 | 0\n"))
