"""Options of the command line that change which rules are applied, what is put right, and how it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")
WORD = MODEL.replace("截至", "截止").replace("一、总体情况\n", "一、总体情况\n截止2023年12月31日有200件。\n")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "unit.txt").write_text(UNIT, "utf-8")
    (tmp_path / "word.txt").write_text(WORD, "utf-8")
    return tmp_path


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    main(["check", "--format", "json", *arguments])
    return {
        found["code"]
        for each in json.loads(capsys.readouterr().out)["documents"]
        for found in each["findings"]
    }


@pytest.mark.parametrize(
    ("settings", "options", "expected"),
    [
        ('select = ["N"]', [], set()),
        ('select = ["N"]', ["--extend-select", "T006"], {"T006"}),
        ('extend-select = ["N"]', [], {"T006"}),
        ("", ["--extend-select", "N"], {"T006"}),
        ('ignore = ["T006"]', ["--extend-select", "t006,N"], {"T006"}),
        ("", ["--ignore", "T", "--extend-select", "T006"], {"T006"}),
        ("", ["--ignore", "T006", "--extend-select", "T"], set()),
        ('ignore = ["T"]', ["--isolated"], {"T006"}),
    ],
)
def test_which_rules(
    settings: str, options: list[str], expected: set[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "govlint.toml").write_text(settings, "utf-8")
    assert codes(capsys, "unit.txt", *options) == expected


def test_why_an_added_rule_is_on(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "govlint.toml").write_text('select = ["N"]\nextend-select = ["T"]', "utf-8")
    main(["config", "unit.txt", "--rule", "T006", "--format", "json"])
    record = json.loads(capsys.readouterr().out)
    assert record["on"]
    assert "extend-select" in record["why"]
    assert "govlint.toml:2" in record["why"]


def test_isolated_excludes_a_settings_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "other.toml").write_text("", "utf-8")
    assert main(["check", "unit.txt", "--isolated", "--config", "other.toml"]) == 2
    assert "--isolated" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "options", "left"),
    [
        ("", [], set()),
        ('unfixable = ["W"]', [], {"W004"}),
        ('unfixable = ["W"]', ["--fixable", "W004"], set()),
        ('unfixable = ["W"]\nfixable = ["W004"]', [], set()),
        ('fixable = ["S"]', [], {"W004"}),
        ("", ["--unfixable", "confused-words"], {"W004"}),
    ],
)
def test_what_is_put_right(
    settings: str, options: list[str], left: set[str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "govlint.toml").write_text(settings, "utf-8")
    main(["check", "--format", "json", *options, "word.txt"])
    found = json.loads(capsys.readouterr().out)["documents"][0]["findings"]
    assert {each["suggestion"]["text"] for each in found} == {"截至"}
    main(["check", "--diff", *options, "word.txt"])
    assert bool(capsys.readouterr().out) == (not left)
    assert codes(capsys, "word.txt", "--fix", *options) == left


def test_how_many_can_be_put_right_is_the_last_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "word.txt"])
    assert capsys.readouterr().out.splitlines()[-1].startswith("1 处可自动改正")
    main(["check", "word.txt", "--unfixable", "W"])
    assert "可自动改正" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("color", "environment", "coloured"),
    [
        ("always", "NO_COLOR", True),
        ("never", "FORCE_COLOR", False),
        ("auto", "FORCE_COLOR", True),
        ("auto", "NO_COLOR", False),
    ],
)
@pytest.mark.parametrize("command", [["check", "unit.txt"], ["rules"], ["explain", "T006"], ["config"]])
def test_colours_as_asked_for(
    command: list[str],
    color: str,
    environment: str,
    coloured: bool,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(environment, "1")
    main([*command, "--color", color])
    assert ("\x1b[" in capsys.readouterr().out) == coloured


def test_verbose_tells_on_standard_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "unit.txt", "word.txt", "--format", "json"])
    plain = capsys.readouterr()
    main(["check", "unit.txt", "word.txt", "--format", "json", "-v"])
    verbose = capsys.readouterr()
    assert verbose.out == plain.out
    told = verbose.err.splitlines()
    assert len(told) == len(plain.err.splitlines()) + 4
    assert "ogi-2021" in told[1]


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ("", "docs/rules/T006.md"),
        ('docs-url = "https://docs.example/rules/{code}.html"', "https://docs.example/rules/T006.html"),
        ('docs-url = "https://docs.example/rules"', "https://docs.example/rules/T006/"),
    ],
)
def test_where_a_rules_page_stands(
    settings: str, address: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "govlint.toml").write_text(settings, "utf-8")
    main(["check", "unit.txt", "--format", "json"])
    assert json.loads(capsys.readouterr().out)["documents"][0]["findings"][0]["docs"] == address
    main(["check", "unit.txt", "--format", "sarif"])
    rule = json.loads(capsys.readouterr().out)["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["properties"]["docs"] == address
    assert rule.get("helpUri") == (address if settings else None)
