"""An engine that works in the process of the test: what is found is the same, and no process is started for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govlint.archive.engines import Local
from govlint.archive.work import Batch, Done, Job, work


class Here(Local):
    def __init__(self) -> None:
        super().__init__(1)

    def run(self, batches: Iterable[Batch], job: Job) -> Iterator[Done]:
        return (work(batch, job, {}, lambda *_: None) for batch in batches)
