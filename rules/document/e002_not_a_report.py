"""E002: no annual report of a known template is in the document."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import Finding, Reference, Rule

rule = Rule(
    code="E002",
    name="not-a-report",
    title=Words("不是年度报告", "not an annual report"),
    severity="warning",
    message=Words(
        "文件中没有找到已知模板的年度报告：规定的标题、各部分和表格没有或者不足（2019年度以前的报告没有可依的模板）。"
        "请确认文件是否正确；如是报告，请用 --template 指定模板。",
        "No annual report of a known template was found: its title, sections and tables are not there, or too few "
        "(for years before 2019 no template is known). "
        "Check that it is the right file; if it is a report, name the template with --template.",
    ),
    why=Words(
        "解读、通知、目录页常与报告放在同一栏目，不应按报告检查。",
        "Explanations, notices and index pages are often kept beside the reports and must not be checked as reports.",
    ),
    reference=Reference("govlint", "E002"),
    needs="document",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    if report.unrecognised:
        yield rule.finding(None)
