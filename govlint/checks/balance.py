"""The balance that one sentence of the prose gives of the applications, held against itself.

收到13件，上年结转2件，办结12件，结转下年度1件 does not balance, whatever the table says. Only a sentence that gives all
four and nothing else is judged: what was withdrawn or handled otherwise would stand between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

from govlint.prose.quantities import counts
from govlint.prose.statements import Statement, read_prose
from govlint.report import Report

_IN, _OUT = ("new", "received"), ("answered", "handled")
_PARTS = frozenset(("outcomes", "applicants", "total"))
"""What may stand in the sentence beside the four: it divides or repeats them."""


class Imbalance(Struct, frozen=True):
    received: Statement
    carried_in: Statement
    answered: Statement
    carried_out: Statement

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.received, self.carried_in, self.answered, self.carried_out

    @property
    def expected(self) -> Decimal:
        """What would have to have been handled."""
        return self.received.value + self.carried_in.value - self.carried_out.value


def imbalances(report: Report) -> Iterator[Imbalance]:
    prose = read_prose(report)
    figures = {
        sentence.span(0, 1).start: sum(counts(word) for word in sentence.words)
        for sentence in prose.sentences
    }
    for sentence, group in groupby(prose.statements, key=lambda statement: statement.sentence):
        told = list(group)
        if len(told) < figures.get(sentence, 0):
            continue  # something else is counted
        rest = [statement for statement in told if statement.kind not in _PARTS]
        kinds = sorted(rest, key=lambda statement: _place(statement.kind))
        if [_place(statement.kind) for statement in kinds] == [0, 1, 2, 3]:
            found = Imbalance(*kinds)
            if found.expected != found.answered.value and found.expected >= 0:
                yield found


def _place(kind: str) -> int:
    if kind in _IN:
        return 0
    if kind in _OUT:
        return 2
    return {"carried_in": 1, "carried_out": 3}.get(kind, 4)
