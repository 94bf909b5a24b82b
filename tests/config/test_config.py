"""Settings: where they are found, what they change, where each came from, and what is said of a mistake."""

from __future__ import annotations

import json
import os
import re
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

import govlint
from govlint.cli.commands import main
from govlint.config.file import KEYS, load
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
WRONG_TOTAL = MODEL.replace("10 | 2 | 0 | 0 | 1 | 0 | 13", "10 | 2 | 0 | 0 | 1 | 0 | 14")
UNIT = MODEL.replace("行政许可 | 156", "行政许可 | 156件")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def found(path: Path, **arguments: object) -> list[tuple[str, str]]:
    result = govlint.check(path, **arguments)  # type: ignore[arg-type]
    return [(finding.code, finding.severity) for finding in result.findings]


def test_no_settings_file(folder: Path) -> None:
    assert found(write(folder / "a.txt", UNIT)) == [("T006", "error")]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('ignore = ["T"]', []),
        ('ignore = ["not-a-count"]', []),
        ('select = ["N"]', []),
        ('select = ["T006"]\nignore = ["T"]', [("T006", "error")]),
        ('[severity]\nT = "warning"\nT006 = "info"', [("T006", "info")]),
        ('[per-path-ignores]\n"archive/**" = ["T"]', []),
        ('[per-path-ignores]\n"*.txt" = ["T006"]', []),
        ('[per-path-ignores]\n"archive/*/a.txt" = ["T"]', [("T006", "error")]),
        ('[per-path-ignores]\n"archive/" = ["T"]', []),
        ('select = ["T006"]\n[per-path-ignores]\n"archive/[ab].???" = ["T"]', []),
        ('[limits]\ncharacters = 100', [("E001", "error")]),
        ('[limits]\nsize = "1kB"', [("E001", "error")]),
    ],
)  # fmt: skip
def test_settings_change_what_is_found(folder: Path, settings: str, expected: list[tuple[str, str]]) -> None:
    write(folder / "govlint.toml", settings)
    assert found(write(folder / "archive/a.txt", UNIT)) == expected


def test_the_nearest_file_holds_alone(folder: Path) -> None:
    write(folder / "govlint.toml", 'ignore = ["T"]')
    write(folder / "pyproject.toml", '[tool.govlint]\nselect = ["E"]')
    write(folder / "town/pyproject.toml", '[project]\nname = "x"')
    near = write(folder / "county/pyproject.toml", '[tool.govlint]\nfail-on = "never"')
    document = write(folder / "county/2023/a.txt", UNIT)
    assert found(document) == [("T006", "error")]
    assert found(write(folder / "town/a.txt", UNIT)) == []
    write(near, '[tool.govlint]\nextend = "../govlint.toml"\n[tool.govlint.severity]\nN = "info"')
    assert found(document) == []
    assert found(document, config=None) == [("T006", "error")]
    assert found(document, config=folder / "pyproject.toml") == []


def test_arguments_over_file_over_defaults(folder: Path) -> None:
    write(folder / "govlint.toml", 'ignore = ["T"]\nfail-on = "never"\nlanguage = "en"')
    document = write(folder / "a.txt", UNIT)
    assert main(["check", str(document)]) == 0
    assert found(document, select=["T006"]) == [("T006", "error")]
    assert found(document, ignore=["N"]) == []
    assert main(["check", str(document), "--select", "T", "--fail-on", "error"]) == 1


