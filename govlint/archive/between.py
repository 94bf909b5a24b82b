"""The documents of a store held against each other, step by step, each step spread over the engine's workers.

The driver holds numbers alone: rows are handed on through the exchange (:mod:`govlint.archive.comparing`).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from functools import partial
from typing import Any

from govlint.archive.comparing import Comparison, Task, work_on
from govlint.archive.copies import SAMPLED
from govlint.archive.engines import Engine
from govlint.archive.exchange import Exchange
from govlint.archive.said import clear_others
from govlint.archive.store import EXCHANGED, Store
from govlint.linting.settings import Settings

SMALLEST = 5_000
LARGEST = 250_000
"""Documents that a task has to do with."""
_TASKS, _SHARES = 64, 4
"""Tasks of a step, and for each worker, where there is enough to do."""


def compare(store: Store, where: str, settings: Settings, engine: Engine, documents: int) -> None:
    """Put what rules between documents say into the store. ``where``: its place as workers know it."""
    batches = sorted(store.batches())
    share = min(LARGEST, max(SMALLEST, documents // max(_TASKS, engine.workers * _SHARES)))
    together = max(1, len(batches) * share // max(documents, 1))
    groups = [batches[at : at + together] for at in range(0, len(batches), together)]
    exchange = Exchange(where, f"{EXCHANGED}/{uuid.uuid4().hex}", len(groups))
    comparison = Comparison(exchange, settings, [group[0] for group in groups])
    numbers = range(len(groups))

    def spread(tasks: Iterable[Task]) -> list[Any]:
        return list(engine.spread(partial(work_on, comparison=comparison), tasks))

    spread(Task("split", number, group) for number, group in enumerate(groups))
    counted = dict(spread(Task("series", number) for number in numbers))
    spread(Task(step, number) for step in ("renames", "governments") for number in numbers)
    if any(rule.subject == "copies" for rule in comparison.rules()):
        agencies = sum(counted.values())
        spread(Task("shared", number, agencies=agencies) for number in numbers)
        for step in ("pairs", "fetch"):
            spread(Task(step, number) for number in numbers)
        (stock,) = spread([Task("stock", _enough(counted))])
        spread(Task("copies", number, stock=stock) for number in numbers)
    spread(Task("settle", number, group) for number, group in enumerate(groups))
    clear_others(store, len(groups))
    store.folder.remove_all(EXCHANGED)


def _enough(counted: dict[int, int]) -> int:
    """The last of the buckets, from the first, that together have the agencies whose words are sampled."""
    agencies = 0
    for number in range(len(counted)):
        agencies += counted[number]
        if agencies >= SAMPLED:
            return number
    return len(counted) - 1
