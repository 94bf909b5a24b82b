"""W001 names the document that the text cites, and P001 says how late a report is, not when it should be dated."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, sample

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.rule import Finding

NOTICE = "国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知"
FORM = "中华人民共和国政府信息公开工作年度报告格式"
OLD, NEW = "国办公开办函〔2019〕60号", "国办公开办函〔2021〕30号"


def found(code: str, opening: str, year: int = 2023) -> list[Finding]:
    made = next(each for seed in range(99) if (each := sample(seed)).year == year)
    made.preamble = [opening]
    text = LAYOUTS["bars"](made)
    return [f for f in check(Document("report.txt", "text", text), Settings()).findings if f.code == code]


@pytest.mark.parametrize(
    ("cited", "said", "expected"),
    [
        pytest.param(f"《{NOTICE}》（{OLD}）", NOTICE, NEW, id="the old notice by its number"),
        pytest.param(f"《{NOTICE}》", NOTICE, FORM, id="the old notice by its name"),
        pytest.param(f"《{NOTICE}》（{NEW}）", NOTICE, FORM, id="the old notice with the new number"),
        pytest.param(f"《{FORM}》（{OLD}）", FORM, NEW, id="the form with the old number"),
        pytest.param(f"《关于印发〈{FORM}〉的通知》（国办公开办函〔2021〕13号）", f"关于印发〈{FORM}〉的通知", NEW, id="a wrong number"),
    ],
)  # fmt: skip
def test_the_document_that_is_cited(cited: str, said: str, expected: str) -> None:
    (finding,) = found("W001", f"根据{cited}要求，编制本报告。")
    assert said in finding.words.zh
    assert finding.expected == expected


@pytest.mark.parametrize(
    "cited",
    [f"《{FORM}》（{NEW}）", f"《关于印发〈{FORM}〉的通知》（{NEW}）", "《政府信息公开工作年度报告格式》"],
)
def test_the_document_in_force(cited: str) -> None:
    assert found("W001", f"根据{cited}要求，编制本报告。") == []


@pytest.mark.parametrize("number", ["国办公开办函〔202130号", "国办公开办函2021〕30号"])
def test_a_number_that_lost_a_bracket(number: str) -> None:
    (finding,) = found("W001", f"根据《关于印发〈{FORM}〉的通知》（{number}）要求，编制本报告。")
    assert (finding.actual, finding.expected) == (number, NEW)


LAW = "《中华人民共和国政府信息公开条例》"
ARTICLES = [
    (f"根据{LAW}第三十二条规定，编制本报告。", "第三十二条"),
    (f"根据{LAW}（国务院令第711号）第三十一条、第三十二条的规定，现公布本单位政府信息公开工作年度报告。", "第三十一条"),
    ("按照《条例》第55条要求，编制本年度报告。", "第55条"),
    (f"根据{LAW}第四十九条、第五十条规定，编制本报告。", None),
    (f"根据{LAW}第二十条、第五十条和《{FORM}》要求，编制本报告。", None),
    (f"根据{LAW}第50条，编制本报告。", None),
    (f"按照{LAW}第二十条法定公开范围，主动公布财政预决算、年报等信息。", None),
    ("根据《云溪省政府信息公开条例》第十二条，编制本报告。", None),
]  # fmt: skip


@pytest.mark.parametrize(("opening", "said"), ARTICLES)
def test_the_article_that_a_report_rests_on(opening: str, said: str | None) -> None:
    assert [finding.actual for finding in found("W001", opening)] == ([said] if said else [])


def test_the_old_notice_in_its_years() -> None:
    made = next(each for seed in range(99) if (each := sample(seed, template="ogi-2019")).year == 2020)
    made.preamble = [f"根据《{NOTICE}》（{OLD}）编制本报告。"]
    result = check(Document("report.txt", "text", LAYOUTS["bars"](made)), Settings())
    assert "W001" not in {finding.code for finding in result.findings}


def test_how_late_and_what_to_do() -> None:
    made = sample(4)
    day = f"{made.year + 1}-04-12"
    text = LAYOUTS["bars"](made).replace(made.published, day)
    (finding,) = (
        f for f in check(Document("report.txt", "text", text), Settings()).findings if f.code == "P001"
    )
    late = {"01-31": 72 if (made.year + 1) % 4 == 0 else 71, "03-31": 12}
    due = next(each for each in late if f"{made.year + 1}-{each}" in finding.words.zh)
    assert f"逾期{late[due]}天" in finding.words.zh
    assert "如实保留" in finding.words.zh
    assert (finding.actual, finding.suggestion) == (day, None)
