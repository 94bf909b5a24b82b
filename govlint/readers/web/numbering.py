"""The numbers that a browser gives to the items of lists, before the words of those that are headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from govlint.readers.web import style_sheets
from govlint.readers.web.parts import unmarked
from govlint.text.folding import compact
from govlint.text.ordinals import HEAD_ORDINAL

_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([^;}]{1,80})", re.IGNORECASE)
"""As in ``list-style-type: cjk-ideographic``."""
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_IN_LINE = ("span", "b", "strong", "font", "a", "i", "em", "u", "o:p")
_LEADING = ("p", "span", "b", "strong", "font", "h1", "h2", "h3", "h4", "div")
_HEADING = re.compile(r"[㐀-鿿][^。;:]{1,29}:?")
"""Words that are no sentence, and begin with no figure: ``总体情况``."""


@cache
def _ways() -> Mapping[str, tuple[Callable[[int], str], str]]:
    """How kinds of lists write a number, and what stands behind it; few pages have lists that need them."""
    from govlint.readers.office.word_numbering import FORMATS

    han = ("cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal", "japanese-informal")
    return {
        **dict.fromkeys(han, (FORMATS["chineseCountingThousand"], "、")),
        "simp-chinese-formal": (FORMATS["chineseLegalSimplified"], "、"),
        "cjk-decimal": (FORMATS["ideographDigital"], "、"),
        "cjk-heavenly-stem": (FORMATS["ideographTraditional"], "、"),
        "decimal": (str, "."),
        "decimal-leading-zero": (FORMATS["decimalZero"], "."),
        **dict.fromkeys(("lower-alpha", "lower-latin"), (FORMATS["lowerLetter"], ".")),
        **dict.fromkeys(("upper-alpha", "upper-latin"), (FORMATS["upperLetter"], ".")),
        "lower-roman": (FORMATS["lowerRoman"], "."),
        "upper-roman": (FORMATS["upperRoman"], "."),
    }


def number_lists(root: Any) -> None:
    """Put them there. Sentences go without, but for Chinese numbers, and so does what has its own."""
    lists = list(root.iter("ol", "ul"))
    sheets = style_sheets.written_in(root) if lists else ""
    stated = style_sheets.decided(root, sheets, _kind_in) if _STYLE.search(sheets) else {}
    for listed in lists:
        for item, number in _numbered(listed):
            kind = next(filter(None, _kinds(item, listed, stated)), "decimal" if listed.tag == "ol" else "")
            if not kind or kind not in _ways():
                continue
            written, behind = _ways()[kind]
            words = _lead(item)
            if not HEAD_ORDINAL.match(words) and (behind == "、" or _HEADING.fullmatch(words)):
                _put(item, written(number) + behind)


def _kind_in(declared: str) -> str | None:
    """The kind of list that declarations state; ``none`` stands for all that show no number."""
    stated = _STYLE.findall(declared)
    words = stated[-1].lower().split() if stated else ["inherit"]
    return None if "inherit" in words else next((word for word in words if word in _ways()), "none")


def _kinds(item: Any, listed: Any, stated: Mapping[Any, str]) -> Iterator[str | None]:
    for each in (item, listed):
        yield _kind_in(each.get("style") or "")
        yield stated.get(each)
    for each in (item, listed):
        yield _TYPES.get(each.get("type") or "")


def _numbered(listed: Any) -> Iterator[tuple[Any, int]]:
    items = list(listed.iterchildren("li"))
    backwards = listed.get("reversed") is not None
    number = whole(listed.get("start"), len(items) if backwards else 1)
    for item in items:
        number = whole(item.get("value"), number)
        yield item, number
        number += -1 if backwards else 1


def whole(written: str | None, default: int) -> int:
    """The number of an attribute, if it is one."""
    return int(written) if written and written.isdecimal() and len(written) < 5 else default


def _lead(item: Any) -> str:
    """The words of an item's first line."""
    words = ""
    for event, each in etree.iterwalk(item, events=("start", "end")):
        if words.strip() and each.tag not in _IN_LINE:
            break
        words += (each.text if event == "start" else each.tail if each is not item else "") or ""
    return compact(unmarked(words))


def _put(item: Any, number: str) -> None:
    first = item
    while not (first.text or "").strip() and len(first) and first[0].tag in _LEADING:
        first = first[0]
    first.text = number + (first.text or "").lstrip()
