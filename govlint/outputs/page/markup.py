"""HTML made of text and elements: what is not markup already is escaped, so that nothing of a document gets through."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from html import escape
from typing import TypeAlias

from govlint.text.digest import sha256
from govlint.text.visible import visible


class Html(str):
    """Text that is markup. Joined to other text it is plain text again, and would be escaped."""

    __slots__ = ()


Child: TypeAlias = "str | Iterable[Child] | None"
"""Text, markup, nothing, or several of these."""
Attribute: TypeAlias = str | int | bool | None

EMPTY = frozenset(["br", "hr", "input", "meta", "wbr"])
LINES = frozenset(
    [
        "article",
        "blockquote",
        "div",
        "fieldset",
        "h1",
        "h2",
        "h3",
        "h4",
        "header",
        "li",
        "p",
        "section",
        "table",
        "tr",
    ]
)
"""Elements that end a line of the source, so that people can read it; white space there shows nowhere."""


def html(*children: Child) -> Html:
    """The markup of what is given one after the other."""
    return Html("".join(_all(children)))


def _all(children: Iterable[Child]) -> Iterable[str]:
    for child in children:
        if child is None:
            continue
        if isinstance(child, Html):
            yield str(child)
        elif isinstance(child, str):
            yield escape(visible(child))
        else:
            yield from _all(child)


def element(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element. ``class_`` is ``class``, ``aria_label`` is ``aria-label``; None and False leave an attribute out."""
    written = "".join(_attributes(attributes))
    if name in EMPTY:
        return Html(f"<{name}{written}>")
    end = "\n" if name in LINES else ""
    return Html(f"<{name}{written}>{html(*children)}</{name}>{end}")


def _attributes(attributes: dict[str, Attribute]) -> Iterable[str]:
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        name = name.rstrip("_").replace("_", "-")
        yield f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'


def allowed(style: str) -> str:
    """What a page's policy says to let a style sheet of its own pass: ``'sha256-…'``."""
    return f"'sha256-{b64encode(bytes.fromhex(sha256(style))).decode()}'"
