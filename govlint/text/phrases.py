"""Which of many phrases a text has, without a search of the text for each."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator, Sequence

_MOST = 255
"""Characters of one alphabet: each is a byte, and 0 is none of them."""
_NONE = "\ufffe"
"""Stands in a table of characters for none."""


class Phrases:
    """Phrases of characters of the basic plane, which are looked for together.

    A text is written in the phrases' own characters, a byte each, and without all others, which is a hundredth of the
    work of a set of its characters: what does not stand there does not stand in the text.
    """

    def __init__(self, phrases: Sequence[str]) -> None:
        self._alphabets = [_Alphabet(group) for group in _grouped(phrases)]

    def within(self, text: str) -> Iterator[str]:
        """Those that stand in a text, in no order that means anything."""
        return (phrase for alphabet in self._alphabets for phrase in alphabet.within(text))


class _Alphabet:
    """Phrases of so few different characters that each can be a byte."""

    def __init__(self, phrases: Sequence[str]) -> None:
        common = Counter("".join(phrases))
        self._table = codecs.charmap_build("\0" + "".join(common).ljust(_MOST, _NONE))
        self._by_rarest: dict[int, list[tuple[bytes, str]]] = {}
        for phrase in phrases:
            rarest = min(phrase, key=common.__getitem__)
            self._by_rarest.setdefault(self._written(rarest)[0], []).append((self._written(phrase), phrase))

    def _written(self, text: str) -> bytes:
        return codecs.charmap_encode(text, "ignore", self._table)[0]

    def within(self, text: str) -> Iterator[str]:
        written = self._written(text)
        characters = set(written)
        for rarest in self._by_rarest.keys() & characters:
            for phrase, itself in self._by_rarest[rarest]:
                if characters.issuperset(phrase) and phrase in written and itself in text:
                    yield itself


def _grouped(phrases: Sequence[str]) -> Iterator[list[str]]:
    """The phrases in as many groups as it takes for one to have few enough characters."""
    group: list[str] = []
    characters: set[str] = set()
    for phrase in phrases:
        if len(characters.union(phrase)) > _MOST:
            yield group
            group, characters = [], set()
        group.append(phrase)
        characters.update(phrase)
    if group:
        yield group
