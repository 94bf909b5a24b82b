"""The worker processes of the desk: many users share the cores, and a hostile file ends its own process at most."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import TimeoutError as Late
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from govlint.config.configuration import Configuration
from govlint.desk import work
from govlint.document import Words
from govlint.runs.batch import cores

T = TypeVar("T")
_BEFORE_NEW = 500
"""Papers after which a process is replaced, so that nothing that libraries keep piles up."""
_MOST_WAITING = 2_000


class Ended(Exception):
    """A process ended at a paper, or had to be ended."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


class Busy(Exception):
    """So much waits already that no more is taken."""


class Pool:
    """``limit``: seconds that one paper may take."""

    def __init__(self, configuration: Configuration, limit: float, count: int | None = None) -> None:
        self.limit = limit
        self.count = count or max(2, cores())
        self.waiting = 0
        self._pool = ProcessPool(
            self.count,
            max_tasks=_BEFORE_NEW,
            initializer=work.prepare,
            initargs=(configuration,),
            context=multiprocessing.get_context("spawn"),  # a fork would inherit the threads' locks
        )

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """Raises Ended, Busy, and what the function raises."""
        if self.waiting >= _MOST_WAITING:
            raise Busy
        self.waiting += 1
        try:
            job = (2 * self.limit, function, *args)
            future = self._pool.schedule(work.limited, args=job, timeout=self.limit)
            outcome: T = await asyncio.wrap_future(future)
            return outcome
        except Late:
            raise Ended(_late(f"{self.limit:g}")) from None
        except ProcessExpired as error:
            raise Ended(_died(error.exitcode)) from None
        finally:
            self.waiting -= 1

    def close(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _late(limit: str) -> Words:
    return Words(
        f"检查此文件超过 {limit} 秒没有结果，已中止。请单独检查此文件，或重新保存后再检查。",
        f"Checking this file took more than {limit} seconds and was ended. Save it anew and check again.",
    )


def _died(code: int) -> Words:
    return Words(
        f"检查此文件的进程意外终止（退出码 {code}），常因文件损坏或内存不足。请重新保存后再检查。",
        f"The process that checked this file died (exit status {code}), often of a damaged file or for want of memory. "
        "Save it anew and check again.",
    )
