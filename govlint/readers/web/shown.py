"""The tree of a page made what a person sees of it: what style sheets hide is found, what fields hold is text.

Only the page's own style sheets and attributes are known; sheets of other addresses are not fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from govlint.readers.web import style_sheets
from govlint.readers.web.elsewhere import mark
from govlint.readers.web.parts import MARK, unmarked
from govlint.text.folding import LEFTWARDS, raised_digits
from govlint.text.remarks import raised_mark

_WHITE = re.compile(
    r"(?<![-\w])color\s*[:=]\s*[\"']?(?:#(?:f[0-9a-f]){3}(?![0-9a-f])|#fff(?![0-9a-f])|white\b|transparent|hsla?\([^()]{1,30}100%"
    r"|rgba?\(\s*(?:2[45]\d\s*[,\s]\s*2[45]\d\s*[,\s]\s*2[45]\d\b|[^()]{5,30}[,/]\s*0?(?:\.0\d*)?\s*\)))",
    re.IGNORECASE,
)
"""As in ``color: #fff``."""
_COLOURED = re.compile(r"(?<![-\w])color\s*:", re.IGNORECASE)
"""As in ``color: red``."""
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|sub|text-top)", re.IGNORECASE)
"""As in ``vertical-align: super``."""
_RIGHT_TO_LEFT = re.compile(r"direction\s*:\s*rtl", re.IGNORECASE)
"""As in ``direction: rtl``."""
_MAY_HIDE = ("hidden", "visibility", "mso-hide", "opacity", "line-through", "clip", "scale")
_MAY_SHRINK = (
    re.compile(r"font-size\s*:\s*(?:\.|[0-2](?!\d))"),
    re.compile(r"font\s*:\s*0"),
    re.compile(r":\s*-\d{3}"),
)
"""As in ``font-size:1px``, ``font: 0``, ``left:-999px``."""
_HOLDERS = ("td", "th", "p", "li", "h1", "h2", "h3", "h4")
_FIELDS = ("input", "textarea", "select")
_STRUCK = ("s", "strike", "del")
_IN_WORDS = ("span", "font", "a", "i", "em", "b")
_TYPED = ("text", "number", "tel", "")
"""Types of input fields that show what is typed in them."""


def _may_hide(sheets: str) -> bool:
    """Whether anything in style sheets can hide a part of a page: looked for word by word, which costs next to nothing."""
    sheets = sheets.lower()
    return (
        ("none" in sheets and "display" in sheets)
        or any(word in sheets for word in _MAY_HIDE)
        or any(pattern.search(sheets) for pattern in _MAY_SHRINK)
    )


def hidden(root: Any) -> list[Any]:
    """The elements that a page's attributes and its own style sheets hide, in their order.

    They are asked for by what may hide them, as most elements of most pages have nothing of the kind.
    """
    sheets = style_sheets.written_in(root, printed=False)
    styles = {each.getparent(): each for each in root.xpath("//@style")}
    distinct = set(styles.values())
    found = set(root.iter(*_STRUCK))
    found.update(each for each in root.iter("dialog") if each.get("open") is None)
    for attribute in ("hidden", "popover"):
        found.update(each.getparent() for each in root.xpath(f"//@{attribute}"))
    found.update(each.getparent() for each in root.xpath("//@aria-hidden") if each == "true")
    if _may_hide(sheets):
        by_sheet = style_sheets.hidden(root, sheets).items()
        found.update(
            each for each, hides in by_sheet if hides and not style_sheets.SHOWS.search(styles.get(each, ""))
        )
    hiding = set(filter(style_sheets.hides, distinct))
    found.update(each for each, style in styles.items() if style in hiding and not _is_set_again(each, style))
    white = style_sheets.decided(root, sheets, _whitening) if _WHITE.search(sheets) else {}
    whitening = set(filter(_WHITE.search, distinct))
    pale = [*(each for each, style in styles.items() if style in whitening), *root.iter("font"), *white]
    found.update(each for each in pale if _is_white(root, each, styles.get(each, ""), white.get(each, False)))
    return [each for each in root.iter("*") if each in found] if found else []


