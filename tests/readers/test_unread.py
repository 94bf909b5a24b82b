"""What was not read is told at its place and never called missing; what nobody sees is no part of the report."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest
from docx.oxml import parse_xml
from docx.shared import Cm
from making.corpus import Sample, Table, sample
from making.mutations import drop_section
from making.office import saved, word
from making.pages import cms

from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result, exit_code

SEED = 3
_TABLE = re.compile(r"<table.*?</table>", re.DOTALL)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def checked(data: bytes | str, path: str = "report.html") -> Result:
    return check_bytes(data if isinstance(data, bytes) else data.encode(), path, Settings())


def codes(result: Result) -> list[str]:
    return [finding.code for finding in result.findings if finding.severity != "info"]


def reads_as(result: Result, made: Sample) -> None:
    assert codes(result) == []
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert result.report.agency == made.agency


def page(body: str, made: Sample, style: str = "") -> str:
    return f"<html><head><style>{style}</style><title>{made.head[0]}</title></head><body>{body}</body></html>"


def _with_tables(made: Sample, change: Callable[[str], str]) -> str:
    """The sample as a site shows it, each of its tables changed; the table of the site's own fields stays."""
    text = cms(made)
    start = text.index('<div class="TRS_Editor">')
    return text[:start] + _TABLE.sub(lambda match: change(match[0]), text[start:])


# Pages whose report is elsewhere


@pytest.mark.parametrize(
    ("content", "named"),
    [
        pytest.param('<p>附件：<a href="/files/P1.pdf">年度报告全文.pdf</a></p>', "年度报告全文.pdf", id="attachment"),
        pytest.param('<p><a href="download.do?id=3">年度报告.docx</a></p>', "年度报告.docx", id="named by its words"),
        pytest.param('<iframe src="/viewer?file=%2Fa%2Freport.pdf"></iframe>', "report.pdf", id="frame"),
        pytest.param("<script>show('upload/nb.pdf')</script>", "nb.pdf", id="script"),
        pytest.param('<p><img src="W1.jpg"></p><p><img src="W2.jpg" width=800></p>', "2张图片", id="pictures"),
    ],
)  # fmt: skip
def test_a_page_that_only_names_a_report_is_unreadable_and_says_what_to_open(
    content: str, named: str
) -> None:
    made = sample(SEED)
    result = checked(page(f"<h1>{made.head[0]}</h1><p>发布时间：2024-01-18</p>{content}", made))
    assert (result.status, result.verdict, codes(result)) == ("unreadable", "incomplete", ["E001"])
    assert result.error is not None
    assert named in result.error.zh
    assert exit_code([result]) == 3


def test_what_is_no_report_is_incomplete_and_breaks_no_run() -> None:
    result = checked("<p>关于召开会议的通知</p><p><a href=a.pdf>议程.pdf</a></p>")
    assert (result.status, result.verdict) == ("not_a_report", "incomplete")
    assert exit_code([result]) == 0


@pytest.mark.parametrize(
    ("parted", "name"),
    [("\t", "report.txt"), (",", "report.csv"), ("</td><td>", "report.html"), (" | ", "report.md")],
)
def test_a_file_of_the_tables_alone_is_one_finding(parted: str, name: str) -> None:
    made = sample(SEED)
    rows = [parted.join(row) for block in made.blocks if isinstance(block, Table) for row in block.rows]
    lines = [made.head[0], *rows]
    if "<" in parted:
        lines = [f"<h1>{made.head[0]}</h1><table>", *(f"<tr><td>{row}</td></tr>" for row in rows), "</table>"]
    result = checked("\n".join(lines), name)
    assert codes(result) == ["E009"]
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells
    assert codes(
        checked(
            "\n".join(
                [
                    *lines,
                    f"<p>{made.agency}全年坚持以公开为常态、不公开为例外，按时公布了应当公布的各类信息，没有遗漏。</p>",
                ]
            ),
            name,
        )
    ) != ["E009"]


# Pictures in the place of tables


def test_tables_as_pictures_are_unchecked_and_not_missing() -> None:
    result = checked(_with_tables(sample(SEED), lambda _: '<img src="t.png" width="900">'))
    assert codes(result) == []
    assert (result.verdict, exit_code([result])) == ("incomplete", 3)
    told = {code for code, _ in result.unchecked}
    assert {"T001", "N001", "N002", "N003", "N004"} <= told
    assert all("t.png" in why.zh for _, why in result.unchecked)


