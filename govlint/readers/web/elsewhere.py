"""What a page shows that is not in it: pictures, frames, attachments. Their places are kept, to be told as unread."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote

from govlint.document import Words
from govlint.readers.web.beside import NAMED
from govlint.readers.web.pictures import number_of

PICTURE = "govlint-picture"
"""The element that takes the place of a picture or a frame."""
_DOCUMENTS = r"\.(?:pdf|docx?|wps|xlsx?|et|ofd|ceb|zip|rar|7z)"
_ATTACHED = re.compile(rf"{_DOCUMENTS}(?:[?#&].*)?\s*$", re.IGNORECASE)
"""As in ``年报.docx``."""
_IN_SCRIPT = re.compile(rf"""["']([^"'\s<>]{{1,300}}{_DOCUMENTS})(?:[?#][^"'\s]*)?["']""", re.IGNORECASE)
"""As in ``"年报.docx"``."""
_FRAMES = ("iframe", "frame", "embed", "object")
_ORNAMENT = re.compile(
    r"icon|ico\b|logo|qr|erweima|ewm|weixin|wechat|share|arrow|btn|button|print|close|emot|spacer|blank|jiucuo|党政",
    re.I,
)
"""As in ``logo``."""
_STAND_IN = re.compile(
    r"(?:blank|placeholder|loading|lazy|spacer|transparent|grey|gray|pixel)[^/]{0,20}$", re.IGNORECASE
)
"""What stands where a picture is loaded when it comes into sight: ``blank.gif``."""
_IMAGE = re.compile(r"\.(?:jpe?g|png|gif|bmp|webp|tiff?)(?:[?#].*)?\s*$", re.IGNORECASE)
"""As in ``W1.jpg``."""
_PAGED = re.compile(r"createPage(?:HTML|Nav)?\(\s*(\d{1,4})\b", re.IGNORECASE)
"""As in ``createPageHTML(3``: pages of an article, as a widespread site system makes them."""
_NEXT = re.compile(r"下一?页|后一页|下页\s*[>»]*")
"""As in ``下一页``."""
_GROUND = re.compile(r"url\(\s*['\"]?([^'\")]{1,300})")
"""As in ``url(a.png``."""
_ADDRESS = re.compile(r"data-(?:[a-z]+-)*(?:src|url|href|api|load|source)")
"""As in ``data-url``."""
_WAITING = re.compile(
    r"\s*(?:(?:数据|内容|正在|页面)*加载中?|loading|请稍[候后等])?[\s.…,，请稍候后等]*", re.IGNORECASE
)
"""As in ``正在加载…``."""
_COUNTED = re.compile(r"data-(?:[a-z]+-)*(?:count|value|val|to|num|number|end|target)")
"""As in ``data-count``."""
_LEAST_ROWS = 3
_FEW_PARTS = 30
"""Elements within a cell of figures, at most."""
_FEW_TEXTS = 8
"""Pieces of text in a drawing that may be a table."""
_SMALL = 150
"""Pixels of width up to which a picture is an ornament."""
_MOST_NAMES = 3
_KINDS = {
    "picture": ("图片", "a picture"),
    "frame": ("内嵌页面", "a frame"),
    "drawing": ("绘制的图形", "a drawing"),
    "attachment": ("附件", "an attachment"),
    "script": ("由脚本载入的内容", "what a script loads"),
    "hidden": ("看不见的表格", "a hidden table"),
    "mark": ("图形", "a drawing"),
    "generated": ("由样式表生成的文字", "text that a style sheet makes"),
}
"""What is told of at its place."""


def is_document(name: str) -> bool:
    """Whether a name is that of a file that may hold a report."""
    return _ATTACHED.search(name) is not None


