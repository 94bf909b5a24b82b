"""Which reports are made: every defect and every habit in every layout, several at once, and clean ones."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.quality.build import build
from benchmarks.quality.defects import DEFECTS, Defect, Expected
from benchmarks.quality.habits import HABITS
from benchmarks.quality.layouts import LAYOUTS, Layout
from benchmarks.quality.model import Report

Group = Literal["clean", "habit", "single", "several"]
BY_NAME = {defect.name: defect for defect in DEFECTS}
HABIT_BY_NAME = {habit.name: habit for habit in HABITS}
LAYOUT_BY_NAME = {layout.name: layout for layout in LAYOUTS}
_TABLES = frozenset({"applications", "proactive", "review_litigation", "quoted"})
_ATTEMPTS = 400
"""Reports tried until one gives occasion for a defect."""


@dataclass(frozen=True)
class Case:
    """One document to be made: ``names`` of the defects or habit that are put into it."""

    group: Group
    layout: str
    names: tuple[str, ...]
    seed: str


@dataclass
class Made:
    case: Case
    report: Report
    defects: list[Defect]
    expected: list[Expected]


@dataclass(frozen=True)
class Sizes:
    """Documents of each layout: clean ones, of each habit, of each defect, with several defects."""

    clean: int = 20
    habit: int = 1
    single: int = 1
    several: int = 25


def visible(kind: Defect, layout: Layout) -> bool:
    """Whether a layout can show the defect at all."""
    if kind.suffixes and layout.suffix not in kind.suffixes:
        return False
    return kind.needs <= layout.parts and ("prose" in layout.parts or kind.touches <= _TABLES)


def cases(layouts: Sequence[Layout], sizes: Sizes, seed: str, only: Sequence[str] = ()) -> Iterator[Case]:
    """All cases in a fixed order. ``only``: kinds of defects and habits by name, or by how their names begin."""

    def wanted(kind: Defect) -> bool:
        return not only or kind.name.startswith(tuple(only))

    for layout in layouts:
        at = f"{seed}/{layout.name}"
        for n in range(0 if only else sizes.clean):
            yield Case("clean", layout.name, (), f"{at}/clean{n}")
        for group, kinds, count in (("habit", HABITS, sizes.habit), ("single", DEFECTS, sizes.single)):
            for kind in kinds:
                for n in range(count if wanted(kind) and visible(kind, layout) else 0):
                    yield Case(group, layout.name, (kind.name,), f"{at}/{group}/{kind.name}{n}")
        for n in range(0 if only else sizes.several):
            yield Case("several", layout.name, (), f"{at}/several{n}")


def make(case: Case) -> Made:
    """The report of a case with its defects in it. Raises LookupError where no report gives occasion for them."""
    draw = random.Random(case.seed)
    if case.group == "clean":
        return Made(case, build(case.seed), [], [])
    if case.group == "several":
        return _several(case, draw)
    (name,) = case.names
    kind = (BY_NAME if case.group == "single" else HABIT_BY_NAME)[name]
    for attempt in range(_ATTEMPTS):
        report = build(f"{case.seed}/{attempt}")
        expected = kind.inject(report, draw)
        if expected is not None:
            return Made(case, report, [kind], expected)
    raise LookupError(f"no report gives occasion for {name}")


def _several(case: Case, draw: random.Random) -> Made:
    """Two to four defects in different parts of one report."""
    report, count = build(case.seed), draw.randint(2, 4)
    chosen: list[Defect] = []
    expected: list[Expected] = []
    layout = LAYOUT_BY_NAME[case.layout]
    for kind in draw.sample(DEFECTS, len(DEFECTS)):
        taken = frozenset().union(*(other.touches for other in chosen))
        if len(chosen) == count or taken & kind.touches or not visible(kind, layout) or kind.damage:
            continue
        changed = copy.deepcopy(report)
        found = kind.inject(changed, draw)
        if found is not None:
            report, chosen, expected = changed, [*chosen, kind], expected + found
    names = tuple(kind.name for kind in chosen)
    return Made(Case(case.group, case.layout, names, case.seed), report, chosen, expected)
