"""Sub-headings of a section's prose: the outermost series of numbered items with the numbers that it skips, or names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from govlint.text.numerals import numeral, whole
from govlint.text.stretches import BREAK, Stretch

_HAN = "[一二三四五六七八九十]{1,3}"
_NUMBER = re.compile(
    rf"\((?P<bracketed>{_HAN})\)、?|第(?P<ordinal>{_HAN})[,、]|(?P<han>{_HAN})、|(?P<told>{_HAN})是"
    r"|(?<!\d)(?P<digits>\d{1,2})[.、](?!\d)|\((?P<closed>\d{1,2})\)"
)
"""Each style of number has a group; behind the mark the heading's words go up to their first stop.

As in ``(一)主动公开``, ``第一,推进主动公开``, ``一、主动公开``, ``一是推进主动公开``, ``1.主动公开``, ``(1)主动公开``.
"""
_MARK = re.compile(r"[(第一二三四五六七八九十\d]")
"""What a number begins with: ``一``."""
_WORDS = re.compile(rf"[^。:;,{BREAK}]{{2,30}}?(?=[。:;,{BREAK}]|20\d\d年|$)|[^。:;,{BREAK}]{{30}}")
"""As far as the first stop, or as a heading may be long where its sentence is run into it: ``主动公开情况:``."""
_BEGINS = f"。;:{BREAK}"
"""What stands before an item; in running text its number is none: 《条例》第（一）项."""
_TOLD = "told"
"""Its number is an item's wherever it stands, where the count goes on with it: 及时公开二是依申请公开方面."""
_NAMED = re.compile(
    rf"(?:(?<=[。;{BREAK}])|^)(?:在([^。;:,{BREAK}]{{2,16}})(?:方面|工作中|上)[,:]"
    rf"|([^。;:,{BREAK}\d]{{2,14}}(?:情况|方面|工作|建设|公开|管理|保障))(?:[:{BREAK}]|[。](?![。;{BREAK}]|$)))"
)
"""As in ``在平台建设方面,``, ``主动公开情况:``."""


class SubHeading(Struct, frozen=True):
    number: int
    words: str
    stretch: Stretch
    start: int
    """Of its number in the stretch's text."""
    end: int


class Series(Struct, frozen=True):
    items: Sequence[SubHeading]
    skipped: Sequence[int]
    """The numbers left out between the first and the last."""


def series(stretches: Iterable[Stretch]) -> Series | None:
    """The outermost series of sub-headings, of at least two items; None where there is none."""
    stretches = list(stretches)
    found = [items for items in _by_style(stretches).values() if len(items) > 1 and items[0].number <= 2]
    if not found:
        return None
    order = {id(stretch): at for at, stretch in enumerate(stretches)}
    items = min(found, key=lambda items: (order[id(items[0].stretch)], items[0].start))
    numbers = {item.number for item in items}
    return Series(items, [number for number in range(1, max(numbers)) if number not in numbers])


def named(stretches: Iterable[Stretch]) -> list[str]:
    """The words of sub-headings without a number: in words at a sentence's head, or before a colon."""
    return [match[1] or match[2] for stretch in stretches for match in _NAMED.finditer(stretch.text)]


def _numbers(text: str) -> Iterator[re.Match[str]]:
    """The numbers in a text, tried only where one may begin: the rest of it is gone through four times as fast."""
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() >= end and (match := _NUMBER.match(text, mark.start())):
            end = match.end()
            yield match


def _by_style(stretches: Sequence[Stretch]) -> dict[str, list[SubHeading]]:
    """The items of each style whose numbers rise."""
    found: dict[str, list[SubHeading]] = {}
    for stretch in stretches:
        for match in _numbers(stretch.text):
            style = match.lastgroup or ""
            items = found.setdefault(style, [])
            number = whole(match[style]) if match[style].isdigit() else numeral(match[style])
            begins = match.start() == 0 or stretch.text[match.start() - 1] in _BEGINS
            goes_on = bool(items) and style == _TOLD and number == items[-1].number + 1
            if (begins or goes_on) and number and (not items or number > items[-1].number):
                words = _WORDS.match(stretch.text, match.end())
                if words:
                    items.append(SubHeading(number, words.group(), stretch, match.start(), words.end()))
    return found