@pytest.mark.parametrize(
    ("settings", "line", "hint"),
    [
        ('\nselct = ["N"]', 2, "select"),
        ('# first\nselect = [\n  "N003",\n  "N0O3",\n]', 2, "N003"),
        ('fail-on = "eror"', 1, "error"),
        ('[severity]\nN003 = "info"\nC0O3 = "eror"', 3, "error"),
        ('[severity]\n\nT0O6 = "error"', 3, "T006"),
        ('[per-path-ignores]\n"a/**" = ["T"]\n"b/**" = "T"', 3, "列表"),
        ('[limits]\nsise = 1', 2, "size"),
        ('[limits]\nsize = "5 elephants"', 2, "50MB"),
        ('[deadlines]\ndepartment = "02-30"', 2, "03-31"),
        ('[deadlines]\ndepartment = 0131', 2, "TOML"),
        ('language = "fr"', 1, "zh"),
        ('template = "ogi-2012"', 1, "ogi-2021"),
        ('rule-folders = ["nowhere"]', 1, "nowhere"),
        ('severity = "error"', 1, "severity]"),
        ('extend = "govlint.toml"', 1, "extend"),
        ('extend = "nowhere.toml"', 1, "nowhere.toml"),
        ('"limits.size" = 5', 1, "limits"),
        ('[per-path-ignores]\n"" = ["T"]', 2, "路径"),
        ('exclude = ["./"]', 1, "路径"),
        ('select = ["N"', 1, "TOML"),
        ('agencies = "agencies.csv"', 1, "agencies.csv"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["govlint.toml", "pyproject.toml"])
def test_a_mistake_gives_its_place_and_the_nearest_right_name(
    folder: Path, name: str, settings: str, line: int | None, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if name == "pyproject.toml":
        settings = "[tool.govlint]\n" + settings.replace("\n[", "\n[tool.govlint.").replace(
            'extend = "govlint', 'extend = "pyproject'
        )
        if settings.startswith("[tool.govlint]\n["):
            settings = settings.replace("[tool.govlint]\n[", "# a project\n[tool.govlint.")
        line = line and line + 1
    path = write(folder / name, settings)
    document = write(folder / "a.txt", MODEL)
    assert main(["check", str(document)]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert f"{path}:{line}:" in error if line else str(path) in error
    assert hint in error


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[tool]\ngovlint = 5", 2),
        ("[tool]\ngovlint.select = 5", 2),
        ("[[tool.govlint]]\nselect = 5", 1),
        ("[[tool]]\ngovlint = {}", 1),
        ("tool.govlint.select = 5", 1),
        ('[ "tool" . "govlint" ]\nselect = 5', 2),
        ("tool = {govlint = {select = 5}}", 1),
    ],
)
def test_a_section_in_another_form_is_not_passed_over(
    folder: Path, text: str, line: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "pyproject.toml", text)
    assert main(["check", str(write(folder / "a.txt", MODEL))]) == 2
    assert f"{path}:{line}: " in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[project]\nname = "a"\n\n[tool.govlnt]\nselect = ["N003"]', 4),
        ('[tool.gov-lint.severity]\nN003 = "info"', 1),
        ('\n[tool.Govlint]\nfail-on = "never"', 2),
        ('# govlint\ntool.golvint.select = ["N003"]', 2),
    ],
)
def test_a_section_whose_name_has_a_slip_is_not_passed_over(
    folder: Path, text: str, line: int, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(folder / "pyproject.toml", text)
    assert main(["check", str(write(folder / "a.txt", MODEL))]) == 2
    error = capsys.readouterr().err
    assert f"{path}:{line}: " in error
    assert "govlint？" in error


@pytest.mark.parametrize(
    "text",
    [
        '[project]\ndependencies = ["govlint"]',
        "[tool.other]\nx = 5 # govlint",
        "govlint = [",
        '[tool.golint]\nmin-confidence = 0.8\nexclude = ["a/"]',
        "[tool.govlnt]",
        "[tool.govlinter]\nselect = []",
        "[tool]\ngovlnt = 5",
        "[tool.govlnt]\nselect = [",
    ],
)
def test_a_project_of_others_is_none_of_ours(folder: Path, text: str) -> None:
    write(folder / "pyproject.toml", text)
    assert main(["check", str(write(folder / "a.txt", MODEL))]) == 0


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_a_settings_file_that_cannot_be_read_is_not_passed_over(folder: Path) -> None:
    document = write(folder / "a/a.txt", MODEL)
    (folder / "a/govlint.toml").symlink_to("nowhere")
    assert main(["check", str(document)]) == 2
    (folder / "a/govlint.toml").unlink()
    os.mkfifo(folder / "a/govlint.toml")
    assert main(["check", str(document)]) == 2


def test_a_mistake_in_any_file_stops_before_the_first_document(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "a/a.txt", MODEL)
    write(folder / "b/b.txt", MODEL)
    write(folder / "b/govlint.toml", "nonsense = 1")
    assert main(["check", "a", "b"]) == 2
    assert capsys.readouterr().out == ""
    assert main(["check", "a", "--config", "missing.toml"]) == 2


RULE = """
from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule("X001", "always", Words("总有", "always"), "warning", Words("总有", "always"), Words("", ""), Reference("", ""))

@rule.check
def check(report):
    yield rule.finding(None)
"""


def project(folder: Path) -> tuple[Path, Path]:
    """Settings that name a rule, and a document below them."""
    write(folder / "project/own/x001_always.py", RULE + f"\nopen({str(folder / 'ran')!r}, 'w')")
    settings = write(
        folder / "project/govlint.toml",
        'rule-folders = ["own"]\nignore = ["X001", "T008"]\n[severity]\nX001 = "error"\nN = "info"\n'
        '[per-path-ignores]\n"*.md" = ["X", "W"]',
    )
    return settings, write(folder / "project/reports/a.txt", MODEL)


@pytest.mark.parametrize("place", [".", "project", "project/reports"])
@pytest.mark.parametrize(
    "command", ["check {0}", "extract {0}", "config {0}", "rules", "explain N003", "check -"]
)
def test_settings_that_were_found_bring_no_code(
    folder: Path,
    place: str,
    command: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, document = project(folder)
    monkeypatch.chdir(folder / place)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(MODEL.encode())))
    assert main([part.format(document) for part in command.split()]) == 0
    assert not (folder / "ran").exists()
    if "{0}" in command or place != ".":
        assert "x001_always.py" in capsys.readouterr().err


