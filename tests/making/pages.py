"""The invented reports as web pages: as sites, Word, browsers and LibreOffice write them."""

from __future__ import annotations

import html
import itertools
import quopri
import subprocess
from collections.abc import Callable, Iterator
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import NamedTuple

from making.corpus import Heading, Paragraph, Sample, Table


class Spanned(NamedTuple):
    """A cell of a table with merged cells."""

    text: str
    columns: int = 1
    rows: int = 1


def merged(rows: list[list[str]]) -> Iterator[list[Spanned]]:
    """A table's rows with the spans that the mandated form has."""
    if any("申请人情况" in row for row in rows):
        yield from _applications(rows)
    elif any("行政诉讼" in row for row in rows):
        for row in rows:
            if len(row) == 2:
                yield [Spanned(row[0], 5), Spanned(row[1], 10)]
            elif len(row) == 7:
                yield [Spanned(text, rows=2) for text in row[:5]] + [Spanned(text, 5) for text in row[5:]]
            else:
                yield [Spanned(text) for text in row]
    else:
        for row in rows:
            yield [
                Spanned(text, {1: 4, 2: 3}.get(len(row), 1) if at == len(row) - 1 else 1)
                for at, text in enumerate(row)
            ]


def _applications(rows: list[list[str]]) -> Iterator[list[Spanned]]:
    outcomes = next((n for n, row in enumerate(rows) if row[0].startswith("三、")), len(rows))
    end = next((n for n, row in enumerate(rows) if row[0].startswith("四、")), len(rows))
    for number, row in enumerate(rows):
        if "申请人情况" in row:
            yield [Spanned(row[0], 3, 3), Spanned(row[1], 7)]
        elif row[0] == "自然人":
            yield [Spanned(row[0], rows=2), Spanned(row[1], 5), Spanned(row[2], rows=2)]
        elif not row[-1].isdigit():
            yield [Spanned(text) for text in row]
        else:
            cells: list[Spanned] = []
            labels = list(row[:-7]) if len(row) > 7 else row[:1]
            for text in labels:
                if text.startswith("三、"):
                    cells.append(Spanned(text, rows=end - outcomes))
                elif text.startswith("（"):
                    alone = text is labels[-1]
                    follow = 1
                    while number + follow < end and rows[number + follow][0][0].isdigit():
                        follow += 1
                    cells.append(Spanned(text, 2 if alone else 1, 1 if alone else follow))
                else:
                    cells.append(Spanned(text, 1 if text[0].isdigit() else 3))
            yield cells + [Spanned(text) for text in row[len(labels) :]]


def _attributes(cell: Spanned) -> str:
    return "".join(
        f' {name}="{n}"' for name, n in (("colspan", cell.columns), ("rowspan", cell.rows)) if n > 1
    )


def table(
    rows: list[list[str]], inner: Callable[[str], str] = html.escape, attributes: str = ' border="1"'
) -> str:
    body = "\n".join(
        "<tr>" + "".join(f"<td{_attributes(cell)}>{inner(cell.text)}</td>" for cell in row) + "</tr>"
        for row in merged(rows)
    )
    return f"<table{attributes}><tbody>\n{body}\n</tbody></table>"


