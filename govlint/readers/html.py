"""HTML as government sites publish it: the article of a page, its tables as they are seen, its metadata."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from govlint.document import Comment, Document, Note, Origin, Span, Unreadable, Words
from govlint.readers.charset import decode

if TYPE_CHECKING:
    from govlint.readers.page import Line, Part, Row
    from govlint.rule import Edit

_SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".asp", ".aspx", ".jsp", ".php")
_STARTS = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_FRAGMENT = re.compile(
    r"\s*<(?:meta|title|table|div|p|span|center|font|h[1-6]|style|script|link|section|article|main|ul|ol|b)[\s>]", re.I
)
_TAG = re.compile(
    r"</(?:p|div|td|tr|table|span|body|html|h[1-6]|li|a|font|b|strong|center)\s*>|<br\s*/?>", re.IGNORECASE
)
_LARGEST = 60_000_000
_MOST_TAGS = 600_000
_EMBEDDED = re.compile(r"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=]+")
_CONTROLS = bytes(32 if code < 32 and code not in b"\t\n\r\f\v" else code for code in range(256))
_MOST_LINES = 65_000
"""libxml2 counts lines in 16 bits; beyond, places are read from marks."""
_HIDING = ("none", "NONE", "None", "idden", "IDDEN", "mso-hide")
_FURTHER = re.compile(r"[。；]|\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")


def sniff(data: bytes, path: str) -> bool:
    """Markup is recognised by what it begins with; by its tags alone only where the suffix says that it is a page."""
    head = decode_head(data)
    if _STARTS.match(head):
        return True
    if path.lower().endswith((".md", ".markdown")):
        return False
    tags = len(_TAG.findall(head))
    if _FRAGMENT.match(head):
        return tags >= 2
    return path.lower().endswith(_SUFFIXES) and tags >= 1


def decode_head(data: bytes) -> str:
    """The beginning of a file, well enough to see what it is."""
    head = data[:8192]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore")
    if head.count(0) * 4 > len(head):
        return head.replace(b"\0", b"").decode("latin-1")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def read(data: bytes, path: str, declared: str | None = None) -> Document:
    """The report in a page; ``declared`` is the encoding that is stated outside it.

    Raises Unreadable for a page without text and for what is no page.
    """
    if len(data) > _LARGEST or max(data.count(b"<"), data.count(b"&")) > _MOST_TAGS:
        raise _too_large()
    decoded = decode(data, declared)
    return read_page(decoded.text, path, "html", decoded.notes)


def rewrite(data: bytes, path: str, edits: Sequence[Edit]) -> tuple[bytes, list[Edit]]:
    """The page with the edits made in its source and nothing else changed, and the edits that could not be placed."""
    from govlint.readers.placing import rewrite_page

    return rewrite_page(data, path, edits)


def read_page(source: str, path: str, kind: str, notes: Sequence[Note] = ()) -> Document:
    """The document of a page's source; a mark in it (see ``placing``) is in no text."""
    lines: Sequence[int] | None = None
    if source.count("\n") > _MOST_LINES:
        from govlint.readers.placing import marked_lines

        source, lines = marked_lines(source)
    document, marks = read_marked(source, path, kind, notes)
    if lines is not None:
        document.origins = [
            (start, origin._replace(line=_marked_line(start, marks, lines) or origin.line))
            for start, origin in document.origins
        ]
    return document


def _marked_line(start: int, marks: Sequence[tuple[int, int]], lines: Sequence[int]) -> int | None:
    """Of the first mark in a part: it stands behind the part's first character."""
    at = bisect_right(marks, (start, -1))
    return lines[marks[at][1]] if at < len(marks) and marks[at][0] <= start + 1 else None


def read_marked(
    source: str, path: str, kind: str, notes: Sequence[Note] = ()
) -> tuple[Document, list[tuple[int, int]]]:
    """The document, and where in its text which mark stood."""
    from lxml import etree

    from govlint.readers import page

    root = _parse(source, etree)
    metadata = _metadata(root, page.MARK)
    remarks = _remarks_before(root, etree)
    unseen = root.find(".//img") is not None or root.find(".//script") is not None
    embedded = next((e for e in root.iter("iframe", "embed", "object", "frame")), None) is not None
    page.strip(root, any(word in source for word in _HIDING))
    kept = _article(page.parts(root), page)
    made = _Text(page.MARK)
    for remark in remarks:
        made.remark(remark, False)
    for part in kept:
        made.add(part, page)
    text = "".join(made.pieces)
    if not any(char.isalnum() for char in text[:20_000]):
        raise _no_text(unseen or embedded)
    comments = made.finished()
    return (
        Document(
            path, kind, text, origins=made.origins, metadata=metadata, notes=list(notes), comments=comments
        ),
        made.marks,
    )


