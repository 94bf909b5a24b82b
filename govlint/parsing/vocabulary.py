"""The mandated words of a template as one pattern over compact text, tolerant of punctuation and ordinals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from govlint.patterns import lasting
from govlint.template.model import Landmark, Template
from govlint.text.folding import Compact, compact
from govlint.text.ordinals import (
    HEAD_ORDINAL,
    HEAD_ORDINAL_WORDS,
    NUMERALS,
    ORDINAL_ENDS,
    ordinal_value,
    split_ordinal,
)

_UNIT = "(单位"
"""Opens the unit in a label, which may stand without the word: ``（单位：条）`` is ``（条）``, or without brackets."""
_PUNCTUATION = re.compile(r"[、,.;。:\"'()\[\]\-—·/]")
"""As in ``、``."""
_BORDERED = re.compile(r"[|\x1f]")
_HEAD_BEFORE = re.compile(rf"{HEAD_ORDINAL_WORDS}$")
"""As in ``第三部分``."""


_SUM = re.compile(r"^[合共]计$")
"""Other words for 总计: ``合计``."""
_UNIT_WORD = re.compile(rf"\(单位{_PUNCTUATION.pattern}?|单位:")
"""The word before a unit, whatever stands for its colon: ``(单位/万元)``, ``(单位万元)``."""


def bare(text: str) -> str:
    """A compact label without punctuation: what two spellings of one label have in common."""
    if "单位" in text:
        text = _UNIT_WORD.sub("", text)
    return _PUNCTUATION.sub("", text)


def same_words(words: str, label: str) -> bool:
    """Whether a compact label is the mandated one but for its brackets, commas, stops and quotation marks."""
    return bare(words) == bare(label) and words.count("/") == label.count("/")


@cache
def _own_ordinal(ordinal: str) -> re.Pattern[str]:
    """A pattern for one label's ordinal in any of the usual styles, at the end of what stands before the label."""
    value = ordinal_value(ordinal) or 0
    numeral = NUMERALS[value - 1] if 0 < value <= 10 else str(value)
    return lasting(rf"\(?(?:{numeral}|{value})(?:\)[、.,:]?|[、.,:])$")


def _flexible(words: str) -> str:
    before, unit, after = words.partition(_UNIT)
    if unit:
        return rf"{_flexible(before)}\((?:单位)?{_flexible(after)}"
    return "".join(
        rf"{_PUNCTUATION.pattern}{{,{1 + (char == ')')}}}"
        if _PUNCTUATION.fullmatch(char)
        else re.escape(char)
        for char in words
    )


class Mention(NamedTuple):
    """A place in compact text that has the words of a label, with its ordinal, and what it may mean."""

    start: int
    end: int
    ordinal: str
    words: str
    landmarks: tuple[Landmark, ...]
    foreign: str | None = None
    """The label, where it is one that only another edition has."""
    mandated: str = ""
    """The mandated ordinal of a row, where it is not what stands before the words."""
    misnumbered: bool = False
    widened: bool = False
    """With words around it that make it another label, or this one in other words."""


class _Named(NamedTuple):
    """A mention but for its place; ``lead`` are the characters of it before the words."""

    lead: int
    ordinal: str
    landmarks: tuple[Landmark, ...]
    foreign: str | None
    mandated: str


