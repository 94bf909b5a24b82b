"""A grammar's LALR tables, as Lark computes them, and the run over them that the scanner feeds.

Lark's own interactive parser would do, but to load it takes longer than to check a report, and it can neither be asked
cheaply what it would accept nor told to leave out the tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from lark import Lark, Token


class Tables(Struct, frozen=True):
    """In each state, by symbol: the state to go to, or the rule that ends and how many symbols it takes."""

    states: Mapping[int, Mapping[str, int | tuple[str, int]]]
    starts: Mapping[str, tuple[int, int]]
    """By start rule: the state before it and the state when all of it has been read."""


def compiled(grammar: str, start: Sequence[str] = ("start",)) -> Lark:
    """Raises LarkError for a grammar that is wrong."""
    from lark import Lark
    from lark.lexer import Lexer

    class Scanned(Lexer):
        """Stands where Lark wants a lexer: the scanner makes the tokens."""

        def __init__(self, lexer_conf: Any) -> None: ...

        def lex(self, lexer_state: Any, parser_state: Any) -> Iterator[Token]:
            return iter(())

    return Lark(
        grammar,
        parser="lalr",
        lexer=Scanned,
        start=list(start),
        maybe_placeholders=False,
        keep_all_tokens=True,
    )


def tables(lark: Lark) -> Tables:
    """The tables of a compiled grammar, in plain values that load in no time."""
    from lark.parsers.lalr_analysis import Shift

    found = lark.parse_interactive("", start=lark.options.start[0]).parser_state.parse_conf.parse_table
    states = {
        state: {
            symbol: argument if action is Shift else (str(argument.origin.name), len(argument.expansion))
            for symbol, (action, argument) in row.items()
        }
        for state, row in found.states.items()
    }
    starts = {rule: (state, found.end_states[rule]) for rule, state in found.start_states.items()}
    return Tables(states, starts)


class Reduced(NamedTuple):
    """A rule that has ended, with the values of its own tokens."""

    rule: str
    values: list[int | None]


class Parser:
    """One run from a start rule; ``reduced`` are the rules that have ended, in order."""

    def __init__(self, tables: Tables, start: str) -> None:
        self.reduced: list[Reduced] = []
        self._states = tables.states
        first, self._last = tables.starts[start]
        self._stack = [first]
        self._values: list[int | None] = []

    def accepts(self, terminal: str) -> bool:
        """Whether a terminal may come next.

        The table's own answer is not enough, as LALR merges lookaheads: the stack is followed down until the terminal
        is shifted or refused.
        """
        states = self._states
        action = states[self._stack[-1]].get(terminal)
        if action is None or isinstance(action, int):
            return action is not None
        stack = list(self._stack)
        while isinstance(action, tuple):
            rule, count = action
            del stack[len(stack) - count :]
            stack.append(states[stack[-1]][rule])  # type: ignore[arg-type]
            action = states[stack[-1]].get(terminal)
        return action is not None

    def feed(self, terminal: str, value: int | None = None) -> None:
        """Take a terminal that is accepted."""
        states, stack = self._states, self._stack
        while isinstance(action := states[stack[-1]][terminal], tuple):
            self._reduce(*action)
        stack.append(action)
        self._values.append(value)

    def end(self) -> bool:
        """Whether the start rule is complete with what was fed."""
        while self._stack[-1] != self._last:
            action = self._states[self._stack[-1]].get("$END")
            if not isinstance(action, tuple):
                return False
            self._reduce(*action)
        return True

    def _reduce(self, rule: str, count: int) -> None:
        stack, values = self._stack, self._values
        at = len(values) - count
        self.reduced.append(Reduced(rule, values[at:]))
        del values[at:], stack[at + 1 :]
        values.append(None)
        stack.append(self._states[stack[-1]][rule])  # type: ignore[arg-type]
