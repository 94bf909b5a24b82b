"""What of a page is the report, and what the site's own around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from govlint.readers.page import Line, Part, Remark, Row, is_heading

_FURTHER = re.compile(r"[。；]|\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}")


def article(parts: list[Part]) -> list[Part]:
    """The parts without the site's own around the report; all of them where it is not clear where that begins.

    Before the first heading only links are left out, because title, date and preamble stand there. Behind the
    element that holds all headings only sentences and dates are kept.
    """
    headings = [
        at
        for at, part in enumerate(parts)
        if isinstance(part, Line) and not _is_link(part) and is_heading(part.text)
    ]
    if len(headings) < 2:
        return parts
    first, last = headings[0], headings[-1]
    holder = _holder([part.element for at in headings if isinstance(part := parts[at], Line)])
    kept = [part for part in parts[:first] if not _is_link(part)]
    kept += parts[first : last + 1]
    ended = False
    for part in parts[last + 1 :]:
        if isinstance(part, Remark):
            kept.append(part)
            continue
        inside = _is_in(part.table if isinstance(part, Row) else part.element, holder)
        if ended and (not inside or _is_link(part)) and not _says(part):
            continue
        kept.append(part)
        ended = ended or not _is_link(part)
    return kept


def _is_link(part: Part) -> bool:
    """Whether most of a part leads elsewhere, as navigation does."""
    if isinstance(part, Line):
        return part.links * 2 > len(part.text) and part.element.tag not in ("h1", "h2", "h3")
    if isinstance(part, Row):
        return sum(cell.links for cell in part.cells) * 2 > sum(len(cell.text) for cell in part.cells)
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