def test_a_picture_hides_nothing_elsewhere() -> None:
    made = sample(SEED)
    drop_section(4)(made)
    text = cms(made).replace(
        "二、主动公开政府信息情况", "<img src=photo.jpg width=600>二、主动公开政府信息情况", 1
    )
    assert codes(checked(text)) == ["S001"]
    whole = checked(cms(sample(SEED)).replace("二、主动", "<img src=photo.jpg width=600>二、主动", 1))
    assert (codes(whole), whole.verdict) == ([], "pass")
    assert any("photo.jpg" in note.zh for note in whole.notes)


def _picture(width: float) -> Callable[[object], None]:
    def put(paragraph: object) -> None:
        paragraph.add_run().add_picture(io.BytesIO(PNG), Cm(width), Cm(5))  # type: ignore[attr-defined]

    return put


def _object(paragraph: object) -> None:
    paragraph.add_run()._r.append(  # type: ignore[attr-defined]
        parse_xml(
            '<w:object xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
            'xmlns:o="urn:schemas-microsoft-com:office:office"><o:OLEObject ProgID="Excel.Sheet.12"/></w:object>'
        )
    )


@pytest.mark.parametrize(
    ("put", "missing", "unchecked"),
    [
        pytest.param(_picture(15), [], {"T001", "N004"}, id="picture"),
        pytest.param(_object, [], {"T001", "N004"}, id="embedded sheet"),
        pytest.param(_picture(2), ["T001"], {"N004"}, id="seal"),
    ],
)
def test_a_table_of_word_in_another_form(
    put: Callable[[object], None], missing: list[str], unchecked: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from govlint.readers.paper import pdf

    monkeypatch.setattr(pdf, "_installed", lambda name: False)
    document = word(sample(SEED))
    table = document.tables[-1]
    paragraph = document.add_paragraph()
    put(paragraph)
    table._tbl.addnext(paragraph._p)
    table._tbl.getparent().remove(table._tbl)
    result = checked(saved(document), "report.docx")
    assert codes(result) == missing
    assert {code for code, _ in result.unchecked} == unchecked


# Parts in another format


def _with_chunk(content: bytes, name: str) -> bytes:
    """The sample with its last section in a part of its own."""
    document = word(sample(SEED))
    body = document.element.body
    start = next(at for at, each in enumerate(body) if "六、其他" in "".join(each.itertext()))
    chunk = '<w:altChunk xmlns:w="{}" xmlns:r="{}" r:id="rIdX"/>'.format(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    for element in list(body)[start:-1]:
        body.remove(element)
    body.insert(start, parse_xml(chunk))
    out = io.BytesIO()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    with zipfile.ZipFile(io.BytesIO(saved(document))) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.namelist():
            data = source.read(member)
            if member == "word/_rels/document.xml.rels":
                relation = f'<Relationship Id="rIdX" Type="{kind}" Target="{name}"/></Relationships>'
                data = data.replace(b"</Relationships>", relation.encode())
            target.writestr(member, data)
        target.writestr(f"word/{name}", content)
    return out.getvalue()


def _rest(made: Sample) -> list[str]:
    at = next(n for n, block in enumerate(made.blocks) if getattr(block, "ordinal", "") == "六、")
    return ["六、其他需要报告的事项", *(block.text for block in made.blocks[at + 1 :]), *made.tail]


def test_a_part_in_another_format_is_read_in_its_place() -> None:
    made = sample(SEED)
    lines = _rest(made)
    html = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines) + "</body></html>"
    document = word(
        Sample(**{**vars(made), "head": lines[:1], "preamble": [], "blocks": [], "tail": lines[1:]})
    )
    for content, name in (
        (html.encode(), "c.html"),
        (saved(document), "c.docx"),
        ("\n".join(lines).encode(), "c.txt"),
    ):
        result = checked(_with_chunk(content, name), "report.docx")
        reads_as(result, made)
        assert result.verdict == "pass"


def test_a_part_that_cannot_be_read_is_told() -> None:
    result = checked(_with_chunk(b"\0\1\2" * 99, "c.bin"), "report.docx")
    assert (codes(result), result.verdict) == ([], "incomplete")
    assert {code for code, _ in result.unchecked} == {"S001"}


# What nobody sees


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        (".hd{display:none}", 'class="hd"'),
        ("td .x, .hd { visibility : hidden }", 'class="x hd"'),
        ("@media screen{#h{font-size:0}}", 'class="a" id="h"'),
        (".hd{display:none} span.hd{opacity:0}", 'class="hd"'),
        ("", 'style="position:absolute;left:-9999px"'),
        ("", 'style="color:#fff"'),
    ],
)
def test_what_a_page_hides_is_not_read_and_told(style: str, attributes: str) -> None:
    made = sample(SEED)
    page = _with_tables(made, lambda table: table.replace("</td>", f"<span {attributes}>8</span></td>"))
    result = checked(page.replace("<head>", f"<head><style>{style}</style>", 1))
    reads_as(result, made)
    assert any("看不见" in note.zh for note in result.notes)


