"""Web pages: a plain one, one as a site's editor and a word processor leave it, one whose tables are boxes."""

from __future__ import annotations

from html import escape

from benchmarks.quality.layouts.grid import Box, boxes, lines, size
from benchmarks.quality.model import Paragraph, Report, Table

_HEAD = '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}</title>{style}</head><body>\n'
PRINT = """<style>@page { size: A4; margin: 22mm 20mm } body { font: 15pt/1.8 "Noto Serif CJK SC", serif }
h1 { text-align: center; font-size: 22pt } h2 { font-size: 16pt } p { text-indent: 2em; margin: 0 }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: 10pt; line-height: 1.4 }
td { border: 1px solid #000; text-align: center; padding: 2pt 3pt; overflow-wrap: anywhere }</style>"""


def _page(title: str, body: list[str], charset: str = "utf-8", style: str = "") -> str:
    return (
        _HEAD.format(charset=charset, title=escape(title), style=style)
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _table(table: Table, cell: str = "{}") -> str:
    drawn = boxes(table)
    rows = ["".join(_cell(box, cell) for box in drawn if box.row == row) for row in range(size(drawn)[0])]
    return '<table border="1"><tbody>' + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>"


def _cell(box: Box, cell: str) -> str:
    span = f' colspan="{box.width}"' * (box.width > 1) + f' rowspan="{box.height}"' * (box.height > 1)
    return f"<td{span}>{cell.format(escape(box.text))}</td>"


def _content(report: Report, paragraph: str, heading: str, table: str = "{}") -> list[str]:
    made = [paragraph.format(escape(p.text)) for p in report.preamble]
    for section in report.sections:
        made.append(heading.format(escape(section.ordinal + section.heading)))
        for block in section.body:
            is_prose = isinstance(block, Paragraph)
            made.append(paragraph.format(escape(block.text)) if is_prose else _table(block, table))
    return made + [paragraph.format(escape(line)) for line in report.dated(report.tail)]


def plain(report: Report, style: str = "") -> str:
    """Headings, paragraphs and tables with real merges."""
    body = [f"<h1>{'<br>'.join(map(escape, report.title))}</h1>"]
    body += [f"<p>{escape(line)}</p>" for line in report.dated(report.meta)]
    body += _content(report, "<p>{}</p>", "<h2>{}</h2>")
    return _page("".join(report.title), body, style=style)


def printed(report: Report) -> str:
    """The plain page as it is sent to a printer."""
    return plain(report, PRINT)


def site(report: Report) -> str:
    """In a site's frame: breadcrumb, a table of metadata, the editor's spans, links below."""
    index = f"{report.year}-{report.published.day:05}"
    about = [("索 引 号", index), ("公开方式", "主动公开"), ("发布机构", report.agency.name)]
    rows = "".join(f"<tr><td>{a}</td><td>{escape(b)}</td></tr>" for a, b in about)
    body = [
        '<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; <a href="#">政府信息公开年报</a></div>',
        f'<div class="about"><table>{rows}</table></div>',
        f'<div class="title"><h1>{"<br/>".join(map(escape, report.title))}</h1></div>',
        *(f'<div class="source"><span>{escape(line)}</span></div>' for line in report.dated(report.meta)),
        '<div class="article" id="zoom">',
        *_content(
            report,
            '<p style="text-indent:2em"><span style="font-family:仿宋">{}</span></p>',
            '<p><strong><span lang="EN-US">{}</span></strong></p>',
            '<p align="center"><span style="font-size:12px">{}</span></p>',
        ),
        "</div>",
        '<div class="foot"><a href="#">打印本页</a> <a href="#">关闭窗口</a><p>版权所有　网站标识码：9900000017</p></div>',
    ]
    return _page("".join(report.title), body)


def site_gbk(report: Report) -> bytes:
    """The same page in the old encoding; what it lacks is a character reference."""
    return site(report).replace('charset="utf-8"', 'charset="gb2312"').encode("gb18030")


def divisions(report: Report) -> str:
    """Tables made of ``div``s with a style sheet."""
    style = "<style>.t{display:table}.r{display:table-row}.c{display:table-cell;border:1px solid}</style>"

    def drawn(table: Table) -> str:
        rows = ["".join(f'<div class="c">{escape(text)}</div>' for text in row) for row in lines(table)]
        return '<div class="t">' + "\n".join(f'<div class="r">{row}</div>' for row in rows) + "</div>"

    body = [
        f"<h1>{escape(''.join(report.title))}</h1>",
        *(f"<p>{escape(m)}</p>" for m in report.dated(report.meta)),
    ]
    body += [f"<p>{escape(p.text)}</p>" for p in report.preamble]
    for section in report.sections:
        body.append(f"<h3>{escape(section.ordinal + section.heading)}</h3>")
        for block in section.body:
            body.append(f"<p>{escape(block.text)}</p>" if isinstance(block, Paragraph) else drawn(block))
    body += [f"<p>{escape(line)}</p>" for line in report.dated(report.tail)]
    return _page("".join(report.title), body, style=style)
