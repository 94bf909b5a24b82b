"""The command line itself: help, completion, output files, colours, exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import govlint
from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize("command", [[], ["check"], ["extract"], ["config"], ["rules"], ["explain"]])
def test_help_is_in_one_language(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    assert main([*command, "--help"]) == 0
    chinese = capsys.readouterr().out
    assert chinese.startswith("用法")
    assert " · " not in chinese
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert main([*command, "--help"]) == 0
    english = capsys.readouterr().out
    assert not HAN.search(english)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert main([*command, "--help"]) == 0
    assert capsys.readouterr().out == chinese
    if command and command != ["config"]:
        assert main([*command, "--lang", "en", "--help"]) == 0
        assert capsys.readouterr().out == english


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("govlint ch", "check"),
        ("govlint check --base", "--baseline"),
        ("govlint check --fail-on w", "warning"),
    ],
)
def test_shell_completion(words: str, expected: str) -> None:
    environment = os.environ | {
        "_GOVLINT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    run = subprocess.run(
        [sys.executable, "-m", "govlint"], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert expected in run.stdout.split()


def test_the_exit_status_is_the_same_for_every_format(tmp_path: Path) -> None:
    from govlint import outputs

    (tmp_path / "good.txt").write_text(MODEL, "utf-8")
    (tmp_path / "bad.txt").write_text(UNIT, "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    for form in outputs.FORMATS:
        for names, expected in (
            (["good"], 0),
            (["good", "bad"], 1),
            (["good", "empty"], 3),
            (["bad", "empty"], 1),
        ):
            paths = [str(tmp_path / f"{name}.txt") for name in names]
            assert main(["check", *paths, "--format", form, "--output", str(tmp_path / "out")]) == expected
    assert main(["check", str(tmp_path / "absent.txt")]) == 2
    assert main(["check", str(tmp_path / "bad.txt"), "--formt", "json"]) == 2


def test_colours_follow_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(UNIT, "utf-8")
    for environment, coloured in (
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
    ):
        run = subprocess.run(
            [sys.executable, "-m", "govlint", "check", str(path)],
            env={key: value for key, value in os.environ.items() if "COLOR" not in key} | environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ("\x1b[" in run.stdout) == coloured


def test_quiet_leaves_out_what_needs_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(MODEL, "utf-8")
    assert main(["check", str(path), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")
    assert main(["check", str(path), "-q", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["documents"]) == 1


# The Python interface


def test_importing_govlint_loads_nothing() -> None:
    code = "import sys, govlint; print(sorted(name for name in sys.modules if name.startswith('govlint')))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['govlint', 'govlint.version']"


def test_every_public_name_is_there() -> None:
    for name in govlint.__all__:
        assert getattr(govlint, name) is not None
        assert name in dir(govlint)
    with pytest.raises(AttributeError):
        govlint.nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_a_path_and_its_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(UNIT, "utf-8")
    by_path = govlint.check(path)
    by_text = govlint.check(str(path))
    by_bytes = govlint.check(path.read_bytes(), name=str(path))
    assert by_path.verdict == "fail"
    assert [f.code for f in by_path.findings] == ["T006"]
    for other in (by_text, by_bytes):
        assert (other.path, other.sha256, other.verdict) == (by_path.path, by_path.sha256, by_path.verdict)
        assert list(other.findings) == list(by_path.findings)


def test_what_the_interface_raises(tmp_path: Path) -> None:
    assert govlint.check(tmp_path / "absent.txt").status == "unreadable"
    assert govlint.check(b"\x00" * 100).status == "unreadable"
    with pytest.raises(ValueError, match="N0O3"):
        govlint.check(b"x", select=["N0O3"])
    with pytest.raises(govlint.ConfigError):
        govlint.check(b"x", config=tmp_path / "absent.toml")
    with pytest.raises(govlint.UsageError):
        govlint.check_many([tmp_path / "absent.txt"])
    assert {rule.code for rule in govlint.all_rules()} >= {"E001", "N001"}


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"govlint {govlint.__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "zh", "en"),
    [
        (["chek"], "没有名为 chek 的命令，是否指 check？", "No such command"),
        (["check"], "缺少参数 文件或文件夹", "Missing argument"),
        (["check", "--formt", "x"], "没有 --formt 选项，是否指 --format？", "No such option"),
        (["check", "x", "--format"], "选项 --format 后面要写值", "requires an argument"),
        (["check", "x", "--fix=1"], "选项 --fix 后面不写值", "does not take a value"),
        (["check", "x", "--lang", "fr"], "--lang 不能是 fr，可用：zh, en", "is not one of"),
        (["new", "-o", "x", "--year", "abc"], "--year 应为整数，不能是 abc", "is not a valid int"),
        (["check", "x", "--jobs", "0"], "--jobs / -j 不能是 0，应在 x>=1 之内", "not in the range"),
        (["new"], "缺少选项 -o / --output", "Missing option"),
        (["rules", "extra"], "多出了参数 extra", "unexpected extra argument"),
        (["check", "no-such-file"], "路径不存在：no-such-file", "no such file"),
        (["check", "x", "--as-of", "2024"], "--as-of 应为", "not a date"),
    ],
)
def test_wrong_usage_is_said_in_both_languages(
    arguments: list[str], zh: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    first = err.splitlines()[0]
    assert first.startswith("govlint: ")
    assert first.index(zh) < first.index(en)


LONG = "长" * 200 + ".docx"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "{in}", "--previous", LONG], "文件名太长 / the name is too long"),
        (["check", "{in}", "--rule-folder", LONG], "文件名太长 / the name is too long"),
        (["check", "{in}", "--output", LONG], "文件名太长 / cannot write: the name is too long"),
        (["annotate", LONG, "-o", "a.docx"], "文件名太长 / the name is too long"),
        (["annotate", "{in}", "-o", LONG], "文件名太长 / the name is too long"),
        (["new", "--template", "ogi-2021", "--agency", "某局", "--year", "2024", "-o", LONG], "文件名太长"),
        (["new", "--template", "ogi-2021", "--agency", "某局", "--year", "2024", "-o", "{dir}/no/a.md"],
         "没有这个文件或文件夹 / cannot write: no such file or folder"),
        (["new", "--agency", "某局", "--year", "2024", "-o", "{dir}/a.md"], "2024年度可用：ogi-2021"),
    ],
)  # fmt: skip
def test_names_that_cannot_be_used(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(MODEL, "utf-8")
    given = [each.replace("{in}", str(path)).replace("{dir}", str(tmp_path)) for each in arguments]
    assert main(given) == 2
    assert said in capsys.readouterr().err


def test_without_a_command_the_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "命令：" in "".join(capsys.readouterr())