def place(root: Any) -> None:
    """Mark where pictures, frames and what scripts draw stand, before the markup goes."""
    for frames in list(root.iter("frameset")):  # below which lies all that such a page shows
        frames.tag = "div"
    for element in list(root.iter("img", *_FRAMES)):
        source = _source(element)
        if source and not _is_ornament(element, source):
            held = number_of(source) if element.tag == "img" else ""
            name = element.get(NAMED) or _name(source)
            mark(element, "picture" if element.tag == "img" else "frame", name)
            if held:
                element.set("held", held)
        elif element.tag == "img" and _is_all_of_a_cell(element):
            mark(element, "mark", _name(source))
    for drawing in list(root.iter("canvas", "svg")):
        if drawing.tag == "canvas" or sum(1 for _ in drawing.iter("{*}text", "text")) >= _FEW_TEXTS:
            mark(drawing, "drawing", "")
        elif _is_all_of_a_cell(drawing):
            mark(drawing, "mark", "")
    for style in root.xpath("//@style[contains(.,'url(')][not(../*)][not(normalize-space(..))]"):
        found = _GROUND.search(style)
        element = style.getparent()
        if found and element.tag != PICTURE and not _is_ornament(element, found[1]):
            mark(element, "picture", _name(found[1]))
    for anchor in list(root.iter("a")):
        if _ATTACHED.search((anchor.get("href") or "").strip()):
            words = " ".join("".join(anchor.itertext()).split())
            marker = anchor.makeelement(
                PICTURE, kind="attachment", name=_clean(words or _name(anchor.get("href")))
            )
            marker.sourceline = anchor.sourceline
            anchor.addnext(marker)


def _is_all_of_a_cell(element: Any) -> bool:
    """Whether a cell shows nothing but one element."""
    cell = next(element.iterancestors("td", "th"), None)
    if cell is None or len(list(islice(cell.iter(), _FEW_PARTS))) == _FEW_PARTS:
        return False
    own = set(element.itertext())
    return not any(text.strip() for text in cell.itertext() if text not in own)


def place_filled(root: Any, source: str) -> None:
    """Mark where scripts put what the page does not have: elements whose name a script speaks or that name a source,
    empty or asking for patience, and cells whose figure a script counts up to."""
    empty = root.xpath("//div[@id][not(*)][not(normalize-space())]")
    if empty:
        scripts = "\n".join(script.text or "" for script in root.iter("script"))
        for element in empty:
            if re.search(rf"[\"'#]{re.escape(element.get('id'))}[\"']", scripts):
                mark(element, "script", "")
    if "data-" in source:
        _place_loaded(root)
    if next(root.iter("noscript", "template"), None) is not None:
        for element in root.xpath("//noscript[.//table] | //template"):
            if element.get("shadowrootmode"):
                element.tag = "div"
            else:
                mark_table(element)


def _place_loaded(root: Any) -> None:
    for element in root.xpath(
        "//div[@*[starts-with(name(),'data-')]][not(*)] | //section[@*[starts-with(name(),'data-')]][not(*)]"
    ):
        if _WAITING.fullmatch(element.text or "") and any(map(_ADDRESS.fullmatch, element.keys())):
            mark(element, "script", "")
    for element in root.xpath("//td//*[@*[starts-with(name(),'data-')]][not(*)]"):
        stated = [value.strip() for name, value in element.items() if _COUNTED.fullmatch(name)]
        text = (element.text or "").strip()
        if any(value != text and _is_count(value) for value in stated) and (not text or _is_count(text)):
            mark(element, "script", "")


def _is_count(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).isdecimal()


def mark_table(element: Any) -> bool:
    """Mark where a table stands that nobody sees, which a click or a script may show; whether it is one."""
    rows = sum(1 for _ in element.iter("tr"))
    if rows < _LEAST_ROWS or next(element.iter("table"), None) is None:
        return False
    if next(element.iterancestors("table"), None) is not None or element.getparent() is None:
        return False
    mark(element, "hidden", "")
    return True


def mark(element: Any, kind: str, name: str, into: Any = None) -> None:
    """Make of an element the mark of what it shows, or of a new one within ``into``."""
    if into is not None:
        element.sourceline = into.sourceline
        into.append(element)
    for inner in list(element):
        element.remove(inner)
    element.text = None
    element.attrib.clear()
    element.tag = PICTURE
    element.set("name", name)
    element.set("kind", kind)


def _source(element: Any) -> str:
    names = ("src", "data", "data-src", "data-original")
    named = [element.get(name) or "" for name in names]
    others = [value for name, value in element.items() if name not in names and "src" in name]
    sources = [each for value in (*named, *others) if (each := value.strip())]
    real = [each for each in sources if not each.startswith("data:")]
    source = next((each for each in real if not _STAND_IN.search(each)), (real or sources or [""])[0])
    source = re.split(r"\s", source)[0]  # of those for several sizes the first
    return "" if source.lower().startswith(("about:", "javascript:")) else source


def _is_ornament(element: Any, source: str) -> bool:
    holder = next(element.iterancestors("a", "button"), None) if element.tag == "img" else None
    if holder is not None and not _IMAGE.search(holder.get("href") or ""):
        return True  # a picture to click on, but not to see it larger
    if _ORNAMENT.search(source[-200:]):
        return True
    width = _pixels(element, "width")
    return width is not None and width <= _SMALL


