"""N005: documents in force that are fewer than those issued minus those repealed."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.diagnosis import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="N005",
    name="in-force-too-small",
    title=Words("现行有效件数过少", "fewer documents in force than issued minus repealed"),
    severity="warning",
    message=Words(
        "{line_zh}的现行有效件数少于本年制发件数减废止件数：{worked}。",
        "{line_en}: fewer in force than issued minus repealed: {worked}.",
    ),
    why=Words(
        "本年制发而未废止的文件仍然有效，现行有效件数不会比它们还少；当年即失效的除外。",
        "What was issued and not repealed is in force, so no fewer can be; unless some expired within the year.",
    ),
    reference=Reference(MANDATE, "表二，第二十条第（一）项"),
    needs="identities",
)


@rule.check
def check(report: Report) -> Iterator[Finding | Unchecked]:
    yield from findings(rule, report)


rule.bad.append(
    Example(
        text="行政规范性文件 | 12 | 1 | 9\n",
        instead_of="行政规范性文件 | 2 | 1 | 9\n",
        cells=("proactive.normative_documents.in_force",),
        marks="9",
    )
)
rule.good.append(
    Example(
        text="行政规范性文件 | 10 | 1 | 9\n",
        instead_of="行政规范性文件 | 2 | 1 | 9\n",
    )
)
