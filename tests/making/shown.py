"""Pages that show a report without holding it as a page does, and marks that are no part of it."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections.abc import Callable
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from making.corpus import Sample
from making.pages import body

Rows = list[list[str]]
_FIGURE = re.compile(r"[\d.]+")


def page(made: Sample, inner: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>{made.head[0]}</title>{head}</head><body>{inner}</body></html>"


def with_tables(made: Sample, change: Callable[[str], str], head: str = "") -> str:
    """A page whose tables are changed as wholes."""
    inner = re.sub(r"<table.*?</table>", lambda match: change(match[0]), body(made), flags=re.DOTALL)
    return page(made, inner, head)


def with_figures(made: Sample, write: Callable[[str], str], head: str = "") -> str:
    """A page whose cells with figures hold more."""
    cell = re.compile(r"(?<=>)([\d.]+)(?=</td>)")
    return with_tables(made, lambda drawn: cell.sub(lambda match: write(match[1]), drawn), head)


def framed(made: Sample) -> str:
    return with_tables(made, lambda drawn: f'<iframe srcdoc="{html.escape(drawn)}" width=900></iframe>')


def all_framed(made: Sample) -> str:
    return page(made, f'<iframe srcdoc="{html.escape(body(made))}"></iframe>')


def as_json(made: Sample) -> str:
    data = json.dumps({"article": {"id": 7, "content": body(made)}})
    return page(made, f'<div id="app">正在加载，请稍候</div><script>window.__STATE__={data}</script>')


def as_quoted(made: Sample) -> str:
    quoted = body(made).replace("'", "\\'").replace("\n", "\\n")
    return page(made, f"<div id=x></div><script>document.getElementById('x').innerHTML='{quoted}'</script>")


def as_template(made: Sample) -> str:
    return page(made, f'<script type="text/html" id="t">{body(made)}</script><p>正文加载中</p>')


def in_field(made: Sample) -> str:
    return page(made, f'<textarea style="display:none">{html.escape(body(made))}</textarea><p>加载中</p>')


def without_scripts(made: Sample) -> str:
    return page(made, f"<noscript>{body(made)}</noscript>")


def by_roles(made: Sample) -> str:
    """Rows and cells that only say what they are."""

    def named(drawn: str) -> str:
        drawn = re.sub(r"<t[hd]\b[^>]*>", '<span role="cell">', drawn)
        drawn = re.sub(r"</t[hd]>", "</span>", drawn)
        drawn = re.sub(r"<tr[^>]*>", '<div role="row">', drawn).replace("</tr>", "</div>")
        drawn = re.sub(r"<table[^>]*>", '<div role="table"><div role="rowgroup">', drawn)
        return drawn.replace("</table>", "</div></div>")

    return with_tables(made, named)


def numbered_by_browser(made: Sample) -> str:
    """Headings that are items of lists, whose numbers only a browser shows."""
    count = itertools.count(1)

    def item(match: re.Match[str]) -> str:
        style = "list-style-type:cjk-ideographic"
        return f'<ol start="{next(count)}" style="{style}"><li><p><b>{match[1]}</b></p></li></ol>'

    return page(made, re.sub(r"<p><strong>[一二三四五六]、(.*?)</strong></p>", item, body(made)))


def numbered_by_sheet(made: Sample) -> str:
    """The same as documents in the cloud are exported."""
    count = itertools.count(1)

    def item(match: re.Match[str]) -> str:
        return f'<ol class="lst-k_1-0" start="{next(count)}"><li><span>{match[1]}</span></li></ol>'

    sheet = '.lst-k_1-0>li:before{content:"" counter(lst-ctn-k_1-0,cjk-ideographic) "、"}'
    inner = re.sub(r"<p><strong>[一二三四五六]、(.*?)</strong></p>", item, body(made))
    return page(made, inner, f"<style>{sheet}</style>")


def in_shadow(made: Sample) -> str:
    return with_tables(made, lambda drawn: f'<x-t><template shadowrootmode="open">{drawn}</template></x-t>')


def for_two_screens(made: Sample) -> str:
    return with_tables(made, lambda drawn: f'<div class="pc">{drawn}</div><div class="mobile">{drawn}</div>')


def as_formulas(made: Sample) -> str:
    return with_figures(
        made,
        lambda figure: (
            f'<span class="katex"><math><semantics><mn>{figure}</mn><annotation>{figure}</annotation></semantics></math>'
            f'<span aria-hidden="true">{figure}</span></span>'
        ),
    )


def set_leftwards(made: Sample) -> str:
    return with_figures(made, lambda figure: f'<bdo dir="rtl">{figure[::-1]}</bdo>')


def in_type_of_no_size(made: Sample) -> str:
    """As rows are set without gaps between their parts."""
    return with_tables(
        made,
        lambda drawn: f'<div style="font-size:0">{drawn.replace("<td", "<td style=font-size:14px")}</div>',
    )


def faded_in(made: Sample) -> str:
    style = "<style>.in{opacity:0;animation:show 1s forwards}@keyframes show{to{opacity:1}}</style>"
    return with_tables(made, lambda drawn: f'<div class="in">{drawn}</div>', style)


SHOWN: dict[str, Callable[[Sample], str]] = {
    made.__name__: made
    for made in (
        framed,
        all_framed,
        as_json,
        as_quoted,
        as_template,
        in_field,
        without_scripts,
        by_roles,
        faded_in,
        numbered_by_browser,
        numbered_by_sheet,
        in_shadow,
        for_two_screens,
        as_formulas,
        set_leftwards,
        in_type_of_no_size,
    )
}
"""Pages whose report a browser shows: each is read whole."""


def saved_with_frames(made: Sample) -> bytes:
    """A page whose tables stand in frames, as a browser saves it in one file."""
    whole = MIMEMultipart("related", type="text/html")
    frames: list[str] = []

    def moved(drawn: str) -> str:
        frames.append(drawn)
        return f'<iframe width="900" src="cid:frame-{len(frames)}@mhtml.blink"></iframe>'

    whole.attach(MIMEText(with_tables(made, moved), "html", "utf-8"))
    for number, drawn in enumerate(frames, 1):
        part = MIMEText(f"<html><body>{drawn}</body></html>", "html", "utf-8")
        part["Content-ID"] = f"<frame-{number}@mhtml.blink>"
        whole.attach(part)
    return whole.as_bytes()


def saved_with_pictures(text: str, images: list[bytes]) -> bytes:
    """A page saved in one file with the pictures that it names by number."""
    whole = MIMEMultipart("related", type="text/html")
    whole.attach(MIMEText(text, "html", "utf-8"))
    for number, content in enumerate(images):
        part = MIMEImage(content, "png")
        part["Content-ID"] = f"<i{number}>"
        whole.attach(part)
    return whole.as_bytes()


BESIDE: dict[str, Callable[[str], str]] = {
    "struck": lambda figure: f"<s>77</s>{figure}",
    "deleted": lambda figure: f"<del>77</del><ins>{figure}</ins>",
    "struck by style": lambda figure: f'<span style="text-decoration: red line-through">77</span>{figure}',
    "note": lambda figure: f"{figure}<sup>[1]</sup>",
    "raised digit": lambda figure: f"{figure}<sup>2</sup>",
    "circled": lambda figure: f"{figure}①",
    "raised character": lambda figure: f"{figure}¹",
    "lowered digit": lambda figure: f"{figure}<sub>2</sub>",
    "raised by style": lambda figure: f'{figure}<span style="vertical-align:super">1</span>',
    "white font": lambda figure: f'<font color="#FFFFFF">77</font>{figure}',
    "nearly white": lambda figure: f'<span style="color:#fdfefe">77</span>{figure}',
    "white in another notation": lambda figure: (
        f'<span style="color: rgba(255, 255, 255, 1)">77</span>{figure}'
    ),
    "without colour": lambda figure: f'<span style="color:rgba(0,0,0,0)">77</span>{figure}',
    "faint": lambda figure: f'<span style="opacity:.01">77</span>{figure}',
    "filtered": lambda figure: f'<span style="filter:blur(2px) opacity(0)">77</span>{figure}',
    "tiny": lambda figure: f'<span style="font-size:1px">77</span>{figure}',
    "cut off": lambda figure: f'<div style="height:0;overflow:hidden">77</div>{figure}',
    "clipped": lambda figure: f'<span style="position:absolute;clip-path:inset(50%)">77</span>{figure}',
    "shrunk": lambda figure: f'<span style="display:inline-block;transform:scale(0)">77</span>{figure}',
    "dialog": lambda figure: f"<dialog>77</dialog>{figure}",
    "pops up": lambda figure: f"<div popover>77</div>{figure}",
}
"""What stands beside a figure and is no part of it."""

BY_SHEET: dict[str, str] = {
    "white": "color:#fff",
    "for readers aloud": "position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)",
    "raised": "vertical-align:super",
}
"""Declarations for the class of a ``77`` beside each figure."""

Written = tuple[Callable[[str], str], str]
UNKNOWN: dict[str, Written] = {
    "generated": (
        lambda figure: f'<i data-v="{figure}"></i>',
        "<style>i::before{content:attr(data-v)}</style>",
    ),
    "generated digits": (lambda _: '<i class="v"></i>', "<style>.v:after{content:'7'}</style>"),
    "counted up": (lambda figure: f'<span data-count="{figure}"></span>', ""),
    "counted up from": (lambda figure: f'<span class="n" data-to="{figure}1">0</span>', ""),
    "picture of a digit": (lambda figure: f'<img src="{figure}.png" width="9">', ""),
    "drawn digit": (lambda figure: f"<svg><text>{figure}</text></svg>", ""),
    "built formula": (lambda figure: f"<math><msup><mn>{figure}</mn><mn>2</mn></msup></math>", ""),
}
"""Figures that a page shows and does not hold, each with what it takes in the head."""

ELSEWHERE: dict[str, str] = {
    "drawn": "<svg>" + "<text x=1 y=1>12</text>" * 9 + "</svg>",
    "canvas": "<canvas width=900 height=400></canvas>",
    "ground": '<div style="background:url(images/t3.png) no-repeat;height:400px"></div>',
    "sizes": '<picture><source srcset="t3.webp"><img srcset="images/t3.png 2x"></picture>',
    "lazy": '<p><img class="lazy" data-lazy-src="images/t3.png"></p>',
    "larger": '<p><a href="images/t3-big.png"><img src="images/t3.png"></a></p>',
    "attached": '<p>附件：<a href="files/P1.xlsx">表三.xlsx</a></p>',
    "filled": "<div id='t3'></div><script>load('t3')</script>",
    "stand-in": '<p><img src="blank.gif" data-original="images/t3.png"></p>',
    "loaded": '<div class="box" data-url="/api/t3?id=1">数据加载中…</div>',
    "without scripts": "<noscript><table><tr><td>规章<td>0</tr><tr><td>一<td>1</tr><tr><td>二<td>2</tr></table></noscript>",
    "template": "<template><table><tr><td>规章<td>0</tr><tr><td>一<td>1</tr><tr><td>二<td>2</tr></table></template>",
    "hidden": '<div class="pane" style="display:none"><table><tr><td>规章<td>0</tr><tr><td>一<td>1</tr><tr><td>二<td>2</tr></table></div>',
}
"""What stands in a page where a table is that it does not hold."""
