"""Columns, and rows side by side, in another order than the mandated one are read by the header, or told as not read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from making.corpus import LAYOUTS, Sample, Table, sample
from making.reading import checked, read, told

LINED = ("bars", "tabs", "outer-bars", "markdown", "one-cell-a-line")
COLUMNS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def table(made: Sample, number: int) -> list[list[str]]:
    return [block.rows for block in made.blocks if isinstance(block, Table)][number]


def moved(rows: list[list[str]], order: list[int]) -> None:
    """The columns of table 3, those of its inner header too, in another order."""
    for row in rows:
        if len(row) > 7:
            row[-7:] = [row[-7:][at] for at in order]
        elif row[0] == COLUMNS[0]:
            outer = ["自然人", *["法人或其他组织"] * 5, "总计"]
            row[:] = list(dict.fromkeys(outer[at] for at in order))
        elif row[0] == COLUMNS[1]:
            row[:] = [COLUMNS[at] for at in order if 0 < at < 6]


ORDERS = {
    "two kinds": [0, 2, 1, 3, 4, 5, 6],
    "all kinds": [0, 5, 4, 3, 2, 1, 6],
    "total first": [6, 0, 1, 2, 3, 4, 5],
    "total first, person last": [6, 1, 2, 3, 4, 5, 0],
}


@pytest.mark.parametrize("name", ORDERS)
@pytest.mark.parametrize("layout", LINED)
def test_columns_in_another_order_are_read_by_the_header(layout: str, name: str) -> None:
    made = sample(3)
    moved(table(made, 1), ORDERS[name])
    result = checked(LAYOUTS[layout](made))
    assert told(result) == ["T007"]
    if layout == "one-cell-a-line" and "total" in name:  # whose lines do not tell what stands beside what
        unread = {address for address in made.cells if address.startswith("applications.")}
        assert read(result) == made.cells | dict.fromkeys(unread)
        assert "N001" in [code for code, _ in result.unchecked]
    else:
        assert read(result) == made.cells


def test_columns_that_run_together_in_another_order_are_not_read() -> None:
    made = sample(3)
    moved(table(made, 1), ORDERS["two kinds"])
    result = checked(LAYOUTS["run-together"](made))
    assert told(result) == ["T007"]
    assert {value for address, value in read(result).items() if address.startswith("applications.")} == {None}


def test_a_name_that_stands_higher_than_those_beside_it_tells_no_order() -> None:
    """As where a printed header has a name of two lines among others."""
    made = sample(3)
    text = LAYOUTS["tabs"](made)
    beside = "商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他"
    assert beside in text
    high = "社会公益组织\n" + beside.replace("\t社会公益组织", "")
    result = checked(text.replace(beside, high))
    assert told(result) == []
    assert read(result) == made.cells


RESULTS = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]


def with_suits(made: Sample, groups: list[int], order: list[int]) -> None:
    """Table 4 with its groups and the columns of each in another order; the first group is that of reviews."""
    rows = table(made, 2)
    figures = rows[-1]
    names = ["未经复议直接起诉", "复议后起诉"]
    columns = [RESULTS[at] for at in order]
    rows[1] = [*columns, *(names[at - 1] for at in groups if at)]
    rows[2] = columns * 2
    rows[3] = [figures[5 * group + at] for group in groups for at in order]


def with_rows(made: Sample, groups: list[int], order: list[int]) -> None:
    """Table 4 with a row for each group."""
    rows = table(made, 2)
    figures = rows[-1]
    names = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    rows[:] = [
        ["类别", *(RESULTS[at] for at in order)],
        *([names[group], *(figures[5 * group + at] for at in order)] for group in groups),
    ]


@pytest.mark.parametrize("layout", LINED)
@pytest.mark.parametrize("lay", [with_suits, with_rows])
@pytest.mark.parametrize(
    ("groups", "order"),
    [([0, 1, 2], [1, 0, 2, 3, 4]), ([0, 1, 2], [4, 0, 1, 2, 3]), ([0, 2, 1], [0, 1, 2, 3, 4]), ([0, 2, 1], [0, 1, 3, 2, 4])],
)  # fmt: skip
def test_reviews_and_suits_in_another_order_are_read_by_the_header(
    groups: list[int], order: list[int], lay: Callable[[Sample, list[int], list[int]], None], layout: str
) -> None:
    made = sample(4)
    lay(made, groups, order)
    result = checked(LAYOUTS[layout](made))
    each_told = lay is with_rows and groups != sorted(groups) and order != sorted(order)
    assert told(result) == ["T007"] * (1 + each_told)
    assert read(result) == made.cells


def test_reviews_and_suits_that_run_together_in_another_order_are_not_read() -> None:
    made = sample(4)
    with_suits(made, [0, 2, 1], [0, 1, 2, 3, 4])
    result = checked(LAYOUTS["run-together"](made))
    assert told(result) == ["T007"]
    assert {value for address, value in read(result).items() if address.startswith("review")} == {None}
