"""What the rules of family C say of sentences (tests/data/prose.txt), and how they read real layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from govlint.document import Document
from govlint.linter import Settings, check
from govlint.models import model_report

RULES = ("C001", "C002", "C003", "C004")
MODEL = model_report("ogi-2021")
AGENCY = "云溪县农业农村局"
HOLD = {
    "overview": "（五）监督保障。",
    "applications": "三、收到和处理政府信息公开申请情况\n",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况\n",
    "problems": "改进情况：",
}


def cases() -> list:
    found = []
    for number, line in enumerate(
        (Path(__file__).parent / "data/prose.txt").read_text("utf-8").split("\n"), 1
    ):
        if not line or line.startswith("#"):
            continue
        expected, *options, sentence = line.replace("\\n", "\n").split(" | ")
        wanted = (
            []
            if expected == "-"
            else [tuple(expected.split()[at : at + 3]) for at in range(0, len(expected.split()), 3)]
        )
        found.append(pytest.param(wanted, options, sentence, id=f"line{number}"))
    return found


def report_with(sentence: str, section: str = "overview", agency: str = AGENCY) -> str:
    hold = HOLD[section]
    text = MODEL.replace(hold, hold + sentence + "\n" if hold.endswith("\n") else f"{sentence}\n{hold}")
    assert sentence in text
    return text.replace(AGENCY, agency)


def findings(text: str) -> list:
    return list(check(Document("report.txt", "text", text), Settings(select=RULES)).findings)


def said(text: str) -> list[tuple[str, str, str]]:
    found = []
    for finding in findings(text):
        assert finding.span is not None
        words_ = text[finding.span.start : finding.span.end]
        found.append((finding.code, finding.cells[0] if finding.cells else "-", words_))
    return found


@pytest.mark.parametrize(("wanted", "options", "sentence"), cases())
def test_sentence(wanted: list, options: list[str], sentence: str) -> None:
    section = next((option[1:] for option in options if option[0] == "@"), "overview")
    agency = next((option[1:] for option in options if option[0] == "="), AGENCY)
    assert said(report_with(sentence, section, agency)) == wanted


def test_the_table_of_sentences_is_long_and_even() -> None:
    wanted = [bool(case.values[0]) for case in cases()]
    assert len(wanted) >= 150
    assert 0.25 < sum(wanted) / len(wanted) < 0.6