@pytest.mark.parametrize("trusted", ["--config", "--rule-folder", "own settings"])
def test_rules_of_ones_own_are_run_where_asked_for(
    folder: Path, trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings, document = project(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "own"))
    options = {"--config": [trusted, str(settings)], "--rule-folder": [trusted, str(folder / "project/own")]}
    if trusted == "own settings":
        write(folder / "own/govlint/settings.toml", f'trusted-folders = ["{folder}"]')
    main(["check", str(document), *options.get(trusted, [])])
    assert (folder / "ran").exists()


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
def test_own_settings_that_others_may_write_trust_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, document = project(folder)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "own"))
    write(folder / "own/govlint/settings.toml", f'trusted-folders = ["{folder}"]').chmod(0o666)
    assert main(["check", str(document)]) == 2
    assert not (folder / "ran").exists()


@pytest.mark.skipif(os.name != "posix", reason="devices and pipes")
@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('extend = "/dev/zero"', ""),
        ('extend = "pipe"', ""),
        ('extend = "large.toml"', ""),
        ('agencies = "/dev/zero"', ":1"),
        ('agencies = "/proc/kmsg"', ""),
        ('agencies = "deep.toml"', ""),
        ('agencies = "wide.csv"', ""),
        ("x=" + "[" * 5000, ":1"),
        ("a" + ".a" * 3000 + "=1", ":1"),
        ('[tool]\nx = {a = ' + "[" * 5000, ":2"),
        ("limits.size = 99999999999999999999999", ":1"),
        ("limits.characters = " + "9" * 5000, ":1"),
        ('select=["N"]\nper-path-ignores."[z-a].txt" = ["N"]', ":2"),
        ("select = [\n" + '"N",\n' * 20_000 + '"Q"\n]', ":1"),
        ('extend = "chain0.toml"', ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["govlint.toml", "pyproject.toml"])
def test_settings_neither_hang_nor_break_a_run(
    folder: Path, name: str, text: str, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(folder / "pipe")
    write(folder / "large.toml", "#" * 5_000_000)
    write(folder / "deep.toml", "agency = " + "[" * 5000)
    write(folder / "wide.csv", 'name\n"' + "a" * 200_000)
    for number in range(40):
        write(folder / f"chain{number}.toml", f'extend = "chain{number + 1}.toml"')
    prefix = "[tool.govlint]\n" if name == "pyproject.toml" else ""
    settings = write(folder / name, prefix + text)
    assert main(["check", str(write(folder / "a.txt", MODEL))]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    if line and not prefix:
        assert f"{settings}{line}:" in error


def test_stars_of_a_path_take_no_time(folder: Path) -> None:
    pattern = "**/*" * 40 + "*a" * 40 + "b"
    write(folder / "govlint.toml", f'per-path-ignores."{pattern}" = ["N"]')
    deep = folder.joinpath(*"a" * 60)
    assert found(write(deep / ("a" * 200 + ".txt"), MODEL)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "agencies.csv",
            "name,kind,level,aliases,parent\n云溪护林站,department,county,护林站；云溪站,云溪县人民政府\n",
        ),
        (
            "agencies.toml",
            '[[agency]]\nname = "云溪护林站"\nkind = "department"\nlevel = "county"\naliases = ["护林站"]\n'
            'parent = "云溪县人民政府"\n',
        ),
    ],
)
def test_the_register_says_what_a_name_does_not(folder: Path, name: str, text: str) -> None:
    write(folder / name, text)
    write(folder / "govlint.toml", f'agencies = "{name}"\n[deadlines]\ndepartment = "02-15"')
    result = govlint.check(write(folder / "a.txt", MODEL.replace("云溪县农业农村局", "护林站")))
    assert result.report is not None
    body = result.report.body()
    assert (body.kind, body.level) == ("department", "county")
    assert result.report.body("云溪县人民政府").kind == "government"
    assert result.report.deadlines.of(body, 2022).isoformat() == "2023-02-15"
    assert result.report.register is not None
    agency = result.report.register.find("云溪 护林站")
    assert agency is not None
    assert agency.parent == "云溪县人民政府"


