"""The same report as any kind of web page reads to the same cells, and one mistake is found at its place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from making.corpus import Sample, sample
from making.mutations import MUTATIONS, SEED
from making.pages import PAGES, cms, dumped, from_office, lines, mht, mht_base64, old, split, word

from govlint import readers
from govlint.document import Document, Edit, Unreadable
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.readers.web import html, mhtml
from govlint.result import Result

SEEDS = range(5)


def checked(data: bytes, path: str = "report.html") -> Result:
    return check(readers.read(data, path), Settings())


def to_act_on(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.words.zh) for f in result.findings if f.severity != "info"]


def reads_as(result: Result, made: Sample) -> None:
    assert to_act_on(result) == []
    report = result.report
    assert report is not None
    assert {address: cell.value for address, cell in report.cells.items()} == made.cells
    assert not [address for address, cell in report.cells.items() if cell.uncertain]
    assert (report.agency, report.year, str(report.published)) == (made.agency, made.year, made.published)
    assert list(report.sections) == list(report.template.sections)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_clean_page_reads_the_same(kind: str, seed: int) -> None:
    made = sample(seed)
    reads_as(checked(PAGES[kind](made)), made)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("save", "suffix"),
    [
        pytest.param(lambda made: mht(cms(made)), "mhtml", id="browser"),
        pytest.param(lambda made: mht(old(made), "gb18030"), "mht", id="GBK"),
        pytest.param(lambda made: mht(word(made), frame=True), "mht", id="frame set first"),
        pytest.param(lambda made: mht_base64(word(made)), "doc", id="Word, as .doc"),
    ],
)
def test_a_saved_page_reads_the_same(save: object, suffix: str, seed: int) -> None:
    made = sample(seed)
    result = checked(save(made), f"report.{suffix}")  # type: ignore[operator]
    reads_as(result, made)
    assert result.document is not None
    assert result.document.format == "mhtml"
    assert {origin.line for _, origin in result.document.origins} == {None}


@pytest.mark.external
@pytest.mark.skipif(not shutil.which("chromium"), reason="chromium is not installed")
@pytest.mark.parametrize("page", [cms, old, word])
def test_a_page_dumped_by_a_browser_reads_the_same(page: object, tmp_path: Path) -> None:
    made = sample(7)
    data = page(made).encode("gb18030" if page is old else "utf-8")  # type: ignore[operator]
    reads_as(checked(dumped("chromium", data, tmp_path)), made)


@pytest.mark.external
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_page_made_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    made = sample(8)
    reads_as(checked(from_office("soffice", made, tmp_path)), made)


# Places


@pytest.mark.parametrize("page", [cms, old, word, split, lines])
@pytest.mark.parametrize("name", MUTATIONS)
def test_one_mistake_is_one_finding(name: str, page: object) -> None:
    mutation = MUTATIONS[name]
    made = sample(SEED)
    mutation.change(made)
    result = checked(page(made).encode())  # type: ignore[operator]
    found = [finding for finding in result.findings if finding.severity != "info"]
    assert [finding.code for finding in found] == mutation.codes
    if mutation.cell:
        assert found[0].cells[0] == mutation.cell


def test_a_finding_says_line_table_row_and_column() -> None:
    made = sample(SEED)
    MUTATIONS["wrong row total"].change(made)
    source = cms(made)
    result = checked(source.encode())
    found = next(finding for finding in result.findings if finding.code == "N001")
    assert result.document is not None
    assert found.span is not None
    line = next(n for n, text in enumerate(source.split("\n"), 1) if "要求提供公开出版物" in text)
    places = [result.report.cells[address].span for address in found.cells]  # type: ignore[union-attr]
    place = result.document.locate(places[0])
    assert place.origin is not None
    assert place.line == line
    # The table of metadata is the first; the three labels of a row stand in the first three columns.
    assert (place.origin.table, place.origin.row, place.origin.column) == (3, 21, 10)


@pytest.mark.parametrize(
    "filler", ["\n" * 70_000, pytest.param("<p>说明。</p>\n" * 70_000, marks=pytest.mark.external)]
)
def test_lines_are_right_beyond_those_that_libxml2_counts(filler: str) -> None:
    source = word(sample(1)).replace("<p class=MsoNormal>发布", f"{filler}<p class=MsoNormal>发布", 1)
    document = readers.read(source.encode(), "report.html")
    wanted = [n for n, line in enumerate(source.split("\n"), 1) if "信息处理费" in line][-1]
    assert document.locate(document_span(document, "信息处理费", last=True)).line == wanted


def test_a_long_page_with_characters_that_are_marks_is_read() -> None:
    source = word(sample(1)).replace(
        "<p class=MsoNormal>发布", "\n" * 70_000 + "<p class=MsoNormal>\U000f0000\U00100001发布", 1
    )
    assert "信息处理费" in readers.read(source.encode(), "report.html").text


def document_span(document: Document, words: str, last: bool = False):
    from govlint.document import Span

    at = document.text.rindex(words) if last else document.text.index(words)
    return Span(at, at + len(words))


# Tables


def text(body: str) -> str:
    return readers.read(f"<html><body>{body}</body></html>".encode(), "report.html").text


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        pytest.param("<table><tr><td>规章<td>1</td><td><span>1</span><span>2</span></table>", "规章\t1\t12", id="unclosed"),
        pytest.param("<table><tr><td>商业<br>企业</td><td>&nbsp;</td><td>3</td></tr></table>", "商业\v企业\t\t3", id="break"),
        pytest.param("<table><tr><td><p>a</p><p>b</p></td><td>1</td></tr></table>", "a\vb\t1", id="paragraphs"),
        pytest.param("<table><tr><td><table><tr><td>规章</td><td>1</td></tr></table></td><td>b</td></tr></table>", "规章\t1\nb", id="layout"),
        pytest.param("<table><tr><td>一</td></tr><tr><td>二</td></tr></table>", "一\n二", id="one column"),
        pytest.param("<table><form><tr><td>a</td><td>1</td></tr></form></table>", "a\t1", id="form"),
        pytest.param("<table><td>a</td><td>1</td></table>", "a\t1", id="no row"),
        pytest.param("<table><caption>表</caption><tr><td>a</td><td>1</td></tr></table>", "表\na\t1", id="caption"),
        pytest.param("<table><tfoot><tr><td>c</td><td>2</td></tr></tfoot><tr><td>a</td><td>1</td></tr></table>", "a\t1\nc\t2", id="foot"),
        pytest.param("<p>主动公开\n   政府信息 a\n b</p>", "主动公开政府信息 a b", id="wrapped"),
        pytest.param("<pre>一行\n二行</pre>", "一行\n二行", id="pre"),
        pytest.param("<p>a &lt;b&gt; &ldquo;c&#8221; &#x4e00;</p>", "a <b> “c” 一", id="entities"),
        pytest.param("<p>a<![if x]>b<![endif]>c<!-- d --></p><!--[if IE]><p>e</p><![endif]-->", "abc", id="conditional"),
        pytest.param("<p>甲<span style='DISPLAY: none'>乙</span>丙</p><p hidden>丁</p>", "甲丙", id="hidden"),
        pytest.param("<p>甲\x00乙</p>", "甲 乙", id="NUL"),
    ],
)  # fmt: skip
def test_what_is_seen(body: str, wanted: str) -> None:
    assert text(body) == wanted


@pytest.mark.parametrize(
    ("first", "columns"),
    [
        ('<td colspan="100000000">a</td><td>1</td>', [1, 1001]),
        ('<td colspan="0" rowspan="0">a</td><td>1</td>', [1, 2]),
        ('<td colspan="x" rowspan="-3">a</td><td colspan=" 2 ">1</td><td>2</td>', [1, 2, 4]),
    ],
)
def test_absurd_spans(first: str, columns: list[int]) -> None:
    document = readers.read(
        f"<table><tr>{first}</tr><tr><td>b</td><td>2</td></tr></table>".encode(), "a.html"
    )
    assert [origin.column for _, origin in document.origins if origin.row == 1] == columns


def test_a_report_that_a_script_shows_is_not_lost() -> None:
    made = sample(2)
    page = split(made).replace("<main>", "<main style='display:none'>")
    reads_as(checked(page.encode()), made)


# Metadata and comments


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ('<meta name="pubdate" content="20240125">', {"published": "2024-01-25"}),
        ('<META CONTENT="2024-01-25 10:00" NAME="PUBLISHDATE">', {"published": "2024-01-25"}),
        ('<meta property="og:title" content="甲县财政局2023年政府信息公开工作年度报告">', {"title": "甲县财政局2023年政府信息公开工作年度报告"}),
        ("<title>信息公开 - 甲县财政局2023年政府信息公开年报_甲县人民政府</title>", {"title": "甲县财政局2023年政府信息公开年报"}),
        ('<meta name="ContentSource" content="本网"><meta name="SiteName" content="甲县财政局网站">', {"agency": "甲县财政局"}),
        ('<meta name="ContentSource" content="甲县财政局"><meta name="SiteName" content="甲县人民政府">', {"agency": "甲县财政局"}),
        ("<meta name=keywords content=年报><meta name=Maketime content=none>", {}),
    ],
)  # fmt: skip
def test_metadata(head: str, wanted: dict[str, str]) -> None:
    page = f"<html><head>{head}</head><body><p>一</p></body></html>"
    assert dict(readers.read(page.encode(), "a.html").metadata) == wanted


def test_comments_addressed_to_govlint_stand_where_they_were_written() -> None:
    page = (
        "<!-- govlint: ignore S007 --><html><body><p>甲</p><!-- govlint: ignore W002 其一 --><p>乙<!--govlint: ignore N001-->丙</p>"
        "<table><tr><td>规章</td><td>1<!-- govlint: ignore T006 --></td></tr></table><!-- other --></body></html>"
    )
    document = readers.read(page.encode(), "a.html")
    assert document.text == "甲\n乙丙\n规章\t1"
    assert [(comment.text, document.text[slice(*comment.span)], comment.span.start) for comment in document.comments] == [
        ("govlint: ignore S007", "", 0),
        ("govlint: ignore W002 其一", "", 2),
        ("govlint: ignore N001", "乙丙", 2),
        ("govlint: ignore T006", "1", 8),
    ]  # fmt: skip


# Which reader


@pytest.mark.parametrize(
    ("data", "path", "kind"),
    [
        (b"<html><body><p>x</p></body></html>", "report.doc", "html"),
        (b"\n<!-- a --><!DOCTYPE html><p>x</p>", "report", "html"),
        (b"<p>x</p><p>y</p>", "report.txt", "html"),
        ("<html><p>x</p>".encode("utf-16"), "report.htm", "html"),
        ("一、总体情况\n年度报告 <a>\n".encode(), "report.html", "text"),
        (b"<div align=center>\n\n# x\n\n</div></p>", "report.md", "markdown"),
        (b"x < y", "report.txt", "text"),
    ],
)
def test_content_decides(data: bytes, path: str, kind: str) -> None:
    assert readers.read(data, path).format == kind


# Edits


def span_of(document: Document, words: str, start: int = 0, end: int | None = None):
    from govlint.document import Span

    at = document.text.index(words)
    return Span(at + start, at + (len(words) if end is None else end))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("source", "words", "new", "wanted"),
    [
        pytest.param("<p>截止年底</p>", "截止", "截至", "<p>截至年底</p>", id="plain"),
        pytest.param("<p><b>截</b>止年底</p>", "截止", "截至", "<p><b>截</b>至年底</p>", id="across tags"),
        pytest.param("<p><b>登</b><i>陆</i>网站</p>", "登陆", "注册", "<p><b>注</b><i>册</i>网站</p>", id="one for one"),
        pytest.param("<p>的<b>的</b>确</p>", "的的", "的", "<p><b>的</b>确</p>|<p>的<b></b>确</p>", id="doubled"),
        pytest.param("<p>A&amp;B&nbsp;帐</p>", "帐", "账", "<p>A&amp;B&nbsp;账</p>", id="entities kept"),
        pytest.param("<p>甲,乙</p>", ",", "<", "<p>甲&lt;乙</p>", id="escaped"),
        pytest.param("<p>甲&#44;乙</p>", ",", "，", "<p>甲，乙</p>", id="entity replaced"),
        pytest.param("<td>1 2</td>", " ", "", "<td>12</td>", id="space"),
        pytest.param("<p>甲<!-- 甲 -->\r\n</p>\r\n<p>乙</p>", "乙", "丙", "<p>甲<!-- 甲 -->\r\n</p>\r\n<p>丙</p>", id="line ends"),
        pytest.param("<p title='帐'>帐<script>'帐'</script></p>", "帐", "账", "<p title='帐'>账<script>'帐'</script></p>", id="attributes"),
    ],
)  # fmt: skip
def test_an_edit_changes_nothing_else(source: str, words: str, new: str, wanted: str, encoding: str) -> None:
    frame = "<html>\r\n<head><title>帐</title></head><body class=x>{}</body></html>\n"
    data = frame.format(source).encode(encoding)
    document = readers.read(data, "a.html")
    made, left = html.rewrite(data, "a.html", [Edit(span_of(document, words), new)])
    assert left == []
    assert made in [frame.format(each).encode(encoding) for each in wanted.split("|")]


@pytest.mark.parametrize(
    ("source", "words", "new"),
    [
        pytest.param("<p>甲</p><p>乙</p>", "甲\n乙", "甲乙", id="paragraphs joined"),
        pytest.param("<p>甲<b>乙</b></p>", "甲乙", "丙丁戊", id="across tags, longer"),
        pytest.param("<p>甲</p>", "甲", "甲\n乙", id="a new paragraph"),
        pytest.param("<p>甲\U000f0000乙</p>", "乙", "丙", id="private characters in the source"),
    ],
)
def test_what_is_ambiguous_is_not_placed(source: str, words: str, new: str) -> None:
    data = f"<html><body>{source}</body></html>".encode()
    edit = Edit(span_of(readers.read(data, "a.html"), words), new)
    assert html.rewrite(data, "a.html", [edit]) == (data, [edit])


@pytest.mark.parametrize("kind", PAGES)
def test_edits_anywhere_in_a_page(kind: str) -> None:
    data = PAGES[kind](sample(4))
    document = readers.read(data, "report.html")
    spans = [match.span() for match in re.finditer("情况|公开|[0-9]+", document.text)][::3]
    edits = [Edit(span_of_(span), "改") for span in spans]
    made, left = html.rewrite(data, "report.html", edits)
    # Numbers and words that Word split over several tags cannot become one character.
    assert len(left) <= (len(edits) // 2 if kind.startswith("word") else 0)
    again = readers.read(made, "report.html").text
    wanted = document.text
    for edit in reversed([edit for edit in edits if edit not in left]):
        wanted = wanted[: edit.span.start] + edit.text + wanted[edit.span.end :]
    assert again == wanted


def span_of_(pair: tuple[int, int]):
    from govlint.document import Span

    return Span(*pair)


def test_a_saved_page_is_not_rewritten() -> None:
    assert not hasattr(mhtml, "rewrite")


# Bad input

CLEAN = cms(sample(3))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<html><body></body></html>", id="empty body"),
        pytest.param(b"<html><body><img src=a.jpg></body></html>", id="an image"),
        pytest.param(b"<html><body><div id=app></div><script src=a.js></script></body></html>", id="a script"),
        pytest.param(b"<html><body><iframe src=a.pdf></iframe></body></html>", id="an embedded file"),
        pytest.param(b"<html>" + b"<div>" * 5000 + "一、总体情况".encode(), id="5,000 nested tags"),
        pytest.param(b"<html>" + b"<table><tr><td>" * 900, id="900 nested tables"),
        pytest.param(b"<html>" + b"<p>" * 30_000_000, id="90 MB of tags"),
        pytest.param(b"<html>" + b"&nbsp;" * 5_000_000, id="entities"),
        pytest.param(b"<html><body>" + bytes(200_000), id="NULs"),
        pytest.param(b"<html>" + b"\xff" * 20_000, id="no encoding"),
        pytest.param(b"<html><p>x" + b"<font><b>" * 20_000, id="20,000 unclosed tags"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\nContent-Type: image/png\n\nx\n--a--", id="no page in it"),
        pytest.param(b"MIME-Version: 1.0\n" + b"Content-Type: multipart/related; boundary=a\n\n--a\n" * 4000, id="nested parts"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n!!!", id="damaged base64"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(data: bytes) -> None:
    with pytest.raises(Unreadable):
        readers.read(data, "report.html")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>甲</p><!-- govlint: ignore N003 -->&#12;<p>乙</p>", "甲\n乙"),
        ("<p>甲</p><!-- govlint: ignore\f N003 -->\x0b<p>乙</p>", "甲\n乙"),
        ("<div><nav>x</nav>\f丙<p>乙</p></div>", "丙\n乙"),
        ("<div><p hidden>x</p>\ufffe丙&#xFFFF;&#8;</div>", "丙"),
        ("<table><tr><td>1</td><!-- govlint: x -->2</tr><tr><td>3</td><td>4</td></tr></table>", "2\n1\n3\t4"),
        ("<p>甲&#8234;乙&#8203;丙\u202c</p>", "甲乙丙"),
    ],
)
def test_what_stands_behind_comments_and_dropped_elements(source: str, text: str) -> None:
    assert readers.read(f"<html><body>{source}</body></html>".encode(), "a.html").text == text


def test_an_element_of_many_attributes_is_refused() -> None:
    names = " ".join(f"a{number}='>'" for number in range(30_000))
    with pytest.raises(Unreadable):
        readers.read(f"<html><p {names}>x</p></html>".encode(), "a.html")


def test_a_page_whose_report_is_an_attachment_says_so() -> None:
    page = cms(sample(1))
    page = page.replace(page[page.index('<table class="xxgk">') : page.index("<h1>")], "")
    start, end = page.index('<div class="TRS_Editor">'), page.index('<div class="share">')
    result = checked((page[:start] + "<iframe src=report.pdf></iframe>" + page[end:]).encode())
    assert (result.status, result.verdict) == ("unreadable", "incomplete")
    assert [finding.code for finding in result.findings] == ["E001"]
    assert result.error is not None
    assert "report.pdf" in result.error.zh
    assert not checked(cms(sample(1)).encode()).document.notes  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(("<table><tr>" + '<td colspan="100000000" rowspan="65534">1</td>' * 20_000).encode(), id="spans"),
        pytest.param(b"<html><p>x" + b"<font><b>" * 900, id="unclosed fonts"),
        pytest.param(b"<html>" + b"<div>x" * 400, id="unclosed blocks"),
        pytest.param(b"<html><p>x" + b'<a b="' * 100_000, id="open quotes"),
        pytest.param(b"<html><p>x" + b"<!-- " * 100_000, id="open comments"),
        pytest.param(b'<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><html><p>&b;&b;</p>', id="entity expansion"),
        pytest.param(CLEAN.replace("行政复议</td>", "（六）其他处理</td><td>5</td>").encode(), id="a row of another table"),
        pytest.param(CLEAN.encode()[:9000], id="cut off"),
        pytest.param(CLEAN.encode()[:9001], id="cut off in a character"),
        pytest.param(CLEAN.encode("gb18030")[:9001], id="GBK cut off"),
    ],
)  # fmt: skip
def test_odd_pages_are_read(data: bytes) -> None:
    check(readers.read(data, "report.html"), Settings())


# A failing page of many kilobytes takes minutes to shrink and is no clearer for it.
@settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.sampled_from(list(PAGES)), st.randoms(use_true_random=False))
def test_mutated_pages_raise_nothing_but_unreadable(kind: str, draw) -> None:
    data = bytearray(PAGES[kind](sample(draw.randint(0, 3))))
    for _ in range(draw.randint(1, 60)):
        at = draw.randrange(len(data))
        match draw.randint(0, 4):
            case 0:
                data[at] = draw.randrange(256)
            case 1:
                del data[at : at + draw.randint(1, 400)]
            case 2:
                data[at:at] = draw.choice(
                    [b"<td>", b"</table>", b"<table>", b"<!--", b'"', b"<", b"</div>", b"&#0;", b"\0"]
                )
            case 3:
                data[at:at] = data[at : at + draw.randint(1, 3000)]
            case 4:
                data[at] ^= 1 << draw.randrange(8)
    try:
        document = readers.read(bytes(data), "report.html")
    except Unreadable:
        return
    check(document, Settings())
    if document.format != "html":
        return
    spans = [match.span() for match in re.finditer("公开", document.text)][:20]
    made, left = html.rewrite(bytes(data), "report.html", [Edit(span_of_(span), "公示") for span in spans])
    assert len(left) == len(spans) or made != bytes(data)
