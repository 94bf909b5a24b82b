"""``govlint new``: drafts that lack nothing but what people fill in, and say clearly what they cannot be."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from govlint.cli.commands import main
from govlint.document import Document
from govlint.drafting import Draft, draft
from govlint.linting.examples import model_report
from govlint.linting.linter import check, check_file
from govlint.linting.settings import Settings
from govlint.template.layout import grid
from govlint.template.loader import load, load_all

AGENCY = "南浦县水利局"
YEARS = {"ogi-2021": 2024, "ogi-2019": 2020, "website-annual": 2023}
TO_FILL_IN = {"S005", "T005"}


def new(out: Path, template: str = "ogi-2021", year: int = 2024, agency: str = AGENCY, *more: str) -> int:
    return main(
        ["new", "--template", template, "--agency", agency, "--year", str(year), "-o", str(out), *more]
    )


@pytest.mark.parametrize("suffix", [".docx", ".md"])
@pytest.mark.parametrize("template", YEARS)
def test_a_draft_lacks_what_people_fill_in(tmp_path: Path, template: str, suffix: str) -> None:
    out = tmp_path / f"draft{suffix}"
    assert new(out, template, YEARS[template]) == 0
    result = check_file(out, out.name, Settings(select=("S", "T", "N")))
    report = result.report
    assert report is not None
    assert (report.template.id, report.agency, report.year) == (template, AGENCY, YEARS[template])
    assert {finding.code for finding in result.findings} <= TO_FILL_IN
    prose = [key for key, spec in report.template.sections.items() if not spec.table]
    assert [f.section for f in result.findings if f.code == "S005"] == prose
    assert list(report.cells) == report.template.addresses
    assert {cell.state for cell in report.cells.values()} <= {"blank", "text"}


@pytest.mark.parametrize("template", YEARS)
def test_figures_typed_into_the_word_draft_are_read_in_their_cells(tmp_path: Path, template: str) -> None:
    """A number of its own in each cell, by the merged grid; then read back by address."""
    out = tmp_path / "draft.docx"
    made = load(template)
    draft(made, AGENCY, YEARS[template], out)
    document = docx.Document(str(out))
    wanted: dict[str, int] = {}
    for table, key in zip(document.tables, made.tables, strict=True):
        for box in grid(made, made.tables[key]).boxes:
            if box.role == "figure" and made.kind(box.address) in ("COUNT", "CHANGE", "AMOUNT"):
                wanted[box.address] = 1000 + len(wanted)
                table.cell(box.row, box.column).paragraphs[0].add_run(str(wanted[box.address]))
    document.save(str(out))
    report = check_file(out, out.name, Settings(select=("T",))).report
    assert report is not None
    assert {a: c.value for a, c in report.cells.items() if c.state == "number"} == wanted


def test_the_form_of_an_official_document() -> None:
    from govlint.drafting.word import write

    document = docx.Document(io.BytesIO(write(Draft(load("ogi-2021"), AGENCY, 2024))))
    faces = {
        name: document.styles[name].element.rPr.rFonts.get(qn("w:eastAsia"))
        for name in ("Title", "Heading 1", "Normal")
    }
    assert faces == {"Title": "方正小标宋简体", "Heading 1": "黑体", "Normal": "仿宋_GB2312"}
    sizes = [document.styles[name].font.size.pt for name in faces]
    assert sizes == [22, 16, 16]
    section = document.sections[0]
    assert [round(side.mm) for side in (section.page_width, section.page_height)] == [210, 297]
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [37, 28]
    applications = document.tables[1]
    repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in applications.rows]
    assert repeated == [True] * 3 + [False] * (len(repeated) - 3)
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in applications.rows)
    head = applications.rows[1].cells
    assert [cell.text for cell in head[3:]] == ["自然人", *["法人或其他组织"] * 5, "总计"]


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_a_template_of_ones_own_is_drafted(tmp_path: Path, suffix: str) -> None:
    from making.guide import from_the_guide

    from_the_guide(tmp_path)
    made = load_all((tmp_path,))["library-service"]
    out = tmp_path / f"draft{suffix}"
    draft(made, "河湾市图书馆", 2023, out)
    result = check_file(out, out.name, Settings(select=("S", "T", "N"), template_folders=(tmp_path,)))
    assert result.report is not None
    assert result.report.template.id == "library-service"
    assert {finding.code for finding in result.findings} == TO_FILL_IN


@pytest.mark.parametrize(
    ("template", "year", "agency", "name", "said"),
    [
        pytest.param("ogi-2022", 2024, AGENCY, "a.docx", "ogi-2021", id="unknown template"),
        pytest.param("auto", 2024, AGENCY, "a.docx", "模板", id="auto"),
        pytest.param("ogi-2021", 2020, AGENCY, "a.docx", "2021年度起", id="before the edition"),
        pytest.param("ogi-2019", 2022, AGENCY, "a.docx", "2019至2020年度", id="after the edition"),
        pytest.param("ogi-2021", 2024, " ", "a.docx", "机关名称", id="no agency"),
        pytest.param("ogi-2021", 2024, "甲\n乙", "a.docx", "机关名称", id="two lines"),
        pytest.param("ogi-2021", 2024, AGENCY, "a.pdf", ".docx、.md", id="suffix"),
        pytest.param("ogi-2021", 2024, AGENCY, "no/a.docx", "无法写入", id="no folder"),
        pytest.param("ogi-2021", 2024, AGENCY, "there.md", "--force", id="exists"),
    ],
)
def test_what_cannot_be_drafted(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    template: str,
    year: int,
    agency: str,
    name: str,
    said: str,
) -> None:
    (tmp_path / "there.md").write_text("mine", "utf-8")
    assert new(tmp_path / name, template, year, agency) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1
    assert (tmp_path / "there.md").read_text("utf-8") == "mine"


def test_force_replaces(tmp_path: Path) -> None:
    out = tmp_path / "there.md"
    out.write_text("mine", "utf-8")
    assert new(out, "ogi-2021", 2024, AGENCY, "--force") == 0
    assert AGENCY in out.read_text("utf-8")


@pytest.mark.external
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_a_word_processor_opens_the_draft(tmp_path: Path) -> None:
    draft(load("ogi-2021"), AGENCY, 2024, tmp_path / "draft.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "draft.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "draft.txt").read_text("utf-8-sig").splitlines()
    headings = [spec.heading for spec in load("ogi-2021").sections.values()]
    assert [line.strip() for line in lines if line.strip() in headings] == headings


@pytest.mark.parametrize("suffix", [".docx", ".md"])
@pytest.mark.parametrize("template", YEARS)
def test_the_blanks_of_a_fresh_draft_are_one_finding(tmp_path: Path, template: str, suffix: str) -> None:
    out = tmp_path / f"draft{suffix}"
    new(out, template, YEARS[template])
    result = check_file(out, out.name, Settings())
    assert [finding.code for finding in result.findings] == ["E008"]
    assert result.report is not None
    assert result.verdict == "fail"
    words = result.findings[0].words.zh
    for key, spec in result.report.template.sections.items():
        assert spec.table or result.report.place(key).zh in words
    blank = [cell for cell in result.report.cells.values() if cell.state == "blank"]
    assert sum(map(int, re.findall(r"的(\d+)格", words))) == len(blank)


def test_blanks_of_a_report_that_has_begun_are_told_one_by_one() -> None:
    """A report whose prose is written, one without prose, and one with a table filled in are no fresh drafts."""
    whole = model_report("ogi-2021")
    digits = re.compile(r"(?<=\| )[\d.]+(?= \||\n)")
    prose_only = digits.sub("-", whole)
    assert codes(prose_only) == {"T005"}
    tables_only = re.sub(r"(五、存在的主要问题及改进情况\n).*?(?=\n六、)", r"\1", whole, flags=re.DOTALL)
    assert "S005" in codes(tables_only)
    begun = tables_only.replace("规章 | 0 | 0 | 0", "规章 | - | - | -")
    assert {"S005", "T005"} <= codes(begun)


def codes(text: str) -> set[str]:
    document = Document("a.txt", "text", text)
    return {finding.code for finding in check(document, Settings(select=("S", "T", "E"))).findings}


@pytest.fixture
def last_year(tmp_path: Path) -> Path:
    path = tmp_path / "last.txt"
    path.write_text(model_report("ogi-2021"), "utf-8")
    return path


@pytest.mark.parametrize("suffix", [".docx", ".md"])
def test_last_years_report_says_what_is_known(tmp_path: Path, suffix: str, last_year: Path) -> None:
    out = tmp_path / f"draft{suffix}"
    assert main(["new", "--previous", str(last_year), "-o", str(out)]) == 0
    before = check_file(last_year, "last.txt", Settings()).report
    result = check_file(out, out.name, Settings())
    after = result.report
    assert before is not None
    assert after is not None
    assert before.year is not None
    assert (after.agency, after.year) == (before.agency, before.year + 1)
    figures = {address: cell.value for address, cell in after.cells.items() if cell.state == "number"}
    row = "applications.carried_out."
    assert figures == {
        address.replace("carried_out", "carried_in"): cell.value
        for address, cell in before.cells.items()
        if address.startswith(row)
    }
    assert [finding.code for finding in result.findings] == ["E008"]


def test_what_last_years_report_does_not_say_is_left(
    tmp_path: Path, last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A figure that breaks last year's identities, and one that is blank."""
    text = last_year.read_text("utf-8")
    wrong = re.sub(r"(四、结转下年度继续办理 \| )(\d+) \| 0", r"\g<1>7 | -", text)
    assert wrong != text
    last_year.write_text(wrong, "utf-8")
    out = tmp_path / "draft.md"
    assert main(["new", "--previous", str(last_year), "-o", str(out)]) == 0
    assert "2格要自己填" in capsys.readouterr().err
    report = check_file(out, out.name, Settings()).report
    assert report is not None
    values = [cell.value for cell in report.cells.values() if cell.row == "carried_in"]
    assert values[:2] == [None, None]
    assert None not in values[2:]


