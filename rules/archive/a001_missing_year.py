"""A001: a year without a report in an agency's series."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="A001",
    name="missing-year",
    subject="series",
    title=Words("缺少年度报告", "a year without a report"),
    severity="warning",
    message=Words(
        "“{agency}”有{before}年和{after}年的报告，缺{actual}年的。",
        "“{agency}” has reports for {before} and {after}, and none for {missing_en}.",
    ),
    why=Words(
        "年度报告每年都要编制并长期公开；档案中缺一年，要么没有公开，要么没有收集到。",
        "A report is due every year and stays public; where one is missing it was not published, or not collected.",
    ),
    reference=Reference(REGULATION, "第四十九条"),
)

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""As in ``2024``."""


@rule.check
def check(before: Filing, after: Filing, unread: Sequence[str]) -> Iterator[Finding | Unchecked]:
    """``unread`` are paths of documents near the agency's own that nobody could tell the agency or year of."""
    assert before.year is not None
    assert after.year is not None
    missing = []
    for year in range(before.year + 1, after.year):
        maybe = [path for path in unread if not (named := _YEAR.findall(path)) or str(year) in named]
        if maybe:
            yield rule.unchecked(
                Words(
                    f"{year}年的报告可能就是未能读出的 {maybe[0]}，不能判断是否缺失",
                    f"the report for {year} may be {maybe[0]}, which could not be read",
                )
            )
        else:
            missing.append(str(year))
    if missing:
        yield rule.finding(
            None,
            agency=after.agency,
            before=before.year,
            after=after.year,
            actual="、".join(missing),
            missing_en=", ".join(missing),
        )


rule.bad.append(
    Example(
        text="2022年",
        instead_of="2022年",
        beside=(Beside("2020.txt", (("2020", "2022"), ("2021", "2023"))),),
    )
)
rule.good.append(
    Example(
        text="2022年",
        instead_of="2022年",
        beside=(
            Beside("2020.txt", (("2020", "2022"), ("2021", "2023"))),
            Beside("2021.txt", (("2021", "2022"), ("2022", "2023"))),
        ),
    )
)
