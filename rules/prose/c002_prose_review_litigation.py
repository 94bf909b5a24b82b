"""C002: the prose states another number of reviews or suits than table 4."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.comparison import findings
from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="C002",
    name="prose-review-litigation",
    title=Words(
        "文字所述复议、诉讼数量与表格不一致",
        "the prose states another number of reviews or suits than the table",
    ),
    severity="warning",
    message=Words(
        "文字表述为“{actual}”，而{where_zh}为{expected}，两处不一致。",
        "The prose says “{actual}”; {where_en}: {expected}.",
    ),
    why=Words(
        "复议和诉讼的件数、结果在文字和表格中应当一致。行政诉讼可以指直接起诉，也可以连复议后起诉在内；一句话可以把复议和诉讼合起来说。",
        "Reviews and suits must be the same in prose and table. 行政诉讼 may mean both kinds of suit, and one sentence "
        "may add up reviews and suits.",
    ),
    reference=Reference(MANDATE, "四、政府信息公开行政复议、行政诉讼情况"),
    needs="sections",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    yield from findings(rule, report, "review_litigation")


rule.bad += [
    Example(
        text="因政府信息公开被申请行政复议3件，被提起行政诉讼1件。",
        section="overview",
        cells=("review_litigation.review.total",),
        marks="3件",
    ),
    Example(
        text="全年未发生因政府信息公开引起的行政诉讼。",
        section="overview",
        cells=("review_litigation.litigation_direct.total",),
        marks="未",
    ),
]
rule.good += [
    Example(text="因政府信息公开引发行政复议、行政诉讼共3件。", section="overview"),
    Example(text="本机关作为复议机关，全年审结各类行政复议案件58件。", section="other"),
]
