"""The page inside a browser: its size, until it is ready, and a check there and here: python benchmarks/browser.py [PYODIDE]

Needs Chromium and Playwright (extra ``dev``), and npm unless PYODIDE is the folder of the unpacked package. Wall time from
the click to the page of the result, on a machine that does other things too; the page is opened from the folder, without a
server.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from making.browser import chromium
from making.corpus import sample
from making.office import excel, saved, saved_book, word
from making.printing import page as drawn
from making.printing import print_pages

from govlint import check
from govlint.desk.browser.site import build

EXAMPLE = Path(__file__).parents[1] / "examples/mistakes-bordered.txt"
TIMES = 7


def documents(folder: Path) -> dict[str, Path]:
    made = sample(8)
    found = {
        "text": folder / "report.txt",
        "Word": folder / "report.docx",
        "Excel": folder / "report.xlsx",
    }
    found["text"].write_bytes(EXAMPLE.read_bytes())
    found["Word"].write_bytes(saved(word(made)))
    found["Excel"].write_bytes(saved_book(excel(made, prose=True)))
    found["PDF"] = print_pages({"report": drawn(made)}, folder)["report"]
    return found


def seconds(page: Any, path: Path) -> float:
    """From the click to the result."""
    page.click(".home")
    page.wait_for_selector("#file")
    page.set_input_files("#file", str(path))
    start = time.perf_counter()
    page.click("button.first")
    page.wait_for_selector("article")
    return time.perf_counter() - start


def here(path: Path) -> float:
    start = time.perf_counter()
    check(path, config=None)
    return time.perf_counter() - start


def main() -> None:
    table = Table("what", "in the page", "here", "ratio")
    with tempfile.TemporaryDirectory() as kept, chromium() as browser:
        folder = Path(kept, "site")
        built = build(folder, Path(sys.argv[1]) if len(sys.argv) > 1 else None)
        core = sum(path.stat().st_size for path in folder.glob("parts/core-*.js"))
        table.add_row("size", f"{built.size / 1e6:.1f} MB, loaded at once {core / 1e6:.1f} MB", "", "")
        page = browser.new_page()
        start = time.perf_counter()
        page.goto((folder / "index.html").as_uri())
        page.wait_for_selector("#status:has-text('就绪')", timeout=120_000)
        table.add_row("until ready", f"{time.perf_counter() - start:.1f} s", "", "")
        for kind, path in documents(Path(kept)).items():
            first, own = seconds(page, path), here(path)
            table.add_row(
                f"{kind}, first", f"{first * 1000:.0f} ms", f"{own * 1000:.0f} ms", f"{first / own:.1f}"
            )
            there, own = (
                median(seconds(page, path) for _ in range(TIMES)),
                median(here(path) for _ in range(TIMES)),
            )
            table.add_row(
                f"{kind}, again", f"{there * 1000:.0f} ms", f"{own * 1000:.0f} ms", f"{there / own:.1f}"
            )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
