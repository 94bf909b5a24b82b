"""Outcomes added up: by rule, by layout, by kind of defect."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from benchmarks.quality.score import METADATA, Answer, Outcome


@dataclass
class Count:
    """Findings of one rule, layout or kind of defect."""

    documents: int = 0
    expected: int = 0
    found: int = 0
    alarms: int = 0
    to_locate: int = 0
    located: int = 0
    values: Counter[Answer] = field(default_factory=Counter)

    @property
    def recall(self) -> float | None:
        return self.found / self.expected if self.expected else None

    @property
    def precision(self) -> float | None:
        told = self.found + self.alarms
        return self.found / told if told else None

    @property
    def placed(self) -> float | None:
        return self.located / self.to_locate if self.to_locate else None

    @property
    def right_values(self) -> float | None:
        """The share of right values among the values that should have been told."""
        return self.values["right"] / self.values.total() if self.values else None


def _add(count: Count, outcome: Outcome, code: str | None = None) -> None:
    """One document's findings, or those of one rule."""
    count.documents += 1
    for hit in outcome.hits:
        if code is None or hit.code == code:
            count.expected += 1
            count.found += hit.found
            if hit.located is not None:
                count.to_locate += 1
                count.located += hit.located
            if hit.valued is not None:
                count.values[hit.valued] += 1
    count.alarms += sum(code is None or alarm.code == code for alarm in outcome.alarms)


def by_rule(outcomes: Iterable[Outcome]) -> dict[str, Count]:
    counts: dict[str, Count] = defaultdict(Count)
    for outcome in outcomes:
        for code in {hit.code for hit in outcome.hits} | {alarm.code for alarm in outcome.alarms}:
            _add(counts[code], outcome, code)
    return dict(sorted(counts.items()))


def by(outcomes: Iterable[Outcome], key: Callable[[Outcome], str]) -> dict[str, Count]:
    """In the order in which the keys first come."""
    counts: dict[str, Count] = defaultdict(Count)
    for outcome in outcomes:
        _add(counts[key(outcome)], outcome)
    return dict(counts)


def total(outcomes: Iterable[Outcome]) -> Count:
    return by(outcomes, lambda _: "").get("", Count())


@dataclass
class Reading:
    """How a layout was read: cells by how, metadata by name and how; clean reports, those with an alarm, those passed."""

    cells: Counter[str] = field(default_factory=Counter)
    metadata: dict[str, Counter[Answer]] = field(
        default_factory=lambda: {name: Counter() for name in METADATA}
    )
    clean: int = 0
    alarmed: int = 0
    passed: int = 0


def readings(outcomes: Iterable[Outcome]) -> dict[str, Reading]:
    """By layout."""
    found: dict[str, Reading] = defaultdict(Reading)
    for outcome in outcomes:
        reading = found[outcome.case.layout]
        reading.cells.update(outcome.cells)
        for name, answer in outcome.metadata.items():
            reading.metadata[name][answer] += 1
        if outcome.case.group == "clean":
            reading.clean += 1
            reading.alarmed += bool(outcome.alarms)
            reading.passed += outcome.passed
    return dict(found)
