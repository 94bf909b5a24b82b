"""E009: there is nothing in the document but the tables."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import Finding, Reference, Rule

rule = Rule(
    code="E009",
    name="tables-alone",
    title=Words("只有表格", "nothing but the tables"),
    severity="warning",
    message=Words(
        "文件里只有表格，没有各部分的标题和文字：只核对了表格。如果这就是要公开的报告，请补上各部分；否则请检查完整的报告。",
        "There is nothing in the file but the tables, no headings and no text: only the tables were checked. If this is the "
        "report to be published, add its sections; otherwise check the whole report.",
    ),
    why=Words(
        "表格常单独成一个文件（统计表、附件），不应逐一报告缺少的部分；但公开的报告不能只有表格。",
        "The tables are often kept as a file of their own, whose missing sections are no faults; a published report is more "
        "than its tables.",
    ),
    reference=Reference("govlint", "E009"),
    needs="tables",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    """A workbook of the tables is what offices collect them in, and nothing to be told."""
    if report.tables_only and not report.document.tables_only and report.template.sections:
        yield rule.finding(report.title_span)
