"""Title, date and agency as the head of a page states them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from govlint.readers.web.parts import MARK


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
"""As in ``2025-01-20``."""
_DAY_RUN = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)")
"""As in ``20250120``."""
_SITE_TAIL = re.compile(r"(?:政府)?(?:门户|官方)?网站?$")
"""As in ``政府网站``."""
_NO_AGENCY = re.compile(r"^本[站网]|网$|网站|平台|系统|[^㐀-鿿()（）·]")
"""As in ``本网``."""


def metadata(root: Any) -> Mapping[str, str]:
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
        words = MARK.sub("", " ".join("".join(title.itertext()).split()))
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
