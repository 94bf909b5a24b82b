"""H002: documents in force that do not follow from last year's."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import MANDATE, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="H002",
    name="in-force-continuity",
    subject="years",
    title=Words("现行有效件数与上年不衔接", "documents in force do not follow from last year's"),
    severity="warning",
    message=Words(
        "“{label}”现行有效件数与上年不衔接：{year}年末{before}件 + 本年制发{issued}件 - 废止{repealed}件 = {expected}件，"
        "而填为{actual}件。",
        "“{label}” in force does not follow from last year's: {before} at the end of {year} + {issued} issued - {repealed} "
        "repealed = {expected}, and {actual} is stated.",
    ),
    why=Words(
        "上年末有效的文件加上本年制发的、减去本年废止的，就是本年末有效的；集中清理、到期失效或口径调整也会使两年不衔接，所以只作提示。",
        "What was in force, plus what was issued, minus what was repealed, is in force now; a clean-up, documents that expired or "
        "another way of counting may part the years, so this is a warning.",
    ),
    reference=Reference(MANDATE, "表二，第二十条第（一）项"),
    templates=("ogi-2021",),
)


@rule.check
def check(before: Filing, after: Filing) -> Iterator[Finding | Unchecked]:
    for row in ("regulations", "normative_documents"):
        cells = [f"proactive.{row}.{column}" for column in ("in_force", "issued", "repealed")]
        last = before.value(cells[0])
        now, issued, repealed = (after.value(cell) for cell in cells)
        if last is None or now is None or issued is None or repealed is None:
            continue
        expected = last + issued - repealed
        if now == expected or now < issued - repealed:  # that is N005's
            continue
        yield rule.finding(
            None,
            cells=cells,
            section="proactive",
            expected=str(expected),
            actual=str(now),
            label=after.template.row_label(cells[0]),
            year=before.year,
            before=last,
            issued=issued,
            repealed=repealed,
            certainty="likely",
        )


_ROW = "行政规范性文件 | 2 | 1 | 9"
_LAST_YEAR = (("2021", "2022"), ("2022", "2023"), (_ROW, _ROW))

rule.bad.append(
    Example(
        text=_ROW,
        instead_of=_ROW,
        cells=("proactive.normative_documents.in_force",),
        marks="9",
        beside=(Beside("2021.txt", _LAST_YEAR),),
    )
)
rule.good += [
    Example(text=row, instead_of=_ROW, beside=(Beside("2021.txt", _LAST_YEAR),))
    for row in ("行政规范性文件 | 2 | 1 | 10", "行政规范性文件 | 5 | 1 | 3")
]
