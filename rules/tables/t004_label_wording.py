"""T004: a row or column label departs from the mandated words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlint.document import Edit, Words
from govlint.report import Departure, Report
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
    for places in _alike(report.departed("label-wording")):
        departure = places[0]
        kind = _kind(departure.address)
        also = [other for place in places for other in place.also]
        evidence = [Words(f"同样：{other}", f"likewise: {other}") for other in also]
        if len(places) > 1:
            evidence.append(Words(f"同样写法共{len(places)}处", f"so written in {len(places)} places"))
        # Not safe: a row's label says what its figures are of.
        yield rule.finding(
            departure.span,
            section=departure.section,
            cells=(departure.address,),
            expected=departure.expected,
            actual=departure.actual,
            suggestion=Suggestion(
                text=departure.expected, edits=tuple(Edit(each.span, each.expected) for each in places)
            ),
            evidence=evidence,
            certainty="certain" if departure.certain else "likely",
            kind_zh=kind.zh,
            kind_en=kind.en,
        )


def _alike(departures: Iterable[Departure]) -> Iterable[list[Departure]]:
    """Departures by what is written for what: a label that a header repeats is in other words once."""
    found: dict[tuple[str, str, str, bool], list[Departure]] = {}
    for each in departures:
        key = each.address.split(".")[0], each.expected, each.actual, each.certain
        found.setdefault(key, []).append(each)
    return found.values()


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
