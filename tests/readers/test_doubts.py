"""Raised digits beside a figure are the mark of a note; where they stand alone they are the figure, which is told.

So are digits on two lines of a cell, which may be two figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from making.beside import beside
from making.corpus import LAYOUTS, Sample, sample
from making.office import excel, saved_book
from making.reading import read
from making.shown import with_figures
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers import text
from govlint.text.folding import folded, raised_digits
from govlint.text.remarks import raised_mark

SEED = 4
_RUN = '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>'
_BREAK = '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}</w:r>'
_FIGURE = re.compile(r"(?<=[\t\n])\d+(?=[\t\n])")
RAISED = InlineFont(vertAlign="superscript")


def in_word(props: str) -> Callable[[Sample], bytes]:
    return lambda made: beside(made, instead=lambda figure: _RUN.format(props, figure))


def in_excel(write: Callable[[str], object], font: Font | None = None) -> Callable[[Sample], bytes]:
    def made_book(made: Sample) -> bytes:
        book = excel(made)
        for cell in (cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, int)):
            cell.value = write(str(cell.value))
            if font:
                cell.font = font
        return saved_book(book)

    return made_book


def in_page(write: str, head: str = "") -> Callable[[Sample], bytes]:
    return lambda made: with_figures(made, write.format, head).encode()


def in_text(made: Sample) -> bytes:
    return _FIGURE.sub(lambda figure: raised_digits(figure[0]), LAYOUTS["tabs"](made)).encode()


ALONE: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "Word": ("a.docx", in_word('<w:vertAlign w:val="superscript"/>')),
    "lowered in Word": ("a.docx", in_word('<w:vertAlign w:val="subscript"/>')),
    "Word, by a style": ("a.docx", in_word('<w:rStyle w:val="Raised"/>')),
    "Excel": ("a.xlsx", in_excel(lambda figure: CellRichText(TextBlock(RAISED, figure)))),
    "Excel, in parts": ("a.xlsx", in_excel(lambda figure: CellRichText(*(TextBlock(RAISED, digit) for digit in figure)))),
    "Excel, whole cells": ("a.xlsx", in_excel(int, Font(vertAlign="superscript"))),
    "page": ("a.html", in_page("<sup>{}</sup>")),
    "page, in parts": ("a.html", in_page("<b> <sup>{}</sup></b><s>7</s>")),
    "page, by a style": ("a.html", in_page("<span class=up>{}</span>", "<style>.up{vertical-align:super}</style>")),
    "text": ("a.txt", in_text),
    "tags in Markdown": ("a.md", lambda made: re.sub(r"(?<=\| )(\d+)(?= \|)", r"<sup>\1</sup>", LAYOUTS["markdown"](made)).encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", ALONE)
def test_raised_digits_alone_in_a_cell_are_its_figure_and_told(name: str) -> None:
    made = sample(SEED)
    path, write = ALONE[name]
    result = check_bytes(write(made), path, Settings())
    assert read(result) == made.cells
    assert result.report is not None
    assert [finding.code for finding in result.findings if finding.severity == "error"] == []
    whole = {address for address, value in made.cells.items() if isinstance(value, int)}
    assert {address for address, cell in result.report.cells.items() if cell.uncertain} >= whole
    assert any("上标" in note.zh for note in result.notes)


def _on_lines(figure: str) -> str:
    return f"{figure[:1]}\n{figure[1:]}" if len(figure) > 1 else figure


BROKEN: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "Word": ("a.docx", lambda made: beside(made, instead=lambda figure: _BREAK.format("<w:br/>".join(map("<w:t>{}</w:t>".format, _on_lines(figure).split("\n")))))),
    "Excel": ("a.xlsx", in_excel(_on_lines)),
    "page": ("a.html", lambda made: with_figures(made, lambda figure: _on_lines(figure).replace("\n", "<br>")).encode()),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_digits_on_two_lines_of_a_cell_are_one_figure_and_told(name: str) -> None:
    made = sample(SEED)
    path, write = BROKEN[name]
    result = check_bytes(write(made), path, Settings())
    assert read(result) == made.cells
    assert result.report is not None
    long = {address for address, value in made.cells.items() if isinstance(value, int) and value > 9}
    assert {address for address, cell in result.report.cells.items() if cell.uncertain} >= long
    assert any("分在几行" in note.zh for note in result.notes)
    assert [finding.code for finding in result.findings if finding.severity != "info"] == []


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ("甲\t⁷\n", "甲|7"),
        ("甲\t3⁷\t₂\n", "甲|3|2"),
        ("⁷\t0\n", "7|0"),
        ("甲\t0\v⁷\n", "甲|0"),
        ("⁷ 注：含上年。\n⁷\n", "注:含上年。"),
        ("甲 | ¹² |\n", "甲|12|"),
        ("甲 0 ⁷ 0\n", "甲00"),
    ],
)
def test_what_stands_alone(source: str, read: str) -> None:
    assert folded(source).replace("\x1f", "|").replace(" ", "").strip("\n") == read


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1", "¹"), ("（12）", "¹²"), ("[3]", ""), ("1，2", "¹²"), ("注1", ""), ("注：①", ""), ("②", ""), ("a", ""), ("*", ""),
        ("[", ""), ("件", None), ("1.5", None), ("1,204", None), (" ", None),
    ],
)  # fmt: skip
def test_what_is_a_mark_where_it_is_raised(text: str, mark: str | None) -> None:
    assert raised_mark(text) == mark


def test_tags_in_a_table_within_text_part_a_mark_from_its_figure() -> None:
    source = "<table><tr><td>甲</td><td>3<sup>2</sup></td><td><sub>(4)</sub></td></tr></table>"
    assert folded(text.read(source.encode(), "a.md").text).split() == ["甲", "3", "4"]


def test_an_inner_table_cell_is_not_raised_by_its_place() -> None:
    made = sample(SEED)
    source = with_figures(made, str, "<style>td{vertical-align:text-top}</style>").replace(
        "<table", "<table><tr><td><table"
    )
    result = check_bytes(
        source.replace("</table>", "</table></td></tr></table>").encode(), "a.html", Settings()
    )
    assert read(result) == made.cells
    assert result.report is not None
    assert not any(cell.uncertain for cell in result.report.cells.values())
