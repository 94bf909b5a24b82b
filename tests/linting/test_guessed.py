"""Tables whose cells no line parts: what was put together wrongly is no fault of the report."""

from __future__ import annotations

import pytest
from making.corpus import LAYOUTS, Table, sample

from govlint.document import Document, Span
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.result import Result


def checked(old: str, new: str, guessed: bool = True) -> Result:
    made = sample(4)
    for block in made.blocks:
        if isinstance(block, Table):
            block.rows[:] = [[new if text == old else text for text in row] for row in block.rows]
    text = LAYOUTS["tabs"](made)
    spans = [Span(0, len(text))] if guessed else []
    return check(Document("a.pdf", "pdf", text, guessed=spans), Settings())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("社会公益组织", "社会公益组织务机构", id="with a piece of its neighbour"),
        pytest.param("四、结转下年度继续办理", "四、结转下年提供度继续办理", id="with a piece within"),
        pytest.param("申请人情况", "申请人情", id="cut by a character"),
        pytest.param("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "（二）部分公开（区分处理的", id="cut off"),
    ],
)  # fmt: skip
def test_a_label_put_together_wrongly_is_unchecked(old: str, new: str) -> None:
    assert [each.code for each in checked(old, new, guessed=False).findings] == ["T004"]
    result = checked(old, new)
    assert result.findings == []
    assert [each.code for each in result.unchecked] == ["T004"]


@pytest.mark.parametrize(
    ("old", "new"), [("5.属于三类内部事务信息", "5.属于三类内容事务信息"), ("尚未审结", "尚未办结")]
)
def test_a_label_in_other_words_is_likely(old: str, new: str) -> None:
    (finding,) = checked(old, new).findings
    assert (finding.code, finding.certainty) == ("T004", "likely")


def test_a_row_that_lacks_a_cell_leaves_its_table_unchecked() -> None:
    made = sample(4)
    rows = [block.rows for block in made.blocks if isinstance(block, Table)][1]
    del rows[5][-2]
    text = LAYOUTS["tabs"](made)
    result = check(Document("a.pdf", "pdf", text, guessed=[Span(0, len(text))]), Settings())
    assert result.findings == []
    assert "T003" in {each.code for each in result.unchecked}
    assert result.verdict == "incomplete"


def test_figures_that_do_not_agree_are_uncertain_where_cells_are_guessed() -> None:
    made = sample(4)
    row = next(
        row
        for block in made.blocks
        if isinstance(block, Table)
        for row in block.rows
        if row[0].startswith("一、本年")
    )
    row[-1] = str(int(row[-1]) + 90)
    text = LAYOUTS["tabs"](made)
    for spans, uncertain in (([], False), ([Span(0, len(text))], True)):
        result = check(Document("a.pdf", "pdf", text, guessed=spans), Settings())
        assert [(each.code, each.certainty) for each in result.findings] == [
            ("N001", "likely" if uncertain else "certain")
        ]
        assert result.report is not None
        marked = {cell.address for cell in result.report.cells.values() if cell.uncertain}
        assert ("applications.new_received.total" in marked) == uncertain
        assert not any(address.startswith("review_litigation") for address in marked)


def test_figures_that_a_header_seems_to_move_are_uncertain_where_cells_are_guessed() -> None:
    text = LAYOUTS["tabs"](sample(4)).replace("商业企业\t科研机构", "科研机构\t商业企业")
    for spans, codes in (([], ["T007"]), ([Span(0, len(text))], [])):
        result = check(Document("a.pdf", "pdf", text, guessed=spans), Settings())
        assert [each.code for each in result.findings] == codes
        assert result.report is not None
        marked = {cell.table for cell in result.report.cells.values() if cell.uncertain}
        assert marked == ({"applications"} if spans else set())
