"""T004: a row or column label departs from the mandated words."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Edit, Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Suggestion

rule = Rule(
    code="T004",
    name="label-wording",
    title=Words("行列名称文字不符", "a label in other words"),
    severity="warning",
    message=Words(
        "{kind_zh}写作“{actual}”，规定的文字是“{expected}”。",
        "The {kind_en} reads “{actual}”; the mandated words are “{expected}”.",
    ),
    why=Words(
        "行列名称由格式规定，改一个字含义就可能不同，汇总时也对不上。",
        "Labels are mandated: one changed character may change the meaning, and the row cannot be collected with others.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("label-wording"):
        kind = _kind(departure.address)
        # Not safe: a row's label says what its figures are of.
        yield rule.finding(
            departure.span,
            section=departure.section,
            cells=(departure.address,),
            expected=departure.expected,
            actual=departure.actual,
            suggestion=Suggestion(text=departure.expected, edits=(Edit(departure.span, departure.expected),)),
            evidence=[Words(f"同样：{other}", f"likewise: {other}") for other in departure.also],
            certainty="certain" if departure.certain else "likely",
            kind_zh=kind.zh,
            kind_en=kind.en,
        )


def _kind(address: str) -> Words:
    """What a label names: ``table.row``, ``table.*.column``, or several of them."""
    parts = address.split(".")
    if len(parts) > 2:
        return Words("列的名称", "column's name")
    return Words("行的名称", "row's name") if len(parts) == 2 else Words("表头的文字", "table's header")


rule.bad.append(
    Example(
        text="5.属于三类内容事务信息",
        instead_of="5.属于三类内部事务信息",
        cells=("applications.refused_internal_affairs",),
        marks="属于三类内容事务信息",
    )
)
rule.good.append(
    Example(
        text="（二）部分公开(区分处理的,只计这一情形,不计其他情形)",
        instead_of="（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    )
)
