"""The mandated words of a template as one pattern over compact text, tolerant of punctuation and ordinals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from govlint.folding import compact
from govlint.template import Landmark, Template, split_ordinal

_NUMERALS = "一二三四五六七八九十"
_PUNCTUATION = re.compile(r"[、,.;:\"'()\[\]\-—·/]")
_HEAD_ORDINAL = (
    rf"(?:第[{_NUMERALS}\d]{{1,2}}(?:部分|章|节)[、.:,]?"
    rf"|\(?(?:[{_NUMERALS}]{{1,2}}|\d{{1,2}})(?:\)[、.,:]?|[、.,:]))"
)
HEAD_ORDINAL = re.compile(_HEAD_ORDINAL)
SHORT = 3
"""Words of this length and less are too common to stand without their ordinal."""


def bare(text: str) -> str:
    """A compact label without punctuation: what two spellings of one label have in common."""
    return _PUNCTUATION.sub("", text)


def ordinal_value(ordinal: str) -> int | None:
    """The number of an ordinal in any style (``一、`` ``（1）`` ``第三部分``); None where it has none."""
    digits = re.search(r"\d+", ordinal)
    if digits:
        return int(digits.group())
    numerals = re.search(rf"[{_NUMERALS}]+", ordinal)
    if not numerals:
        return None
    text = numerals.group()
    tens, ten, units = text.rpartition("十")
    value = (_NUMERALS.index(tens[-1]) + 1 if tens else 1) * 10 if ten else 0
    return value + (_NUMERALS.index(units[-1]) + 1 if units else 0)


def _own_ordinal(ordinal: str) -> str:
    """A pattern for one label's ordinal in any of the usual styles."""
    value = ordinal_value(compact(ordinal)) or 0
    numeral = _NUMERALS[value - 1] if 0 < value <= 10 else str(value)
    return rf"(?:\(?(?:{numeral}|{value})(?:\)[、.,:]?|[、.,:]))"


def _flexible(words: str) -> str:
    return "".join(
        rf"{_PUNCTUATION.pattern}?" if _PUNCTUATION.fullmatch(char) else re.escape(char) for char in words
    )


class Known(NamedTuple):
    """What a match may mean: the landmarks of its words, or the edition whose words they are."""

    landmarks: tuple[Landmark, ...]
    foreign: str | None = None


class Vocabulary:
    def __init__(self, template: Template) -> None:
        self.template = template
        self._known: dict[str, list[Landmark]] = {}
        self._foreign = {bare(split_ordinal(compact(label))[1]): label for label, _ in template.foreign}
        patterns: list[tuple[int, str]] = []
        for landmark in template.landmarks:
            ordinal, words = _split(landmark.label)
            self._known.setdefault(bare(words), []).append(landmark)
            if landmark.kind == "section":
                patterns.append((len(words), f"(?:{_HEAD_ORDINAL})?{_flexible(words)}"))
            elif ordinal:
                optional = "" if len(words) <= SHORT else "?"
                patterns.append((len(words) + 2, f"{_own_ordinal(ordinal)}{optional}{_flexible(words)}"))
            else:
                patterns.append((len(words), _flexible(words)))
        patterns += [(len(words), _flexible(compact(words))) for words, _ in template.foreign]
        patterns.sort(key=lambda entry: -entry[0])
        self.pattern = re.compile("|".join(dict.fromkeys(pattern for _, pattern in patterns)))

    def known(self, matched: str) -> tuple[str, str, Known]:
        """(ordinal, words, meaning) of a match of the pattern."""
        whole = bare(matched)
        if whole in self._known:  # no ordinal, or brackets that are part of the words
            return "", matched, Known(tuple(self._known[whole]))
        if whole in self._foreign:
            return "", matched, Known((), self._foreign[whole])
        match = HEAD_ORDINAL.match(matched)
        ordinal = match.group() if match else ""
        words = matched[len(ordinal) :]
        found = self._known.get(bare(words), [])
        value = ordinal_value(ordinal)
        same = [
            landmark
            for landmark in found
            if landmark.kind == "section" or ordinal_value(_split(landmark.label)[0]) == value
        ]
        return ordinal, words, Known(tuple(same or found))

    def resembling(self, words: str, among: Sequence[Landmark], least: float) -> Landmark | None:
        """The landmark whose words are nearest to those given, if they are at least ``least`` (0 to 100) alike."""
        from rapidfuzz import fuzz

        wanted = bare(_split(words)[1])
        best: tuple[float, Landmark] | None = None
        for landmark in among:
            mandated = bare(_split(landmark.label)[1])
            score = fuzz.ratio(wanted, mandated)
            if len(wanted) >= 4 and (mandated.startswith(wanted) or wanted.startswith(mandated)):
                score = max(score, 90.0)
            if score >= least and (best is None or score > best[0]):
                best = score, landmark
        return best[1] if best else None


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
