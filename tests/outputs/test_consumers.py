"""The output formats as other programs read them: their schemas, and real readers of the format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from markdown_it import MarkdownIt

from govlint.cli.commands import main
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
BAD = (
    MODEL.replace("行政许可 | 156", "行政许可 | 156件")
    .replace("10 | 2 | 0 | 0 | 1 | 0 | 13", "10 | 2 | 0 | 0 | 1 | 0 | 14")
    .replace("行政强制 | 3", "行政强制 | 3件 <!-- govlint: ignore T006 系统如此导出 -->")
)
SARIF = json.loads((Path(__file__).parents[1] / "data/sarif-2.1.0.json").read_text("utf-8"))
CHECK = json.loads((Path(__file__).parents[2] / "docs/schema/check.schema.json").read_text("utf-8"))
# https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "年报 1").mkdir()
    (tmp_path / "年报 1/a.md").write_text(BAD, "utf-8")
    (tmp_path / "年报 1/b&<c>.txt").write_text(MODEL, "utf-8")
    (tmp_path / "年报 1/empty.txt").write_text("", "utf-8")
    (tmp_path / "年报 1/notice.txt").write_text("关于公布年度报告的通知\n", "utf-8")
    return tmp_path


def written(form: str, *options: str) -> str:
    main(["check", "年报 1", "--format", form, "--output", "out", *options])
    return Path("out").read_text("utf-8")


def sarif(*options: str) -> Any:
    log = json.loads(written("sarif", *options))
    jsonschema.Draft4Validator(SARIF).validate(log)
    return log["runs"][0]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_follows_its_schema(folder: Path, lang: str) -> None:
    run = sarif("--lang", lang)
    driver = run["tool"]["driver"]
    assert all(rule["help"]["markdown"] and rule["shortDescription"]["text"] for rule in driver["rules"])
    assert all(driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    uris = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in run["results"]
    }
    assert {unquote(uri) for uri in uris} == {"年报 1/a.md", "年报 1/empty.txt", "年报 1/notice.txt"}
    aside = [result for result in run["results"] if "suppressions" in result]
    assert [result["suppressions"][0]["kind"] for result in aside] == ["inSource"]


def test_sarif_of_a_baseline_and_of_nothing(folder: Path) -> None:
    written("rich", "--write-baseline", "baseline.json")
    run = sarif("--baseline", "baseline.json")
    kinds = [result["suppressions"][0]["kind"] for result in run["results"] if "suppressions" in result]
    assert sorted(kinds) == ["external", "external", "external", "inSource"]
    for path in Path("年报 1").iterdir():
        if path.suffix != ".txt" or path.stem != "b&<c>":
            path.unlink()
    assert sarif()["results"] == []


def test_fingerprints_stay_where_lines_move(folder: Path) -> None:
    def prints() -> list[list[str]]:
        return sorted(
            [*result["partialFingerprints"].values(), result["ruleId"]] for result in sarif()["results"]
        )

    def lines() -> list[int]:
        return sorted(
            result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in sarif()["results"]
        )

    before, stood = prints(), lines()
    Path("年报 1/a.md").write_text("\n\n\n" + BAD.replace("二、主动", "\n二、主动"), "utf-8")
    assert prints() == before
    assert lines() != stood


def test_gitlab_takes_the_report(folder: Path) -> None:
    issues = json.loads(written("gitlab"))
    jsonschema.validate(issues, GITLAB)
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == 4


def test_junit_is_read_by_a_junit_parser(folder: Path) -> None:
    junitparser = pytest.importorskip("junitparser")
    written("junit", "--fail-on", "warning")
    suites = list(junitparser.JUnitXml.fromfile("out"))
    assert [suite.name for suite in suites] == [
        f"年报 1/{name}" for name in ("a.md", "b&<c>.txt", "empty.txt", "notice.txt")
    ]
    outcomes = {
        suite.name: [type(outcome).__name__ for case in suite for outcome in case.result] for suite in suites
    }
    assert list(outcomes.values()) == [["Failure", "Failure"], [], ["Error"], ["Failure"]]
    assert [(suite.tests, suite.failures, suite.errors) for suite in suites] == [
        (2, 2, 0),
        (1, 0, 0),
        (1, 0, 1),
        (1, 1, 0),
    ]


def test_markdown_renders_as_text(folder: Path) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(written("markdown"))
    assert "<c>" not in html
    assert re.findall(r"<h2>(.*?)</h2>", html) == [
        "年报 1/a.md",
        "年报 1/b&amp;&lt;c&gt;.txt",
        "年报 1/empty.txt",
        "年报 1/notice.txt",
    ]
    assert html.count("<strong>") == 4


COMMAND = re.compile(r"^::(error|warning|notice) ([^:]*(?::(?!:)[^:]*)*)::(.*)$")


def test_github_commands_read_back(folder: Path) -> None:
    """As the runner of GitHub Actions reads them: properties parted by commas, then percent escapes."""
    found = []
    for line in written("github").splitlines():
        match = COMMAND.match(line)
        assert match is not None
        properties = dict(each.split("=", 1) for each in match[2].split(","))
        found.append((match[1], unquote(properties["file"]), properties["title"][:4]))
    assert found == [
        ("error", "年报 1/a.md", "T006"),
        ("error", "年报 1/a.md", "N001"),
        ("error", "年报 1/empty.txt", "E001"),
        ("warning", "年报 1/notice.txt", "E002"),
    ]


def test_json_lines_follow_the_schema(folder: Path) -> None:
    line = jsonschema.Draft202012Validator(
        {**CHECK, "$ref": "#/$defs/document", "required": [], "type": "object"}
    )
    records = [json.loads(text) for text in written("jsonl").splitlines()]
    for record in records:
        line.validate(record)
    whole = json.loads(written("json"))
    jsonschema.validate(whole, CHECK)
    assert whole["documents"] == records
    assert whole["summary"]["suppressed"] == 1
