"""Saved pages: ``.mht`` and ``.mhtml`` of browsers, Word's "single file web page", also under the suffix .doc.

Nothing is rewritten: the page is encoded within other parts, and the original is elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from govlint.document import Document, Span, Unread, Unreadable, Words
from govlint.readers.web import html
from govlint.text.encoding import decode_page

if TYPE_CHECKING:
    from email.message import Message

_FIRST = re.compile(r"\s*[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
"""As in ``From: ``."""
_MIME = re.compile(
    r"^(?:mime-version:|content-type:\s*(?:multipart/|text/html))", re.IGNORECASE | re.MULTILINE
)
"""As in ``MIME-Version:``."""
_FRAME = re.compile(r"""(<iframe\b[^<>]{0,2000}?)\ssrc\s*=\s*["']?([^"'\s<>]{1,2000})["']?""", re.IGNORECASE)
"""As in ``<iframe src="cid:f1"``."""
_PICTURE = re.compile(r"""(<img\b[^<>]{0,2000}?)\ssrc\s*=\s*["']?([^"'\s<>]{1,2000})["']?""", re.IGNORECASE)
"""As in ``<img src="cid:i1"``."""
_DEEPEST = 3
"""Frames within frames."""
_MOST_FRAMED = 5_000_000
"""Bytes of all frames of a page."""
_LARGEST = 120_000_000
_MOST_PARTS = 5_000
_COVERING = 400
"""Characters of a letter that only says what is attached."""
SUFFIXES = (".mht", ".mhtml")
WEIGHT = 1


def sniff(data: bytes, path: str) -> bool:
    head = html.decode_head(data)
    return bool(_FIRST.match(head) and _MIME.search(head))


def read(data: bytes, path: str) -> Document:
    """The page in a saved page. Raises Unreadable where there is none in it."""
    if len(data) > _LARGEST or data.count(b"\n--") > _MOST_PARTS:
        raise Unreadable(
            Words(
                f"保存的网页超过 {_LARGEST // 1_000_000} MB 或 {_MOST_PARTS:,} 个部分的上限。请只保存正文后再检查。",
                f"The saved page is over {_LARGEST // 1_000_000} MB or {_MOST_PARTS:,} parts. Save its text alone.",
            )
        )
    page, declared, attached = _page(data)
    if page is None:
        raise _attached(attached) if attached else _damaged()
    document = html.read(page, path, declared)
    document.format = "mhtml"
    if attached:
        words = _attached(attached).words
        if len(document.text) < _COVERING:
            raise Unreadable(words)
        end = len(document.text)
        document.unread = [*document.unread, Unread(words, Span(end, end), False)]
    # The lines are those of the decoded page, which no one can open.
    document.origins = [(start, origin._replace(line=None)) for start, origin in document.origins]
    return document


def _page(data: bytes) -> tuple[bytes | None, str | None, list[str]]:
    """The bytes of the root page, its encoding as the part's header declares it, and the names of attached documents."""
    from email import message_from_bytes
    from email.policy import compat32

    from govlint.readers.web.elsewhere import is_document
    from govlint.readers.web.pictures import recognises

    try:
        message = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=compat32)
        pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
        root = _root(message, pages)
        content = root.get_payload(decode=True) if root is not None else None
        declared = root.get_content_charset() if root is not None else None
        if isinstance(content, bytes) and len(pages) > 1 and b"frame" in content.lower():
            frames = {name: page for page in pages if page is not root for name in _names(page)}
            content, declared = _with_frames(decode_page(content, declared).text, frames).encode(), "utf-8"
        if isinstance(content, bytes) and b"<img" in content.lower() and recognises():
            images = {
                name: part
                for part in message.walk()
                if part.get_content_maintype() == "image"
                for name in _names(part)
            }
            content, declared = _with_pictures(decode_page(content, declared).text, images).encode(), "utf-8"
    except (RecursionError, LookupError, ValueError, TypeError, AssertionError) as error:
        raise _damaged() from error
    attached = [name for part in message.walk() if (name := part.get_filename()) and is_document(name)]
    return content if isinstance(content, bytes) else None, declared, attached


_PAGES = ("text/html", "application/xhtml+xml")


def _root(message: Message, pages: Sequence[Message]) -> Message | None:
    """The part that the start parameter names, else the first page that is more than a frame set."""
    start = cast("str | None", message.get_param("start"))
    for part in pages:
        if start and str(part.get("Content-ID", "")).strip() == str(start).strip():
            return part
    if len(pages) > 1:
        sizes = [str(part.get_payload()).lower().count("<p") for part in pages]
        if not sizes[0]:
            return pages[sizes.index(max(sizes))]
    return pages[0] if pages else None


def _names(page: Message) -> Iterator[str]:
    """The addresses by which a frame may name a part."""
    if number := str(page.get("Content-ID", "")).strip().strip("<>"):
        yield f"cid:{number}"
    if location := str(page.get("Content-Location", "")).strip():
        yield location


def _with_frames(source: str, frames: Mapping[str, Message], depth: int = 0) -> str:
    """A page with the pages of its frames put into them, as far as they make no more than a page."""
    from html import escape, unescape

    room = _MOST_FRAMED

    def filled(match: re.Match[str]) -> str:
        page = frames.get(unescape(match[2]))
        content = page.get_payload(decode=True) if page is not None else None
        nonlocal room
        if page is None or not isinstance(content, bytes) or depth >= _DEEPEST or len(content) > room:
            return match[0]
        room -= len(content)
        inner = _with_frames(decode_page(content, page.get_content_charset()).text, frames, depth + 1)
        return f'{match[1]} srcdoc="{escape(inner)}"'

    return _FRAME.sub(filled, source)


def _with_pictures(source: str, images: Mapping[str, Message]) -> str:
    """A page with its pictures in its own source."""
    from base64 import b64encode
    from html import unescape

    room = _MOST_FRAMED

    def filled(match: re.Match[str]) -> str:
        nonlocal room
        image = images.get(unescape(match[2]))
        content = image.get_payload(decode=True) if image is not None else None
        if image is None or not isinstance(content, bytes) or len(content) > room:
            return match[0]
        room -= len(content)
        written = b64encode(content).decode()
        return f'{match[1]} src="data:image/{image.get_content_subtype()};base64,{written}"'

    return _PICTURE.sub(filled, source)


def _attached(names: Sequence[str]) -> Unreadable:
    said = "”“".join(names[:3])
    return Unreadable(
        Words(
            f"这是带附件的电子邮件，附件“{said}”没有读取。请保存附件，检查保存的文件。",
            f"This is a mail with attachments (“{said}”), which were not read. Save them and check what is saved.",
        )
    )


def _damaged() -> Unreadable:
    return Unreadable(
        Words(
            "保存的网页（.mht）已损坏，或其中没有网页。请在浏览器中重新打开原网页，另存为 .html 后再检查。",
            "The saved page (.mht) is damaged or holds no page. Open the original and save it as .html.",
        )
    )
