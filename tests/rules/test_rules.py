"""Every rule's own examples, executed; and what the catalogue of rules owes its readers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govlint.document import Document
from govlint.linting import registry
from govlint.linting.examples import apply_example, model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.readers import text as text_reader
from govlint.rule import Example, Rule

RULES = registry.all_rules()
WITHOUT_EXAMPLES = {"E001", "E002", "E003", "E004", "E008"}
"""What the pipeline makes, and what no change of one place in the model report shows."""


def run(rule: Rule, example: Example | None) -> list:
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
def test_bad_example_gives_one_finding(rule: Rule, example: Example) -> None:
    findings = run(rule, example)
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
def test_good_example_gives_none(rule: Rule, example: Example) -> None:
    assert run(rule, example) == []


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
