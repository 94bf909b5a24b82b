"""The number that a browser shows before an item of a list is that of the heading which the item is."""

from __future__ import annotations

import itertools
import re

import pytest
from making.corpus import sample
from making.pages import body
from making.shown import page

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers.web.html import read

SEED = 5
_HEADING = re.compile(r"<p><strong>([一二三四五六]、)(.*?)</strong></p>")


@pytest.mark.parametrize(
    ("item", "head", "actual"),
    [
        ("<ol><li>{words}</li></ol>", "", "1."),
        ("<ol start={n} type=I><li><p><b>{words}</b></p></li></ol>", "", "I."),
        ("<ol><li value={n}>{words}</li></ol>", "<style>ol{{list-style:decimal inside}}</style>", "1."),
        ("<ol start={n} style='list-style-type: none'><li>{words}</li></ol>", "", "无"),
        ("<ol start={n}><li>{words}</li></ol>", "<style>li{{list-style:none}}</style>", "无"),
        ("<ul><li>{words}</li></ul>", "", "无"),
        ("<ol start={n}><li style='list-style-type:cjk-ideographic'>{words}</li></ol>", "", None),
        ("<ol class=c start={n}><li>{words}</li></ol>", "<style>.c{{list-style:simp-chinese-informal}}</style>", None),
        ("<ul><li value={n}>{words}</li></ul>", "<style>li{{list-style-type:cjk-ideographic}}</style>", None),
        ("<ol start={n}><li>{ordinal}{words}</li></ol>", "", None),
        ("<ol reversed start={n}><li>{ordinal}{words}</li></ol>", "<style>ol{{list-style:cjk-decimal}}</style>", None),
    ],
)  # fmt: skip
def test_the_number_of_an_item_is_the_heading_s(item: str, head: str, actual: str | None) -> None:
    made, count = sample(SEED), itertools.count(1)

    def listed(match: re.Match[str]) -> str:
        return item.format(n=next(count), ordinal=match[1], words=match[2])

    source = page(made, _HEADING.sub(listed, body(made)), head.format())
    result = check_bytes(source.encode(), "a.html", Settings())
    found = [(each.code, each.actual) for each in result.findings if each.severity != "info"]
    assert found == ([("S004", actual)] if actual else [])
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("<ol><li>甲乙<li>丙丁<ol type=a><li>戊己</ol></ol>", "1.甲乙\n2.丙丁\na.戊己"),
        ("<ol reversed><li>甲乙<li>丙丁</ol>", "2.甲乙\n1.丙丁"),
        ("<ol><li>甲乙<p>2022年，受理申请3件。</p></ol>", "1.甲乙\n2022年，受理申请3件。"),
        ("<ol><li>受理申请3件。<li>12件</ol>", "受理申请3件。\n12件"),
        ("<table><tr><td>规章<td><ol><li>5</ol></tr></table>", "规章\t5"),
    ],
)
def test_what_is_numbered(listed: str, text: str) -> None:
    assert read(f"<html><body>{listed}".encode(), "a.html").text == text
