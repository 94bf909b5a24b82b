"""Rows and cells that a page break of a printed table has cut are one again."""

from __future__ import annotations

import pytest

from govlint.readers.paper.compose import compose
from govlint.readers.paper.glyphs import Glyph, Page
from govlint.readers.paper.rulings import Ruling

Words = list[tuple[str, float, float]]
"""Each with where it begins and the middle of its line."""


def leaf(number: int, words: Words, xs: list[float], ys: list[float], open_from: float = 0) -> Page:
    """A page of a table, whose last line begins at ``open_from`` if that is not its left edge."""
    glyphs = [
        Glyph(char, x + 10 * at, x + 10 * at + 10, y, 10, None, run)
        for run, (text, x, y) in enumerate(words, 1)
        for at, char in enumerate(text)
    ]
    level = [Ruling(True, y, xs[0], xs[-1]) for y in ys[:-1]]
    level.append(Ruling(True, ys[-1], open_from or xs[0], xs[-1]))
    return Page(number, 600, 800, glyphs, level + [Ruling(False, x, ys[0], ys[-1]) for x in xs])


HEAD: Words = [("办理情况", 55, 710), ("合计", 310, 710)]
GROUP: Words = [*HEAD, ("三、办理结", 55, 735), ("（一）公开", 120, 735), ("1", 310, 735)]
NEXT: Words = [("（二）不公开", 120, 60), ("2", 310, 60)]
XS: list[float] = [50, 110, 300, 500]


@pytest.mark.parametrize(
    ("below", "text"),
    [
        ("果", "办理情况\t\t合计\n三、办理结果\t（一）公开\t1\n（二）不公开\t2\n"),
        ("果如下所列", "办理情况\t\t合计\n三、办理结\t（一）公开\t1\n果如下所列\n（二）不公开\t2\n"),  # too much to be a rest
    ],
)  # fmt: skip
def test_words_that_hang_out_of_a_cell_at_the_foot_of_a_page(below: str, text: str) -> None:
    foot = leaf(1, [*GROUP, (below, 55, 765)], XS, [700, 720, 745], open_from=110)
    assert "".join(compose([foot, leaf(2, NEXT, XS[1:], [50, 70])]).pieces) == text


def test_a_table_goes_on_behind_a_row_with_a_cell_too_many() -> None:
    long: Words = [("1.甲", 55, 690), ("1", 120, 690), ("2", 310, 690), ("9", 510, 690)]
    usual: Words = [("2.乙", 55, 710), ("3", 120, 710), ("4", 310, 710)]
    last: Words = [("3.很长的", 55, 735), ("5", 120, 735), ("6", 310, 735)]
    first = leaf(1, [*long, *usual, *last], XS, [680, 700, 720, 745])
    first.rulings += [*(Ruling(True, y, 500, 540) for y in (680, 700)), Ruling(False, 540, 680, 700)]
    rest: Words = [("名称", 55, 60), ("4.丙", 55, 85), ("7", 120, 85), ("8", 310, 85)]
    text = "".join(compose([first, leaf(2, rest, XS, [50, 70, 95])]).pieces)
    assert text.split() == "1.甲 1 2 9 2.乙 3 4 3.很长的名称 5 6 4.丙 7 8".split()
