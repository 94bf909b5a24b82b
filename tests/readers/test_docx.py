"""Word documents as Word, WPS Office and LibreOffice write them, and as people leave them."""

from __future__ import annotations

import io
import random
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from making.corpus import Heading, sample
from making.mutations import MUTATIONS
from making.office import STYLES, excel, saved, saved_book, word
from making.packages import (
    ENTITY,
    LAUGHS,
    LOCKED,
    OFFICE,
    PACKAGE,
    W,
    converted,
    p,
    r,
    stating,
    table,
    tc,
    twice,
    zipped,
)

from govlint import readers
from govlint.document import Document, Edit, Span, Unreadable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.parsing.metadata import read_metadata
from govlint.readers.office.docx import rewrite
from govlint.result import Result
from govlint.text.folding import fold

SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)
KINDS = {"numbering", "styles", "footnotes", "endnotes", "comments"}


def package(body: str, core: str = "", **parts: str) -> bytes:
    """A document of hand-written parts; ``parts`` are the contents of ``word/numbering.xml`` and its like."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        relation = '<Relationship Id="r{0}" Type="{1}/{2}" Target="{3}"/>'
        main = relation.format(1, OFFICE, "officeDocument", "word/document.xml")
        target.writestr(
            "_rels/.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{main}</Relationships>'
        )
        links = "".join(relation.format(n, OFFICE, kind, f"{kind}.xml") for n, kind in enumerate(parts))
        target.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        )
        target.writestr("word/document.xml", f"<w:document {SPACES}><w:body>{body}</w:body></w:document>")
        for kind, content in parts.items():
            assert kind in KINDS
            target.writestr(f"word/{kind}.xml", f"<w:{kind} {SPACES}>{content}</w:{kind}>")
        if core:
            target.writestr("docProps/core.xml", core)
    return out.getvalue()


def read(body: str, **parts: str) -> Document:
    return readers.read(package(body, **parts), "a.docx")


def checked(data: bytes, path: str = "report.docx") -> Result:
    return check_bytes(data, path, Settings())


def to_act_on(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.words.zh) for f in result.findings if f.severity != "info"]


def values(result: Result) -> dict[str, object]:
    assert result.report is not None
    assert not any(cell.uncertain for cell in result.report.cells.values())
    return {address: cell.value for address, cell in result.report.cells.items()}


# Whole reports


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("seed", range(5))
def test_a_clean_report_reads_to_its_figures(style: str, seed: int) -> None:
    made = sample(seed)
    result = checked(saved(word(made, style)))
    assert to_act_on(result) == []
    assert values(result) == made.cells
    assert result.report is not None
    assert (result.report.agency, result.report.year) == (made.agency, made.year)
    assert list(result.report.sections) == list(result.report.template.sections)


@pytest.mark.parametrize(
    "name", [name for name in MUTATIONS if name != "value too few"]
)  # Word draws the cell
def test_one_mistake_is_one_finding(name: str) -> None:
    mutation = MUTATIONS[name]
    made = sample(11)
    mutation.change(made)
    result = checked(saved(word(made)))
    assert [code for code, _ in to_act_on(result)] == mutation.codes
    if mutation.cell:
        found = next(finding for finding in result.findings if finding.severity != "info")
        assert found.cells[0] == mutation.cell


@pytest.mark.parametrize(
    ("name", "place"),
    [
        pytest.param("blank cell", (2, 5, 8), id="blank cell"),
        pytest.param("wrong row total", (2, 21, 10), id="wrong row total"),
        pytest.param("negative", (1, 10, 2), id="negative"),
        pytest.param("reworded heading", None, id="reworded heading"),
    ],
)
@pytest.mark.parametrize("style", ["Word", "WPS", "odd grid"])
def test_a_finding_says_where(name: str, place: tuple[int, int, int] | None, style: str) -> None:
    made = sample(11)
    MUTATIONS[name].change(made)
    document = word(made, style)
    result = checked(saved(document))
    (finding,) = [finding for finding in result.findings if finding.severity != "info"]
    assert result.document is not None
    assert finding.span is not None
    origin = result.document.origin(finding.span.start)
    assert origin is not None
    if place:
        assert (origin.table, origin.row, origin.column) == place
    else:
        filled = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
        assert origin.paragraph is not None
        assert finding.actual in filled[origin.paragraph - 1]


@pytest.mark.external
def test_libreoffice_writes_it_otherwise(tmp_path: Path) -> None:
    made = sample(3)
    odt = converted(saved(word(made)), ".docx", ".odt", tmp_path)
    result = checked(converted(odt, ".odt", ".docx", tmp_path))
    assert to_act_on(result) == []
    assert values(result) == made.cells


# Automatic numbering


def level(number: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def num(level: int = 0, number: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


@pytest.mark.parametrize(
    ("form", "text", "start", "shown"),
    [
        ("chineseCountingThousand", "%1、", 1, ["一、", "二、"]),
        ("chineseCounting", "%1、", 10, ["十、", "十一、"]),
        ("japaneseCounting", "（%1）", 20, ["（二十）", "（二十一）"]),
        ("chineseCountingThousand", "第%1部分", 109, ["第一百零九部分", "第一百一十部分"]),
        ("chineseCounting", "%1、", 119, ["一一九、", "一二〇、"]),
        ("ideographTraditional", "%1、", 1, ["甲、", "乙、"]),
        ("chineseLegalSimplified", "%1、", 10, ["壹拾、", "壹拾壹、"]),
        ("ideographDigital", "%1、", 10, ["一〇、", "一一、"]),
        ("decimal", "%1.", 9, ["9.", "10."]),
        ("decimal", "%1", 1, ["1 ", "2 "]),
        ("decimalFullWidth", "%1．", 1, ["１．", "２．"]),
        ("decimalEnclosedCircleChinese", "%1", 1, ["①", "②"]),
        ("lowerLetter", "%1)", 26, ["z)", "aa)"]),
        ("upperRoman", "%1.", 4, ["IV.", "V."]),
        ("bullet", "●", 1, ["", ""]),
        ("none", "", 1, ["", ""]),
    ],
)
def test_numbers_that_word_makes(form: str, text: str, start: int, shown: list[str]) -> None:
    document = read(
        p("甲乙", num()) + p("丙丁", num()), numbering=numbering(level(0, form, text, start=start))
    )
    assert document.text == f"{shown[0]}甲乙\n{shown[1]}丙丁\n"


TWO = numbering(
    level(0, "chineseCounting", "%1、"),
    level(1, "decimal", "%1.%2"),
    level(2, "decimal", "%1.%3", "<w:isLgl/>"),
)
OVERRIDE = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
    + level(0, "upperLetter", "%1.")
    + "</w:lvlOverride></w:num>"
)


@pytest.mark.parametrize(
    ("levels", "nums", "shown"),
    [
        pytest.param([0, 1, 1, 0, 1], [1] * 5, "一、 一.1 一.2 二、 二.1", id="deeper levels begin anew"),
        pytest.param([0, 2, 0, 2], [1] * 4, "一、 1.1 二、 2.1", id="decimal throughout"),
        pytest.param([0, 0, 0], [1, 3, 1], "一、 二、 三、", id="lists of one kind count on"),
        pytest.param([0, 0, 0, 0], [1, 2, 2, 1], "一、 五、 六、 七、", id="begun anew"),
        pytest.param([0, 0, 0], [1, 4, 4], "一、 A. B.", id="level replaced"),
        pytest.param([0, 0, 0], [1, 0, 1], "一、 - 二、", id="numbering taken away"),
        pytest.param([0, 0], [99, 1], "- 一、", id="no such list"),
    ],
)
def test_how_lists_count(levels: list[int], nums: list[int], shown: str) -> None:
    body = "".join(p("x", num(level, number)) for level, number in zip(levels, nums, strict=True))
    text = read(
        body, numbering=TWO.replace('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>', OVERRIDE)
    ).text
    assert [line.removesuffix("x").strip() or "-" for line in text.splitlines()] == shown.split()


STYLED = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"/>'
    '<w:style w:type="paragraph" w:styleId="h1"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="a"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="mine"><w:basedOn w:val="h1"/></w:style>'
    '<w:style w:type="numbering" w:styleId="list"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)


def test_numbering_of_a_style() -> None:
    levels = [
        level(0, "japaneseCounting", "%1、", '<w:pStyle w:val="h1"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="h2"/>'),
    ]
    body = "".join(p("x", f'<w:pStyle w:val="{style}"/>') for style in ("h1", "h2", "h2", "mine", "a"))
    body += p("x", f'<w:pStyle w:val="h1"/>{num(number=0)}')
    assert read(body, numbering=numbering(*levels), styles=STYLED).text == "一、x\n1.x\n2.x\n二、x\nx\nx\n"


def test_numbering_through_a_numbering_style() -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="list"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="1"><w:styleLink w:val="list"/>{level(0, "chineseCounting", "（%1）")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert read(p("x", num()), numbering=lists, styles=STYLED).text == "（一）x\n"


def test_headings_whose_ordinals_are_automatic() -> None:
    made = sample(2)
    document = word(made)
    root = document.part.numbering_part.element
    abstract = numbering(level(0, "chineseCountingThousand", "%1、")).replace('"0"', '"77"', 1)
    first = root.find(qn("w:num"))
    first.addprevious(parse_xml(f"<w:x {SPACES}>{abstract}</w:x>")[0])
    root.append(parse_xml(f'<w:num xmlns:w="{W}" w:numId="88"><w:abstractNumId w:val="77"/></w:num>'))
    headings = {
        block.ordinal + block.words: block.words for block in made.blocks if isinstance(block, Heading)
    }
    for paragraph in document.paragraphs:
        if paragraph.text in headings:
            paragraph.runs[0].text = headings[paragraph.text]
            paragraph._p.get_or_add_pPr().append(
                parse_xml(num(0, 88).replace("<w:numPr", f'<w:numPr xmlns:w="{W}"', 1))
            )
    data = saved(document)
    assert "一、总体情况".encode() not in zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    result = checked(data)
    assert to_act_on(result) == []
    assert result.report is not None
    assert [s.ordinal for s in result.report.sections.values()] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
        "六、",
    ]


# What stands in the text and what does not

BOX = "<w:txbxContent>" + p("框中") + "</w:txbxContent>"
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
INSTRUCTION = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>".format
SHAPE = f"<wps:txbx>{BOX}</wps:txbx>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param(p("甲") + p(r("　 ") + "<w:r><w:br/></w:r>" + r(" ")) + p("乙"), "甲\n乙\n", id="blank paragraph"),
        pytest.param(p(r("一") + r("、总体") + r("情况")), "一、总体情况\n", id="a word in several runs"),
        pytest.param(p(r("共12") + "<w:r><w:t> 件 </w:t></w:r>"), "共12件\n", id="white space not preserved"),
        pytest.param(p(r("甲") + "<w:r><w:br/></w:r>" + r("乙")), "甲\n乙\n", id="line break"),
        pytest.param(p("<w:r><w:tab/></w:r>" + r("甲") + "<w:r><w:tab/></w:r>" + r("乙")), " 甲\t乙\n", id="tabs"),
        pytest.param(p(r("<![CDATA[甲\t乙]]>")), "甲 乙\n", id="literal tab"),
        pytest.param(p(r("是") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'), "是☑\n", id="symbol"),
        pytest.param(p("<w:hyperlink>" + r("链接") + "</w:hyperlink>"), "链接\n", id="hyperlink"),
        pytest.param(SDT("", p("控件")), "控件\n", id="content control around a paragraph"),
        pytest.param(p(r("收到") + SDT("", r("12")) + r("件")), "收到12件\n", id="content control in a line"),
        pytest.param(p(r("收到") + SDT("<w:showingPlcHdr/>", r("点击输入"))), "收到\n", id="content control not filled in"),
        pytest.param(table(SDT("", tc("甲")) + tc("1")), "甲\t1\n", id="content control around a cell"),
        pytest.param("<w:tbl>" + SDT("", "<w:tr>" + tc("甲") + tc("1") + "</w:tr>") + "</w:tbl>", "甲\t1\n", id="around a row"),
        pytest.param(p(r("甲") + f"<w:ins>{r('乙')}</w:ins><w:del><w:r><w:delText>丙</w:delText></w:r></w:del>"), "甲乙\n", id="ins, del"),
        pytest.param(p(f"<w:moveFrom>{r('甲')}</w:moveFrom>" + r("乙")) + p(f"<w:moveTo>{r('甲')}</w:moveTo>"), "乙\n甲\n", id="moved"),
        pytest.param(p("甲", "<w:rPr><w:del/></w:rPr>") + p("乙"), "甲乙\n", id="paragraph end deleted"),
        pytest.param(table("<w:trPr><w:del/></w:trPr>" + tc("甲"), tc("乙")), "乙\n", id="row deleted"),
        pytest.param(table(tc("甲", "<w:cellDel/>") + tc("乙")), "乙\n", id="cell deleted"),
        pytest.param(p(FIELD("begin") + INSTRUCTION + FIELD("separate") + r("7") + FIELD("end") + r("页")), "7页\n", id="field"),
        pytest.param(
            p(FIELD("begin") + r("若") + FIELD("begin") + FIELD("separate") + r("否") + FIELD("end") + FIELD("separate") + r("是") + FIELD("end")),
            "是\n",
            id="field in a field",
        ),
        pytest.param(p(FIELD("begin") + r("甲")) + p("乙"), "乙\n", id="field without end"),
        pytest.param(p('<w:fldSimple w:instr="DATE">' + r("2023") + "</w:fldSimple>"), "2023\n", id="simple field"),
        pytest.param(p(r("见") + r("隐", "<w:vanish/>") + r("显", '<w:vanish w:val="0"/>')), "见显\n", id="hidden text"),
        pytest.param(p(r("正文") + f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>" + r("续")), "正文续\n框中\n", id="text box"),
        pytest.param(
            p(
                r("正文")
                + f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{SHAPE}</w:drawing></mc:Choice>"
                + f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
            ),
            "正文\n框中\n",
            id="text box in two forms",
        ),
        pytest.param(table(tc(p("商业") + p("企业")) + tc("甲")), "商业\v企业\t甲\n", id="cell of two paragraphs"),
        pytest.param(table(tc("") + tc("0") + tc("")), "\t0\t\n", id="blank cells"),
        pytest.param(table(tc(table(tc("规章") + tc("1"), tc("文件") + tc("2")) + p("注"))), "规章\t1\n文件\t2\n注\n", id="nested table"),
        pytest.param(table(tc(p("一、总体情况") + p("做得好。"))), "一、总体情况\n做得好。\n", id="a frame around prose"),
        pytest.param(p("<w:r><w:t>甲</w:t><w:softHyphen/><w:noBreakHyphen/><w:t>乙</w:t></w:r>"), "甲-乙\n", id="hyphens"),
        pytest.param(
            p("<w:ruby><w:rt>" + r("yun") + "</w:rt><w:rubyBase>" + r("云") + "</w:rubyBase></w:ruby>"), "云\n", id="ruby"
        ),
    ],
)  # fmt: skip
def test_text(body: str, text: str) -> None:
    assert read(body).text == text


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param(
            [tc("甲", '<w:vMerge w:val="restart"/>') + tc("1"), tc("", "<w:vMerge/>") + tc("2")],
            "甲\t1\n2\n",
            id="vMerge",
        ),
        pytest.param([tc("甲", '<w:gridSpan w:val="2"/>') + tc("1")], "甲\t1\n", id="gridSpan"),
        pytest.param(
            [tc("甲", '<w:hMerge w:val="restart"/>') + tc("", '<w:hMerge w:val="continue"/>') + tc("1")],
            "甲\t1\n",
            id="hMerge",
        ),
        pytest.param([tc("甲", "<w:vMerge/>") + tc("1")], "甲\t1\n", id="continues nothing"),
        pytest.param(
            [
                tc("甲", '<w:gridSpan w:val="2"/>') + tc("乙", '<w:vMerge w:val="restart"/>'),
                tc("丙") + tc("丁") + tc("", '<w:vMerge w:val="continue"/>'),
                "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + tc("", "<w:vMerge/>"),
            ],
            "甲\t乙\n丙\t丁\n",
            id="merged under another grid",
        ),
    ],
)
def test_merged_cells_stand_once(rows: list[str], text: str) -> None:
    assert read(table(*rows)).text == text


def test_a_row_is_hidden() -> None:
    assert read(table("<w:trPr><w:hidden/></w:trPr>" + tc("甲"), tc("乙"))).text == "乙\n"


def test_text_hidden_by_a_style() -> None:
    styles = '<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>'
    styles += '<w:style w:type="character" w:styleId="y"><w:basedOn w:val="x"/></w:style>'
    assert read(p(r("甲") + r("乙", '<w:rStyle w:val="y"/>')), styles=styles).text == "甲\n"


def test_notes_stand_behind_the_text() -> None:
    reference = '<w:r><w:{}Reference w:id="{}"/></w:r>'.format
    body = (
        p(r("甲") + reference("footnote", 3))
        + table(tc(p(r("乙") + reference("footnote", 2))))
        + p(reference("endnote", 2) + r("丙"))
    )
    document = read(
        body,
        footnotes=f'<w:footnote w:id="2">{p("注二")}</w:footnote><w:footnote w:id="3">{p("注三")}</w:footnote>',
        endnotes=f'<w:endnote w:id="2">{p("尾注")}</w:endnote>',
    )
    assert document.text == "甲\n乙\n丙\n注三\n注二\n尾注\n"
    places = [document.origin(document.text.index(words)) for words in ("注三", "注二", "尾注")]
    assert [(o.paragraph, o.table) for o in places if o] == [(1, None), (None, 1), (2, None)]


def test_headers_and_footers_are_left_out() -> None:
    document = word(sample(1))
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    text = readers.read(saved(document), "a.docx").text
    assert "页眉" not in text
    assert "第1页" not in text


def test_comments_addressed_to_govlint() -> None:
    mark = '<w:commentRange{} w:id="{}"/>'.format
    body = (
        p(mark("Start", 1) + r("甲乙") + mark("End", 1) + r("丙"))
        + table(tc(p(r("丁") + '<w:r><w:commentReference w:id="2"/></w:r>')))
        + p(mark("Start", 3) + r("戊") + mark("End", 3))
    )
    comment = '<w:comment w:id="{}">{}</w:comment>'.format
    document = read(
        body,
        comments=comment(1, p("govlint: ignore N003 已核对"))
        + comment(2, p("Govlint：ignore T005") + p("两行"))
        + comment(3, p("请核对")),
    )
    assert document.text == "甲乙丙\n丁\n戊\n"
    assert [(c.text, document.text[c.span.start : c.span.end]) for c in document.comments] == [
        ("govlint: ignore N003 已核对", "甲乙"),
        ("Govlint：ignore T005\n两行", "丁"),
    ]


def test_comments_that_python_docx_writes() -> None:
    document = word(sample(1))
    document.add_comment(document.paragraphs[0].runs, "govlint: ignore S007", "甲", "J")
    found = readers.read(saved(document), "a.docx")
    assert [(c.text, found.text[c.span.start : c.span.end]) for c in found.comments] == [
        ("govlint: ignore S007", document.paragraphs[0].text)
    ]


def test_tracked_changes_are_told_once() -> None:
    document = word(sample(4))
    for paragraph in document.paragraphs[2:4]:
        run = paragraph.runs[0]._r
        inserted = OxmlElement("w:ins")
        run.addprevious(inserted)
        inserted.append(run)
        deleted = parse_xml(f'<w:del xmlns:w="{W}"><w:r><w:delText>删去</w:delText></w:r></w:del>')
        inserted.addnext(deleted)
    result = checked(saved(document))
    assert [(f.code, f.severity) for f in result.findings if f.code[0] == "E"] == [("E004", "info")]
    assert to_act_on(result) == []
    assert values(result) == sample(4).cells


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></cp:coreProperties>'
).format


@pytest.mark.parametrize(
    ("stated", "body", "title"),
    [
        pytest.param(
            "云溪县2022年政府信息公开工作年度报告", "2022年，云溪县做好工作。", True, id="the text has none"
        ),
        pytest.param(
            "云溪县2021年政府信息公开工作年度报告", "2022年，云溪县做好工作。", False, id="last year's"
        ),
        pytest.param(
            "石滩市2022年政府信息公开工作年度报告", "2022年，云溪县做好工作。", False, id="another agency's"
        ),
        pytest.param(
            "云溪县2022年政府信息公开工作年度报告",
            "石滩市2022年政府信息公开工作年度报告",
            False,
            id="the text has one",
        ),
        pytest.param("Word 文档", "2022年，云溪县做好工作。", False, id="no title at all"),
    ],
)
def test_a_title_in_the_properties(stated: str, body: str, title: bool) -> None:
    document = readers.read(package(p(body), CORE(stated)), "a.docx")
    wording = read_metadata(document, fold(document.text), None)
    assert (wording.title == stated and wording.title_span is None) == title


# Fixes


def edited(data: bytes, *changes: tuple[str, str]) -> tuple[Document, list[Edit], bytes]:
    """The document after the edits, those that were not placed, and the file."""
    text = readers.read(data, "a.docx").text
    edits = [Edit(Span(at := text.index(old), at + len(old)), new) for old, new in changes]
    written, refused = rewrite(data, "a.docx", edits)
    return readers.read(written, "a.docx"), refused, written


def test_edits_keep_everything_else() -> None:
    data = saved(word(sample(3)))
    before = readers.read(data, "a.docx").text
    document, refused, written = edited(data, ("一、总体情况", "一、总的情况"), ("规章\t", "规　章\t"))
    assert refused == []
    assert document.text == before.replace("一、总体情况", "一、总的情况", 1).replace("规章\t", "规　章\t", 1)
    old, new = (zipfile.ZipFile(io.BytesIO(each)) for each in (data, written))
    assert old.namelist() == new.namelist()
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["word/document.xml"]
    formats = [
        [(run.text, run.font.size) for p in docx.Document(io.BytesIO(d)).paragraphs for run in p.runs]
        for d in (data, written)
    ]
    assert [size for _, size in formats[0]] == [size for _, size in formats[1]]


@pytest.mark.parametrize(
    ("body", "old", "new", "runs"),
    [
        pytest.param(p(r("截") + r("止") + r("年底")), "截止", "截至", ["截", "至", "年底"], id="only what changes"),
        pytest.param(p(r("共收") + r("到十") + r("二件")), "收到十二", "有12", ["共有12", "", "件"], id="over several runs"),
        pytest.param(p(r("甲") + r("乙")), "甲", "甲、", ["甲、", "乙"], id="put in"),
        pytest.param(p(r("甲,") + r("乙")), ",", "", ["甲", "乙"], id="taken out"),
        pytest.param(p(r("甲") + SDT("", r("1")) + r("件")), "1", "2", ["甲", "2", "件"], id="in a content control"),
    ],
)  # fmt: skip
def test_where_an_edit_is_placed(body: str, old: str, new: str, runs: list[str]) -> None:
    document, refused, written = edited(package(body), (old, new))
    assert refused == []
    xml = zipfile.ZipFile(io.BytesIO(written)).read("word/document.xml").decode()
    assert re.findall(r"<w:t[^>]*>([^<]*)</w:t>|<w:t[^>]*/>", xml) == runs
    assert document.text == "".join(runs) + "\n"


@pytest.mark.parametrize(
    ("body", "parts", "old"),
    [
        pytest.param(p(f"<w:ins>{r('甲')}</w:ins>" + r("乙")), {}, "甲", id="tracked change"),
        pytest.param(
            p("甲", num()),
            {"numbering": numbering(level(0, "chineseCounting", "%1、"))},
            "一、",
            id="numbering",
        ),
        pytest.param(p('<w:fldSimple w:instr="DATE">' + r("甲") + "</w:fldSimple>"), {}, "甲", id="field"),
        pytest.param(p("甲") + p("乙"), {}, "甲\n乙", id="two paragraphs"),
        pytest.param(table(tc("甲") + tc("乙")), {}, "甲\t乙", id="two cells"),
    ],
)
def test_an_edit_that_has_no_place(body: str, parts: dict[str, str], old: str) -> None:
    data = package(body, **parts)
    _, refused, written = edited(data, (old, "新"))
    assert [edit.text for edit in refused] == ["新"]
    assert written == data


def test_an_edit_of_a_blank_cell() -> None:
    data = package(table(tc("规章") + tc("") + tc("2")))
    written, refused = rewrite(data, "a.docx", [Edit(Span(3, 3), "0")])
    assert refused == []
    assert readers.read(written, "a.docx").text == "规章\t0\t2\n"


def test_edits_that_overlap() -> None:
    data = package(p("甲乙丙丁"))
    written, refused = rewrite(data, "a.docx", [Edit(Span(0, 3), "子"), Edit(Span(2, 4), "丑")])
    assert [edit.text for edit in refused] == ["子"]
    assert readers.read(written, "a.docx").text == "甲乙丑\n"


# Bad files


def with_main(content: bytes) -> bytes:
    return zipped(("word/document.xml", content))


GOOD = saved(word(sample(1)))
OUTSIDE = b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document xmlns:w="%s"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'


def flagged(data: bytes) -> bytes:
    """With the flag of an encrypted member set in both places."""
    data = re.sub(rb"(PK\x03\x04..).", rb"\g<1>" + b"\x01", data, flags=re.DOTALL)
    return re.sub(rb"(PK\x01\x02....).", rb"\g<1>" + b"\x01", data, flags=re.DOTALL)


BAD = {
    "cut off": GOOD[: len(GOOD) // 2],
    "cut off after the first bytes": GOOD[:30],
    "without a document": zipped(("word/styles.xml", b"<x/>")),
    "no XML": with_main(b"nonsense"),
    "empty document": with_main(b""),
    "no body": with_main(f"<w:document {SPACES}/>".encode()),
    "no text": package(p("<w:r/>")),
    "pictures alone": package(p("<w:r><w:drawing/></w:r>")),
    "bomb by ratio": with_main(b" " * 30_000_000),
    "part too large": stating(package(p("甲")), 40_000_000),
    "bomb by size": stating(zipped(*((f"word/media/{n}", random.Random(n).randbytes(100_000)) for n in range(60))), 19_000_000),
    "entity expansion": with_main(ENTITY % (LAUGHS, W.encode())),
    "external entity": with_main(OUTSIDE % W.encode()),
    "entities in UTF-16": with_main((OUTSIDE % W.encode()).decode().encode("utf-16")),
    "encrypted": LOCKED,
    "encrypted member": flagged(GOOD),
    "two of one name": twice(GOOD, "word/document.xml"),
    "two of one name but for the separator": twice(GOOD, "word/document.xml", "word\\document.xml"),
    "two of what is not read": twice(GOOD, "docProps/core.xml"),
    "many members": zipped(*((f"word/{n}", b"") for n in range(12_000))),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_e001(name: str) -> None:
    result = checked(BAD[name])
    assert (result.status, [f.code for f in result.findings]) == ("unreadable", ["E001"])


@pytest.mark.parametrize("wrapper", ["w:tbl><w:tr><w:tc", "w:sdt><w:sdtContent", "w:ins", "w:smartTag"])
@pytest.mark.parametrize("depth", [90, 5000])
def test_deep_nesting(wrapper: str, depth: int) -> None:
    opening = "".join(f"<{name}>" for name in wrapper.replace("<", "").split(">"))
    closing = "".join(f"</{name}>" for name in reversed(wrapper.replace("<", "").split(">")))
    result = checked(package(opening * depth + p("甲") + closing * depth))
    assert [f.code for f in result.findings] == ["E001"]


def test_the_content_decides_and_not_the_suffix() -> None:
    made = sample(1)
    assert readers.read(GOOD, "a.txt").format == "docx"
    assert readers.read(GOOD, "a.xlsx").format == "docx"
    assert readers.read(saved_book(excel(made)), "a.docx").format == "xlsx"
    assert readers.read("甲".encode(), "a.docx").format == "text"


def test_a_numbering_that_swells() -> None:
    body = p("甲", num()) * 5_000
    text = read(body, numbering=numbering(level(0, "decimal", "一" * 100_000))).text
    assert len(text) < 2_000_000


def mutated(data: bytes, draw: random.Random) -> bytes:
    """A part changed here and there, or the package itself."""
    if draw.random() < 0.4:
        changed = bytearray(data)
        for _ in range(draw.randint(1, 8)):
            changed[draw.randrange(len(changed))] = draw.randrange(256)
        return bytes(changed[: draw.choice([len(changed), draw.randrange(len(changed))])])
    source = zipfile.ZipFile(io.BytesIO(data))
    members = {name: source.read(name) for name in source.namelist()}
    name = draw.choice([name for name in members if name.endswith((".xml", ".rels"))])
    content = members[name]
    for _ in range(draw.randint(1, 4)):
        at, length = draw.randrange(len(content) + 1), draw.randint(0, 60)
        with_ = draw.choice(
            [b"", b"<w:p>", b"</w:tc>", b'"', b"-1", b"99999999999", content[at : at + length] * 3]
        )
        content = content[:at] + with_ + content[at + length :]
    members[name] = content
    return zipped(*members.items())


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_raises_anything_but_unreadable(seed: int) -> None:
    draw = random.Random(seed)
    for data, path in ((GOOD, "a.docx"), (saved_book(excel(sample(1))), "a.xlsx")):
        try:
            document = readers.read(mutated(data, draw), path)
        except Unreadable:
            continue
        assert all(0 <= at <= len(document.text) for at, _ in document.origins)
