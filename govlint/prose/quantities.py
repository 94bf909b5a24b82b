"""The figures of a clause: which words count something, how many, in what unit, and which words go with which figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from govlint.document import Span
from govlint.prose.sentences import FigureSentence
from govlint.prose.words import Word, figure
from govlint.text.numerals import numeral

UNITS = frozenset(["件", "份", "条", "宗", "起", "项", "例", "个", "封"])
MONEY = frozenset(("元", "万元"))
_COUNTING = UNITS | MONEY
TIMES = frozenset(("YEAR", "MONTH", "THIS", "BEFORE"))
SILENT = frozenset(
    ("FILLER", "OWN", "ORDINAL", "FIGURE", "BARE", "NONE", "CHANNELS", "WITHIN", "AGAINST", *TIMES)
)
"""Kinds of words that do not say what is counted."""
VERBS = frozenset(
    ("_NEW", "_RECEIVE", "_ACCEPT", "_HANDLE", "_ANSWER", "_ISSUE", "_REPEAL", "_OCCUR", "_MAKE", "_COLLECT")
)
_BARE = re.compile(r"(?!20\d\d$)\d{1,6}")
"""A number without a unit that may be a count; never a year: ``12``."""


def segments(clause: Sequence[Word]) -> Iterator[list[Word]]:
    """A clause by its figures: a conjunction behind a figure, or the next figure's words, begin another."""
    segment: list[Word] = []
    has_figure = led = False
    figures = [at for at, word in enumerate(clause) if counts(word)]
    if not figures:
        if clause:
            yield list(clause)
        return
    for at, word in enumerate(clause):
        said = word.kind not in SILENT
        if has_figure and (word.kind == "_AND" or (led and said and (at <= figures[-1] or _named(segment)))):
            yield segment
            segment, has_figure, led = [], False, False
            if word.kind == "_AND":
                continue
        if at in figures:
            has_figure = True
        elif said and not has_figure:
            led = True
        segment.append(word)
    if segment:
        yield segment


def _named(segment: Sequence[Word]) -> bool:
    """Whether a segment names what was done and to what: what follows its figure is another thing."""
    kinds = {word.kind for word in segment}
    return "APPLICATION" in kinds and bool(kinds & VERBS)


def counts(word: Word) -> bool:
    """Whether a word is a figure of something that a report's tables count."""
    return word.unit in _COUNTING or word.kind == "BARE"


def with_bare(clause: Sequence[Word]) -> list[Word]:
    """A clause in which a number without a unit that ends it is a figure: 收到50，上年结转2."""
    *words, last = clause or [Word("GAP", 0, 0, "")]
    if words and last.kind == "NUMBER" and _BARE.fullmatch(last.text) and not any(map(counts, words)):
        return [*words, replace(last, kind="BARE")]
    return list(clause)


def number(sentence: FigureSentence, word: Word) -> tuple[Decimal, str, Span | None] | None:
    """Value, unit and place of the digits; None where the number is approximate."""
    if word.kind == "NONE":
        return Decimal(0), "", None
    if word.kind == "BARE":
        return Decimal(word.text), "", sentence.span(word.start, word.end)
    match = figure(word.text)
    if match is None or match["about"] or match["more"] or match["over"]:
        return None
    digits = match["number"]
    value = amount(digits)
    if value is None:
        return None
    start, end = (word.start + at for at in match.span("number"))
    span = sentence.span(start, end) if digits[0].isdigit() else None
    return value, match["unit"], span


def amount(digits: str) -> Decimal | None:
    """The value of a number in digits or Chinese numerals."""
    if digits[0] in "0123456789":
        return Decimal(digits.replace(",", ""))
    value = numeral(digits)
    return None if value is None else Decimal(value)
