"""The tree of a page made what a person sees of it: what style sheets hide is found, what fields hold is text.

Only the page's own style sheets and attributes are known; sheets of other addresses are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govlint.readers.web import style_sheets
from govlint.text.folding import compact
from govlint.text.remarks import NOTE_MARK

_WHITE = re.compile(
    r"(?<![-\w])color\s*:\s*(?:#fff(?:fff)?(?![0-9a-f])|white\b|rgb\(\s*255\s*,\s*255\s*,\s*255\s*\)|transparent)",
    re.IGNORECASE,
)
"""As in ``color: #fff``."""
MAY_HIDE = re.compile(
    r"none|hidden|collapse|mso-hide|opacity|line-through|</(?:s|strike|del)>|font-size\s*:\s*0|:\s*-\d{3}|color\s*:\s*(?:#fff|white|rgb\(\s*255|tr)",
    re.IGNORECASE,
)
"""Without any of these in the source nothing in it is hidden: ``display:none``."""
_CHINESE = re.compile(
    r"list-style(?:-type)?\s*:[^;]{0,60}(?:cjk-ideographic|(?:simp|trad)-chinese-informal)", re.IGNORECASE
)
"""As in ``list-style-type: cjk-ideographic``."""
_LEADING = ("p", "span", "b", "strong", "font", "h1", "h2", "h3", "h4", "div")
_HOLDERS = ("td", "th", "p", "li", "h1", "h2", "h3", "h4")
_FIELDS = ("input", "textarea", "select")
_STRUCK = ("s", "strike", "del")
_TYPED = ("text", "number", "tel", "")
"""Types of input fields that show what is typed in them."""


def hidden(root: Any) -> Iterator[Any]:
    """The elements that a page's attributes and its own style sheets hide."""
    sheets = "".join(
        each.text or "" for each in root.iter("style") if (each.get("media") or "all") != "print"
    )
    by_sheet = style_sheets.hidden(root, sheets) if MAY_HIDE.search(sheets) else {}
    for element in root.iter("*"):
        style = element.get("style")
        own = style is not None and (style_sheets.hides(style) or _is_white(root, element, style))
        shown = style is not None and style_sheets.SHOWS.search(style) is not None
        if (
            own
            or (not shown and by_sheet.get(element, False))
            or element.tag in _STRUCK
            or element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
        ):
            yield element


def is_struck(element: Any) -> bool:
    """Whether what is not read can be seen, struck out."""
    return element.tag in _STRUCK or "line-through" in (element.get("style") or "").lower()


def _is_white(root: Any, element: Any, style: str) -> bool:
    """Whether text is white on white, as far as the page itself tells: on a ground of its own it is seen.

    Sheets of other addresses may give it one; but not to a part of a cell or paragraph whose rest is in the usual type.
    """
    if _WHITE.search(style) is None:
        return False
    above = [element, *element.iterancestors()]
    if any("background" in (each.get("style") or "").lower() or each.get("bgcolor") for each in above):
        return False
    block = next((each for each in above[1:] if each.tag in _HOLDERS), None)
    if block is not None and "color" not in (block.get("style") or "").lower():
        rest = "".join(block.itertext()).replace("".join(element.itertext()), "", 1)
        if rest.strip():
            return True
    elsewhere = root.find(".//link[@rel='stylesheet']") is not None or any(
        "background" in (sheet.text or "") for sheet in root.iter("style")
    )
    return not (elsewhere and any(each.get("class") or each.get("id") for each in above))


def fill_in(root: Any) -> None:
    """Put what the fields of a table's cells hold in their places."""
    for field in list(root.iter(*_FIELDS)):
        if next(field.iterancestors("td", "th"), None) is None:
            continue
        text = _held(field)
        if text is None:
            continue
        for inner in list(field):
            field.remove(inner)
        field.tag, field.text = "span", f" {text} "


def number_lists(root: Any) -> None:
    """Put the Chinese numbers that a browser gives to the items of lists before their words."""
    from govlint.readers.office.word_numbering import han

    for listed in root.xpath("//ol[contains(@style,'cjk-') or contains(@style,'-chinese-')]"):
        if not _CHINESE.search(listed.get("style")):
            continue
        number = _whole(listed.get("start"), 1)
        for item in listed.iterchildren("li"):
            number = _whole(item.get("value"), number)
            first = item
            while not (first.text or "").strip() and len(first) and first[0].tag in _LEADING:
                first = first[0]
            first.text = f"{han(number)}、{(first.text or '').lstrip()}"
            number += 1


def _whole(written: str | None, default: int) -> int:
    return int(written) if written and written.isdecimal() and len(written) < 5 else default


def drop_marks(root: Any) -> None:
    """Take the raised marks of notes out of a table's cells: beside a figure they are no digits of it."""
    for raised in list(root.iter("sup")):
        if next(raised.iterancestors("td", "th"), None) is None:
            continue
        text = compact("".join(raised.itertext()))
        if text.isdecimal() or NOTE_MARK.fullmatch(text.strip("()")):
            for inner in list(raised):
                raised.remove(inner)
            raised.text = None


def _held(field: Any) -> str | None:
    if field.tag == "input":
        return field.get("value") or "" if (field.get("type") or "").lower() in _TYPED else None
    if field.tag == "textarea":
        return "".join(field.itertext())
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "".join(chosen[0].itertext()) if chosen else None
