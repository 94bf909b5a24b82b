"""Which files ``check`` reads of a folder, what it counts, and what stands last."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from making.corpus import sample
from making.office import saved, word

from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
WRONG = MODEL.replace("行政许可 | 156", "行政许可 | 156件")


def put(files: dict[str, str]) -> None:
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> list[str]:
    capsys.readouterr()
    assert main(["check", "--show-files", *arguments]) == code
    return [line.replace("\\", "/") for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("files", "arguments", "expected"),
    [
        ({".gitignore": "b.txt\n"}, ["."], ["a.txt", "in/b.md", "in/c.txt"]),
        ({".gitignore": "b.*\n!b.md\n"}, ["."], ["a.txt", "in/b.md", "in/c.txt"]),
        ({".gitignore": "in/\n"}, ["."], ["a.txt", "b.txt"]),
        ({".gitignore": "in/\n"}, ["in"], ["in/b.md", "in/c.txt"]),  # a folder that is named is looked into
        ({".gitignore": "*.txt\n", "in/.gitignore": "!c.txt\n"}, ["."], ["in/b.md", "in/c.txt"]),
        ({".gitignore": "*.txt\n"}, [".", "b.txt"], ["in/b.md", "b.txt"]),  # a file that is named is read
        ({".gitignore": "*.txt\n"}, [".", "--no-gitignore"], ["a.txt", "b.txt", "in/b.md", "in/c.txt"]),
        ({".gitignore": "*a*a*a*a*a*b\n!\n\\\n[z-a]\nb.txt\n"}, ["."], ["a.txt", "in/b.md", "in/c.txt"]),
        # of a folder above only within a repository
        ({".gitignore": "c.txt\n"}, ["in"], ["in/b.md", "in/c.txt"]),
        ({".gitignore": "c.txt\n", ".git/HEAD": ""}, ["in"], ["in/b.md"]),
        ({".git/info/exclude": "/in/b.md\n"}, ["in"], ["in/c.txt"]),
        ({}, [".", "--exclude", "in/"], ["a.txt", "b.txt"]),
        ({}, [".", "--exclude", "in"], ["a.txt", "b.txt"]),
        ({}, [".", "--exclude", "b.*", "--exclude", "in/c.*"], ["a.txt"]),
        ({}, ["b.txt", "--exclude", "b.txt"], ["b.txt"]),
        ({"govlint.toml": 'exclude = ["in/*.md"]'}, ["."], ["a.txt", "b.txt", "in/c.txt"]),
        ({"govlint.toml": 'exclude = ["in/*.md"]'}, [".", "--exclude", "a.txt"], ["b.txt", "in/c.txt"]),
        ({"in/govlint.toml": 'exclude = ["b.*"]'}, ["."], ["a.txt", "b.txt", "in/c.txt"]),
    ],
)
def test_what_is_passed_over(
    files: dict[str, str], arguments: list[str], expected: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    put({"a.txt": MODEL, "b.txt": MODEL, "in/b.md": MODEL, "in/c.txt": MODEL, ".hidden.txt": MODEL, **files})
    assert listed(capsys, *arguments) == expected


def test_git_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    patterns = "*.md\n!/in/b.md\n/a.txt\nin/**/d.txt\n# b.txt\nout/\n"
    names = ["a.txt", "b.txt", "in/a.txt", "in/b.md", "in/x/b.md", "in/x/y/d.txt", "out/c.txt", "in/out.txt"]
    put({".gitignore": patterns} | dict.fromkeys(names, MODEL))
    subprocess.run(["git", "init", "-q", "."], check=True)
    command = ["git", "ls-files", "--others", "--exclude-standard", "*.txt", "*.md"]
    git = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    assert sorted(listed(capsys, ".")) == sorted(git)


def test_nothing_left_is_said_with_the_reason(capsys: pytest.CaptureFixture[str]) -> None:
    put({"a.txt": MODEL, ".gitignore": "*.txt"})
    assert main(["check", "."]) == 2
    assert ".gitignore" in capsys.readouterr().err


@pytest.mark.parametrize("repository", [True, False])
def test_a_gitignore_that_came_with_the_documents_hides_nothing_in_silence(
    repository: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        {"a.txt": MODEL, "in/.gitignore": "b.txt", "in/b.txt": MODEL}
        | ({".git/HEAD": ""} if repository else {})
    )
    assert main(["check", "."]) == 0
    assert ("in/b.txt" in capsys.readouterr().err.replace("\\", "/")) != repository


def test_own_outputs_are_no_reports(capsys: pytest.CaptureFixture[str]) -> None:
    put({"r/b.html": f"<body><pre>{WRONG}</pre></body>", "r/c.md": MODEL})
    document = word(sample(3))
    document.paragraphs[5].add_run("截止12月31日没有结转。")
    Path("r/a.docx").write_bytes(saved(document))
    before = ["r/a.docx", "r/b.html", "r/c.md"]
    for name in ("html", "markdown", "json"):
        suffix = {"markdown": "md"}.get(name, name)
        main(["check", "r", "--format", name, "--output", f"r/out.{suffix}"])
    main(["extract", "r", "--format", "xlsx", "--output", "r/figures.xlsx"])
    main(["annotate", "r/a.docx", "-o", "r/a-noted.docx"])
    main(["annotate", "r/b.html", "-o", "r/b-noted.html"])
    assert listed(capsys, "r") == before
    assert listed(capsys, "r/out.html") == ["r/out.html"]
    main(["check", "r", "--select", "E001"])
    assert "a-noted.docx" in capsys.readouterr().err
    Path("r/a.docx").unlink()  # the copy is the only one left, or is no copy any more
    assert listed(capsys, "r") == ["r/a-noted.docx", "r/b.html", "r/c.md"]
    Path("r/b.html").write_text(f"<body><pre>{MODEL}</pre></body>", "utf-8")
    assert "r/b-noted.html" in listed(capsys, "r")


def test_files_this_run_writes_are_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    put({"a.txt": MODEL, "out.txt": MODEL})
    assert main(["check", ".", "--output", "out.txt"]) == 0
    assert "out.txt" not in Path("out.txt").read_text("utf-8")


def test_show_files_as_json_and_what_cannot_be_opened(capsys: pytest.CaptureFixture[str]) -> None:
    put({"a.txt": MODEL, "b.txt": MODEL})
    assert main(["check", ".", "--show-files", "--exclude", "b.txt", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["files"] == ["a.txt"]
    assert [left["path"] for left in record["left_out"]] == ["./b.txt"]


# Standard input with a name


def given(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))


def test_standard_input_as_the_content_of_a_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    put({"in/govlint.toml": 'ignore = ["T006"]', "in/x.txt": "old"})
    for name, codes in (("x.txt", ["T006"]), ("in/x.txt", [])):
        given(monkeypatch, WRONG.encode())
        main(["check", "-", "--stdin-filename", name, "--format", "jsonl"])
        record = json.loads(capsys.readouterr().out)
        assert record["path"] == name
        assert [found["code"] for found in record["findings"]] == codes
    given(monkeypatch, WRONG.encode())
    assert main(["check", "-", "--stdin-filename", "in/x.txt", "--unsafe-fixes"]) == 2
    assert Path("in/x.txt").read_text("utf-8") == "old"
    assert main(["check", "in/x.txt", "--stdin-filename", "x.txt"]) == 2


# Counts


def test_statistics_count_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    put({"a.txt": WRONG, "b.txt": WRONG, "c.txt": MODEL, "d.txt": MODEL.split("四、")[0]})
    assert main(["check", ".", "--statistics", "--format", "json"]) == 1
    record = json.loads(capsys.readouterr().out)
    counts = {each["code"]: each for each in record["statistics"]}
    assert counts["T006"]["findings"] == 2
    assert counts["T006"]["documents"] == 2
    assert counts["T006"]["severity"] == {"error": 2, "warning": 0, "info": 0}
    assert counts["S001"]["documents"] == 1
    assert (counts["N004"]["findings"], counts["N004"]["unchecked"]) == (0, 1)
    assert record["summary"]["documents"] == 4
    assert main(["check", ".", "--statistics", "--fail-on", "never"]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert next(line.split()[:3] for line in lines if "T006" in line) == ["2", "2", "T006"]
    assert "共 4 份文档" in "".join(lines[-2:])
    assert main(["check", ".", "--statistics", "--format", "sarif"]) == 2


def test_the_totals_stand_last(capfd: pytest.CaptureFixture[str]) -> None:
    put({"a.txt": WRONG, "b.txt": MODEL.split("四、")[0], "c.docx": "damaged"})
    assert main(["check", ".", "--write-baseline", "base.json"]) == 3
    main(["check", ".", "--baseline", "base.json", "--lang", "en"])
    assert "3 documents" in " ".join(capfd.readouterr().out.splitlines()[-2:])


def test_run_together_digits_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = MODEL.replace("行政规范性文件 | 2 | 1 | 9", "行政规范性文件3746").replace(
        "规章 | 0 | 0 | 0", "规章3746"
    )
    put({"a.txt": text.replace(" | ", "")})
    main(["check", ".", "--select", "T008", "--format", "jsonl"])
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1
