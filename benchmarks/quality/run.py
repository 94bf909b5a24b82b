"""The cases made, laid out, checked and scored, by as many processes as there are cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

import govlint
from benchmarks.quality.cases import LAYOUT_BY_NAME, Case, Made, make
from benchmarks.quality.layouts import Layout, paper
from benchmarks.quality.score import Outcome, score

_CHUNK = 25
"""Documents that a process is given at once, and LibreOffice converts in one run."""


def usable(layout: Layout) -> bool:
    """Whether the program that a layout takes is installed."""
    return layout.needs is None or bool({"chromium": paper.CHROMIUM, "soffice": paper.SOFFICE}[layout.needs])


def evaluate(cases: Sequence[Case]) -> list[Outcome]:
    """All of one layout."""
    configuration = govlint.configure(config=None)
    layout = LAYOUT_BY_NAME[cases[0].layout]
    made = [make(case) for case in cases]
    outcomes = []
    for one, data in zip(made, layout.draw([one.report for one in made]), strict=True):
        result = govlint.check(damaged(one, data), name=f"report{layout.suffix}", configuration=configuration)
        outcomes.append(score(one, result))
    return outcomes


def damaged(made: Made, data: bytes) -> bytes:
    for kind in made.defects:
        data = kind.damage(data) if kind.damage else data
    return data


def run(cases: Sequence[Case], jobs: int | None = None) -> Iterator[Outcome]:
    """The outcomes in the order of the cases."""
    layouts = [list(group) for _, group in groupby(cases, key=lambda case: case.layout)]
    chunks = [group[at : at + _CHUNK] for group in layouts for at in range(0, len(group), _CHUNK)]
    with ProcessPoolExecutor(jobs or os.cpu_count()) as pool:
        for outcomes in pool.map(evaluate, chunks):
            yield from outcomes
