"""The words of a clause and what they say, by the grammar of the field's phrases (``grammars/statements.lark``).

The grammar's terminals are the words, figures and marks of time and scope among them; here they become one pattern.
What stands between known words is unknown, and an unknown word makes a clause unreadable: what is not
understood is not compared.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from govlint.folders import GRAMMARS
from govlint.patterns import lasting
from govlint.template.built import cached
from govlint.template.lalr import Parser, Tables, compiled, tables

if TYPE_CHECKING:
    from collections.abc import Iterable


class Word(Struct, frozen=True):
    """A word of compact text, and the grammar's terminal."""

    kind: str
    start: int
    end: int
    text: str
    unit: str = ""
    """Of a figure: ``件``, ``万元``."""


class _Grammar(Struct, frozen=True):
    tables: Tables
    terminals: dict[str, str]
    """The pattern of each."""


@cache
def _grammar() -> _Grammar:
    """The grammar of phrases."""
    text = (GRAMMARS / "statements.lark").read_text("utf-8")
    code = ("prose.words", "template.lalr")
    return cached(
        "statements",
        text,
        code,
        (_Grammar, Tables),
        lambda: _built(text),
        lambda found: isinstance(found, _Grammar) and isinstance(found.tables, Tables),
    )


def _built(text: str) -> _Grammar:
    lark = compiled(text)
    return _Grammar(
        tables(lark), {terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals}
    )


_FIRSTS = re.compile(r"\(\?=\[([^\]]*)\]\)")
"""What every pattern begins with: ``(?=[通经以])``."""
_PLAIN = re.compile(r"\(\?:([^()\[\]{}?*+]+)\)|([^()\[\]{}?*+|]+)")
"""Words and no pattern: ``(?:收到|接到)``."""


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every word, and the kind of each plain word; patterns go before plain words.

    Where none of them begins is seen at once, by the first character.
    """
    plain: dict[str, str] = {}
    patterns: list[str] = []
    begun = ""
    for terminal, value in _grammar().terminals.items():
        match = _PLAIN.fullmatch(value)
        if match:
            words = (match.group(1) or match.group(2)).split("|")
            plain |= {re.sub(r"\\(.)", r"\1", word): terminal for word in words}
        else:
            firsts = _FIRSTS.match(value)
            assert firsts, terminal
            head = firsts.group()  # before the group: it is entered where it may begin
            patterns.append(f"{head}(?P<{terminal}>{value[len(head) :]})")
            begun += firsts[1]
    every = begun + "".join(re.escape(first) for first in sorted({word[0] for word in plain}))
    return lasting(f"(?=[{every}])(?:(?=[{begun}])(?:{'|'.join(patterns)})|{_longest(plain)})"), plain


def _longest(words: Iterable[str]) -> str:
    """A pattern for the longest word that stands at a place, parted by first characters."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


def words(text: str) -> list[Word]:
    """The words of compact text in order; what is between them is ``GAP``."""
    pattern, plain = _words()
    found: list[Word] = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start > at:
            found.append(Word("GAP", at, start, text[at:start]))
        said = match.group()
        kind = plain.get(said) or match.lastgroup or "GAP"
        found.append(Word(kind, start, end, said, (kind == "FIGURE" and match["unit"]) or ""))
        at = end
    if at < len(text):
        found.append(Word("GAP", at, len(text), text[at:]))
    return found


@lru_cache(4096)
def phrase(kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """What the words of a clause say together: the grammar's rule and its telling words; None where they say nothing.

    >>> phrase(("_RECEIVE", "APPLICATION"))
    ('received', ('APPLICATION',))
    """
    grammar = _grammar()
    parser = Parser(grammar.tables, "start")
    for kind in kinds:
        if not parser.accepts(kind):
            return None
        parser.feed(kind)
    if not parser.end():
        return None
    said = parser.reduced[-2].rule  # the last is the start itself
    return said, tuple(kind for kind in kinds if not kind.startswith("_"))


def figure(text: str) -> re.Match[str] | None:
    """The parts of a figure that :func:`words` has found: about, number, more, unit, over."""
    return _figure().fullmatch(text)


@cache
def _figure() -> re.Pattern[str]:
    return lasting(_grammar().terminals["FIGURE"])
