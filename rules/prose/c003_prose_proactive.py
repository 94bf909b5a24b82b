"""C003: the prose states another number of regulations, normative documents, decisions or fees than table 2."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.comparison import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="C003",
    name="prose-proactive",
    title=Words(
        "文字所述规章、规范性文件等数量与表格不一致",
        "the prose states other numbers than the table of proactive disclosure",
    ),
    severity="warning",
    message=Words(
        "文字表述为“{actual}”，而{where_zh}为{expected}，两处不一致。",
        "The prose says “{actual}”; {where_en}: {expected}.",
    ),
    why=Words(
        "规章、行政规范性文件的制发、废止、现行有效件数，行政许可、处罚、强制决定数和收费金额在文字和表格中应当一致。"
        "备案、公开、解读的件数是另外的数，不作比对。",
        "What was issued, repealed and is in force, decisions and fees must be the same in prose and table. Documents "
        "registered, published or explained are other quantities and are not compared.",
    ),
    reference=Reference(MANDATE, "二、主动公开政府信息情况"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    yield from findings(rule, report, "proactive")


rule.bad += [
    Example(
        text="制发行政规范性文件3件。",
        instead_of="制发行政规范性文件2件。",
        cells=("proactive.normative_documents.issued",),
        marks="3件",
    ),
    Example(
        text="全年共废止行政规范性文件2件，现行有效9件。",
        section="overview",
        cells=("proactive.normative_documents.repealed",),
        marks="2件",
    ),
]
rule.good += [
    Example(text="公开行政规范性文件12件，备案审查规范性文件5件。", section="overview"),
    Example(text="作出行政处罚决定24件，收取行政事业性收费36000元。", section="overview"),
]