def _parse(source: str, etree: Any) -> Any:
    if "\r" in source:
        source = source.replace("\r\n", "\n").replace("\r", "\n")
    if "base64," in source:
        source = _EMBEDDED.sub("data:,", source)
    # The limits are our own, on bytes, tags and depth; libxml2's would cut a page short without a word.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace").translate(_CONTROLS), parser)
    except etree.LxmlError:
        root = None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        from govlint.readers.page import too_deep

        raise too_deep()
    if root is None:
        raise _no_text(False)
    return root


# The article


def _article(parts: list[Part], page: Any) -> list[Part]:
    """The parts without the site's own around the report; all of them where it is not clear where that begins.

    Before the first heading only links are left out, because title, date and preamble stand there. Behind the
    element that holds all headings only sentences and dates are kept.
    """
    headings = [
        at
        for at, part in enumerate(parts)
        if isinstance(part, page.Line) and not _is_link(part, page) and page.is_heading(part.text)
    ]
    if len(headings) < 2:
        return parts
    first, last = headings[0], headings[-1]
    holder = _holder([parts[at].element for at in headings])  # type: ignore[union-attr]
    kept = [part for part in parts[:first] if not _is_link(part, page)]
    kept += parts[first : last + 1]
    ended = False
    for part in parts[last + 1 :]:
        if isinstance(part, page.Remark):
            kept.append(part)
            continue
        inside = _is_in(part.table if isinstance(part, page.Row) else part.element, holder)
        if ended and (not inside or _is_link(part, page)) and not _says(part, page):
            continue
        kept.append(part)
        ended = ended or not _is_link(part, page)
    return kept


def _is_link(part: Part, page: Any) -> bool:
    """Whether most of a part leads elsewhere, as navigation does."""
    if isinstance(part, page.Line):
        return part.links * 2 > len(part.text) and part.element.tag not in ("h1", "h2", "h3")
    if isinstance(part, page.Row):
        return sum(cell.links for cell in part.cells) * 2 > sum(len(cell.text) for cell in part.cells)
    return False


def _says(part: Part, page: Any) -> bool:
    """Whether a part behind the article still says something: a sentence, a date; not a list of other pages."""
    return not _is_link(part, page) and isinstance(part, page.Line) and bool(_FURTHER.search(part.text))


def _holder(elements: Sequence[Any]) -> Any:
    """The smallest element that holds all."""
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        own = {element, *element.iterancestors()}
        common = [each for each in common if each in own]
    return common[0] if common else None


def _is_in(element: Any, holder: Any) -> bool:
    return element is holder or any(each is holder for each in element.iterancestors())


# The text


class _Text:
    """The text of the document as it grows, with origins, comments and the places of marks."""

    def __init__(self, mark: re.Pattern[str]) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.origins: list[tuple[int, Origin]] = []
        self.comments: list[Comment] = []
        self.marks: list[tuple[int, int]] = []
        self.waiting: list[str] = []
        self.tables: dict[Any, int] = {}
        self.mark = mark

    def add(self, part: Part, page: Any) -> None:
        if isinstance(part, page.Remark):
            self.remark(part.text, part.inside)
        elif isinstance(part, page.Line):
            self.open("\n")
            self.origins.append((self.length, Origin(line=part.line)))
            self.put(part.text)
        else:
            self.row(part)

    def row(self, row: Row) -> None:
        table = self.tables.setdefault(row.table, len(self.tables) + 1)
        mark = "\n"
        for cell in row.cells:
            self.open(mark)
            mark = "\t"
            self.origins.append((self.length, Origin(cell.line, None, None, table, row.number, cell.column)))
            self.put(cell.text)
            for remark in cell.remarks:
                self.remark(remark, True)

    def open(self, mark: str) -> None:
        """Begin a paragraph or a cell."""
        if self.origins:
            self.pieces.append(mark)
            self.length += 1
        for text in self.waiting:
            self.comments.append(Comment(text, Span(self.length, self.length)))
        self.waiting.clear()

    def put(self, text: str) -> None:
        if "\U000f0000" <= max(text, default=""):
            text = self.unmarked(text)
        self.pieces.append(text)
        self.length += len(text)

    def unmarked(self, text: str) -> str:
        pieces: list[str] = []
        at, length = 0, self.length
        for match in self.mark.finditer(text):
            pieces.append(text[at : match.start()])
            length += match.start() - at
            high, low = map(ord, match.group())
            self.marks.append((length, (high - 0xF0000) * 0xFFF0 + low - 0x100000))
            at = match.end()
        return "".join([*pieces, text[at:]])

    def remark(self, text: str, inside: bool) -> None:
        if inside and self.origins:
            self.comments.append(Comment(text, Span(self.origins[-1][0], self.length)))
        else:
            self.waiting.append(text)

    def finished(self) -> list[Comment]:
        self.comments += [Comment(text, Span(self.length, self.length)) for text in self.waiting]
        return self.comments


