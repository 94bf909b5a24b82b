"""D004: a government's report without 工作考核, 社会评议 or 责任追究."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import OGI, REGULATION, Example, Finding, Reference, Rule

rule = Rule(
    code="D004",
    name="supervision-results",
    title=Words(
        "政府的报告缺少考核、评议、追究结果", "a government's report without the results of supervision"
    ),
    severity="warning",
    message=Words(
        "{agency}的报告未反映{actual}情况：各级人民政府的年度报告还应当包括工作考核、社会评议和责任追究结果情况。",
        "The report of {agency} says nothing on {missing_en}: a government's report includes the results of assessment, "
        "of public appraisal and of accountability.",
    ),
    why=Words(
        "考核、评议和追究的结果是各级人民政府年度报告的法定内容，没有责任追究情形的也应写明。",
        "The law demands these results of every government; where nobody was held to account, that has to be said.",
    ),
    reference=Reference(REGULATION, "第五十条第一款第（四）项"),
    needs="sections",
    templates=OGI,
    absence=True,
)

_RESULTS: tuple[tuple[Words, re.Pattern[str]], ...] = (
    (Words("工作考核", "assessment"), re.compile(r"考核|考评|绩效|评估|测评|督查|通报")),
    (Words("社会评议", "public appraisal"), re.compile(r"评议|测评|满意度|评价|第三方|民意|评估|群众评|问卷|社会监督")),
    (Words("责任追究", "accountability"), re.compile(r"追究|追责|问责|责任倒查|责任落实")),
)  # fmt: skip
"""As in ``纳入年度考核``, ``满意度``, ``未发生追责情形``."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("overview")
    agency = report.agency
    if section is None or agency is None or not section.prose:
        return
    if report.title is None or agency not in report.title:
        return  # the publisher of a page need not be the body that reports
    body = report.body(agency)
    if not body.governs or "办" in agency:
        return
    words = "".join(stretch.text for stretch in report.stretches)
    missing = [name for name, said in _RESULTS if not said.search(words)]
    if not missing:
        return
    all_missing = len(missing) == len(_RESULTS)  # some may be said in words that are not known here
    yield rule.finding(
        section.span,
        section="overview",
        agency=agency,
        actual="、".join(name.zh for name in missing),
        missing_en=", ".join(name.en for name in missing),
        certainty="certain" if all_missing and body.kind == "government" else "likely",
        severity=None if all_missing else "info",
    )


_TITLE = "云溪县农业农村局2022年政府信息公开工作年度报告"
rule.bad.append(
    Example(text="云溪县人民政府2022年政府信息公开工作年度报告", instead_of=_TITLE, marks="总体情况")
)
rule.good.append(
    Example(text="\n政务公开纳入绩效考核，社会评议满意率较高，没有责任追究情形。", section="overview")
)