def test_last_years_report_is_found_in_a_store(
    tmp_path: Path, last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("duckdb", reason="needs the extra audit")
    store = tmp_path / "store"
    assert main(["audit", str(last_year), "--out", str(store), "--quiet"]) == 0
    agency = check_file(last_year, "a.txt", Settings()).report.agency  # type: ignore[union-attr]
    cases = {
        "found": ([f"--agency={agency}", "--year=2023"], 0, "填入7格"),
        "of no other": (["--agency=别处县档案局", "--year=2023"], 2, "没有该机关上一年的报告"),
        "of no other year": ([f"--agency={agency}", "--year=2025"], 2, "没有该机关上一年的报告"),
        "not said whose": ([], 2, "请用 --agency 和 --year"),
    }
    for name, (more, status, said) in cases.items():
        out = str(tmp_path / f"{name}.md")
        assert main(["new", "--previous", str(store), "-o", out, *more]) == status, name
        assert said in capsys.readouterr().err


def test_another_agencys_figures_are_not_carried_over_silently(
    tmp_path: Path, last_year: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for agency, said in (("某县档案局", True), (None, False)):
        named = ["--agency", agency] if agency else []
        out = str(tmp_path / f"{agency}.md")
        assert main(["new", "--previous", str(last_year), "-o", out, *named]) == 0
        assert ("如非更名" in capsys.readouterr().err) == said


@pytest.mark.parametrize(
    ("more", "said"),
    [
        pytest.param(["--year", "2030"], "2022年度", id="another year"),
        pytest.param(["--previous", "no.txt"], "no.txt", id="no file"),
        pytest.param(["--previous", "README.md"], "上年的报告", id="no report"),
    ],
)
def test_last_years_report_that_does_not_fit(
    tmp_path: Path, last_year: Path, more: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text("# 说明\n", "utf-8")
    more = [str(tmp_path / each) if each.endswith((".md", ".txt")) else each for each in more]
    assert main(["new", "--previous", str(last_year), "-o", str(tmp_path / "a.md"), *more]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.md").exists()