def _remarks_before(root: Any, etree: Any) -> Iterator[str]:
    """Comments addressed to govlint that stand before the page proper."""
    found = [each for each in root.itersiblings(etree.Comment, preceding=True)][::-1]
    for comment in found:
        text = (comment.text or "").strip()
        if text.lower().startswith("govlint:"):
            yield text


# Metadata


class _Field(NamedTuple):
    key: str
    names: tuple[str, ...]
    """Names of meta elements in lower case, the best first."""


_FIELDS = (
    _Field("title", ("articletitle", "dc.title", "og:title", "title", "headline")),
    _Field(
        "published",
        ("pubdate", "publishdate", "pubtime", "publishtime", "article:published_time", "dc.date", "maketime",
         "createdate", "date", "others"),
    ),
    _Field("agency", ("contentsource", "source", "publisher", "dc.publisher", "author", "sitename")),
)  # fmt: skip
_DAY = re.compile(r"20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_DAY_RUN = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
_SITE_TAIL = re.compile(r"(?:政府)?(?:门户|官方)?网站?$")
_NO_AGENCY = re.compile(r"^本[站网]|网$|网站|平台|系统|[^㐀-鿿()（）·]")


def _metadata(root: Any, mark: re.Pattern[str]) -> Mapping[str, str]:
    """Title, date and agency from the page's head, whatever their names' case."""
    stated: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("name") or meta.get("property") or ""
        content = " ".join((meta.get("content") or "").split())
        if name and content:
            stated.setdefault(name.strip().lower(), content)
    found: dict[str, str] = {}
    for key, names in _FIELDS:
        for name in names:
            value = stated.get(name)
            if value and (cleaned := _CLEAN[key](value)):
                found.setdefault(key, cleaned)
    title = next(root.iter("title"), None)
    if title is not None and title.text and not _names_report(found.get("title", "")):
        words = mark.sub("", " ".join("".join(title.itertext()).split()))
        if words and (_names_report(words) or "title" not in found):
            found["title"] = _clean_title(words)
    return found


def _names_report(title: str) -> bool:
    return "报告" in title or "年报" in title


def _clean_title(title: str) -> str:
    """The page's own title without the names of site and column that stand beside it."""
    pieces = [piece.strip() for piece in re.split(r"\s*[_|｜>»]+\s*|\s+[-—–]+\s+|-{2,}", title)]
    pieces = [piece for piece in pieces if piece]
    named = [piece for piece in pieces if _names_report(piece)]
    return max(named, key=len) if named else pieces[0] if pieces else ""


def _clean_date(text: str) -> str:
    if match := _DAY.search(text):
        return match.group()
    run = _DAY_RUN.search(text)
    return "-".join(run.groups()) if run else ""


def _clean_agency(text: str) -> str:
    name = _SITE_TAIL.sub("", text.strip())
    return "" if len(name) < 3 or _NO_AGENCY.search(name) else name


_CLEAN = {"title": _clean_title, "published": _clean_date, "agency": _clean_agency}


# What cannot be read


def _no_text(unseen: bool) -> Unreadable:
    if unseen:
        return Unreadable(
            Words(
                "网页里没有文字：正文是图片、附件，或者由脚本在打开时载入。请在浏览器中打开网页，下载其附件，或把显示出来的正文另存后再检查。",
                "The page has no text: it is an image, an attachment, or loaded by a script. Open it in a browser and "
                "save the attachment, or the text that it shows.",
            )
        )
    return Unreadable(
        Words("网页是空的，没有可读的文字。", "The page is empty: there is no text to read.")
    )


def _too_large() -> Unreadable:
    return Unreadable(
        Words(
            f"网页超过 {_LARGEST // 1_000_000} MB 或 {_MOST_TAGS:,} 个标签的上限，不会是一份年度报告的网页。",
            f"The page is over {_LARGEST // 1_000_000} MB or {_MOST_TAGS:,} tags: it is no page of a single report.",
        )
    )
