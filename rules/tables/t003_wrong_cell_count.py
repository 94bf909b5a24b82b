"""T003: a row with more or fewer values than the table has columns."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
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
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("wrong-cell-count"):
        table, row = departure.address.split(".")
        place = report.place(departure.address)
        columns = report.template.tables[table].rows[row].columns
        yield rule.finding(
            departure.span,
            section=departure.section,
            cells=tuple(f"{departure.address}.{column}" for column in columns),
            expected=departure.expected,
            actual=departure.actual,
            evidence=[Words("实有：" + "、".join(departure.also), "found: " + ", ".join(departure.also))]
            if departure.also
            else [],
            place_zh=place.zh,
            place_en=place.en,
        )


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
