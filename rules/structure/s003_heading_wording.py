"""S003: a heading departs from the mandated words."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Edit, Span, Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Suggestion

rule = Rule(
    code="S003",
    name="heading-wording",
    title=Words("部分标题的文字不符", "a heading in other words"),
    severity="warning",
    message=Words(
        "标题写作“{actual}”，规定的文字是“{expected}”。",
        "The heading reads “{actual}”; the mandated words are “{expected}”.",
    ),
    why=Words(
        "标题文字由格式规定，改动后与其他机关的报告不能对应。",
        "The words of headings are mandated; a changed one cannot be matched with other bodies’ reports.",
    ),
    reference=Reference(MANDATE, "报告格式"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("heading-wording"):
        words = report.template.sections[departure.address].words
        written = Span(departure.span.end - len(departure.actual), departure.span.end)
        exact = report.text(departure.span).endswith(departure.actual)
        # Not safe: other words may announce other matter; a person has to see that the section is what it says.
        edits = (Edit(written, words),) if exact else ()
        yield rule.finding(
            departure.span,
            section=departure.section,
            expected=words,
            actual=departure.actual,
            suggestion=Suggestion(text=words, edits=edits),
        )


rule.bad.append(
    Example(
        text="五、存在问题及改进情况",
        instead_of="五、存在的主要问题及改进情况",
        marks="存在问题及改进情况",
    )
)
rule.good.append(Example(text="五、 存在的主要问题及改进情况", instead_of="五、存在的主要问题及改进情况"))
