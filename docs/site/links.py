"""Whether every link of a built site leads somewhere, and no page asks anybody else for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

_LOADED = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "src")}
_NOT_LOADED = frozenset(["canonical", "alternate", "next", "prev", "edit", "author"])


def wrong_links(site: Path) -> list[str]:
    """What is wrong, a line each."""
    trees = {path: html.document_fromstring(path.read_bytes()) for path in sorted(site.rglob("*.html"))}
    anchors = {
        path: {value for name in ("id", "name") for value in tree.xpath(f"//@{name}")}
        for path, tree in trees.items()
    }
    return [
        f"{path.relative_to(site)}: {told}"
        for path, tree in trees.items()
        if path.name != "404.html"
        for told in _wrong(path, tree, site, anchors)
    ]


def _wrong(path: Path, tree: html.HtmlElement, site: Path, anchors: dict[Path, set[str]]) -> Iterator[str]:
    for element, attribute, link, _ in tree.iterlinks():
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            loaded = (element.tag, attribute) in _LOADED and element.get("rel") not in _NOT_LOADED
            if loaded and parts.scheme != "data":
                yield f"is loaded from elsewhere: {link}"
            continue
        target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
        if target.is_dir():
            target /= "index.html"
        if not target.is_relative_to(site.resolve()) or not target.is_file():
            yield f"leads nowhere: {link}"
        elif parts.fragment and unquote(parts.fragment) not in anchors.get(target, {unquote(parts.fragment)}):
            yield f"has no such place: {link}"
