"""A005: an agency whose series begins where that of another one ends."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="A005",
    name="possible-rename",
    subject="renames",
    title=Words("可能更名的机关", "an agency that may have been renamed"),
    severity="info",
    message=Words(
        "{actual}的报告始于{year}年，而{expected}的止于上一年，且{why_zh}。是否更名？如是，请在机关名录中把旧名写入 aliases，"
        "两年的报告才会相互核对。",
        "The reports of {actual} begin with {year}, those of {expected} end the year before, and {why_en}. Was it renamed? If "
        "so, add the old name to its aliases in the register, and the two years will be held against each other.",
    ),
    why=Words(
        "机构改革后名称会变，工作和未办结的申请由新机关接续；工具不猜测，由名录说明。",
        "Agencies are renamed and go on with what was unfinished; govlint does not guess, the register says so.",
    ),
    reference=Reference(REGULATION, "第十条"),
    templates=("ogi-2019", "ogi-2021"),
)

_KINDS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other", "total")


@rule.check
def check(before: Filing, after: Filing) -> Iterator[Finding | Unchecked]:
    """Two filings of neighbouring years, of agencies of one place with likely names."""
    out = [before.value(f"applications.carried_out.{kind}") for kind in _KINDS]
    taken = [after.value(f"applications.carried_in.{kind}") for kind in _KINDS]
    if None in out or out != taken or not out[-1]:
        return
    yield rule.finding(
        None,
        cells=["applications.carried_in.total"],
        section="applications",
        actual=after.agency,
        expected=before.agency,
        year=after.year,
        why_zh=f"结转的{out[-1]}件申请逐列相同",
        why_en=f"the {out[-1]} applications carried over are the same in every column",
        certainty="likely",
    )


_OUT = (
    "四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2",
    "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1",
)
_LAST_YEAR = (("2021", "2022"), ("2022", "2023"))

rule.bad.append(
    Example(
        text="云溪县农业农村局",
        instead_of="云溪县农业农村局",
        cells=("applications.carried_in.total",),
        beside=(Beside("2021.txt", (*_LAST_YEAR, ("云溪县农业局", "云溪县农业农村局"), _OUT)),),
    )
)
rule.good.append(
    Example(
        text="云溪县农业农村局",
        instead_of="云溪县农业农村局",
        register="name,aliases\n云溪县农业农村局,云溪县农业局\n",
        beside=(Beside("2021.txt", (*_LAST_YEAR, ("云溪县农业局", "云溪县农业农村局"), _OUT)),),
    )
)
