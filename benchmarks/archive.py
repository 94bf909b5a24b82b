"""Archives at several sizes: documents a second and core, memory of all processes, size of the store, a second run.

``python -m benchmarks.archive 1000 10000 --mixed 1000 --dask 1000 --peers 1000`` makes archives from a seed, a series of
five years an agency and a third of the agencies with a planted mistake, and audits each twice on this machine's cores:
texts, mixed formats (text, web, Word, Excel), through a dask cluster of two workers, and beside zhlint and textlint on
the same files, which are taken from PATH or ``--tools FOLDER`` and left out where they are not found. ``--write`` adds the
rows to ``archive.json`` and makes the tables of benchmarks/README.md and docs/scale.md anew; ``--folder`` keeps what was
made, and finds it there the next time.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from making import office, pages
from making.archives import archive
from making.corpus import LAYOUTS, Sample, sample

from benchmarks.measure import TEXTLINT_RULES

ROOT = Path(__file__).parents[1]
YEARS = range(2021, 2026)
GOVLINT = [sys.executable, "-m", "govlint"]
ROWS = Path(__file__).with_name("archive.json")
PAGES = (ROOT / "benchmarks/README.md", ROOT / "docs/scale.md")
BEGIN, END = "<!-- archives -->\n", "<!-- end of archives -->\n"
Row = dict[str, Any]


class Measured(NamedTuple):
    cpu: float
    """Seconds, user and system, of all processes."""
    memory: float
    """Peak of all processes together, MB, shared pages parted among them (PSS)."""


def measured(command: Sequence[str], folder: Path, beside: Sequence[Sequence[str]] = ()) -> Measured:
    """Of a command, and of processes ``beside`` it that are ended with it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    others = [subprocess.Popen(each, **quiet) for each in beside]
    process = subprocess.Popen(command, cwd=folder, **quiet)
    peak = [0.0]
    used: dict[int, float] = {}  # of each process: who is killed leaves its time to nobody

    def watch() -> None:
        while process.poll() is None:
            tree = [pid for each in (process, *others) for pid in _tree(each.pid)]
            peak[0] = max(peak[0], sum(map(_pss, tree)))
            used.update({pid: max(used.get(pid, 0), _cpu(pid)) for pid in tree})
            time.sleep(0.2)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    for each in others:
        each.terminate()
        each.wait()
    if process.returncode not in (0, 1, 3):
        raise SystemExit(f"{' '.join(command)}: {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(max(cpu, sum(used.values())), peak[0])


def _cpu(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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


# What is measured


def texts(folder: Path, count: int) -> int:
    """So many documents, unless they are there already; how many there are."""
    if not folder.exists():
        for document in archive(count // len(YEARS), YEARS, seed=1, mistakes=0.33):
            path = folder / document.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(document.text, "utf-8")
    return sum(1 for _ in folder.rglob("*.txt"))


_FORMATS: Sequence[tuple[str, Callable[[Sample], bytes]]] = (
    ("txt", lambda made: LAYOUTS["bars"](made).encode()),
    ("html", lambda made: pages.cms(made).encode()),
    ("docx", lambda made: office.saved(office.word(made))),
    ("xlsx", lambda made: office.saved_book(office.excel(made, prose=True))),
)


def mixed(folder: Path, count: int) -> int:
    if not folder.exists():
        folder.mkdir(parents=True)
        for number in range(count):
            suffix, written = _FORMATS[number % len(_FORMATS)]
            (folder / f"{number:06}.{suffix}").write_bytes(written(sample(number)))
    return sum(1 for _ in folder.iterdir())


def audited(what: str, folder: Path, count: int, *options: str, beside: Sequence[Sequence[str]] = ()) -> Row:
    store = folder.with_name(f"{folder.name}-store")
    shutil.rmtree(store, ignore_errors=True)
    command = [*GOVLINT, "audit", str(folder), "--out", str(store), "-q", *options]
    first, again = (measured(command, folder, beside) for _ in range(2))
    size = sum(path.stat().st_size for path in store.rglob("*.parquet")) / 1e6
    return {
        "what": what,
        "documents": count,
        "cpu": round(first.cpu, 1),
        "memory": round(first.memory),
        "store": round(size, 2),
        "again": round(again.cpu, 1),
    }


def through_dask(folder: Path, count: int) -> Row:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask = [sys.executable, "-m"]
    scheduler = [
        *dask,
        "distributed.cli.dask_scheduler",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--no-dashboard",
    ]
    worker = [
        *dask,
        "distributed.cli.dask_worker",
        address,
        "--no-nanny",
        "--nthreads",
        "1",
        "--no-dashboard",
    ]
    options = ("--engine", "dask", "--address", address)
    return audited("texts, dask", folder, count, *options, beside=[scheduler, worker, worker])


def peers(folder: Path, count: int, tools: str | None) -> list[Row]:
    store = str(folder.with_name("peers-store"))
    commands = {
        "govlint check": [*GOVLINT, "check", "--no-cache", "--format", "jsonl", "."],
        "govlint audit": [*GOVLINT, "audit", ".", "--out", store, "--fresh", "-q"],
    }
    if zhlint := shutil.which("zhlint", path=tools):
        commands["zhlint"] = [zhlint, "**/*.txt"]
    if textlint := shutil.which("textlint", path=tools):
        rules = [part for rule in TEXTLINT_RULES for part in ("--rule", rule)]
        home = str(Path(textlint).parents[1])
        commands["textlint"] = [textlint, *rules, "--rules-base-directory", home, "."]
    for name in ("zhlint", "textlint"):
        if name not in commands:
            print(f"{name} is not on PATH nor in --tools: left out", file=sys.stderr)
    found = []
    for name, command in commands.items():
        one = measured(command, folder)
        found.append(
            {
                "what": name,
                "documents": count,
                "cpu": round(one.cpu, 1),
                "memory": round(one.memory),
                "peer": True,
            }
        )
    return found


# The tables


def table(rows: Sequence[Row]) -> str:
    lines = [
        "| what | documents | CPU s | documents a second and core | growth | peak memory, MB | store, MB | kB a document | second run, CPU s |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    before: Row | None = None
    for row in rows:
        if row.get("peer"):
            continue
        growth = ""
        if before is not None and before["what"] == row["what"]:
            steps = math.log(row["documents"] / before["documents"])
            growth = f"{math.log(row['cpu'] / before['cpu']) / steps:.2f}"
        before = row
        lines.append(
            f"| {row['what']} | {row['documents']:,} | {row['cpu']} | {row['documents'] / row['cpu']:.0f} | {growth} "
            f"| {row['memory']} | {row['store']} | {1000 * row['store'] / row['documents']:.2f} | {row['again']} |"
        )
    lines += [
        "",
        "| the same files | documents | CPU s | documents a second and core | peak memory, MB |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        if row.get("peer"):
            rate = f"{row['documents'] / row['cpu']:.0f}"
            lines.append(
                f"| {row['what']} | {row['documents']:,} | {row['cpu']} | {rate} | {row['memory']} |"
            )
    return "\n".join(lines) + "\n"


def write(rows: Sequence[Row]) -> None:
    """Put rows in the place of those of the same kind and size, and the tables into the pages."""
    known = json.loads(ROWS.read_text("utf-8")) if ROWS.exists() else []
    kept = {(row["what"], row["documents"]): row for row in (*known, *rows)}
    ordered = sorted(kept.values(), key=lambda row: (bool(row.get("peer")), row["what"], row["documents"]))
    ROWS.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", "utf-8")
    for page in PAGES:
        text = page.read_text("utf-8")
        page.write_text(text.split(BEGIN)[0] + BEGIN + table(ordered) + END + text.split(END)[1], "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    parser.add_argument("documents", type=int, nargs="*", help="texts")
    parser.add_argument("--mixed", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--dask", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--peers", type=int, nargs="*", default=[], metavar="N")
    parser.add_argument("--tools", metavar="FOLDER", help="where zhlint and textlint are")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as temporary:
        base = (given.folder or Path(temporary)).resolve()
        for count in given.documents:
            rows.append(audited("texts", base / f"in-{count}", texts(base / f"in-{count}", count)))
            print(rows[-1], flush=True)
        for count in given.mixed:
            rows.append(
                audited("mixed formats", base / f"mixed-{count}", mixed(base / f"mixed-{count}", count))
            )
            print(rows[-1], flush=True)
        for count in given.dask:
            rows.append(through_dask(base / f"in-{count}", texts(base / f"in-{count}", count)))
            print(rows[-1], flush=True)
        for count in given.peers:
            rows += peers(base / f"in-{count}", texts(base / f"in-{count}", count), given.tools)
    if given.write:
        write(rows)
    print(table(rows))
    print(f"{os.cpu_count()} cores", file=sys.stderr)


if __name__ == "__main__":
    main()
