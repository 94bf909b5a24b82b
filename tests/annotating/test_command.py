"""``govlint annotate`` as its user runs it: names, exit statuses, and what is said."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import docx
import pytest
from making.corpus import sample
from making.office import excel, saved, saved_book, word
from making.packages import converted

from govlint.cli.commands import main


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with a wrong sum and a word that is safe to put right."""
    document = word(sample(3))
    document.paragraphs[5].add_run("截止12月31日没有结转。")
    document.tables[-2].rows[4].cells[4].paragraphs[0].runs[0].text = "77"
    path = tmp_path / "report.docx"
    path.write_bytes(saved(document))
    return path


def comments(path: Path) -> list[str]:
    return [each.text.split(" ")[0] for each in docx.Document(str(path)).comments]


def test_a_copy_with_comments(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, out = report.read_bytes(), report.with_name("out.docx")
    assert main(["annotate", str(report), "-o", str(out)]) == main(["check", str(report), "--quiet"]) == 1
    assert comments(out) == ["W004", "N001"]
    assert report.read_bytes() == before
    assert "2条批注" in capsys.readouterr().err


def test_the_exit_status_follows_the_fail_level(report: Path) -> None:
    out = report.with_name("out.docx")
    assert main(["annotate", str(report), "-o", str(out), "--fail-on", "never"]) == 0
    assert main(["annotate", str(report), "-o", str(out), "--ignore", "N"]) == 0
    assert comments(out) == ["W004"]


def test_english(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = report.with_name("out.docx")
    main(["annotate", str(report), "-o", str(out), "--lang", "en"])
    assert "2 notes" in capsys.readouterr().err
    assert "Basis: " in docx.Document(str(out)).comments.get(0).text  # type: ignore[union-attr]


def test_the_day_of_the_check(report: Path) -> None:
    out = report.with_name("out.docx")
    main(["annotate", str(report), "-o", str(out), "--as-of", "2024-01-20"])
    dates = {str(each.timestamp)[:10] for each in docx.Document(str(out)).comments}
    assert dates == {"2024-01-20"}


def test_last_years_report(report: Path) -> None:
    out, last = report.with_name("out.docx"), report.with_name("last.docx")
    document = word(sample(3))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace("2024", "2023").replace("2023年", "2022年")
    document.tables[-2].rows[-1].cells[3].paragraphs[0].runs[0].text = "5"
    document.tables[-2].rows[-1].cells[9].paragraphs[0].runs[0].text = "5"
    last.write_bytes(saved(document))
    main(["annotate", str(report), "-o", str(out), "--previous", str(last), "--select", "H001"])
    assert comments(out) == ["H001"]


def test_fixes_and_comments(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = report.with_name("out.docx")
    assert main(["annotate", str(report), "-o", str(out), "--fix"]) == 1
    assert comments(out) == ["N001"]
    assert "改正了1处" in capsys.readouterr().err
    assert main(["annotate", str(report), "-o", str(out), "--unsafe-fixes"]) == 0
    assert comments(out) == []


@pytest.mark.parametrize("command", [["annotate", "-o", "{out}"], ["check", "--fix", "-q"]])
def test_a_broken_signature_is_told(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = word(sample(3))
    document.add_paragraph("截止2023年12月31日。")
    for name, signed in (("a.docx", False), ("b.docx", True)):
        path = tmp_path / name
        path.write_bytes(saved(document))
        if signed:
            with zipfile.ZipFile(path, "a") as package:
                package.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
        main([*(each.replace("{out}", str(tmp_path / f"out-{name}")) for each in command), str(path)])
        assert ("数字签名" in capsys.readouterr().err) == signed


def test_nothing_to_say(tmp_path: Path) -> None:
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(saved(word(sample(3))))
    assert main(["annotate", str(path), "-o", str(out)]) == 0
    assert out.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("link", [False, True], ids=["itself", "a link to it"])
def test_the_file_itself_only_when_asked(
    report: Path, link: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    before, target = report.read_bytes(), report
    if link:
        target = report.with_name("link.docx")
        target.symlink_to(report)
    assert main(["annotate", str(report), "-o", str(target)]) == 2
    assert "--in-place" in capsys.readouterr().err
    assert report.read_bytes() == before
    os.chmod(report, 0o640)
    assert main(["annotate", str(report), "-o", str(target), "--in-place"]) == 1
    assert comments(report) == ["W004", "N001"]
    assert stat.S_IMODE(report.stat().st_mode) == 0o640
    assert main(["annotate", str(report), "--in-place"]) == 1
    assert comments(report) == ["W004", "N001"]
    assert {each.name for each in report.parent.iterdir()} <= {"report.docx", "link.docx"}


def test_what_people_wrote_into_the_copy_is_not_overwritten(
    report: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = report.with_name("out.docx")
    main(["annotate", str(report), "-o", str(out)])
    assert main(["annotate", str(report), "-o", str(out)]) == 1
    document = docx.Document(str(out))
    document.add_comment(document.paragraphs[0].runs, "已核对", "王", "W")
    document.save(str(out))
    before = out.read_bytes()
    assert main(["annotate", str(report), "-o", str(out)]) == 2
    assert out.read_bytes() == before
    assert "1条" in capsys.readouterr().err
    assert main(["annotate", str(out), "--in-place"]) == 1


def test_nothing_half_written(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = report.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    assert main(["annotate", str(report), "--in-place"]) == 2
    assert report.read_bytes() == before
    assert [each.name for each in report.parent.iterdir()] == ["report.docx"]


WRONG = {
    "no copy named": ["{in}"],
    "a copy and in place": ["{in}", "-o", "{dir}/out.docx", "--in-place"],
    "another kind of file": ["{in}", "-o", "{dir}/out.pdf"],
    "no such file": ["{dir}/none.docx", "-o", "{dir}/out.docx"],
    "a folder": ["{dir}", "-o", "{dir}/out.docx"],
    "text": ["{dir}/a.md", "-o", "{dir}/out.md"],
    "a workbook": ["{dir}/a.xlsx", "-o", "{dir}/out.xlsx"],
    "no folder to write in": ["{in}", "-o", "{dir}/none/out.docx"],
    "fixes and a page": ["{in}", "-o", "{dir}/out.html", "--fix"],
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(name: str, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = report.parent
    (folder / "a.md").write_text("甲", "utf-8")
    (folder / "a.xlsx").write_bytes(saved_book(excel(sample(3))))
    there = set(folder.iterdir())
    given = [each.replace("{in}", str(report)).replace("{dir}", str(folder)) for each in WRONG[name]]
    assert main(["annotate", *given]) == 2
    assert set(folder.iterdir()) == there
    assert capsys.readouterr().err.startswith("govlint: ")


def test_what_cannot_be_read_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "a.docx", tmp_path / "b.docx"
    path.write_bytes(saved(word(sample(3)))[:2000])
    assert main(["annotate", str(path), "-o", str(out)]) == 3
    assert not out.exists()
    assert "损坏" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a.md", "a.xlsx"])
def test_a_page_for_what_takes_no_notes(name: str, tmp_path: Path) -> None:
    path, out = tmp_path / name, tmp_path / "b.html"
    if name == "a.md":
        path.write_text("某县2023年政府信息公开工作年度报告\n\n一、总体情况\n\n截止年底。\n", "utf-8")
    else:
        path.write_bytes(saved_book(excel(sample(3))))
    assert main(["annotate", str(path), "-o", str(out)]) == main(["check", str(path), "--quiet"])
    assert "<!doctype html>" in out.read_text("utf-8").lower()


@pytest.mark.external
@pytest.mark.parametrize("suffix", [".doc", ".odt", ".rtf"])
def test_old_formats_are_converted(
    suffix: str, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / f"old{suffix}", tmp_path / "out.docx"
    path.write_bytes(converted(report.read_bytes(), ".docx", suffix, tmp_path))
    assert main(["annotate", str(path), "-o", str(out)]) == 1
    assert comments(out) == ["W004", "N001"]
    assert "LibreOffice" in capsys.readouterr().err
    assert main(["annotate", str(path), "-o", str(tmp_path / f"out{suffix}")]) == 2
    assert main(["annotate", str(path), "--in-place"]) == 2
