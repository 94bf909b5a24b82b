"""OpenDocument text, from LibreOffice and made by hand, reads as a person sees it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from making import office
from making.corpus import sample
from making.printing import SOFFICE, convert

from govlint import readers
from govlint.document import UNREAD_MARK, Document, Edit, Span, Unreadable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers.office import odt
from govlint.text.folding import folded

NAMES = {
    "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "draw": "drawing:1.0", "style": "style:1.0",
    "svg": "svg-compatible:1.0", "fo": "xsl-fo-compatible:1.0",
}  # fmt: skip
SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}"' for short, name in NAMES.items()
)
SPACES += ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'


def package(body: str, styles: str = "", kind: str = "text", **parts: str) -> bytes:
    target = BytesIO()
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(target, "w") as out:
        out.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        out.writestr("content.xml", content)
        for name, text in parts.items():
            out.writestr(name.replace("__", "/") + ".xml", text)
    return target.getvalue()


def read(body: str, styles: str = "") -> Document:
    return readers.read(package(body, styles), "report.odt")


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def cell(*paragraphs: str, **spans: int) -> str:
    named = "".join(f' table:number-{name}-spanned="{count}"' for name, count in spans.items())
    return f"<table:table-cell{named}>{''.join(map(p, paragraphs))}</table:table-cell>"


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


LEVELS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." '
    'style:num-suffix="、"/><text:list-level-style-number text:level="2" style:num-format="1" style:num-prefix="（" '
    'style:num-suffix="）"/></text:list-style>'
)
LIST = (
    '<text:list text:style-name="L">{}<text:list-item><text:p>甲</text:p><text:list><text:list-item><text:p>子</text:p>'
    "</text:list-item></text:list></text:list-item><text:list-item><text:p>乙</text:p><text:p>丙</text:p>"
    "</text:list-item></text:list>"
)
COVERED = "<table:covered-table-cell/>"


LOOKS = {
    "white": 'fo:color="#ffffff"',
    "nearly white": 'fo:color="#fefefd"',
    "tiny": 'fo:font-size="1pt"',
    "without ink": 'loext:opacity="0%"',
    "lowered": 'style:text-position="sub 58%"',
    "raised by a share": 'style:text-position="33% 58%"',
}


@pytest.mark.parametrize("name", LOOKS)
def test_what_does_not_count_beside_a_figure_is_no_part_of_it(name: str) -> None:
    style = f'<style:style style:name="T1" style:family="text"><style:text-properties {LOOKS[name]}/></style:style>'
    figure = '8<text:span text:style-name="T1">7</text:span>'
    document = read(f"<table:table>{row(cell('甲'), cell(figure))}</table:table>", style)
    assert folded(document.text).replace("\x1f", "\t").replace(" ", "") == "甲\t8\n"
    ground = '<style:style style:name="C1" style:family="table-cell"><style:table-cell-properties fo:background-color="#1f3864"/></style:style>'
    dark = cell(figure).replace("<table:table-cell", '<table:table-cell table:style-name="C1"')
    shown = read(f"<table:table>{row(cell('甲'), dark)}</table:table>", style + ground).text
    assert shown == ("甲\t87\n" if "white" in name else document.text)


@pytest.mark.parametrize(
    "shown",
    [
        '<draw:frame svg:width="0.4cm" svg:height="0.4cm"><draw:image/></draw:frame>',
        "<draw:frame><draw:object/></draw:frame>",
        '<text:user-field-get text:name="x"/>',
    ],
)
def test_a_cell_that_shows_no_text_is_not_blank(shown: str) -> None:
    document = read(f"<table:table>{row(cell('甲'), cell(shown), cell(''))}</table:table>")
    assert document.text == f"甲\t{UNREAD_MARK}\t\n"
    assert UNREAD_MARK in [document.text[slice(*each.span)] for each in document.unread]


@pytest.mark.parametrize(
    ("body", "styles", "text"),
    [
        pytest.param(p("a<text:s text:c='2'/>b<text:tab/>c <text:span> d</text:span>"), "", "a  b c d\n", id="spaces"),
        pytest.param(p("甲<text:line-break/>乙"), "", "甲\n乙\n", id="line break"),
        pytest.param(p("甲\n   乙") + p("  ") + p("丙"), "", "甲 乙\n丙\n", id="blank paragraphs"),
        pytest.param(LIST.format(""), LEVELS, "一、甲\n（1）子\n二、乙\n丙\n", id="numbers"),
        pytest.param(
            "<text:list text:style-name='L'><text:list-item><text:number>五、</text:number><text:p>甲</text:p>"
            "</text:list-item></text:list>", LEVELS, "五、甲\n", id="the number as it was shown",
        ),
        pytest.param(p("甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注</text:p>"
                       "</text:note-body></text:note>乙"), "", "甲乙\n注\n", id="footnote"),
        pytest.param("<text:tracked-changes><text:changed-region><text:deletion><text:p>旧</text:p></text:deletion>"
                     "</text:changed-region></text:tracked-changes>" + p("新<text:change text:change-id='1'/>"), "", "新\n", id="deleted"),
        pytest.param(p("甲<text:span text:style-name='H'>乙</text:span>") + p("丙", "H"),
                     "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style>"
                     "<style:style style:name='H' style:family='paragraph'><style:text-properties text:display='none'/></style:style>",
                     "甲\n", id="hidden"),
        pytest.param("<table:table>" + row(cell("甲", columns=2), COVERED, cell("乙")) + row(cell("1"), cell("2", "3"), cell())
                     + "</table:table>", "", "甲\t乙\n1\t2\v3\t\n", id="table"),
        pytest.param("<table:table>" + row("<table:table-cell table:number-columns-repeated='3'><text:p>0</text:p>"
                     "</table:table-cell>") + "</table:table>", "", "0\t0\t0\n", id="repeated cells"),
        pytest.param("<table:table>" + row(cell("甲", rows=2), cell("1")) + row(COVERED, cell("2")) + "</table:table>",
                     "", "甲\t1\n2\n", id="merged downwards"),
        pytest.param("<table:table>" + row("<table:table-cell>" + p("甲") + "<table:table>" + row(cell("1"), cell("2"))
                     + "</table:table></table:table-cell>") + "</table:table>", "", "甲\n1\t2\n\n", id="table in a table"),
        pytest.param(p("甲<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>"), "", "甲\n框\n", id="box"),
        pytest.param(p("<draw:custom-shape><text:p>框</text:p><loext:table><loext:table-row>"
                       + cell("甲").replace("table:table-cell", "loext:table-cell") + cell("1") + "</loext:table-row></loext:table>"
                       "</draw:custom-shape>"), "", "框\n甲\t1\n", id="table in a shape"),
        pytest.param(p("<text:span text:style-name='S'>旧</text:span>新<text:span text:style-name='R'>2</text:span>") + "<table:table>"
                     + row("<table:table-cell>" + p("甲<text:span text:style-name='R'>[1]</text:span>") + "</table:table-cell>",
                           "<table:table-cell>" + p("<text:span text:style-name='S'>7</text:span>8") + "</table:table-cell>")
                     + "</table:table>",
                     "<style:style style:name='S' style:family='text'><style:text-properties style:text-line-through-style='solid'/>"
                     "</style:style><style:style style:name='R' style:family='text'><style:text-properties "
                     "style:text-position='super 58%'/></style:style>", "新2\n甲\t8\n", id="struck, raised"),
        pytest.param("<text:section text:display='none'>" + p("无") + "</text:section><text:section>" + p("有") + "</text:section>",
                     "", "有\n", id="sections"),
    ],
)  # fmt: skip
def test_text(body: str, styles: str, text: str) -> None:
    assert read(body, styles).text == text


def test_places_comments_changes_and_what_is_not_read() -> None:
    document = read(
        p("甲<office:annotation><text:p>govlint: ignore N001 已核实</text:p></office:annotation>")
        + p("乙<text:change-start text:change-id='1'/>丙")
        + p("<draw:frame svg:width='12cm' svg:height='6cm'><draw:image/></draw:frame>")
        + p("<draw:frame svg:width='2cm' svg:height='2cm'><draw:image/></draw:frame>")
        + p("<draw:frame><draw:object/></draw:frame>")
        + "<table:table>" + row(cell("丁"), cell("1")) + "</table:table>"
    )  # fmt: skip
    assert document.text == "甲\n乙丙\n丁\t1\n"
    assert [comment.text for comment in document.comments] == ["govlint: ignore N001 已核实"]
    assert [span.start for span in document.tracked] == [3]
    assert [(each.span.start, each.sure) for each in document.unread] == [(5, False), (5, True)]
    last = document.origins[-1][1]
    assert (last.table, last.row, last.column) == (1, 1, 2)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(package("x", kind="presentation"), "presentation", id="presentation"),
        pytest.param(package(""), "empty", id="empty"),
        pytest.param(
            package("x", **{"META-INF__manifest": "<m><encryption-data/></m>"}), "password", id="encrypted"
        ),
        pytest.param(package("<text:section>" * 90 + "</text:section>" * 90), "nested", id="deep"),
        pytest.param(package("<text:p>")[:-200], "damaged", id="cut off"),
        pytest.param(package(p("<draw:frame><draw:image/></draw:frame>")), "pictures", id="a picture alone"),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as raised:
        readers.read(data, "report.odt")
    assert says in raised.value.words.en


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("odt")
    for number, style in enumerate(office.STYLES):
        office.word(sample(number), style).save(str(folder / f"{number}.docx"))
    convert(sorted(folder.glob("*.docx")), "odt", folder)
    return {path.stem: path.read_bytes() for path in Path(folder).glob("*.odt")}


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("number", range(len(office.STYLES)), ids=list(office.STYLES))
def test_what_libreoffice_writes(number: int, converted: dict[str, bytes]) -> None:
    made = sample(number)
    result = check_bytes(converted[str(number)], "report.odt", Settings())
    assert [f.code for f in result.findings if f.severity != "info"] == []
    report = result.report
    assert report is not None
    assert {address: cell.value for address, cell in report.cells.items()} == made.cells
    assert (report.agency, report.year, str(report.published)) == (made.agency, made.year, made.published)


@pytest.mark.parametrize(
    ("body", "old", "new", "made"),
    [
        pytest.param(p("甲，，乙"), "，，", "，", p("甲，乙"), id="words"),
        pytest.param(p("<text:span>甲，</text:span>，乙 &amp; 丙"), "，，", "，", p("<text:span>甲，</text:span>乙 &amp; 丙"), id="over two stretches"),
        pytest.param(p("甲<text:s/>乙丙"), "乙", "<", p("甲<text:s/>&lt;丙"), id="marks of XML"),
        pytest.param(p("\n 甲乙"), "甲", "子", p("\n 子乙"), id="behind white space"),
        pytest.param("<table:table>" + row(cell("甲"), "<table:table-cell><text:p/></table:table-cell>") + "</table:table>",
                     "\t", "\t0", "<table:table>" + row(cell("甲"), "<table:table-cell><text:p>0</text:p></table:table-cell>") + "</table:table>", id="blank cell"),
        pytest.param("<table:table>" + row("<table:table-cell table:number-columns-repeated='2'>" + p("0") + "</table:table-cell>")
                     + "</table:table>", "0\t0", "0\t1", None, id="a cell that stands for two"),
        pytest.param(p("甲，，<text:change-start text:change-id='1'/>乙"), "，，", "，", None, id="tracked changes"),
        pytest.param("<text:list text:style-name='L'><text:list-item><text:p>甲</text:p></text:list-item></text:list>", "一、", "1、", None, id="a number"),
    ],
)  # fmt: skip
def test_an_edit_is_made_in_its_words_or_left(body: str, old: str, new: str, made: str | None) -> None:
    data = package(body, LEVELS, **{"Pictures__a": "<a/>"})
    document = readers.read(data, "report.odt")
    start = document.text.index(old)
    written, left = odt.rewrite(data, "report.odt", [Edit(Span(start, start + len(old)), new)])
    if made is None:
        assert (written, len(left)) == (data, 1)
        return
    assert left == []
    with zipfile.ZipFile(BytesIO(written)) as after, zipfile.ZipFile(BytesIO(data)) as before:
        assert after.namelist() == before.namelist()
        assert after.read("content.xml").decode() == before.read("content.xml").decode().replace(body, made)
    assert readers.read(written, "report.odt").text == document.text.replace(old, new, 1)


def test_a_flat_document_is_edited_as_it_is() -> None:
    data = (
        f'<?xml version="1.0"?><office:document {SPACES} office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:body><office:text>{p('甲，，乙')}</office:text></office:body></office:document>"
    ).encode()
    assert readers.read(data, "report.fodt").text == "甲，，乙\n"
    written, left = odt.rewrite(data, "report.fodt", [Edit(Span(1, 3), "，")])
    assert (written, left) == (data.replace("，，".encode(), "，".encode()), [])
