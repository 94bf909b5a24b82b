"""Markdown as converters write it, and tables of plain text: what only marks is no part of what is said."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from functools import partial

import pytest
from making.corpus import LAYOUTS, Heading, Paragraph, Sample, Table, sample

from govlint.document import Edit, Span
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers import text
from govlint.result import Result

SEED = 8
Rows = list[list[str]]


def laid(made: Sample, table: Callable[[Rows], str]) -> str:
    parts = [*made.head, *made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                parts.append(ordinal + words)
            case Paragraph(words):
                parts.append(words)
            case Table(rows):
                parts.append(table(rows))
    return "\n\n".join([*parts, *made.tail])


def pipes(rows: Rows) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def grid(rows: Rows) -> str:
    line = "+" + "+".join(["-" * 12] * max(map(len, rows))) + "+"
    return "\n".join([line, *(f"| {' | '.join(row)} |\n{line}" for row in rows)])


def escaped(rows: Rows) -> str:
    return re.sub(r"(?<!\d)(\d)\.(?!\d)", r"\1\\.", pipes(rows)).replace("(", "\\(").replace(")", "\\)")


def exported(made: Sample, mark: str) -> str:
    """As a spreadsheet writes it: rows filled up, marks of thousands and lines of a label within quotation marks."""
    rows: Rows = [[line] for line in (*made.head, *made.preamble)]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                rows.append([ordinal + words])
            case Paragraph(words):
                rows.append([words])
            case Table(inner):
                rows += [
                    [f"{int(text):,}" if text.isdecimal() else text.replace("机构", "\n机构") for text in row]
                    for row in inner
                ]
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows([*row, *[""] * (11 - len(row))] for row in rows)
    return out.getvalue()


LAID: dict[str, tuple[str, Callable[[Sample], str]]] = {
    "grid": ("a.md", lambda made: laid(made, grid)),
    "grid in text": ("a.txt", lambda made: laid(made, grid)),
    "quoted": ("a.md", lambda made: re.sub("^", "> ", LAYOUTS["markdown"](made), flags=re.MULTILINE)),
    "escaped": ("a.md", lambda made: laid(made, escaped)),
    "bullets": ("a.md", lambda made: laid(made, lambda rows: "\n".join("- " + " | ".join(row) for row in rows))),
    "commas": ("a.txt", lambda made: laid(made, lambda rows: "\n".join(",".join(row) for row in rows))),
    "commas in Markdown": ("a.md", lambda made: laid(made, lambda rows: "\n".join(", ".join(row) for row in rows))),
    **{f"exported with {mark!r}": ("a.csv", partial(exported, mark=mark)) for mark in ",;，；\t"},
    **{f"semicolons {mark!r}": ("a.txt", lambda made, mark=mark: laid(made, lambda rows: "\n".join(mark.join(row) for row in rows)))
       for mark in (";", "；", "; ", "，")},
    "struck": ("a.md", lambda made: re.sub(r"(?<=\| )(\d+)(?= \|)", r"~~7~~\1", laid(made, pipes))),
    "notes": ("a.md", lambda made: re.sub(r"(\d)(?= \|$)", r"\1[^1]", laid(made, pipes), flags=re.MULTILINE)),
}  # fmt: skip


def checked(path: str, source: str) -> Result:
    return check_bytes(source.encode(), path, Settings())


@pytest.mark.parametrize("name", LAID)
def test_tables_in_other_marks_are_read(name: str) -> None:
    made = sample(SEED)
    path, make = LAID[name]
    result = checked(path, make(made))
    assert [(each.code, each.words.zh) for each in result.findings if each.severity != "info"] == []
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert any("划掉" in note.zh for note in result.notes) == (name == "struck")


@pytest.mark.parametrize(
    "source",
    [
        "2022年,我局新增,修订,废止各一件\n2023年,同上,同上,同上",
        "行政许可1,204\n行政处罚2,300\n行政强制3,111\n收费4,500",
        "1,204\n2,300\n3,111\n12,345\n",
        "一是规章；2件；\n二是许可；3件；；\n三是处罚；4；5；6件",
        "采购金额 1,204,300 元\n收费金额 2,300,111 元\n罚没金额 3,111,000 元",
    ],
)
def test_commas_of_prose_and_of_figures_stay(source: str) -> None:
    assert text.read(source.encode(), "a.txt").text == source


@pytest.mark.parametrize(
    ("path", "source", "found", "put", "made"),
    [
        ("a.md", "> 1\\.属于，，国家\\-秘密\r\n", "，，", "，", "> 1\\.属于，国家\\-秘密\r\n"),
        ("a.md", "~~旧~~新，，句", "，，", "，", "~~旧~~新，句"),
        ("a.txt", "1\\.属于，，", "，，", "，", "1\\.属于，"),
    ],
)
def test_a_fix_finds_its_place_among_marks(path: str, source: str, found: str, put: str, made: str) -> None:
    at = text.read(source.encode(), path).text.index(found)
    written, left = text.rewrite(source.encode(), path, [Edit(Span(at, at + len(found)), put)])
    assert (written.decode(), left) == (made, [])
