"""What a browser shows of a page is read, or told of at its place; what is struck out or marks a note is no figure."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from making.corpus import Table, sample
from making.pages import body
from making.shown import (
    BESIDE,
    BY_SHEET,
    ELSEWHERE,
    SHOWN,
    UNKNOWN,
    page,
    saved_with_frames,
    saved_with_pictures,
    with_figures,
    with_tables,
)

import govlint
from govlint.document import Document, Note, Origin, Words
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers.web import beside, pictures
from govlint.result import Result

SEED = 5
PNG = b"\x89PNG\r\n\x1a\n"


def checked(page: str) -> Result:
    return check_bytes(page.encode(), "report.html", Settings())


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info"]


def cells(result: Result) -> dict[str, object]:
    assert result.report is not None
    return {address: cell.value for address, cell in result.report.cells.items()}


@pytest.mark.parametrize("name", SHOWN)
def test_a_report_that_a_browser_shows_is_read(name: str) -> None:
    made = sample(SEED)
    result = checked(SHOWN[name](made))
    assert codes(result) == []
    assert cells(result) == made.cells
    assert result.report is not None
    assert result.report.agency == made.agency


def test_frames_of_a_saved_page_are_read() -> None:
    made = sample(SEED)
    result = check_bytes(saved_with_frames(made), "report.mht", Settings())
    assert codes(result) == []
    assert cells(result) == made.cells


@pytest.mark.parametrize("name", BESIDE)
def test_what_stands_beside_a_figure_is_no_part_of_it(name: str) -> None:
    made = sample(SEED)
    result = checked(with_figures(made, BESIDE[name]))
    assert codes(result) == []
    assert cells(result) == made.cells
    told = [note.zh for note in result.notes if "没有作为正文读取" in note.zh]
    assert bool(told) != name.startswith(("note", "raised", "lowered", "circled"))
    assert len(told) <= 6


@pytest.mark.parametrize("name", BY_SHEET)
def test_what_a_style_sheet_hides_beside_a_figure_is_no_part_of_it(name: str) -> None:
    made = sample(SEED)
    sheet = f"<style>.x{{{BY_SHEET[name]}}}</style>"
    result = checked(with_figures(made, lambda figure: f'{figure}<span class="x">77</span>', sheet))
    assert codes(result) == []
    assert cells(result) == made.cells


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_figure_that_a_page_does_not_hold_is_neither_blank_nor_wrong(name: str) -> None:
    made = sample(SEED)
    write, head = UNKNOWN[name]
    result = checked(with_figures(made, write, head))
    assert codes(result) == []
    assert cells(result) == dict.fromkeys(made.cells)
    assert result.verdict == "incomplete"


@pytest.mark.parametrize(
    "behind",
    ["<script>createPageHTML(2, 0,'t1','html')</script>", "<span>1</span><a href=t1_1.html>下一页</a>"],
)
def test_the_other_pages_of_an_article_are_told_of_and_not_missing(behind: str) -> None:
    made = sample(SEED)
    whole = page(made, body(made))
    at = whole.index("<p><strong>四、")
    result = checked(f"{whole[:at]}<div>{behind}</div></body></html>")
    assert codes(result) == []
    assert result.verdict == "incomplete"
    assert any(code == "S001" and "分为几页" in why.zh for code, why in result.unchecked)
    assert checked(whole.replace("</body>", f"{behind}</body>")).verdict == "pass"


def test_a_page_of_frames_names_them() -> None:
    frames = '<frameset cols="20%,80%"><frame src="menu.html"><frame src="nb2023.html"></frameset><noframes>不支持</noframes>'
    result = checked(
        f"<html><head><title>某县教育局2023年政府信息公开工作年度报告</title></head>{frames}</html>"
    )
    assert result.status == "unreadable"
    assert result.error is not None
    assert "nb2023.html" in result.error.zh


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_table_that_a_page_does_not_hold_is_told_of_and_not_missing(name: str) -> None:
    made = sample(SEED)
    result = checked(with_tables(made, lambda _: ELSEWHERE[name]))
    assert codes(result) == []
    assert result.verdict == "incomplete"
    assert any(code == "T001" and "没有读取" in why.zh for code, why in result.unchecked)


def test_what_only_a_script_holds_is_said_and_what_no_page_has_is_missing() -> None:
    made = sample(SEED)
    assert any("网页脚本" in note.zh for note in checked(SHOWN["as_json"](made)).notes)
    assert "T001" in codes(checked(with_tables(made, lambda _: "<p>（表格见附件）</p>")))


@pytest.mark.parametrize("saved", [False, True], ids=["page", "saved page"])
def test_pictures_that_a_page_holds_are_recognised_in_their_places(
    saved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sample(SEED)
    tables = [block.rows for block in made.blocks if isinstance(block, Table)]
    said = {bytes([number]) * 4000: "\n".join(map("\t".join, rows)) for number, rows in enumerate(tables, 65)}
    drawn = iter(said)
    at = iter(range(9))

    def recognised(written: str) -> Document:
        text = said[base64.b64decode(written)] + "\n"
        return Document(
            "", "image", text, origins=[(0, Origin(page=1, confidence=0.9))], notes=[Note(Words("识别", ""))]
        )

    def picture(_: str) -> str:
        source = (
            f"cid:i{next(at)}" if saved else f"data:image/png;base64,{base64.b64encode(next(drawn)).decode()}"
        )
        return f'<p>表：<img src="{source}"></p>'

    page = with_tables(made, picture)
    data = saved_with_pictures(page, list(said)) if saved else page.encode()
    name = "report.mht" if saved else "report.html"
    monkeypatch.setattr(pictures, "recognises", lambda: False)
    without = check_bytes(data, name, Settings())
    assert without.verdict == "incomplete"
    assert codes(without) == []
    monkeypatch.setattr(pictures, "recognises", lambda: True)
    monkeypatch.setattr(pictures, "recognised", recognised)
    result = check_bytes(data, name, Settings())
    assert codes(result) == []
    assert cells(result) == made.cells
    assert [note.zh for note in result.notes] == ["识别"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_pictures_beside_a_page_are_recognised_and_none_elsewhere(
    encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sample(SEED)
    tables = [block.rows for block in made.blocks if isinstance(block, Table)]
    said = {
        PNG + bytes([number]) * 4000: "\n".join(map("\t".join, rows))
        for number, rows in enumerate(tables, 65)
    }
    folder = tmp_path / "站"
    (folder / "图 片").mkdir(parents=True)
    names = ["表1.png", "图%20片/b.png", "./图 片\\c.png"]
    for name, content in zip(("表1.png", "图 片/b.png", "图 片/c.png"), said, strict=True):
        (folder / name).write_bytes(content)
    at = iter(names)
    page = folder / "report.html"
    text = with_tables(made, lambda _: f'<p><img width="900" src="{next(at)}"></p>')
    page.write_bytes(text.replace("<head>", f'<head><meta charset="{encoding}">').encode(encoding))
    monkeypatch.setattr(
        pictures, "recognised", lambda written: Document("", "image", said[base64.b64decode(written)] + "\n")
    )
    for reader in (pictures, beside):
        monkeypatch.setattr(reader, "recognises", lambda: False)
    without = govlint.check(page)
    assert without.verdict == "incomplete"
    assert any("表1.png" in why.zh for _, why in without.unchecked)
    for reader in (pictures, beside):
        monkeypatch.setattr(reader, "recognises", lambda: True)
    result = govlint.check(page)
    assert codes(result) == []
    assert cells(result) == made.cells
    assert result.sha256 == without.sha256
    (tmp_path / "out.png").write_bytes(next(iter(said)))
    (folder / "表1.png").unlink()
    (folder / "表1.png").symlink_to(tmp_path / "out.png")
    assert govlint.check(page).verdict == "incomplete"
    for elsewhere in (
        "../out.png",
        f"{tmp_path}/out.png",
        "http://a.test/out.png",
        "图 片",
        "没有.png",
        "a%00.png",
    ):
        data = f'<p><img src="{elsewhere}"></p>'.encode()
        assert beside.gathered(data, page) == data


def test_what_is_no_picture_of_words_says_nothing() -> None:
    assert pictures.recognised("!!!") is None
    assert pictures.set_aside('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">') == (
        '<img src="data:,">',
        [],
    )
