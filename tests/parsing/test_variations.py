"""The report as a person in an office leaves it: other grids, notes, copies and spellings of the same tables."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from making import office, pages
from making.corpus import LAYOUTS, Heading, Paragraph, Sample, Table, sample
from openpyxl import Workbook

from govlint.cli.commands import main
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

Rows = list[list[str]]
TEMPLATES = ("ogi-2021", "ogi-2019")


def told(result: Result) -> list[tuple[str, tuple[str, ...]]]:
    return [(f.code, tuple(f.cells)) for f in result.findings if f.severity != "info"]


def assert_clean(data: bytes, name: str, made: Sample) -> None:
    result = check_bytes(data, name, Settings())
    assert told(result) == []
    report = result.report
    assert report is not None
    assert (report.agency, report.year) == (made.agency, made.year)
    assert {address: cell.value for address, cell in report.cells.items()} == made.cells
    assert not any(cell.uncertain for cell in report.cells.values())


# Grids


def grid(rows: Rows, repeated: bool = False) -> Rows:
    """The mandated form with nothing merged: the rest of a merged cell blank, or the same again."""
    boxes = office.boxes(rows)
    width = max(box.column + box.width for box in boxes)
    made = [[""] * width for _ in range(max(box.row + box.height for box in boxes))]
    for box in boxes:
        for row in range(box.height if repeated else 1):
            for column in range(box.width if repeated else 1):
                made[box.row + row][box.column + column] = box.text
    return made


def spaced(rows: Rows) -> Rows:
    """With an empty column behind each."""
    return [[text for cell in row for text in (cell, "")] for row in grid(rows)]


GRIDS: dict[str, Callable[[Rows], Rows]] = {
    "not merged": grid,
    "taken apart": lambda rows: grid(rows, repeated=True),
    "spaced": spaced,
}


def page(made: Sample, tables: Callable[[Rows], str], copies: int = 1) -> bytes:
    head = f"<h1>{made.head[0]}</h1>" + "".join(f"<p>{line}</p>" for line in made.head[1:])
    body = f"<div>{head}{pages.body(made, tables=tables)}</div>" * copies
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def plain_table(rows: Rows) -> str:
    lines = ("".join(f"<td>{html.escape(text)}</td>" for text in row) for row in rows)
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def markdown(made: Sample, table: Callable[[Rows], list[str]]) -> bytes:
    lines = [f"# {made.head[0]}", "", *made.head[1:], *made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                lines += ["", f"## {ordinal}{words}", ""]
            case Paragraph(text):
                lines += [text, ""]
            case Table(rows):
                lines += ["", *table(rows), ""]
    return "\n".join(lines).encode()


def pipes(rows: Rows, outer: str = "| {} |") -> list[str]:
    rule = [(":---", "---:", ":---:", "---")[at % 4] for at in range(len(rows[0]))]
    return [outer.format(" | ".join(row)) for row in (rows[0], rule, *rows[1:])]


def book(made: Sample, laid: Callable[[Rows], Rows]) -> bytes:
    made_book = Workbook()
    sheet = made_book.active
    sheet.append([made.head[0]])
    for block in made.blocks:
        if isinstance(block, Table):
            for row in laid(block.rows):
                sheet.append([int(text) if text.isdigit() else text or None for text in row])
            sheet.append([])
    return office.saved_book(made_book)


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("kind", ["html", "md", "md without outer bars", "xlsx"])
@pytest.mark.parametrize("name", GRIDS)
def test_other_grids(name: str, kind: str, template: str) -> None:
    made = sample(61, template=template)
    laid = GRIDS[name]
    if kind == "html":
        data = page(made, lambda rows: plain_table(laid(rows)))
    elif kind == "xlsx":
        data = book(made, laid)
    else:
        data = markdown(made, lambda rows: pipes(laid(rows), "| {} |" if kind == "md" else "{}"))
    assert_clean(data, f"report.{kind.split()[0]}", made)


def test_blank_totals_where_nothing_is_merged() -> None:
    made = sample(4)
    rows = [block.rows for block in made.blocks if isinstance(block, Table)][1]
    rows[:] = [[*row[:-1], ""] if row[-1].isdigit() else row for row in rows]
    data = page(made, lambda rows: plain_table(grid(rows)))
    assert [code for code, _ in told(check_bytes(data, "report.html", Settings()))] == ["T005"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_html_tables_inside_markdown(template: str) -> None:
    made = sample(62, template=template)
    assert_clean(markdown(made, lambda rows: pages.table(rows).split("\n")), "report.md", made)
    broken = markdown(
        made, lambda rows: [line.replace("要求行政", "要求<br/>行政") for line in pipes(grid(rows))]
    )
    assert b"<br/>" in broken
    assert_clean(broken, "report.md", made)


def test_a_copy_for_print_is_no_second_report() -> None:
    made = sample(63)
    assert_clean(page(made, pages.table, copies=2), "report.html", made)
    assert_clean(page(made, pages.table, copies=3), "report.html", made)
    other = page(made, pages.table).replace(b"</body>", page(sample(64), pages.table).split(b"<body>")[1])
    assert "S006" in {code for code, _ in told(check_bytes(other, "report.html", Settings()))}


def test_helpers_beside_the_tables_of_a_workbook() -> None:
    made = sample(65)
    made_book = Workbook()
    made_book.remove(made_book.active)
    for number, block in enumerate(block for block in made.blocks if isinstance(block, Table)):
        sheet = made_book.create_sheet(f"表{number + 1}")
        sheet.cell(1, 3, made.head[0])
        sheet.cell(2, 3, f"填报单位：{made.agency}")
        rows = grid(block.rows)
        for at, row in enumerate(rows, 3):
            sheet.cell(at, 1, at)
            sheet.cell(at, 30, 7)
            for column, text in enumerate(row, 3):
                sheet.cell(at, column, text or None)
        sheet.cell(len(rows) + 3, 3, "填表人：张三")
        sheet.cell(len(rows) + 3, 5, "联系电话：0551-6000000")
        for letters in ("A", "AD"):
            sheet.column_dimensions[letters].hidden = True
    assert_clean(office.saved_book(made_book), "report.xlsx", made)


# Words around the tables


@pytest.mark.parametrize("layout", ["bars", "tabs", "outer-bars", "markdown"])
@pytest.mark.parametrize("table", [0, 1, 2])
@pytest.mark.parametrize(
    "note",
    [
        "注：本表数据统计截至2022年12月31日。",
        "填表人：张三  联系电话：0551-6000000",
        "（注：行政诉讼案件中有1件为跨年度案件）",
        "单位：件",
    ],
)
@pytest.mark.parametrize("behind", [0, 1])
def test_a_note_at_a_table_is_none_of_its_cells(behind: int, note: str, table: int, layout: str) -> None:
    made = sample(46)
    at = [number for number, block in enumerate(made.blocks) if isinstance(block, Table)][table] + behind
    made.blocks.insert(at, Paragraph(note))
    name = "report.md" if layout == "markdown" else "report.txt"
    assert_clean(LAYOUTS[layout](made).encode(), name, made)


@pytest.mark.parametrize("cut", range(3, 14))
def test_a_title_torn_within_the_agency(cut: int) -> None:
    made = sample(41)
    title = made.head[0]
    made.head[:1] = [title[:cut], title[cut:]]
    assert_clean(LAYOUTS["bars"](made).encode(), "report.txt", made)


@pytest.mark.parametrize(
    "line", ["石滩市人民政府", "石滩市政务公开", "石滩市人民政府门户网站", "政府信息公开"]
)
def test_a_line_of_the_site_is_no_part_of_the_agency(line: str) -> None:
    made = sample(41)
    made.head = [line, "农业农村局2022年政府信息公开工作年度报告"]
    report = check_bytes(LAYOUTS["bars"](made).encode(), "report.txt", Settings()).report
    assert report is not None
    assert report.agency == "农业农村局"


# Habits


@pytest.mark.parametrize("layout", ["bars", "tabs", "outer-bars", "markdown"])
@pytest.mark.parametrize("written", ["无", "零", "〇", "O", "0件"])
def test_a_habit_is_one_finding_a_table(written: str, layout: str) -> None:
    made = sample(44)
    for block in made.blocks:
        if isinstance(block, Table):
            block.rows[:] = [[written if text == "0" else text for text in row] for row in block.rows]
    result = check_bytes(LAYOUTS[layout](made).encode(), "report.md", Settings())
    assert [code for code, _ in told(result)] == ["T006"] * 3
    wrong = {address for _, cells in told(result) for address in cells}
    assert wrong == {address for address, value in made.cells.items() if value == 0}


# Bytes


@pytest.mark.parametrize("name", ["report.txt", "report.md", "report.html"])
def test_a_damaged_byte_does_not_change_the_encoding(name: str) -> None:
    made = sample(47)
    data = page(made, pages.table) if name.endswith("html") else LAYOUTS["bars"](made).encode()
    at = data.index("六、其他".encode()) + 40
    damaged = data[:at] + b"\xff" + data[at + 1 :]
    result = check_bytes(damaged, name, Settings())
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert result.document is not None
    assert result.document.notes


@pytest.mark.parametrize("kind", ["changed", "lost", "added"])
@pytest.mark.parametrize("share", range(12))
def test_a_damaged_byte_of_gb18030_costs_what_stands_there(share: int, kind: str) -> None:
    """One character; the pairs behind a lost byte are others until the line ends, and so is what they say."""
    made = sample(47)
    data = LAYOUTS["bars"](made).encode("gb18030")
    at = len(data) * share // 12 + 7
    damaged = (
        data[:at] + {"changed": b"\xff", "lost": b"", "added": b"\x81"}[kind] + data[at + (kind != "added") :]
    )
    result = check_bytes(damaged, "report.txt", Settings())
    assert result.report is not None
    assert len(told(result)) <= 2
    wrong = [a for a, value in made.cells.items() if result.report.value(a) != value]
    assert len({address.rsplit(".", 1)[0] for address in wrong}) <= 3


# Extracts


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_could_not_be_read_is_said_beside_a_table(
    form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = sample(48)
    (tmp_path / "good.txt").write_text(LAYOUTS["bars"](made), "utf-8")
    (tmp_path / "empty.docx").write_bytes(b"")
    assert main(["extract", str(tmp_path), "--format", form, "--output", str(tmp_path / "out.bin")]) == 3
    said = capsys.readouterr().err
    assert re.search(r"empty\.docx: \S", said)
    assert "good.txt" not in said
