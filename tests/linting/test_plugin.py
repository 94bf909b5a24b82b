"""The example plugin, installed beside govlint: its rule and its template are at work without any setting."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.external
MODEL = ROOT / "examples/plugin/govlint_library/templates/model-library-service.txt"
EXAMPLES = """
from govlint.linting import registry
from govlint.document import Document
from govlint.linting.examples import apply_example
from govlint.linting.linter import check
from govlint.linting.settings import Settings
rule = registry.named("L001")
for examples in (rule.bad, rule.good):
    for example in examples:
        found = check(Document("model.txt", "text", apply_example(example)), Settings()).findings
        print([(finding.code, finding.section) for finding in found])
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a Python that has govlint, and the plugin in a folder of its own."""
    folder = tmp_path_factory.mktemp("plugin")
    source = shutil.copytree(ROOT / "examples/plugin", folder / "source")
    site = folder / "site"
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    subprocess.run([*command, "--target", str(site), str(source)], check=True, capture_output=True)
    path = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep)
    return os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(folder / "cache")}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], env=environment, cwd=ROOT, capture_output=True, encoding="utf-8"
    )


def test_the_template_is_chosen_and_its_tables_checked(environment: dict[str, str], tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    found = []
    for text in (MODEL.read_text("utf-8"), MODEL.read_text("utf-8").replace("| 7800", "| 7900")):
        report.write_text(text, "utf-8")
        done = run(environment, "-m", "govlint", "check", str(report), "--format", "jsonl")
        document = json.loads(done.stdout)
        found.append((done.returncode, document["template"], [f["code"] for f in document["findings"]]))
    assert found == [(0, "library-service", []), (1, "library-service", ["N006"])]


def test_the_rule_is_listed_with_its_template(environment: dict[str, str]) -> None:
    rules = json.loads(run(environment, "-m", "govlint", "rules", "--format", "json").stdout)["rules"]
    assert [rule["templates"] for rule in rules if rule["code"] == "L001"] == [["library-service"]]
    assert run(environment, "-m", "govlint", "explain", "opening-days").returncode == 0


def test_the_rules_own_examples(environment: dict[str, str]) -> None:
    done = run(environment, "-c", EXAMPLES)
    assert done.stdout.splitlines() == ["[('L001', 'overview')]", "[]"], done.stderr


def test_the_template_is_drafted(environment: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "draft.md"
    options = ["--template", "library-service", "--agency", "河湾市图书馆", "--year", "2023", "-o", str(out)]
    assert run(environment, "-m", "govlint", "new", *options).returncode == 0
    assert "| 读者来访人次 |" in out.read_text("utf-8")


@pytest.mark.parametrize("group", ["govlint.rules", "govlint.templates"])
def test_a_broken_plugin_is_said_in_one_line(environment: dict[str, str], tmp_path: Path, group: str) -> None:
    info = tmp_path / "broken-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[{group}]\nbroken = no_such_module\n", "utf-8")
    broken = environment | {"PYTHONPATH": os.pathsep.join([str(tmp_path), environment["PYTHONPATH"]])}
    done = run(broken, "-m", "govlint", "check", str(MODEL))
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "no_such_module" in done.stderr