class Vocabulary:
    def __init__(self, template: Template) -> None:
        self.template = template
        self._known: dict[str, list[tuple[str, Landmark]]] = {}
        self._foreign: dict[str, tuple[str, str]] = {}
        for label, _ in template.foreign:
            ordinal, rest = _split(label)
            self._foreign[bare(rest)] = ordinal, label
        words: set[str] = {_split(label)[1] for label, _ in template.foreign}
        for landmark in template.landmarks:
            ordinal, label = _split(landmark.label)
            self._known.setdefault(bare(label), []).append((ordinal, landmark))
            words.add(label)
        self.pattern = _alternation(words)
        self._named = lru_cache(512)(self._name)
        self.others = lru_cache(256)(self._others)

    def mentions(self, compact: Compact, within: Iterable[tuple[int, int]] = ()) -> Iterator[Mention]:
        """Every place in a text that has the words of a label, by its source offsets.

        Of the stretches ``within``, which begin and end with no blank, the first alone.
        """
        text, source, source_end = compact.text, compact.source, compact.source_end
        stretches = sorted((compact.offset(start), compact.offset(end - 1) + 1) for start, end in within)
        for match in self._found(text, stretches):
            start, end = match.span()
            before = ""
            if text[start - 1 : start] in ORDINAL_ENDS:
                before = _BORDERED.split(text[max(0, start - 8) : start])[-1]
            named = self._named(match.group(), before)
            if named is not None:
                lead, ordinal, landmarks, foreign, mandated = named
                yield Mention(
                    source(start - lead),
                    source_end(end),
                    ordinal,
                    match.group(),
                    landmarks,
                    foreign,
                    mandated,
                )

    def _found(self, text: str, stretches: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
        at = 0
        for low, high in stretches:
            for match in self.pattern.finditer(text, at):
                at = match.end()
                yield match
                if at > low:
                    break
            at = max(at, high)
        yield from self.pattern.finditer(text, at)

    def _name(self, words: str, before: str) -> _Named | None:
        """What the words of a label mean behind what stands before them."""
        known = self._known.get(key := bare(words))
        if known is None:
            if key not in self._foreign:  # spelt as the pattern bears it and no label is: in other words
                return None
            ordinal, label = self._foreign[key]
            own = _own_ordinal(ordinal).search(before) if ordinal else None
            ordinal = own.group() if own else ""
            return _Named(len(ordinal), ordinal, (), label, "")
        ordinal, landmarks = _numbered(before, known)
        opening = before.endswith("(") and words.endswith(")")  # the pattern begins behind a bracket
        mandated = "" if ordinal else next((own for own, mark in known if own and mark.kind == "row"), "")
        return _Named(len(ordinal) + opening, ordinal, landmarks, None, mandated)

    def _others(self, chain: frozenset[tuple[Landmark, ...]]) -> Sequence[Landmark]:
        """What words among a chain of labels may be: those of its tables, but for groups that are in it."""
        tables = {mark.table for marks in chain for mark in marks}
        present = {mark.label for marks in chain for mark in marks}
        return [
            mark
            for mark in self.template.landmarks
            if mark.table in tables
            and (mark.kind in ("row", "column") or (mark.kind == "group" and mark.label not in present))
        ]

    def resembling(self, words: str, among: Sequence[Landmark], least: float) -> Landmark | None:
        """The landmark whose words are nearest to those given, if they are at least ``least`` (0 to 100) alike."""
        from rapidfuzz import fuzz

        ordinal, rest = _split(words)
        wanted, number = _SUM.sub("总计", bare(rest)), ordinal_value(ordinal)
        best: tuple[float, Landmark] | None = None
        for landmark in among:
            own, label = _split(landmark.label)
            mandated = bare(label)
            score = fuzz.ratio(wanted, mandated)
            if sorted(wanted) == sorted(mandated):
                score = max(score, 90.0)
            if len(wanted) >= 4 and (mandated.startswith(wanted) or wanted.startswith(mandated)):
                score = max(score, 90.0)
            if score >= least and ordinal_value(own) == number:  # of two with the same words
                score += 1
            if score >= least and (best is None or score > best[0]):
                best = score, landmark
        return best[1] if best else None


def _numbered(before: str, known: Sequence[tuple[str, Landmark]]) -> tuple[str, tuple[Landmark, ...]]:
    """The ordinal at the end of ``before`` and the landmarks that it leaves possible."""
    if known[0][1].kind == "section":
        match = _HEAD_BEFORE.search(before)
        return match.group() if match else "", (known[0][1],)
    for ordinal, landmark in known:
        if ordinal and before and before[-1] in "、.,:)" and (match := _own_ordinal(ordinal).search(before)):
            return match.group(), (landmark, *(other for _, other in known if other is not landmark))
    return "", tuple([landmark for _, landmark in known])


def _alternation(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all words, the longest first, sorted by first character so that most places fail at once."""
    groups: dict[str, list[str]] = {}
    for label in sorted({word.lstrip('("') for word in words}, key=lambda word: (-len(word), word)):
        groups.setdefault(label[0], []).append(_flexible(label[1:]))
    first = "".join(map(re.escape, groups))
    inner = "|".join(f"{re.escape(char)}(?:{'|'.join(rest)})" for char, rest in groups.items())
    return lasting(f"(?=[{first}])(?:{inner})")


def _split(label: str) -> tuple[str, str]:
    ordinal, words = split_ordinal(label)
    if ordinal:
        return compact(ordinal), compact(words)
    text = compact(label)
    match = HEAD_ORDINAL.match(text)
    return (match.group(), text[match.end() :]) if match else ("", text)


@cache
def vocabulary(template: Template) -> Vocabulary:
    return Vocabulary(template)
