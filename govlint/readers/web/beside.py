"""Pictures that a page names and that lie beside it: put into its source, to be recognised as those that it holds.

Only where text recognition is installed, and only regular files below the page's own folder, wherever links lead: nothing
is fetched, and no path leaves the folder.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape, unescape
from pathlib import Path
from urllib.parse import unquote

from govlint.files import read_regular
from govlint.readers.web.pictures import LEAST, MOST, recognises

NAMED = "data-govlint-name"
"""The attribute in which such a picture keeps its name."""
_PICTURE = re.compile(
    rb"""(<img\b[^<>]{0,2000}?\s)src\s*=\s*(?:"([^"<>]{1,1000})"|'([^'<>]{1,1000})'|([^"'\s<>]{1,1000}))""",
    re.IGNORECASE,
)
"""As in ``<img src="表1.png"``."""
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]")
"""As in ``https:``: an address, or a path from a root."""
_ENCODINGS = ("utf-8", "gb18030")
_LARGEST = 20_000_000
"""Bytes of all pictures of a page."""


def gathered(data: bytes, path: Path) -> bytes:
    """A page, that of a file, with its local pictures in it; ``data`` itself where there are none to be recognised."""
    if b"<img" not in data.lower() or not recognises():
        return data
    folder = path.parent.resolve()
    room, count = _LARGEST, 0

    def filled(match: re.Match[bytes]) -> bytes:
        nonlocal room, count
        named = match[2] or match[3] or match[4]
        for encoding in _ENCODINGS if count < MOST else ():
            written = unescape(named.decode(encoding, "replace"))
            if content := _content(folder, written, room):
                break
        else:
            return match[0]
        room, count = room - len(content), count + 1
        name = escape(re.split(r"[/\\]", written)[-1]).encode("ascii", "xmlcharrefreplace")
        return (
            match[1]
            + b'src="data:image/png;base64,'
            + b64encode(content)
            + b'" '
            + NAMED.encode()
            + b'="'
            + name
            + b'"'
        )

    return _PICTURE.sub(filled, data)


def _content(folder: Path, written: str, room: int) -> bytes:
    """The bytes of a picture below a folder; nothing for what is elsewhere, no picture, too small or too large."""
    from govlint.readers.paper.pdf import is_image

    source = unquote(re.split(r"[?#]", written.strip())[0])
    if not source or "\0" in source or _ELSEWHERE.match(source):
        return b""
    try:
        file = (folder / source.replace("\\", "/")).resolve(strict=True)
        content = read_regular(file, room) if file.is_relative_to(folder) else b""
    except (OSError, ValueError, RuntimeError):
        return b""
    return content if is_image(content) and len(content) >= LEAST else b""
