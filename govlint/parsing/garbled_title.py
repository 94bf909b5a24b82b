"""A title whose mandated words are garbled, …政府信息公开工作告年度报: still the title, and still tells agency and year."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec import Struct

from govlint.agencies.names import classify
from govlint.document import Span

_LONGEST = 60
"""Compact characters of a title."""
_SENTENCE = re.compile(r"[。,;:!?>《]|根据|按照|现将|关于做好|通知")
"""As in ``现将``."""
_YEAR = re.compile(r"(20\d\d)年?度?")
"""As in ``2024年度``."""
TITLE_FIELD = re.compile(r"(?:信息)?(?:名称|标题|题名)(?=[㐀-鿿\d]{4})")
"""Before the title in a page's table of metadata: ``标题云溪县水务局``."""
_OTHER_WORK = ("政务公开", "政务信息公开", "信息公开")
"""What a report on this work is called by the name of the wider one."""
_MOST = 3
"""Characters that may be missing, wrong or moved in the mandated words."""


class GarbledTitle(Struct, frozen=True):
    title: str
    span: Span
    agency: str | None
    year: int
    year_written: str


def garbled_title(lines: Iterable[tuple[Span, str]], mandated: str) -> GarbledTitle | None:
    """The first line that is a title but for slips in the mandated words; ``lines`` are folded."""
    for span, line in lines:
        text = "".join(line.split())
        year = _YEAR.search(text)
        if year is None or len(text) > _LONGEST or _SENTENCE.search(text):
            continue
        if mandated in text:
            continue  # what speaks of a report: …年度报告解读
        start = field.end() if (field := TITLE_FIELD.match(text)) else 0
        before, behind = text[start : year.start()], text[year.end() :]
        agency = before or _without(behind, mandated)
        words = behind if before else behind.removeprefix(agency or "")
        if _close(words, mandated) and (agency is None or classify(agency).kind != "other"):
            return GarbledTitle(text, span, agency, int(year[1]), year[1])
    return None


def _without(text: str, mandated: str) -> str | None:
    """The body that stands before the garbled words, where the year stands before both."""
    for at in range(max(0, len(text) - len(mandated) - _MOST), len(text)):
        if text[at] == mandated[0] and _close(text[at:], mandated):
            return text[:at] or None
    return None


def _close(words: str, mandated: str) -> bool:
    """Whether these are the mandated words with a few slips: all but two of their characters are there."""
    from rapidfuzz.distance import OSA

    if words.startswith(_OTHER_WORK) and words.endswith(mandated[-4:]) and len(words) <= len(mandated):
        return True
    if abs(len(words) - len(mandated)) > 2 or sum(char not in words for char in mandated) > 2:
        return False
    return 0 < OSA.distance(words, mandated, score_cutoff=_MOST) <= _MOST
