"""E004: changes are tracked in the document that nobody has accepted or rejected."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import Finding, Reference, Rule

rule = Rule(
    code="E004",
    name="tracked-changes",
    title=Words("留有修订痕迹", "tracked changes"),
    severity="info",
    message=Words(
        "文档留有修订痕迹（{count} 处未接受或拒绝），检查时按全部接受后的文字读取。公开前请接受或拒绝全部修订。",
        "The document has {count} tracked changes that were neither accepted nor rejected; it was read as if all were "
        "accepted. Accept or reject them before it is published.",
    ),
    why=Words(
        "带着修订痕迹公开的文档会露出删去的文字，而且各人看到的内容不一样。",
        "A document published with tracked changes shows what was deleted, and readers see different texts.",
    ),
    reference=Reference("govlint", "E004"),
    needs="document",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    """The reader says where changes are tracked; text alone cannot show them."""
    tracked = report.document.tracked
    if tracked:
        yield rule.finding(tracked[0], count=len(tracked))
