"""How much of one text stands in another, word for word: what copied and recycled prose is told by.

Texts are compared as their letters and Chinese characters; white space, punctuation and the values of figures make no
difference, for who copies a text puts new figures in. What every report says (``stock``) is not counted.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct

from govlint.checks.wordlists import word_list
from govlint.document import Span, Words
from govlint.filing import Filing, Line
from govlint.rule import Finding, Related, Rule
from govlint.text.folding import fold

SIZE = 5
"""Characters of a shingle."""
_SHORTEST = 12
"""Characters of a passage that is copied: shorter ones are turns of phrase."""
_RATE = 16
"""One shingle of so many is kept in a sample."""
_OPENING = "（(《“〈"
_TOKEN = re.compile(r"\d[\d,.]*|[^\W\d_]+")
"""A figure, or a run of letters: ``1,204``, ``件均按期答复``."""


class Passage(Struct, frozen=True):
    """The same words in two texts: line numbers and the words as each has them."""

    line: int
    text: str
    other_line: int
    other_text: str


class Overlap(Struct, frozen=True):
    """``share`` of the later text's counted characters that stand in the earlier one, 0 to 1."""

    share: float
    characters: int
    """That are shared."""
    passages: Sequence[Passage]
    """In the order of the later text."""

    def longest(self, count: int) -> list[Passage]:
        return sorted(self.passages, key=lambda passage: -len(passage.text))[:count]


class Text:
    """Lines of prose in comparison form, with the way back to their words."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        chars: list[str] = []
        places: list[tuple[int, int]] = []
        for number, line in enumerate(lines):
            for match in _TOKEN.finditer(fold(line.text)):
                run = match.group()
                run = "0" if run[0].isdigit() else run
                chars += run
                places += [(number, match.start() + at) for at in range(len(run))]
            chars.append("\n")  # no shingle goes over the end of a line
            places.append((number, len(line.text)))
        self.text, self.places = "".join(chars), places

    def shingles(self) -> Iterator[tuple[int, str]]:
        text = self.text
        for at in range(len(text) - SIZE + 1):
            shingle = text[at : at + SIZE]
            if "\n" not in shingle:
                yield at, shingle

    def source(self, start: int, end: int) -> tuple[int, str]:
        """Line number and words of a run of characters."""
        number, first = self.places[start]
        last = self.places[end - 1][1]
        line = self.lines[number].text
        if first and line[first - 1] in _OPENING:
            first -= 1
        return number, line[first : last + 1]


def overlap(earlier: Text, later: Text, stock: Collection[str] = ()) -> Overlap:
    """What of the later text stands in the earlier one."""
    known: dict[str, int] = {}
    for at, shingle in earlier.shingles():
        known.setdefault(shingle, at)
    shared = bytearray(len(later.text))
    dull = bytearray(len(later.text))
    where: dict[int, int] = {}
    for at, shingle in later.shingles():
        if shingle in stock:
            dull[at : at + SIZE] = b"\1" * SIZE
        if shingle in known:
            shared[at : at + SIZE] = b"\1" * SIZE
            where[at] = known[shingle]
    passages: list[Passage] = []
    copied = 0
    for match in re.finditer(b"\x01{%d,}" % _SHORTEST, shared):
        start, end = match.span()
        fresh = end - start - sum(dull[start:end])
        copied += fresh
        if fresh >= _SHORTEST:
            passages.append(_passage(earlier, later, start, end, where[start]))
    total = sum(1 for at, char in enumerate(later.text) if char != "\n" and not dull[at])
    return Overlap(copied / total if total else 0.0, copied, passages)


def _passage(earlier: Text, later: Text, start: int, end: int, other: int) -> Passage:
    line, text = later.source(start, end)
    stop = min(other + end - start, len(earlier.text))
    newline = earlier.text.find("\n", other, stop)
    other_line, other_text = earlier.source(other, newline if newline > other else stop)
    return Passage(line, text, other_line, other_text)


def sample(text: Text, stock: Collection[str] = ()) -> list[int]:
    """A fixed sample of a text's shingles as 32-bit numbers: the same words give the same numbers everywhere."""
    found: set[int] = set()
    for _, shingle in text.shingles():
        if shingle not in stock:
            number = zlib.crc32(shingle.encode("utf-8", "surrogatepass"))
            if number % _RATE == 0:
                found.add(number)
    return sorted(found)


@cache
def stock_shingles() -> frozenset[str]:
    """The shingles of what reports are told to say, and of phrases that all of them use."""
    phrases = word_list("history/stock_phrases")["phrases"]
    lines = [Line(phrase, "", Span(0, 0)) for phrase in phrases]
    return frozenset(shingle for _, shingle in Text(lines).shingles())


MANY = 100
"""Characters that are shared, at least, where anything is said of it."""


def side_by_side(shared: Overlap, earlier: Words, later: Words, count: int = 5) -> list[Words]:
    """The longest passages as each text has them."""
    return [
        Words(
            f"{later.zh}：{each.text} ‖ {earlier.zh}：{each.other_text}",
            f"{later.en}: {each.text} ‖ {earlier.en}: {each.other_text}",
        )
        for each in shared.longest(count)
    ]


HALF = 0.5
"""Share of a text from which on it is another's: some assessments take points from there."""


def copied(
    rule: Rule, later: Filing, shared: Overlap, names: tuple[Words, Words], **arguments: Any
) -> Iterator[Finding]:
    """A finding at the longest passage where at least half of a text is another's; its message may name ``longest``.

    ``names``: what the earlier and the later text are called in the evidence.
    """
    if shared.share < HALF or shared.characters < MANY:
        return
    longest = shared.longest(1)[0]
    line = later.prose[longest.line]
    yield rule.finding(
        line.span,
        section=line.section,
        actual=f"{shared.share:.0%}",
        expected=f"<{HALF:.0%}",
        share=f"{shared.share:.0%}",
        longest=longest.text[:60] + ("……" if len(longest.text) > 60 else ""),
        evidence=side_by_side(shared, *names),
        related=[
            Related("copied", None, later.prose[each.line].span)
            for each in shared.longest(5)
            if each != longest
        ],
        certainty="certain" if shared.share > 0.7 else "likely",
        **arguments,
    )
