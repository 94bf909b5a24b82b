"""What of a page is the report, and what the site's own around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from govlint.readers.web.parts import Hidden, Line, Part, Picture, Remark, Row, is_heading, unmarked

_FURTHER = re.compile(r"[。；]|\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")
"""As in ``2025年1月20``."""


def article(parts: list[Part]) -> list[Part]:
    """The parts without the site's own around the report; all of them where it is not clear where that begins.

    Before the first heading only links are left out, because title, date and preamble stand there. Behind the
    element that holds all headings only sentences and dates are kept.
    """
    parts = _without_twins(parts)
    headings = _headings(parts)
    if len(headings) < 2:
        return parts
    if (parted := _without_copy(parts, headings)) is not parts:
        parts = parted
        headings = _headings(parts)
    first, last = headings[0], headings[-1]
    holder = _holder([part.element for at in headings if isinstance(part := parts[at], Line)])
    selected: list[Part] = [
        part for part in parts[:first] if not _is_link(part) and not isinstance(part, Picture)
    ]
    selected += parts[first : last + 1]
    ended = False
    for part in parts[last + 1 :]:
        if isinstance(part, Remark):
            selected.append(part)
            continue
        if isinstance(part, Picture):
            if part.kind in ("picture", "frame") and _is_in(part.element, holder):
                selected.append(part)
            continue
        inside = _is_in(part.table if isinstance(part, Row) else part.element, holder)
        if ended and (not inside or _is_link(part)) and not _says(part):
            continue
        selected.append(part)
        ended = ended or not _is_link(part)
    return selected


def within(parts: Sequence[Part], unseen: Sequence[Hidden]) -> list[Hidden]:
    """Of what nobody sees, that which stands within the report."""
    if not unseen:
        return []
    headings = [part.element for at in _headings(parts) if isinstance(part := parts[at], Line)]
    holder = _holder(headings) if len(headings) > 1 else None
    return [each for each in unseen if holder is not None and _is_in(each.block, holder)]


def _headings(parts: Sequence[Part]) -> list[int]:
    return [
        at
        for at, part in enumerate(parts)
        if isinstance(part, Line) and not _is_link(part) and is_heading(part.text)
    ]


def _without_copy(parts: list[Part], headings: Sequence[int]) -> list[Part]:
    """The parts without the same article again, which pages have for print or for small screens."""
    first = headings[0]
    again = next((at for at in headings[1:] if _words(parts[at]) == _words(parts[first])), None)
    if again is None:
        return parts
    end = again
    while end < len(parts) and _words(parts[end]) == _words(parts[first + end - again]):
        end += 1
    last = max(at for at in headings if at < again)
    if first + end - again <= last:  # they are not the same up to the last heading and what follows it
        return parts
    start = again
    while (
        start > last + 1
        and again - start < first
        and _words(parts[start - 1]) == _words(parts[first - again + start - 1])
    ):
        start -= 1
    return _without_copy(parts[:start] + parts[end:], _headings(parts[:start] + parts[end:]))


def _without_twins(parts: list[Part]) -> list[Part]:
    """The parts without tables that stand there once more, for small screens or beside columns that stay in place."""
    made: list[Part] = []
    for rows, run in groupby(parts, lambda part: isinstance(part, Row)):
        group = list(run)
        half = len(group) // 2
        if rows and len(group) % 2 == 0 and half > 1 and _is_twice(group[:half], group[half:]):
            group = group[:half]
        made += group
    return made


def _is_twice(first: Sequence[Part], again: Sequence[Part]) -> bool:
    words: list[tuple[str, ...]] = []
    for one, two in zip(first, again, strict=True):
        if (said := _words(one)) != _words(two):
            return False
        words.append(said)
    return any("\u4e00" <= char <= "\u9fff" for said in words for text in said for char in text)


def _words(part: Part) -> tuple[str, ...]:
    """What a part says, whatever marks stand in it."""
    return tuple(map(unmarked, part.texts if isinstance(part, Row) else [part.text]))


def _is_link(part: Part) -> bool:
    """Whether most of a part leads elsewhere, as navigation does."""
    if isinstance(part, Line):
        return part.links * 2 > len(part.text) and part.element.tag not in ("h1", "h2", "h3")
    if isinstance(part, Row):
        return part.links * 2 > sum(map(len, part.texts))
    return False


def _says(part: Part) -> bool:
    """Whether a part behind the article still says something: a sentence, a date; not a list of other pages."""
    return not _is_link(part) and isinstance(part, Line) and bool(_FURTHER.search(part.text))


def _holder(elements: Sequence[Any]) -> Any:
    """The smallest element that holds all."""
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        own = {element, *element.iterancestors()}
        common = [each for each in common if each in own]
    return common[0] if common else None


def _is_in(element: Any, holder: Any) -> bool:
    return element is holder or any(each is holder for each in element.iterancestors())
