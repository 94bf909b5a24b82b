"""Which documents make a batch: those that the store has stay together, new ones are put together as they come."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator

from govlint.archive.located import Located
from govlint.archive.store import Store
from govlint.archive.work import Batch

_SMALLEST, _LARGEST = 20, 500
_SHARES = 16
"""Batches for each worker, at least, so that none waits long for the last."""


def batch_size(documents: int, workers: int) -> int:
    return min(_LARGEST, max(_SMALLEST, documents // (workers * _SHARES)))


def plan(found: Iterable[Located], store: Store, size: int) -> Iterator[Batch]:
    """Every document in one batch, and every batch of the store once, also those whose documents are gone.

    Holds eight bytes of each document that the store knows, and nothing of the others.
    """
    known: dict[int, int] = {}
    counts: Counter[int] = Counter()
    for number in store.batches():
        for path in store.table("documents", number, ["path"])["path"].to_pylist():
            known[_key(path)] = number
            counts[number] += 1
    free = max(counts, default=-1) + 1
    waiting: dict[int, list[Located]] = {number: [] for number in counts}
    fresh: list[Located] = []
    for document in found:
        number_ = known.pop(_key(document.path), None)
        if number_ is None:
            fresh.append(document)
            if len(fresh) == size:
                yield Batch(free, fresh)
                fresh, free = [], free + 1
            continue
        waiting[number_].append(document)
        if len(waiting[number_]) == counts[number_]:
            yield Batch(number_, waiting.pop(number_), known=True)
    if fresh:
        yield Batch(free, fresh)
    for number_, documents in waiting.items():
        yield Batch(number_, documents, known=True)


def _key(path: str) -> int:
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")
