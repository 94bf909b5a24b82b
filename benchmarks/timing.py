"""CPU time of calls and of commands, and the peak memory of a command's process tree."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""As users have it: compiled modules on disk."""


class Spread(NamedTuple):
    """Seconds: least, median and most of several runs."""

    least: float
    median: float
    most: float

    def __str__(self) -> str:
        unit, by = ("ms", 1e3) if self.median < 1 else ("s", 1)
        return f"{self.least * by:.3g} ({self.median * by:.3g}, {self.most * by:.3g}) {unit}"


def _spread(seconds: Sequence[float]) -> Spread:
    return Spread(min(seconds), statistics.median(seconds), max(seconds))


def in_turn(runs: Mapping[str, Callable[[], object]], times: int) -> dict[str, Spread]:
    """CPU time of calls in this process, taken in turn so that a busy moment hits all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(times):
        for name, run in runs.items():
            start = time.process_time()
            run()
            seconds[name].append(time.process_time() - start)
    return {name: _spread(each) for name, each in seconds.items()}


def commands_in_turn(commands: Mapping[str, Sequence[str]], times: int, folder: Path) -> dict[str, Spread]:
    """CPU time, user and system, of whole commands; one run of each before, which is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(times + 1):
        for name, command in commands.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, check=False)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            if done.returncode not in (0, 1, 3):
                raise SystemExit(f"{command[0]}: {done.stderr.decode(errors='replace')[-400:]}")
            if number:
                seconds[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {name: _spread(each) for name, each in seconds.items()}


def peak_memory(command: Sequence[str], folder: Path) -> float:
    """Most MiB of a command's processes together, pages that they share parted among them (PSS); Linux alone."""
    process = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    peak = [0.0]

    def watch() -> None:
        while process.poll() is None:
            peak[0] = max(peak[0], _pss(process.pid) / 1024)
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return peak[0]


def _pss(pid: int) -> int:
    """KiB of a process and all below it."""
    try:
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
        own = int(next(line for line in rolled.splitlines() if line.startswith("Pss:")).split()[1])
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, StopIteration):
        return 0
    return own + sum(_pss(int(child)) for child in below)
