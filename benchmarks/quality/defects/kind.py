"""What a defect is, and what a checker should answer to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from benchmarks.quality.model import Number, Report

T = TypeVar("T")

Correction = Mapping[str, Number | None]
"""Cell address to the right value; None where the report does not tell it."""


@dataclass(frozen=True)
class Expected:
    """One finding that should be made. ``code`` may name several, parted by ``|``: any of them is right."""

    code: str
    corrections: Sequence[Correction] = ()
    """Equally good answers: each the cells at fault with what they should hold."""
    at: str = ""
    """Words at which the finding should stand."""
    names: str = ""
    """Words that its message should hold, such as the label of a row that is missing."""
    value: str = ""
    """What it should say is right, where that is no cell; several parted by ``|`` are equally good."""
    section: str = ""


Injected = list[Expected] | None
"""None: this report gives no occasion for the defect."""
Inject = Callable[[Report, random.Random], Injected]


@dataclass(frozen=True)
class Defect:
    """A kind of mistake. Two with a part of the report in common are never put into one report."""

    name: str
    does: str
    inject: Inject
    touches: frozenset[str]
    needs: frozenset[str] = frozenset()
    """Parts that a layout must hold for the defect to be seen, beside the ones it touches: ``cells``, ``borders``, ``ragged``."""
    tolerated: frozenset[str] = frozenset()
    """Codes that may be found beside it without being a false alarm: the regulation supports both readings."""
    damage: Callable[[bytes], bytes] | None = None
    """What becomes of the finished file."""
    suffixes: frozenset[str] = frozenset()
    """Of the files that it can happen to; empty: all."""


def defect(
    name: str, does: str, touches: str, *, needs: str = "", tolerated: str = ""
) -> Callable[[Inject], Defect]:
    """Decorator: the function becomes a Defect. Several words in one string are several parts."""

    def made(inject: Inject) -> Defect:
        parts = [frozenset(words.split()) for words in (touches, needs, tolerated)]
        return Defect(name, does, inject, *parts)

    return made


def pick(draw: random.Random, among: Sequence[T]) -> T | None:
    return draw.choice(among) if among else None
