"""Figures that are set from right to left are shown in another order than they stand in: they are not read in silence."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from making.beside import beside
from making.corpus import LAYOUTS, Sample, sample
from making.office import excel, saved_book
from making.reading import read
from making.shown import with_figures

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings

SEED = 4
RLO, PDF = "\u202e", "\u202c"
_BDO = (
    '<w:bdo xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" w:val="{}">'
    "<w:r><w:t>{}</w:t></w:r></w:bdo>"
)


def in_word(form: str, *values: str) -> Callable[[Sample], bytes]:
    return lambda made: beside(made, instead=lambda figure: form.format(*values, figure))


def in_excel(made: Sample) -> bytes:
    book = excel(made)
    for cell in (cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, int)):
        cell.value = f"{RLO}{cell.value}{PDF}"
    return saved_book(book)


def in_page(form: str, head: str = "") -> Callable[[Sample], bytes]:
    return lambda made: with_figures(made, form.format, head).encode()


def in_text(layout: str) -> Callable[[Sample], bytes]:
    figure = re.compile(r"(?<=[\t|])\d+(?=[\t|\n])")
    return lambda made: figure.sub(lambda match: f"{RLO}{match[0]}{PDF}", LAYOUTS[layout](made)).encode()


TURNED: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "Word": ("a.docx", in_word(_BDO, "rtl")),
    "Word, by a character": ("a.docx", in_word(f"<w:r><w:t>{RLO}{{}}</w:t></w:r>")),
    "Excel": ("a.xlsx", in_excel),
    "page": ("a.html", in_page('<bdo dir="rtl"><b>{}</b></bdo>')),
    "page, by a character": ("a.html", in_page("&#x202E;{}")),
    "page, by a sheet": (
        "a.html",
        in_page("<b class=r>{}<i></i></b>", "<style>.r{unicode-bidi:bidi-override;direction:rtl}</style>"),
    ),
    "tabs": ("a.txt", in_text("tabs")),
    "bars": ("a.md", in_text("outer-bars")),
}


@pytest.mark.parametrize("name", TURNED)
def test_a_figure_that_is_shown_in_another_order_is_told(name: str) -> None:
    made = sample(SEED)
    path, write = TURNED[name]
    result = check_bytes(write(made), path, Settings())
    figures = read(result)
    for address, value in made.cells.items():
        turns = str(value) != str(value)[::-1]
        assert figures[address] == (None if turns else value) or (
            figures[address] is None and path[-3:] in ("txt", ".md")
        )
    assert [finding.code for finding in result.findings if finding.severity != "info"] == []
    assert result.verdict == "incomplete"
    assert any("从右向左" in why.zh for _, why in result.unchecked)


@pytest.mark.parametrize(
    "write", [in_word(_BDO, "ltr"), in_word("<w:r><w:t>\u202b{}\u202c\u200f</w:t></w:r>")]
)
def test_marks_that_change_nothing_are_passed_over(write: Callable[[Sample], bytes]) -> None:
    made = sample(SEED)
    result = check_bytes(write(made), "a.docx", Settings())
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert result.verdict == "pass"
