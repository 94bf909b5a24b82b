"""Findings marked in web pages: at their words, and without a trace when they are taken out again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making.corpus import sample
from making.printing import page

from govlint import readers
from govlint.annotating import annotate, web
from govlint.document import Span, Words
from govlint.linting import registry
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

PAGE = (
    "<!DOCTYPE html>\n<html><head><title>甲</title><style>p{{}}</style></head>\n<body>\n<h1>某县政府信息公开工作年度报告</h1>"
    "\n<p>一、总体情况</p>{}\n<script>var a = '</p>';</script></body></html>"
)

SAID = Words("“{actual}”应为“{expected}”。", "“{actual}” should be “{expected}”.")


def found(data: bytes, *words: str | Span) -> Result:
    document = readers.read(data, "a.html")
    rule = registry.named("W004")
    spans = [
        each if isinstance(each, Span) else Span(at := document.text.index(each), at + len(each))
        for each in words
    ]
    findings = [
        rule.finding(span, actual=f"<b>{at}", expected="乙", message=SAID) for at, span in enumerate(spans)
    ]
    return Result("a.html", document=document, findings=findings)


def marked(data: bytes, *words: str | Span, encoding: str = "utf-8") -> list[tuple[str, str]]:
    """(numbers that end there, source text) of each mark, after what must hold was held."""
    result = found(data, *words)
    made = web.written(data, "a.html", result, "zh").data
    assert readers.read(made, "a.html").text == readers.read(data, "a.html").text
    assert web.withdrawn(made, result) == data
    assert web.written(web.withdrawn(made, result), "a.html", result, "zh").data == made
    return re.findall(r'<mark data-govlint="([^"]*)"[^>]*>(.*?)</mark>', made.decode(encoding), re.DOTALL)


CASES = {
    "words": ("<p>甲乙丙丁</p>", ["乙丙"], [("1", "乙丙")]),
    "over elements": ("<p>甲<b>乙</b>丙</p>", ["甲乙丙"], [("", "甲"), ("", "乙"), ("1", "丙")]),
    "entities": ("<p>甲&lt;乙&#x4e19;丁</p>", ["<乙丙"], [("1", "&lt;乙&#x4e19;")]),
    "white space": ("<p>甲  乙\n丙</p>", ["乙丙"], [("1", "乙\n丙")]),
    "one within another": ("<p>甲乙丙</p>", ["甲乙丙", "乙"], [("", "甲"), ("2", "乙"), ("1", "丙")]),
    "overlapping": ("<p>甲乙丙丁</p>", ["甲乙丙", "乙丙丁"], [("", "甲"), ("1", "乙丙"), ("2", "丁")]),
    "the same words": ("<p>甲乙丙</p>", ["乙", "乙"], [("1 2", "乙")]),
    "over cells": ("<table><tr><td>甲</td><td>乙</td></tr></table>", ["甲\t乙"], [("", "甲"), ("1", "乙")]),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_where_marks_stand(name: str, encoding: str) -> None:
    body, words, marks = CASES[name]
    assert marked(PAGE.format(body).encode(encoding), *words, encoding=encoding) == marks


def test_line_ends_stay() -> None:
    assert marked(PAGE.format("<p>甲乙</p>").replace("\n", "\r\n").encode(), "乙") == [("1", "乙")]


def test_a_blank_cell_is_marked_where_it_is() -> None:
    data = PAGE.format("<table><tr><td>甲</td><td> </td><td>&nbsp;</td><td>乙</td></tr></table>").encode()
    at = readers.read(data, "a.html").text.index("\t") + 1
    result = found(data, Span(at, at))
    made = web.written(data, "a.html", result, "zh").data.decode()
    assert re.search(r'<td>甲</td><td><mark data-govlint="1"[^>]*></mark> </td>', made)
    assert web.withdrawn(made.encode(), result) == data


def test_what_a_page_says_is_no_markup_in_a_note() -> None:
    data = PAGE.format("<p>甲乙</p>").encode()
    made = web.written(data, "a.html", found(data, "乙"), "zh").data.decode()
    assert "“<b>0”" not in made
    assert "“&lt;b&gt;0”" in made


def test_a_finding_with_no_place_stands_in_the_list() -> None:
    data = PAGE.format("<p>甲乙</p>").encode()
    result = found(data)
    result.findings = [registry.named("W004").finding(None, actual="甲", expected="乙", message=SAID)]
    made = web.written(data, "a.html", result, "zh").data.decode()
    assert "<b>W004</b>" in made
    assert "<mark" not in made


def test_a_whole_page() -> None:
    data = page(sample(3)).replace("均在法定期限内", "均截止年底在法定期限内").encode()

    def check(data: bytes, path: str) -> Result:
        return check_bytes(data, path, Settings())

    done = annotate(data, "a.html", "b.html", check)
    assert done.data is not None
    assert 'data-govlint="1"' in done.data.decode()
    again = annotate(done.data, "b.html", "c.html", check)
    assert again.data == done.data
    assert [f.fingerprint for f in again.result.findings] == [f.fingerprint for f in done.result.findings]
    fixed = annotate(done.data, "b.html", "c.html", check, fix=True)
    assert fixed.data == data.replace("截止".encode(), "截至".encode())


TEXT = st.text(st.sampled_from("甲乙 1\n&<"), min_size=1, max_size=5).map(
    lambda text: text.replace("<", "&lt;")
)
INLINE = st.one_of(TEXT, TEXT.map("<b>{}</b>".format), TEXT.map("<a href='x'>{}</a>".format), st.just("<br>"))
BLOCKS = st.one_of(
    st.lists(INLINE, max_size=3).map(lambda inline: f"<p>{''.join(inline)}</p>"),
    st.lists(INLINE.map("<td>{}</td>".format), min_size=1, max_size=3).map(
        lambda cells: f"<table><tr>{''.join(cells)}</tr></table>"
    ),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(BLOCKS, max_size=4), st.data())
def test_nothing_but_marks_is_added(blocks: list[str], draw: st.DataObject) -> None:
    data = PAGE.format("".join(blocks)).encode()
    ends = st.integers(0, len(readers.read(data, "a.html").text))
    spans = draw.draw(st.lists(st.tuples(ends, ends), min_size=1, max_size=5))
    marked(data, *(Span(*sorted(span)) for span in spans))
