"""Every rule's own examples, executed; and what the catalogue of rules owes its readers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from govlint.agencies.register import load as load_register
from govlint.archive.series import compare
from govlint.checks.filed import filed
from govlint.document import Document
from govlint.filing import Filing
from govlint.linting import registry
from govlint.linting.examples import apply_example, beside_text, model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.linting.which_template import read_report
from govlint.readers import text as text_reader
from govlint.report import Report
from govlint.rule import Example, Finding, Rule

RULES = registry.all_rules()
WITHOUT_EXAMPLES = {"E001", "E002", "E003", "E004", "E008", "E009"}
"""What the pipeline makes, and what no change of one place in the model report shows."""


def filing(name: str, text: str) -> Filing:
    report = read_report(Document(name, "text", text), Settings())
    assert report is not None
    return filed(report)


def run_between(rule: Rule, example: Example, folder: Path) -> list:
    """What the rule says of the example beside the other documents: by itself, and as a check against last year's."""
    others = [filing(beside.name, beside_text(beside)) for beside in example.beside]
    register = None
    if example.register:
        path = folder / "register.csv"
        path.write_text(example.register, "utf-8")
        register = load_register(path)
    own = filing("model.txt", apply_example(example))
    told = [each for each in compare([*others, own], [rule], register) if each.filing is own]
    found = [each.outcome for each in told if isinstance(each.outcome, Finding)]
    if rule.subject != "years":
        return found
    settings = Settings(select=(rule.code,), previous=Given(others[0]))
    checked = check(Document("model.txt", "text", apply_example(example)), settings).findings
    assert [each.words for each in checked] == [each.words for each in found]
    return list(checked)


class Given(NamedTuple):
    """Last year's report."""

    filing: Filing

    def of(self, report: Report) -> Filing:
        return self.filing


def run(rule: Rule, example: Example | None, folder: Path) -> list:
    if rule.subject != "report":
        assert example is not None
        return run_between(rule, example, folder)
    text = apply_example(example) if example else model_report("ogi-2021")
    # Rules on govlint's own working see what the others found.
    select = () if rule.code[0] == "E" else (rule.code,)
    settings = Settings(select=select, template=example.template if example else "auto")
    findings = check(text_reader.read(text.encode(), "model.txt"), settings).findings
    return [finding for finding in findings if finding.code == rule.code]


def examples(kind: str) -> list:
    return [
        pytest.param(rule, example, id=f"{rule.code}-{number}")
        for rule in RULES
        for number, example in enumerate(getattr(rule, kind), 1)
    ]


@pytest.mark.parametrize(("rule", "example"), examples("bad"))
def test_bad_example_gives_one_finding(rule: Rule, example: Example, tmp_path: Path) -> None:
    findings = run(rule, example, tmp_path)
    assert [finding.code for finding in findings] == [rule.code]
    (finding,) = findings
    assert finding.cells[: len(example.cells)] == example.cells
    if example.marks:
        assert finding.span is not None
        source = apply_example(example)
        assert example.marks in source[finding.span.start : finding.span.end] or (
            source[finding.span.start : finding.span.end] in example.marks
        )


@pytest.mark.parametrize(("rule", "example"), examples("good"))
def test_good_example_gives_none(rule: Rule, example: Example, tmp_path: Path) -> None:
    assert run(rule, example, tmp_path) == []


def test_the_model_report_is_clean() -> None:
    result = check(Document("model.txt", "text", model_report("ogi-2021")), Settings())
    assert [(finding.code, finding.words.zh) for finding in result.findings] == []
    assert result.verdict == "pass"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]\d{3}", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for words in (rule.title, rule.message, rule.why):
        assert words.zh
        assert words.en
        assert not re.search(r"[\u4e00-\u9fff]{13}", words.en)
    assert rule.code in WITHOUT_EXAMPLES or (rule.bad and rule.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_file_is_named_after_the_rule(rule: Rule) -> None:
    assert Path(rule.source).stem == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
