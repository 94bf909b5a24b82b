"""S007: no title, or one without year, agency or the mandated words."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Span, Words
from govlint.parsing.metadata import split_title, subject_of
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Severity
from govlint.text.folding import compact

rule = Rule(
    code="S007",
    name="title-form",
    title=Words("标题不完整", "an incomplete title"),
    severity="warning",
    message=Words(
        "{problem_zh}。标题应写明机关名称、年度和“{expected}”，如“某某局2025年{expected}”。",
        "{problem_en}. A title names the agency, the year and “{expected}”.",
    ),
    why=Words(
        "标题是公众检索和归档的依据，缺机关或年份就无法判断是谁、哪一年的报告。",
        "Reports are found and filed by their titles; without agency or year nobody can tell whose and which year’s it is.",
    ),
    reference=Reference(MANDATE, "标题"),
    needs="sections",
    absence=True,
)

_SHORT = ("年报", "年度报告")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    if report.tables_only or not report.template.sections:
        return
    wanted = report.template.title
    if report.title is None:
        yield rule.finding(
            Span(0, 0), expected=wanted, problem_zh="没有找到报告标题", problem_en="No title was found"
        )
        return
    title = report.title
    written = compact(report.text(report.title_span)) if report.title_span else title
    elsewhere = written != title and title.endswith(written) and compact(wanted) in written
    if elsewhere:  # the page's own title says more than the one that its readers see
        title = written
    agency, year = split_title(title, subject_of(wanted))
    problems = []
    severity: Severity | None = None
    if year is None:
        problems.append(("年份", "the year"))
    if agency is None:
        problems.append(("机关名称", "the agency"))
    if wanted not in title and report.title_span is not None:
        short = "政府信息公开" in title and title.endswith(_SHORT)
        if not problems and short:  # complete, in the short form that offices use
            severity = "info"
        problems.append((f"“{wanted}”字样", f"the words “{wanted}”"))
    if problems:
        yield rule.finding(
            report.title_span,
            expected=wanted,
            actual=title,
            problem_zh="标题中缺少" + "、".join(zh for zh, _ in problems),
            problem_en="The title lacks " + ", ".join(en for _, en in problems),
            severity=severity,
            certainty="likely" if elsewhere else "certain",
        )


rule.bad.append(
    Example(
        text="云溪县农业农村局政府信息公开工作年度报告",
        instead_of="云溪县农业农村局2022年政府信息公开工作年度报告",
        marks="云溪县农业农村局政府信息公开工作年度报告",
    )
)
rule.good.append(
    Example(
        text="云溪县农业农村局\n2022年度政府信息公开工作年度报告",
        instead_of="云溪县农业农村局2022年政府信息公开工作年度报告",
    )
)
