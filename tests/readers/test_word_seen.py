"""What a person sees in a Word document is read, in whatever form; what does not count is told of."""

from __future__ import annotations

import pytest
from making.beside import BEFORE, BEHIND, INSTEAD, UNKNOWN, beside, with_workbooks
from making.corpus import sample

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

SEED = 4


def checked(data: bytes) -> Result:
    return check_bytes(data, "report.docx", Settings())


def is_clean(result: Result, cells: dict[str, object]) -> bool:
    assert [finding.code for finding in result.findings if finding.severity != "info"] == []
    assert result.report is not None
    return {address: cell.value for address, cell in result.report.cells.items()} == cells


@pytest.mark.parametrize("name", BEFORE)
def test_text_that_does_not_count_is_told_of(name: str) -> None:
    made = sample(SEED)
    result = checked(beside(made, before=BEFORE[name]))
    assert is_clean(result, made.cells)
    told = [note.zh for note in result.notes if "没有作为正文读取" in note.zh]
    assert "“77”" in told[0]
    assert len(told) <= 6


@pytest.mark.parametrize("name", BEHIND)
def test_the_mark_of_a_note_is_no_digit(name: str) -> None:
    made = sample(SEED)
    assert is_clean(checked(beside(made, behind=BEHIND[name])), made.cells)


@pytest.mark.parametrize("name", INSTEAD)
def test_a_figure_in_another_form_is_read(name: str) -> None:
    made = sample(SEED)
    assert is_clean(checked(beside(made, instead=INSTEAD[name])), made.cells)


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_figure_that_cannot_be_read_is_neither_blank_nor_wrong(name: str) -> None:
    made = sample(SEED)
    result = checked(beside(made, instead=UNKNOWN[name]))
    assert is_clean(result, dict.fromkeys(made.cells))
    assert result.verdict == "incomplete"
    assert any("没有读取" in why.zh for _, why in result.unchecked)


def test_a_small_picture_beside_words_hides_nothing() -> None:
    made = sample(SEED)
    result = checked(beside(made, behind=UNKNOWN["small picture"]("")))
    assert is_clean(result, made.cells)
    assert result.verdict == "pass"


def test_an_embedded_worksheet_is_read_and_one_of_several_is_told_of() -> None:
    made = sample(SEED)
    result = checked(with_workbooks(made))
    assert is_clean(result, made.cells)
    assert any("Excel" in note.zh for note in result.notes)
    several = checked(with_workbooks(made, sheets=2))
    assert several.verdict == "incomplete"
    assert {code for code, why in several.unchecked if "嵌入的对象" in why.zh} >= {"T001"}
