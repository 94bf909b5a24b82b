"""The sentences of a report's prose that may state figures, in words.

Paragraphs without a word about applications, reviews, papers or shares are passed over unread, and so are sentences
without a number: they are most of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from govlint.document import Span
from govlint.prose.words import Word, words
from govlint.report import Report
from govlint.text.stretches import BREAK, Stretch

_RELEVANT = re.compile(
    r"申请|复议|诉讼|规范性文件|规章(?!制度)|处罚决定|许可决定|强制决定|处理决定|事业性收费|行政(?:许可|处罚|强制)\d"
)
"""What a paragraph names that says something about the tables' figures: ``申请``."""
_SHARE = re.compile(r"(?:[占增降减升涨]|提高|回落)[^。\x1e]{0,24}(?:%|分之)")
"""Or what it says without naming it: ``占总数的30%``."""
_COUNTS = re.compile(
    r"[\d未没无零分一二两三四五六七八九十百〇](?:(?<=[\d未没无零])|(?<=[^分])(?:件|份|条|宗|起|项|例)|(?<=分)之)"
)
"""As in ``三件``."""
_SENTENCE = re.compile(r"[^。!?]{1,2000}[。!?]?")
"""As in ``收到12件。``."""
_PARAGRAPH = re.compile(f"[^{BREAK}]+")
_CELLS = re.compile(r"[|\x1f]")
_HEADING = 32
"""Characters of a paragraph that may be a heading, and of a sentence that may name a topic."""
_RUNNING = re.compile(r"[,;]|\d(?![.、)])|[。:](?!$)")
"""What a heading has not: ``12件``."""


class FigureSentence(Struct):
    """A sentence with figures, in words."""

    text: str
    words: list[Word]
    stretch: Stretch
    offset: int
    """Of the sentence in the text of its stretch."""
    section: str
    paragraph: int
    """Where its paragraph starts in ``Document.text``."""
    heading: str
    """The topic of the heading above it: ``applications``, ``disputes`` or nothing."""

    def span(self, start: int, end: int) -> Span:
        """Where a part of ``text`` stands in the document."""
        return self.stretch.span(self.offset + start, self.offset + end)


def figure_sentences(report: Report) -> Iterator[FigureSentence]:
    """The sentences that may state figures, in the order of the document."""
    for stretch in report.stretches:
        heading = {"applications": "applications", "review_litigation": "disputes"}.get(stretch.section, "")
        for match in _PARAGRAPH.finditer(stretch.text):
            said = match.group().strip("|\x1f")
            if len(said) <= _HEADING and not _RUNNING.search(said):
                heading = _topic(said)
            if (_is_relevant(said) or (heading and _COUNTS.search(said))) and not _CELLS.search(said):
                yield from _paragraph(stretch, match.start(), match.end(), heading)


def _is_relevant(said: str) -> bool:
    """Whether it may say something about the tables' figures."""
    return bool(_RELEVANT.search(said) or (("%" in said or "分之" in said) and _SHARE.search(said)))


def _topic(heading: str) -> str:
    if "申请" in heading:
        return "applications"
    return "disputes" if "复议" in heading or "诉讼" in heading else ""


def _paragraph(stretch: Stretch, start: int, end: int, heading: str) -> Iterator[FigureSentence]:
    place = stretch.span(start, start + 1).start
    for match in _SENTENCE.finditer(stretch.text, start, end):
        said = match.group()
        if _COUNTS.search(said) or (len(said) <= _HEADING and _is_relevant(said)):
            yield FigureSentence(said, words(said), stretch, match.start(), stretch.section, place, heading)