def _whitening(declared: str) -> bool | None:
    return (
        True
        if _WHITE.search(declared) and "background" not in declared
        else False
        if _COLOURED.search(declared)
        else None
    )


def _is_set_again(element: Any, style: str) -> bool:
    """Whether type of no size, which takes the gaps out of a row, has its size back within."""
    return (
        "font-size" in style
        and not style_sheets.hides(style.replace("font-size", ""))
        and any("font-size" in (each.get("style") or "") for each in element.iterdescendants())
    )


def is_struck(element: Any) -> bool:
    """Whether what is not read can be seen, struck out."""
    return element.tag in _STRUCK or "line-through" in (element.get("style") or "").lower()


def _is_white(root: Any, element: Any, style: str, by_sheet: bool) -> bool:
    """Whether text is white on white, as far as the page itself tells: on a ground of its own it is seen.

    Sheets of other addresses may give it one; but not to a part of a cell or paragraph whose rest is in the usual type.
    """
    own = _WHITE.search(style) or (element.tag == "font" and _WHITE.match(f"color={element.get('color')}"))
    if not own and not (by_sheet and not _COLOURED.search(style)):
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


def raise_marks(root: Any) -> None:
    """Write the raised and lowered marks of notes in a table's cells as such: beside a figure they are no digits of it."""
    raised = list(root.iter("sup", "sub"))
    sheets = style_sheets.written_in(root)
    if _RAISED.search(sheets):
        by_sheet = style_sheets.decided(root, sheets, lambda text: _RAISED.search(text) is not None or None)
        raised += [each for each, raises in by_sheet.items() if raises and each.tag in _IN_WORDS]
    styles = root.xpath("//@style")
    raising = set(filter(_RAISED.search, set(styles)))
    raised += [
        holder for style in styles if style in raising and (holder := style.getparent()).tag in _IN_WORDS
    ]
    for each in raised:
        if next(each.iterancestors("td", "th"), None) is None:
            continue
        text = "".join(each.itertext())
        mark = raised_mark(MARK.sub("", text))
        if mark is not None:
            for inner in list(each):
                each.remove(inner)
            each.text = raised_digits(text) if mark else None


def write_formulas(root: Any) -> None:
    """Put the figures of cells that are written as formulas in their places; what is more than a row of signs is marked."""
    for formula in list(root.iter("math")):
        if next(formula.iterancestors("td", "th"), None) is None:
            continue
        for note in list(formula.iter("annotation", "annotation-xml")):
            note.getparent().remove(note)
        built = next(
            formula.iter("msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder"), None
        )
        text = "".join("".join(formula.itertext()).split())
        if built is not None:
            mark(formula, "mark", "")
            continue
        for inner in list(formula):
            formula.remove(inner)
        formula.tag, formula.text = "span", text


def turn_round(root: Any) -> None:
    """Write what is set from right to left, letter for letter, as it is seen; what is more than words is marked as such."""
    for element in _leftwards(root):
        if not len(element):
            element.text = unmarked(element.text or "")[::-1]
            continue
        for inner in element.iter():
            inner.text = LEFTWARDS + inner.text if inner.text else None
            if inner is not element and inner.tail:
                inner.tail = LEFTWARDS + inner.tail


def _leftwards(root: Any) -> Iterator[Any]:
    sheets = style_sheets.written_in(root)
    stated = {
        each: each.get("style") or "" for each in root.xpath("//bdo | //*[contains(@style,'bidi-override')]")
    }
    if "bidi-override" in sheets:
        stated |= style_sheets.decided(root, sheets, lambda text: text if "bidi-override" in text else None)
    for element, style in stated.items():
        if (element.get("dir") or "").lower() == "rtl" or _RIGHT_TO_LEFT.search(style):
            yield element


def _held(field: Any) -> str | None:
    if field.tag == "input":
        return field.get("value") or "" if (field.get("type") or "").lower() in _TYPED else None
    if field.tag == "textarea":
        return "".join(field.itertext())
    options = list(field.iter("option"))
    chosen = [option for option in options if option.get("selected") is not None] or options[:1]
    return "".join(chosen[0].itertext()) if chosen else None
