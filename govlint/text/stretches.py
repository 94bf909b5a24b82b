"""The words of a report as rules read them: folded, without white space, in sentences, with the way to the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from msgspec import Struct

from govlint.document import Span
from govlint.text.folding import Compact

BREAK = "\x1e"
"""Stands in a stretch for the end of a line that is the end of a paragraph, and not of a wrapped line."""
_WRAPPED = 30
"""Least compact characters of a line that may go on in the next one."""
_STOP = "。;!?:,|\x1f"
_NUMBERED = re.compile(
    r"\s*(?:\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.]|第[一二三四五六七八九十])"
)
"""As in ``(一)``."""
_SENTENCE = re.compile(r"[^。;!?|\x1e\x1f]{1,2000}[。;!?]*")
"""As in ``收到12件。``; a longer one is read in parts."""
_TITLED = re.compile(r"《[^《》]{1,90}》|〈[^〈〉]{1,90}〉")
"""As in ``《政府信息公开条例》``."""


class Sentence(Struct, frozen=True):
    """``text`` is a part of its stretch's text from ``start`` on."""

    text: str
    start: int


class Stretch:
    """The preamble or a stretch of a section's prose; ``section`` is empty for the preamble."""

    def __init__(self, section: str, span: Span, folded: str) -> None:
        self.section, self.source_span = section, span
        self._compact = Compact(with_breaks(folded[span.start : span.end]))
        self.text = self._compact.text

    def span(self, start: int, end: int) -> Span:
        """Where a part of ``text`` stands in the document."""
        at = self.source_span.start
        return Span(at + self._compact.source(start), at + self._compact.source_end(end))

    @cached_property
    def sentences(self) -> list[Sentence]:
        return [Sentence(match.group(), match.start()) for match in _SENTENCE.finditer(self.text)]


def with_breaks(folded: str) -> str:
    """Newlines that end a paragraph replaced by ``BREAK``; the same length."""
    if "\n" not in folded:
        return folded
    parts: list[str] = []
    lines = folded.split("\n")
    for line, following in pairwise(lines):
        words = line.strip()
        wrapped = len(words) >= _WRAPPED and words[-1] not in _STOP and not _NUMBERED.match(following)
        parts += [line, "\n" if wrapped and following.strip() else BREAK]
    return "".join([*parts, lines[-1]])


def read_stretches(folded: str, preamble: Span, prose: Iterable[tuple[str, Span]]) -> Iterator[Stretch]:
    """The preamble and every stretch of prose, (section, span), of a folded document, in its order."""
    if preamble.end > preamble.start:
        yield Stretch("", preamble, folded)
    for key, span in prose:
        yield Stretch(key, span, folded)


def without_titles(text: str, keep: str = "") -> str:
    """Names in 《》 blanked out, except those that end with ``keep``; the same length."""
    if "《" not in text and "〈" not in text:
        return text

    def blank(match: re.Match[str]) -> str:
        name = match.group()
        return name if keep and name[:-1].endswith(keep) else "《" + "□" * (len(name) - 2) + "》"

    return _TITLED.sub(blank, text)
