"""What is written around the words of a label: its number before them, an explanation behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from govlint.parsing.vocabulary import Mention
from govlint.text.ordinals import NUMERALS, ROW_ORDINAL_WORDS, ordinal_value
from govlint.text.remarks import NOTE_MARK

_HAN = re.compile(r"[㐀-鿿]")
_BRACKET = re.compile(r"[ \r]*\n?[ \r]*\(((?:[^()|\x1f]|\([^()|\x1f]*\)){1,400})\)")
"""As in `` (含不予受理)``."""
_ORDINAL = re.compile(rf"[{NUMERALS}无]{{1,2}}|\d+")
"""In brackets: the ordinal of the next label, a figure, or a word in place of one: ``五``."""
_MOST_LINES = 3
_IN_A_CELL = re.compile(r" ?[|\x1f]|\n\d")
"""As in `` |``."""
_CLAUSE = re.compile(
    r" ?(?:[:—]{1,2}|,?(?:是?指|即|含|包括|不含|不包括|仅限|其中))(?P<words>[^\n|\x1f]{4,400})(?=[\n|\x1f])"
)
"""An explanation without brackets, as far as its cell or line goes: ``:指依法不予公开的|``."""
_FIGURE = re.compile(r"[\n|\x1f \r]*(?:\d|[-/—–](?=[\n|\x1f \r]))")
"""As in `` 12``."""
_NOTED = re.compile(rf" ?(?:{NOTE_MARK.pattern})(?=[ \r]*(?:[\n|\x1f]|$))")
"""As in ``①|``."""
_BORDERS = "\n|\x1f"
_NUMBER_BEFORE = re.compile(rf"(?:^|(?<=[\n|\x1f ]))({ROW_ORDINAL_WORDS}) *\Z")
"""As in ``(一)``."""
_LONGEST_NUMBER = 8


def with_explanations(folded: str, hits: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions of labels with the explanation behind them, and without the words of labels within explanations."""
    covered = 0
    mentions = list(hits)
    for hit, after in pairwise([*mentions, None]):
        if hit is None or hit.start < covered:
            continue
        if hit.landmarks and hit.landmarks[0].kind == "section":
            yield hit
            continue
        end = _explained(folded, hit, after.start if after else len(folded))
        covered = max(covered, end if end > hit.end else 0)
        yield hit if end == hit.end else hit._replace(end=end)


def _explained(folded: str, hit: Mention, after: int) -> int:
    """Where the explanation behind a label ends; the label's own end where there is none."""
    if _IN_A_CELL.match(folded, hit.end):  # most labels have nothing behind them
        return hit.end
    if noted := _NOTED.match(folded, hit.end):
        return noted.end()
    bracket = _BRACKET.match(folded, hit.end)
    if bracket and bracket.start(1) < after and _explains(bracket[1]):
        return bracket.end()
    clause = _CLAUSE.match(folded, hit.end)
    if clause and _stands_first(folded, hit.start) and len(_HAN.findall(clause["words"])) >= 4:
        return clause.end() if _FIGURE.match(folded, clause.end()) else hit.end
    return hit.end


def _explains(text: str) -> bool:
    words = len(_HAN.findall(text))
    return (
        not _ORDINAL.fullmatch(text)
        and words > any(map(str.isdigit, text))
        and text.count("\n") <= _MOST_LINES
        and "\n\n" not in text
    )


def _stands_first(folded: str, start: int) -> bool:
    before = folded[max(0, start - 4) : start].rstrip(" \r")
    return (not before and start < 4) or before[-1:] in _BORDERS


def numbered(folded: str, hit: Mention) -> Mention:
    """A row's label with the number before it, where that is not the mandated one: counts may run on from group to group."""
    if hit.ordinal or not hit.mandated:
        return hit
    match = _NUMBER_BEFORE.search(folded, max(0, hit.start - _LONGEST_NUMBER), hit.start)
    if not match or (value := ordinal_value(match[1])) is None:
        return hit
    rows = sorted(hit.landmarks, key=lambda mark: mark.kind != "row")
    return hit._replace(
        start=match.start(1),
        ordinal=match[1],
        landmarks=tuple(rows),
        misnumbered=value != ordinal_value(hit.mandated),
    )


_PREFIX = re.compile(rf"(?:^|(?<=[\n|\x1f ]))(?![{NUMERALS}]+$)([㐀-鿿]{{1,6}})\Z")
"""As in ``其中``."""
_SUFFIX = re.compile(r"[㐀-鿿]{1,8}(?=[ \r]*(?:[\n|\x1f]|$))")
"""As in ``合计\n``."""
_SUFFIX_OF_ROW = re.compile(r"[㐀-鿿]{1,8}(?=[ \r]*(?:[\n|\x1f]|$|\d))")
"""Figures may be run into the label of their row; behind a column's name the next label is: ``合计3``."""


def _is_border(folded: str, at: int) -> bool:
    return folded[at : at + 1] in ("\n", "|", "\x1f", " ")


def widened(folded: str, hit: Mention, low: int, high: int) -> Mention:
    """A label with the words that are glued to it in its cell: ``经复议后起诉`` for ``复议后起诉``.

    ``low`` and ``high`` are where the labels around it end and begin.
    """
    start, end = hit.start, hit.end
    if _is_border(folded, start - 1) and _is_border(folded, end):
        return hit
    before = _PREFIX.search(folded, max(low, start - 7), start) if not hit.ordinal else None
    if before and before.start(1) > low:
        start = before.start(1)
    is_row = any(mark.kind == "row" for mark in hit.landmarks)
    behind = (_SUFFIX_OF_ROW if is_row else _SUFFIX).match(folded, end, high)
    if behind:
        end = behind.end()
    if (start, end) == (hit.start, hit.end):
        return hit
    words = folded[start : hit.start] + hit.words + folded[hit.end : end]
    return hit._replace(start=start, end=end, words=words, widened=True)