def body(
    made: Sample,
    paragraph: str = "<p>{}</p>",
    heading: str = "<p><strong>{}</strong></p>",
    tables: Callable[[list[list[str]]], str] = table,
) -> str:
    out: list[str] = [paragraph.format(html.escape(text)) for text in made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                out.append(heading.format(ordinal + words))
            case Paragraph(text):
                out.append(paragraph.format(html.escape(text)))
            case Table(rows):
                out.append(tables(rows))
    return "\n".join(out)


def metas(made: Sample) -> str:
    return (
        f'<META NAME="SiteName" CONTENT="{made.agency}门户网站">\n<meta name="ColumnName" content="政府信息公开年报">\n'
        f'<meta name="ArticleTitle" content="{made.head[0]}"/>\n<meta name="PubDate" content="{made.published} 09:26"/>\n'
        f'<meta name="ContentSource" content="{made.agency}"/>'
    )


_LINKS = "".join(
    f'<li><a href="/c{n}/">{name}</a></li>'
    for n, name in enumerate(("首页", "政务公开", "政务服务", "互动交流", "走进本地"))
)
_RECENT = "".join(
    f'<li><a href="/art/{n}.html" title="x">石滩市水务局{2010 + n}年政府信息公开工作年度报告</a><span>20{10 + n}-02-0{n}</span></li>'
    for n in range(1, 8)
)


def cms(made: Sample) -> str:
    """A content management system of today."""
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head>
<meta charset="utf-8">
<title>{made.head[0]}_政府信息公开年报_{made.agency}</title>
{metas(made)}
<style>.a{{display:none}}</style><script>var t="一、总体情况<p>二、</p>"; if(1<2){{document.write("<div>")}}</script>
<link rel="stylesheet" href="a.css">
</head><body>
<!--[if lt IE 9]><p>您的浏览器版本过低，请升级。</p><![endif]-->
<div class="header"><div class="logo"><img src="l.png" alt="{made.agency}"></div><ul class="nav">{_LINKS}</ul>
<form><input type="text" value="请输入关键词"><select><option>标题</option><option>正文</option></select><button>搜索</button></form></div>
<div class="crumbs">当前位置：<a href="/">首页</a>&gt;<a href="/zwgk">政府信息公开</a>&gt;<a href="/nb">政府信息公开年报</a></div>
<div class="wrap"><div class="left"><ul>{_RECENT}</ul></div>
<div class="main">
<div style="display: none;">分享标题 一、隐藏的文字</div><div hidden>隐藏</div><span aria-hidden="true">★</span>
<table class="xxgk"><tr><td>索 引 号：</td><td>113300000{made.year}/2024-00001</td><td>发布机构：</td><td>{made.agency}</td></tr>
<tr><td>发布日期：</td><td>{made.published}</td><td>有效性：</td><td>有效</td></tr></table>
<h1>{made.head[0]}</h1>
<div class="info"><span>发布时间：{made.published} 11:19</span><span>&nbsp;&nbsp;来源：{made.agency}</span>&nbsp;浏览次数：<span id="c"></span>
<span>字号：[<a href="javascript:f(1)">大</a> <a href="javascript:f(2)">中</a> <a href="javascript:f(3)">小</a>]</span></div>
<div class="TRS_Editor"><div class="view TRS_UEDITOR">
{body(made, '<p style="text-indent: 2em; line-height: 2;">　　{}</p>')}
</div></div>
<div class="share"><a href="#">分享到微信</a> <a href="javascript:window.print()">打印</a> <a href="javascript:close()">关闭</a></div>
<p>上一篇：<a href="/1.html">无</a></p><p>下一篇：<a href="/2.html">石滩市水务局2020年政府信息公开工作年度报告</a></p>
</div></div>
<div class="footer"><p>主办：{made.agency} 承办：信息中心</p><p>地址：人民路1号 电话：0551-6000000</p><p>网站标识码：3400000001 <a href="http://x">皖ICP备00000000号</a></p></div>
<noscript>请打开脚本</noscript><iframe src="x.html"></iframe>
</body></html>"""


def old(made: Sample) -> str:
    """A page of the years when tables laid everything out, in tag soup."""
    nav = "".join(
        f'<TD align=center><A href="/{n}.asp">{name}</A></TD>'
        for n, name in enumerate(("首页", "机构概况", "信息公开"))
    )
    text = body(made, "　　{}<BR>", "<B><FONT size=3>{}</B></FONT><BR>")
    return f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312"><TITLE>{made.agency}</TITLE></HEAD>
<BODY leftMargin=0><CENTER>
<TABLE cellSpacing=0 width=1000><TR><TD colspan=3><IMG src="top.jpg"></TD></TR><TR>{nav}</TR></TABLE>
<TABLE width=1000><TR><TD width=200 vAlign=top><TABLE><TR><TD><A href=a.asp>通知公告</A></TD></TR><TR><TD><A href=b.asp>工作动态</A></TD></TR></TABLE></TD>
<TD vAlign=top><TABLE width="100%"><TR><TD align=middle><FONT color=red size=5><B>{made.head[0]}</B></FONT></TD></TR>
<TR><TD align=middle>发布时间：{made.published}&nbsp; 来源：{made.agency}&nbsp; 点击数：<SCRIPT src="c.asp"></SCRIPT></TD></TR>
<TR><TD class=content><DIV id=zoom>
{text}
</DIV></TD></TR><TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR></TABLE>
</TD></TR></TABLE>
<TABLE width=1000><TR><TD>版权所有：{made.agency} 网站标识码：3400000001</TD></TR></TABLE>
</CENTER></BODY></HTML>"""


def _mso(text: str) -> str:
    """A cell as Word writes it: every number in two spans, empty paragraphs beside it."""
    if text.replace(".", "").isdigit() and len(text) > 1:
        half = len(text) // 2
        text = f"<span lang=EN-US>{text[:half]}</span><span\n  lang=EN-US style='color:black'>{text[half:]}</span>"
    elif len(text) > 12:
        text = f"<span style='font-family:宋体'>{text[:7]}\n  {text[7:]}</span>"
    elif not text:
        text = "&nbsp;"
    return (
        "<p class=MsoNormal align=center style='text-align:center;mso-pagination:widow-orphan'><span style='font-size:9.0pt;\n"
        f"  font-family:宋体'>{text}<o:p></o:p></span></p>"
    )


def word(made: Sample) -> str:
    """Saved from Word, or pasted from it."""
    text = body(
        made,
        "<p class=MsoNormal style='text-indent:32.0pt'><span style='font-size:16.0pt'>{}<span lang=EN-US><o:p></o:p></span></span></p>",
        "<p class=MsoNormal><![if !supportLists]><span><span style='font:7.0pt \"Times New Roman\"'>&nbsp;</span></span><![endif]>"
        '<b><span>{}</span></b><a name="_Toc1"></a></p>',
        lambda rows: table(
            rows, _mso, " class=MsoNormalTable border=1 cellspacing=0 style='border-collapse:collapse'"
        ),
    )
    title = made.head[0]
    return f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>x</o:Author><o:Pages>7</o:Pages></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-parent:"";}} --></style></head>
