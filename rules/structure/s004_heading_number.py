"""S004: an ordinal in another style or out of count."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Edit, Span, Words
from govlint.report import Departure, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Suggestion
from govlint.text.folding import fold
from govlint.text.ordinals import ordinal_value

rule = Rule(
    code="S004",
    name="heading-number",
    title=Words("部分序号不符", "an ordinal in another style or out of count"),
    severity="warning",
    message=Words(
        "标题的序号写作“{actual}”，规定的序号是“{expected}”。",
        "The section is numbered “{actual}”; the mandated ordinal is “{expected}”.",
    ),
    why=Words(
        "格式规定六个部分用“一、”至“六、”编号；换用别的样式或跳号，容易与部分之内的小标题混淆。",
        "The format numbers its six sections 一、 to 六、; another style or a gap is easily mistaken for a sub-heading.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("heading-number"):
        edits = _edits(report, departure)
        yield rule.finding(
            departure.span,
            section=departure.section,
            expected=departure.expected,
            actual=departure.actual or "无",
            suggestion=Suggestion(text=departure.expected, edits=edits) if edits else None,
            evidence=[Words(f"同样：{other}", f"likewise: {other}") for other in departure.also],
        )


def _edits(report: Report, departure: Departure) -> tuple[Edit, ...]:
    """The ordinal written anew; another number than the mandated one may be referred to elsewhere."""
    start = departure.span.start
    span = Span(start, start + len(departure.actual))
    if fold(report.text(span)) != departure.actual:
        return ()
    same = ordinal_value(departure.actual) == ordinal_value(departure.expected)
    return (Edit(span, departure.expected, safe=same),)


rule.bad.append(
    Example(text="5、存在的主要问题及改进情况", instead_of="五、存在的主要问题及改进情况", marks="5、")
)
rule.good.append(Example(text="五、存在的主要问题及改进情况", instead_of="五、存在的主要问题及改进情况"))
