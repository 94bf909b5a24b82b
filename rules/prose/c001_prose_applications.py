"""C001: the prose states another number of applications than table 3."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.balance import Imbalance, imbalances
from govlint.checks.comparison import edit_of, findings, plain
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Related, Rule, Suggestion

rule = Rule(
    code="C001",
    name="prose-applications",
    title=Words(
        "文字所述申请数量与表格不一致", "the prose states another number of applications than the table"
    ),
    severity="warning",
    message=Words(
        "文字表述为“{actual}”，而{where_zh}为{expected}，两处不一致。",
        "The prose says “{actual}”; {where_en}: {expected}.",
    ),
    why=Words(
        "总体情况与表格写的是同一年、同一机关的申请；两处数字不同，读者无从知道哪一个是真的。收到、受理可以只指新收，也可以连上年结转在内，"
        "与其中任何一种相符的都不报告；外单位、往年和部分的数字不与表格比对。",
        "Overview and table speak of the same applications; where they differ, a reader cannot know which is true. "
        "A statement that agrees with any honest reading is no finding; figures of other bodies, other years and of "
        "parts are not compared.",
    ),
    reference=Reference(MANDATE, "一、总体情况；三、收到和处理政府信息公开申请情况"),
    needs="sections",
)


_BALANCE = Words(
    "文字所述申请数量前后不符：收到{received}＋上年结转{carried_in}，应等于办结{handled}＋结转下年{carried_out}；"
    "按其余三数，办结应为{expected}。",
    "The applications told do not balance: {received} received + {carried_in} carried in should be {handled} handled + "
    "{carried_out} carried out; by the other three, {expected} were handled.",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    against_table = list(findings(rule, report, "applications"))
    yield from against_table
    wrong = {finding.span for finding in against_table}
    for imbalance in imbalances(report):
        if wrong.isdisjoint(statement.span for statement in imbalance.statements):
            yield _unbalanced(report, imbalance)


def _unbalanced(report: Report, imbalance: Imbalance) -> Finding:
    received, carried_in, answered, carried_out = imbalance.statements
    expected = plain(imbalance.expected)
    # Which of the four is wrong the table alone can tell.
    known = report.value("applications.outcome_total.total") == imbalance.expected
    edits = edit_of(report, answered.number, expected) if known else ()
    return rule.finding(
        answered.span,
        message=_BALANCE,
        section=answered.section or None,
        expected=expected,
        actual=report.text(answered.span),
        suggestion=Suggestion(text=expected, edits=edits) if known else None,
        related=[Related("operand", None, each.span) for each in (received, carried_in, carried_out)],
        certainty="likely",
        received=plain(received.value),
        carried_in=plain(carried_in.value),
        handled=plain(answered.value),
        carried_out=plain(carried_out.value),
    )


rule.bad += [
    Example(
        text="全年新收政府信息公开申请16件，上年结转2件",
        instead_of="全年新收政府信息公开申请13件，上年结转2件",
        cells=("applications.new_received.total",),
        marks="16",
    ),
    Example(
        text="其中予以公开6件，部分公开4件。",
        section="applications",
        cells=("applications.partially_granted.total",),
        marks="4件",
    ),
    Example(
        text="未收到政府信息公开申请。",
        instead_of="全年新收政府信息公开申请13件，上年结转2件，全部按期答复，结转下年度继续办理1件。",
        cells=("applications.new_received.total",),
        marks="未",
    ),
]
rule.bad.append(
    Example(
        text="全年新收政府信息公开申请13件，上年结转2件，办结12件，结转下年度继续办理1件。",
        instead_of="全年新收政府信息公开申请13件，上年结转2件，全部按期答复，结转下年度继续办理1件。",
        marks="12件",
    )
)
rule.good += [
    Example(
        text="全年共受理政府信息公开申请15件，办结14件，结转下年度继续办理1件。",
        instead_of="全年新收政府信息公开申请13件，上年结转2件，全部按期答复，结转下年度继续办理1件。",
    ),
    Example(text="2021年收到政府信息公开申请20件。", section="problems"),
    Example(text="全县各部门共收到政府信息公开申请420件，办理网民留言155条。", section="other"),
]