<body lang=ZH-CN><div class=WordSection1 style='layout-grid:15.6pt'>
<?xml:namespace prefix = o ns = "urn:schemas-microsoft-com:office:office" />
<p class=MsoNormal align=center><b><span>{title[:6]}</span></b><b><span lang=EN-US>{title[6:]}</span></b></p>
<p class=MsoNormal>发布日期：{made.published}</p>
{text}
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p></div></body></html>"""


def split(made: Sample) -> str:
    """Tables broken into several, header and body, heads repeated; figures in thead, tbody and tfoot."""

    def several(rows: list[list[str]]) -> str:
        if any("申请人情况" in row for row in rows):
            head, rest = rows[:3], rows[3:]
            first, second = rest[:9], rest[9:]
            return table(head + first) + "\n<p>&nbsp;</p>\n" + table(head + second)
        if len(rows) > 8:
            starts = [n for n, row in enumerate(rows) if row[0].startswith("第二十条")] + [len(rows)]
            return "\n".join(table(rows[a:b]) for a, b in itertools.pairwise(starts))
        made_rows = list(merged(rows))
        cells = ["".join(f"<th{_attributes(c)}>{c.text}</th>" for c in row) for row in made_rows]
        return (
            f"<table><caption></caption><colgroup><col><col></colgroup><tfoot><tr>{cells[-1]}</tr></tfoot><thead>"
            + "".join(f"<tr>{row}" for row in cells[:-1])
            + "</thead></table>"
        )

    head = "".join(f"<div>{line}</div>" for line in made.head)
    text = body(made, "<section><div>{}</div></section>", "<section><h3>{}</h3></section>", several)
    return f"<!doctype html><html><head><meta charset=utf-8></head><body><main><article>{head}{text}</article></main></body></html>"


def lines(made: Sample) -> str:
    """Plain lines in one element, broken in the source wherever it pleased; tables between them."""
    head = "".join(f"{line}<br/>\n" for line in made.head)
    text = body(made, "&emsp;&emsp;{}<br><br>", "{}<br/>")
    return f'<div class="content" id="zoom">{head}{text}</div>'


def pre(made: Sample) -> str:
    """A text file put into a page."""
    from making.corpus import LAYOUTS

    return f"<html><head><title>年报</title></head><body><pre>\n{html.escape(LAYOUTS['bars'](made))}</pre></body></html>"


def one_table(made: Sample) -> str:
    """The whole report in the rows of one table, prose and figures alike."""
    rows = [f"<tr><td colspan=10>{line}</td></tr>" for line in (*made.head, *made.preamble)]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                rows.append(f"<tr><td colspan=10><p><b>{ordinal}{words}</b></p></td></tr>")
            case Paragraph(text):
                rows.append(f"<tr><td colspan=10><p>{text}</p></td></tr>")
            case Table(figures):
                rows += [
                    "<tr>" + "".join(f"<td{_attributes(cell)}>{cell.text}</td>" for cell in row) + "</tr>"
                    for row in merged(figures)
                ]
    return "<html><body><table border=1>" + "\n".join(rows) + "</table></body></html>"


PAGES: dict[str, Callable[[Sample], bytes]] = {
    "cms": lambda made: cms(made).encode(),
    "cms in GBK, undeclared": lambda made: cms(made).replace('<meta charset="utf-8">', "").encode("gb18030"),
    "old": lambda made: old(made).encode("gb18030"),
    "old in UTF-8, declared GB2312": lambda made: old(made).encode(),
    "word": lambda made: word(made).encode(),
    "word in GBK, declared UTF-8": lambda made: word(made).encode("gb18030"),
    "word in UTF-16": lambda made: word(made).encode("utf-16"),
    "split": lambda made: split(made).encode(),
    "split with CRLF and BOM": lambda made: b"\xef\xbb\xbf" + split(made).replace("\n", "\r\n").encode(),
    "lines": lambda made: lines(made).encode(),
    "pre": lambda made: pre(made).encode(),
    "one table": lambda made: one_table(made).encode(),
}


# Saved pages


def mht(page: str, charset: str = "utf-8", frame: bool = False) -> bytes:
    """As a browser saves a page: quoted-printable, with its images."""
    whole = MIMEMultipart("related", type="text/html")
    whole["Snapshot-Content-Location"] = "http://example.org/"
    if frame:
        whole.attach(MIMEText("<html><frameset><frame src=cid:page></frameset></html>", "html", "utf-8"))
    part = MIMEBase("text", "html", charset=charset)
    part.set_payload(quopri.encodestring(page.encode(charset)).decode("ascii"))
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part["Content-Location"] = "http://example.org/report.html"
    whole.attach(part)
    whole.attach(MIMEImage(b"\x89PNG\r\n\x1a\n" + bytes(64), "png"))
    return whole.as_bytes()


def mht_base64(page: str) -> bytes:
    """As Word saves a single file page."""
    whole = MIMEMultipart("related", type="text/html")
    whole.attach(MIMEText(page, "html", "utf-8"))
    return whole.as_bytes()


# Other writers


def dumped(chromium: str, page: bytes, folder: Path) -> bytes:
    """The page as Chromium writes its document after loading it."""
    source = folder / "page.html"
    source.write_bytes(page)
    options = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    done = subprocess.run(
        [chromium, *options, f"--user-data-dir={folder / 'profile'}", "--dump-dom", source.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def docx(made: Sample, path: Path) -> None:
    """The report as a Word file with merged cells."""
    from docx import Document

    document = Document()
    for text in (*made.head, *made.preamble):
        document.add_paragraph(text)
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                document.add_paragraph(ordinal + words).runs[0].bold = True
            case Paragraph(text):
                document.add_paragraph(text)
            case Table(rows):
                _docx_table(document, rows)
    document.save(str(path))


def _docx_table(document: object, rows: list[list[str]]) -> None:
    laid = list(merged(rows))
    width = max(sum(cell.columns for cell in row) for row in laid)
    grid = document.add_table(len(laid), width)  # type: ignore[attr-defined]
    grid.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(laid):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            taken |= {(y + dy, x + dx) for dy in range(cell.rows) for dx in range(cell.columns)}
            last = grid.cell(min(y + cell.rows, len(laid)) - 1, x + cell.columns - 1)
            grid.cell(y, x).merge(last).text = cell.text
            x += cell.columns


def from_office(soffice: str, made: Sample, folder: Path) -> bytes:
    """The page that LibreOffice makes of a Word file."""
    docx(made, folder / "report.docx")
    subprocess.run(
        [soffice, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "html", "--outdir", str(folder), str(folder / "report.docx")],
        capture_output=True,
        timeout=180,
        check=True,
    )  # fmt: skip
    return (folder / "report.html").read_bytes()
