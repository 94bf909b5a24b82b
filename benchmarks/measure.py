"""Measure govlint against its budgets, as ratios within one run: python benchmarks/measure.py

Needs the extra ``bench``. Every figure is the best of several, in CPU time of this process unless it says wall time.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import autocorrect_py
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making.corpus import LAYOUTS, Paragraph, corpus, sample

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings

EXAMPLES = Path(__file__).parents[1] / "examples"
REPORTS = 2000


def best(run: Callable[[], object], times: int = 40, clock: Callable[[], float] = time.process_time) -> float:
    """Least milliseconds of several runs."""
    seconds = []
    for _ in range(times):
        start = clock()
        run()
        seconds.append(clock() - start)
    return min(seconds) * 1000


def check_against_typography(table: Table) -> None:
    """One report of about 10 kB: all of govlint's rules, and autocorrect's typography alone."""
    settings = Settings()
    made = sample(8)
    while len(LAYOUTS["bars"](made).encode()) < 10_000:
        made.blocks.insert(
            2, Paragraph("为方便群众办事，完善信息发布机制，及时回应社会关切，推动工作落实。" * 3)
        )
    for layout in ("bars", "run-together"):
        text = LAYOUTS[layout](made)
        own = best(lambda text=text: check(Document("report.txt", "text", text), settings))
        other = best(lambda text=text: autocorrect_py.lint_for(text, "text"))
        table.add_row(
            f"check, {layout}, {len(text.encode()) / 1000:.1f} kB",
            f"{own:.2f} ms",
            f"{other:.2f} ms autocorrect",
            f"{own / other:.2f}",
            "1.00",
        )


def start_up(table: Table) -> None:
    path = str(EXAMPLES / "clean-bordered.txt")

    def run(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return best(lambda: subprocess.run(command, check=True, capture_output=True), 15, time.perf_counter)

    own, python = run("-m", "govlint", "check", path), run("-c", "pass")
    table.add_row(
        "govlint check one.txt (wall)",
        f"{own:.0f} ms",
        f"{python:.0f} ms python -c pass",
        f"{own / python:.1f}",
        "",
    )


def many(table: Table) -> None:
    """Varied reports in one process, and through the command line with all cores."""
    settings = Settings()
    texts = [text for _, _, text in corpus(REPORTS)]
    start = time.process_time()
    for text in texts:
        check(Document("report.txt", "text", text), settings)
    seconds = time.process_time() - start
    table.add_row(f"{REPORTS} varied reports, one process", f"{REPORTS / seconds:.0f} a second", "", "", "")
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            Path(folder, f"{number:04}.txt").write_text(text, "utf-8")
        start = time.perf_counter()
        command = [sys.executable, "-m", "govlint", "check", "--format", "jsonl", folder]
        done = subprocess.run(command, check=False, capture_output=True)
        wall = time.perf_counter() - start
        assert done.returncode in (0, 1), done.stderr
    table.add_row(
        f"{REPORTS} varied reports, command line (wall)", f"{REPORTS / wall:.0f} a second", "", "", ""
    )


def main() -> None:
    table = Table(title="govlint: measured against its budgets")
    for column in ("what", "govlint", "measured with", "ratio", "budget"):
        table.add_column(column)
    for measure in (check_against_typography, start_up, many):
        measure(table)
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