@pytest.mark.parametrize(
    ("name", "text", "place", "hint"),
    [
        ("a.csv", "name,kin\n某局,department\n", ":1:", "kind"),
        ("a.csv", "name,kind\n某局,departmnt\n", ":2:", "department"),
        ("a.csv", "name,aliases\n甲局,乙局\n\n乙局,\n", ":4:", ":2"),
        ("a.csv", "kind\ndepartment\n", ":1:", "name"),
        ("a.toml", '[[agency]]\nname = "甲局"\n[[agency]]\nlevel = "county"\n', "第 2 个", "name"),
        ("a.toml", "[[agency\n", "a.toml", "line 1"),
        ("a.csv", "name,kind\n甲局,department,x\n", ":2:", "表头"),
        ("a.csv", "name,name\n甲局,乙局\n", ":1:", "name"),
        ("a.toml", '[[agencies]]\nname = "甲局"\n', "a.toml", "[[agency]]"),
        *(
            ("a.toml", f'[[agency]]\nname = "甲局"\n{stated}\n', "第 1 个", stated.split(" ")[0])
            for stated in (
                "kind = 0",
                "level = false",
                "aliases = 0",
                'aliases = [""]',
                "parent = 5",
                "since = 0",
            )
        ),
    ],
)
def test_a_mistake_in_the_register(
    folder: Path, name: str, text: str, place: str, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / name, text)
    write(folder / "govlint.toml", f'agencies = "{name}"')
    assert main(["check", str(write(folder / "a.txt", MODEL))]) == 2
    error = capsys.readouterr().err
    assert place in error
    assert hint in error


def test_config_says_where_each_value_came_from(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = write(folder / "base.toml", 'ignore = ["T002"]\n[severity]\nT006 = "info"\nN = "warning"')
    path = write(folder / "govlint.toml", 'extend = "base.toml"\nfail-on = "info"\n[severity]\nN = "error"')
    document = write(folder / "a.txt", MODEL)
    assert main(["config", str(document), "--format", "json", "--ignore", "E002", "--lang", "en"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["file"] == str(path)
    settings = record["settings"]
    assert settings["fail-on"] == {"value": "info", "origin": f"{path}:2"}
    assert settings["severity.T006"] == {"value": "info", "origin": f"{base}:3"}
    assert settings["severity.N"] == {"value": "error", "origin": f"{path}:4"}
    assert settings["ignore"] == {"value": ["T002", "E002"], "origin": f"{base}:1, --ignore"}
    assert settings["language"] == {"value": "en", "origin": "--lang"}
    assert settings["template"] == {"value": "auto", "origin": "default"}
    assert main(["config", str(document)]) == 0
    shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("severity.T006")]
    assert shown[0].endswith("base.toml:3")


@pytest.mark.parametrize(
    ("settings", "options", "on", "why"),
    [
        ("", [], True, ""),
        ('ignore = ["T"]', [], False, "govlint.toml:1"),
        ('select = ["N"]', [], False, "govlint.toml:1"),
        ('select = ["T"]', [], True, "govlint.toml:1"),
        ('ignore = ["T"]', ["--select", "T006"], True, "--select"),
        ("", ["--ignore", "T"], False, "--ignore"),
        ('[per-path-ignores]\n"*.txt" = ["T"]', [], False, "govlint.toml:2"),
    ],
)
def test_config_says_why_a_rule_is_on_or_off(
    folder: Path, settings: str, options: list[str], on: bool, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder / "govlint.toml", settings)
    document = write(folder / "a.txt", MODEL)
    assert main(["config", str(document), "--rule", "not-a-count", "--format", "json", *options]) == 0
    record = json.loads(capsys.readouterr().out)
    assert (record["code"], record["on"]) == ("T006", on)
    assert why in record["why"]


def test_the_documentation_has_every_key_and_its_example_is_right(folder: Path) -> None:
    text = (Path(__file__).parents[2] / "docs/settings.md").read_text("utf-8")
    example = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)[0]
    write(folder / "govlint.toml", "")
    for name in ("project/rules", "project/grammars"):
        (folder / name).mkdir(parents=True)
    csv = re.findall(r"```csv\n(.*?)```", text, re.DOTALL)[0]
    write(folder / "project/agencies.csv", csv)
    path = write(folder / "project/govlint.toml", example)
    stated = load(path).values
    keys = {key if key in KEYS else key.partition(".")[0] for key in stated}
    assert keys == set(KEYS)
    assert govlint.check(write(folder / "project/a.txt", MODEL), config=path).verdict == "pass"


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", []),
        ('[deadlines]\ndepartment = "01-10"', ["P001"]),
        ('agencies = "agencies.csv"\n[deadlines]\ndepartment = "01-10"', []),
    ],
)
def test_due_dates_and_the_register_reach_the_rules(folder: Path, settings: str, expected: list[str]) -> None:
    write(folder / "agencies.csv", "name,kind\n云溪县农业农村局,other\n")
    write(folder / "govlint.toml", settings)
    assert [code for code, _ in found(write(folder / "a.txt", MODEL))] == expected