@pytest.mark.parametrize(
    ("style", "attributes"),
    [
        ("@media print{.hd{display:none}}", 'class="hd"'),
        (".hd{display:none} td .hd{display:inline}", 'class="hd"'),
        (".hd:hover{display:none} .hd::before{content:''}", 'class="hd"'),
        (".hd{display:none", 'class="other"'),
        (".white{background:#036}", 'class="white" style="color:#fff"'),
    ],
)
def test_what_a_page_shows_is_read(style: str, attributes: str) -> None:
    made = sample(SEED)
    page = _with_tables(
        made, lambda table: re.sub(r">([\d.]+)</td>", rf"><span {attributes}>\1</span></td>", table)
    )
    reads_as(checked(page.replace("<head>", f"<head><style>{style}</style>", 1)), made)


# Figures in other elements


@pytest.mark.parametrize(
    "field",
    [
        r"<input value='\1'>",
        r"<input type=text size=3 value=\1 readonly>",
        r"<textarea>\1</textarea>",
        r"<select><option>7</option><option selected>\1</option></select>",
    ],
)
def test_figures_in_fields(field: str) -> None:
    made = sample(SEED)
    reads_as(
        checked(_with_tables(made, lambda table: re.sub(r">([\d.]+)</td>", rf">{field}</td>", table))), made
    )


@pytest.mark.parametrize(("row", "cell"), [("div", "div"), ("div", "span"), ("ul", "li")])
def test_tables_of_other_elements(row: str, cell: str) -> None:
    made = sample(SEED)

    def other(table: str) -> str:
        rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", each, re.DOTALL) for each in rows]
        made = ["".join(f"<{cell}>{re.sub('<[^>]+>', '', text)}</{cell}>" for text in each) for each in cells]
        return "<div class=t>" + "".join(f"<{row} class=r>{each}</{row}>" for each in made) + "</div>"

    reads_as(checked(_with_tables(made, other)), made)


# Characters


UNSEEN = ["\u200b", "\u200e", "\u202a{}\u202c", "\u2066{}\u2069", "\ue5e5", "\ufeff", "\ufffd"]


@pytest.mark.parametrize("mark", UNSEEN, ids=lambda mark: f"{ord(mark[0]):X}")
@pytest.mark.parametrize("form", ["text", "html", "docx"])
def test_characters_that_show_nothing(mark: str, form: str) -> None:
    made = sample(SEED)

    def marked(text: str) -> str:
        return mark.format(text) if "{}" in mark else mark + text + mark

    for block in made.blocks:
        for row in getattr(block, "rows", []):
            row[:] = [marked(text) for text in row]
    made.head[0] = marked(made.head[0])
    if form == "docx":
        data, path = saved(word(made)), "report.docx"
    elif form == "html":
        data, path = cms(made).encode(), "report.html"
    else:
        from making.corpus import LAYOUTS

        data, path = LAYOUTS["bars"](made).encode(), "report.txt"
    reads_as(checked(data, path), sample(SEED))


@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\x85"])
def test_other_ends_of_lines(end: str) -> None:
    from making.corpus import LAYOUTS

    made = sample(SEED)
    reads_as(checked(LAYOUTS["bars"](made).replace("\n", end), "report.txt"), made)
    document = word(made)
    heading = next(each for each in document.paragraphs if each.text.startswith("五、"))
    heading.runs[0].text += end + "存在的主要问题：公开不够及时。改进情况：已建立台账。"
    reads_as(checked(saved(document), "report.docx"), made)


def test_names_with_backslashes() -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(saved(word(sample(SEED))))) as source,
        zipfile.ZipFile(out, "w") as target,
    ):
        for member in source.namelist():
            target.writestr(member.replace("/", "\\"), source.read(member))
    reads_as(checked(out.getvalue(), "report.docx"), sample(SEED))
