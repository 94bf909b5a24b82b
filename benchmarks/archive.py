"""Archives at several sizes: documents a second and core, peak memory of all processes, store size, a second run.

``python benchmarks/archive.py 1000 10000`` makes archives with series of five years, seeded, a third of the agencies
with a planted mistake, and audits each twice on this machine's cores. ``--folder`` keeps what was made.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from making.archives import archive

from govlint.runs.batch import cores

YEARS = range(2021, 2026)


class Measured(NamedTuple):
    seconds: float
    cpu: float
    memory: float
    """Peak of the whole process tree, MB, shared pages parted between processes (PSS)."""


def make(folder: Path, documents: int) -> int:
    """So many documents, unless they are there already; how many there are."""
    if not folder.exists():
        for document in archive(documents // len(YEARS), YEARS, seed=1, mistakes=0.33):
            path = folder / document.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document.text, "utf-8")
    return sum(1 for _ in folder.rglob("*.txt"))


def audit(folder: Path, store: Path, *options: str) -> Measured:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    command = [sys.executable, "-m", "govlint", "audit", str(folder), "--out", str(store), "-q", *options]
    process = subprocess.Popen(command)
    peak = [0.0]
    watch = threading.Thread(target=_watch, args=(process, peak))
    watch.start()
    process.wait()
    watch.join()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.monotonic() - started, cpu, peak[0])


def _watch(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_pss(pid) for pid in _tree(process.pid)))
        time.sleep(0.2)


def _tree(pid: int) -> list[int]:
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def _pss(pid: int) -> float:
    try:
        rolled = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in rolled.splitlines() if line.startswith("Pss:")), 0.0)


def size(store: Path) -> float:
    return sum(path.stat().st_size for path in store.rglob("*.parquet")) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int, nargs="+")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--engine", nargs="*", default=[], help="options of the audit, such as --engine dask")
    given, rest = parser.parse_known_args()
    print("documents  wall s  CPU s  docs/s/core  peak MB  store MB  kB/doc  second run s  CPU s")
    with tempfile.TemporaryDirectory() as temporary:
        base = given.folder or Path(temporary)
        for wanted in given.documents:
            folder, store = base / f"in-{wanted}", base / f"store-{wanted}"
            count = make(folder, wanted)
            first = audit(folder, store, "--fresh", *rest)
            again = audit(folder, store, *rest)
            stored = size(store)
            print(
                f"{count:9}  {first.seconds:6.1f}  {first.cpu:5.1f}  {count / first.cpu:11.1f}  {first.memory:7.0f}  "
                f"{stored:8.2f}  {1000 * stored / count:6.2f}  {again.seconds:12.1f}  {again.cpu:5.1f}",
                flush=True,
            )
    print(f"{cores()} cores")


if __name__ == "__main__":
    main()
