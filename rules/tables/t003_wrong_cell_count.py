"""T003: a row with more or fewer values than the table has columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govlint.document import Words
from govlint.report import Departure, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T003",
    name="wrong-cell-count",
    title=Words("数字个数不符", "the wrong number of figures"),
    severity="error",
    message=Words(
        "{place_zh}应有{expected}个数，实有{actual}个，无法判断哪一列缺（多）了数。",
        "{place_en} should have {expected} figures and has {actual}; it cannot be told which column is wrong.",
    ),
    why=Words(
        "少一个数，后面各列的数就都错位；这一行的勾稽关系也无法核对。",
        "With one figure short all that follow stand in the wrong column, and the row’s identities cannot be checked.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
    absence=True,
)


_ALL = Words(
    "{place_zh}有{count}行都应有{expected}个数，实有{actual}个，无法判断哪一列缺（多）了数。",
    "{count} rows of the {place_en} should have {expected} figures and have {actual}; it cannot be told which column is wrong.",
)
_PAGE = Words(
    "{place_zh}应有{expected}个数，实有{actual}个；“{page}”像是页码，已略过，其余各数合计相符。",
    "{place_en} should have {expected} figures and has {actual}; “{page}” looks like a page number and was passed over, "
    "the others add up.",
)
_SYSTEMATIC = 4
"""Rows of a table with as many figures too few or too many from which it is one finding: a column, and no slip."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    alike: dict[tuple[str, str, str], list[Departure]] = {}
    for departure in report.departed("wrong-cell-count"):
        if not departure.certain:
            yield _page_number(report, departure)
            continue
        key = departure.address.split(".")[0], departure.expected, departure.actual
        alike.setdefault(key, []).append(departure)
    for departures in alike.values():
        if len(departures) < _SYSTEMATIC:
            yield from (_finding(report, [departure]) for departure in departures)
        else:
            yield _finding(report, departures)


def _page_number(report: Report, departure: Departure) -> Finding:
    place = report.place(departure.address)
    (page,) = departure.also
    return rule.finding(
        departure.span,
        message=_PAGE,
        section=departure.section,
        expected=departure.expected,
        actual=departure.actual,
        severity="info",
        certainty="likely",
        place_zh=place.zh,
        place_en=place.en,
        page=page,
    )


def _finding(report: Report, departures: Sequence[Departure]) -> Finding:
    """One finding at the first of the rows."""
    first = departures[0]
    place = report.place(first.address if len(departures) == 1 else first.address.split(".")[0])
    return rule.finding(
        first.span,
        message=None if len(departures) == 1 else _ALL,
        section=first.section,
        cells=tuple(cell for departure in departures for cell in _cells(report, departure)),
        expected=first.expected,
        actual=first.actual,
        evidence=[Words("实有：" + "、".join(first.also), "found: " + ", ".join(first.also))]
        if first.also
        else [],
        place_zh=place.zh,
        place_en=place.en,
        count=len(departures),
    )


def _cells(report: Report, departure: Departure) -> Iterator[str]:
    table, row = departure.address.split(".")
    return (f"{departure.address}.{column}" for column in report.template.tables[table].rows[row].columns)


rule.bad.append(
    Example(
        text="2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0\n",
        instead_of="2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n",
        cells=("applications.declined_repeated.natural_person",),
    )
)
rule.good.append(
    Example(text="2.重复申请 0 0 0 0 0 0 0\n", instead_of="2.重复申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n")
)
