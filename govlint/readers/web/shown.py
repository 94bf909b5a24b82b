"""The tree of a page made what a person sees of it: what style sheets hide is found, what fields hold is text.

Only the page's own style sheets and attributes are known; sheets of other addresses are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govlint.text.folding import compact
from govlint.text.remarks import NOTE_MARK

HIDES = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])opacity\s*:\s*0(?:\.0*)?\s*(?:[;!}]|$)"
    r"|font-size\s*:\s*0(?:\.0*)?\s*(?:px|pt|r?em|%)?\s*(?:[;!}]|$)"
    r"|(?<![-\w])(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|text-decoration(?:-line)?\s*:[^;}]{0,40}line-through",
    re.IGNORECASE,
)
"""As in ``display: none``; text that is struck out is seen, and as that which does not hold."""
_MOVES = re.compile(r"(?<![-\w])animation(?:-name)?\s*:\s*(?!none)", re.IGNORECASE)
"""As in ``animation: in 1s``: what is transparent at first comes to be seen."""
_SHOWS = re.compile(
    r"display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible|opacity\s*:\s*(?:1|0?\.\d*[1-9])", re.IGNORECASE
)
"""As in ``display: block``."""
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
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
"""As in ``/* x */``."""
_BRACE = re.compile(r"([{}])")
"""As in ``{``."""
_MOST_SELECTORS = 300
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
    by_sheet = _hidden_by_sheet(root, sheets) if MAY_HIDE.search(sheets) else {}
    for element in root.iter("*"):
        style = element.get("style")
        own = style is not None and (_hides(style) or _is_white(root, element, style))
        shown = style is not None and _SHOWS.search(style) is not None
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


def _hides(declared: str) -> bool:
    found = HIDES.search(declared)
    return found is not None and not (found[0][:1] in "oO" and _MOVES.search(declared) is not None)


def _hidden_by_sheet(root: Any, sheets: str) -> dict[Any, bool]:
    """Whether a style sheet hides an element, of those of which it says anything; the last rule of those that have
    most weight decides."""
    from cssselect import GenericTranslator, SelectorError, parse

    weights: dict[Any, tuple[int, int, int]] = {}
    found: dict[Any, bool] = {}
    translator = GenericTranslator()
    asked = 0
    for selectors, declared in _rules(_COMMENT.sub("", sheets)):
        hides = _hides(declared)
        if not hides and not (found and _SHOWS.search(declared)):
            continue
        try:
            parsed = parse(selectors)
        except SelectorError:
            continue
        for selector in parsed:
            asked += 1
            if selector.pseudo_element is not None or asked > _MOST_SELECTORS:
                continue
            try:
                elements = root.xpath(translator.selector_to_xpath(selector, "descendant-or-self::"))
            except (SelectorError, ValueError):
                continue
            for element in elements:
                if selector.specificity() >= weights.get(element, (0, 0, 0)):
                    weights[element], found[element] = selector.specificity(), hides
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, also those within ``@media`` where it means a screen."""
    open_: list[str] = []
    parts = _BRACE.split(sheet)
    for before, brace in zip(parts[::2], parts[1::2], strict=False):
        text = before.strip()
        if brace == "{":
            open_.append(text.rsplit(";", 1)[-1].strip())
        elif open_:
            selector = open_.pop()
            if selector and not selector.startswith("@") and all(map(_is_for_screens, open_)):
                yield selector, text


def _is_for_screens(rule: str) -> bool:
    return rule.startswith("@media") and ("screen" in rule or "all" in rule) and "width" not in rule


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