_WHOLE_PIXELS = re.compile(r"\s*(\d{1,5})(?:\.\d+)?\s*(?:px)?\s*$")
"""As in ``640px``."""


def _pixels(element: Any, side: str) -> int | None:
    styled = re.search(
        rf"(?<![-\w]){side}\s*:\s*(\d{{1,5}})(?:\.\d+)?px", element.get("style") or "", re.IGNORECASE
    )
    stated = _WHOLE_PIXELS.match(element.get(side) or "")
    found = styled or stated
    return int(found[1]) if found else None


def _name(source: str) -> str:
    """The file that a source names, as people know it."""
    if source.startswith("data:"):
        return ""
    path = re.split(r"[?#]", source)[0].rstrip("/")
    named = re.search(rf"([^/=&]+{_DOCUMENTS})(?:[&?#]|$)", unquote(source), re.IGNORECASE)
    return _clean(named[1] if named else unquote(path.rsplit("/", 1)[-1]))


def _clean(name: str) -> str:
    return re.sub(r"[^\w.\-—（）()《》〔〕· ]", "", name)[:80].strip()


def attachments(root: Any) -> list[str]:
    """The names of the documents that a page links to, or loads by a script."""
    found: list[str] = []
    for anchor in root.iter("a"):
        href = (anchor.get("href") or "").strip()
        words = " ".join("".join(anchor.itertext()).split())
        if _ATTACHED.search(href) or _ATTACHED.search(words):
            found.append(_clean(words) if words else _name(href))
    for script in root.iter("script"):
        found += [_name(match[1]) for match in _IN_SCRIPT.finditer((script.text or "")[:200_000])]
    return [name for name in dict.fromkeys(found) if name]


def further_pages(root: Any) -> Words | None:
    """What is said of a page that is the first of several; None where it is the only one."""
    scripts = (script.text or "" for script in root.iter("script"))
    counted = any(int(match[1]) > 1 for text in scripts for match in _PAGED.finditer(text[:200_000]))
    if not counted and not any(
        _NEXT.fullmatch("".join(each.itertext()).strip()) for each in root.iter("a") if each.get("href")
    ):
        return None
    return Words(
        "网页分为几页，只读取了这一页。请把全文（各页）放在一个文件里再检查。",
        "The page is one of several, and the others were not read. Put the whole text into one file and check that.",
    )


def shell(attached: list[str], frames: list[str], pictures: int) -> Words | None:
    """What is said of a page that has no report in it, and of what may have; None where there is nothing of the kind."""
    parts = list(_parts(attached, frames, pictures))
    if not parts:
        return None
    zh = "、".join(part.zh for part in parts)
    en = ", ".join(part.en for part in parts)
    return Words(
        f"网页里没有报告正文，正文在{zh}中，没有读取。请打开后保存，检查保存的文件。",
        f"The report is not in the page but in {en}, which was not read. Open and save that, and check what is saved.",
    )


def _parts(attached: list[str], frames: list[str], pictures: int) -> Iterator[Words]:
    if attached:
        names = "”“".join(attached[:_MOST_NAMES])
        more = f"等{len(attached)}个文件" if len(attached) > _MOST_NAMES else ""
        yield Words(f"附件“{names}”{more}", f"the attachment “{names}”")
    if frames:
        names = "”“".join(frames[:_MOST_NAMES])
        yield Words(f"内嵌页面“{names}”", f"the frame “{names}”")
    if pictures:
        yield Words(f"{pictures}张图片", f"{pictures} pictures")


def told(kind: str, name: str, line: int | None) -> Words:
    """What is said of a picture or a frame in a report."""
    called = f"“{name}”" if name else ""
    zh, en = _KINDS[kind]
    if kind == "hidden":
        return Words(
            f"第{line}行处有页面上看不见的表格（可能要点击，或由脚本显示），没有读取。请打开网页核对。",
            f"Line {line} has a table that the page hides (a click or a script may show it), which was not read. Open it.",
        )
    return Words(
        f"第{line}行处有{zh}{called}，其中的内容（如表格）没有读取。请打开核对，或换成可编辑的文字和表格。",
        f"Line {line} has {en}{f' {called}' if called else ''}, whose content (such as a table) was not read. Open it, "
        "or put text and tables in its place.",
    )
