"""Draw the pictures of the README from real runs, by Chromium: python docs/picture.py

Rich's own SVG stretches Chinese text; a page in a font of which a Chinese character takes two columns does not.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[1]
EXAMPLE = "examples/mistakes-bordered.txt"
COLUMNS, LINE = 96, 21
PAGE = """<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 16px 20px; background: {background}; color: {foreground}; }}
pre {{ margin: 0; font: 15px/{line}px "Noto Sans Mono CJK SC", monospace; }}
{stylesheet}</style><pre>{code}</pre>"""
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        terminal(Path(folder))
        page(Path(folder))
    desk()


def terminal(folder: Path) -> None:
    environment = os.environ | {"FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)}
    environment.pop("NO_COLOR", None)
    shown = f"$ govlint check {EXAMPLE}\n{check(environment)}".rstrip() + "\n"
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere)
        console.print(Text.from_ansi(shown), soft_wrap=True)
        html = console.export_html(theme=MONOKAI, code_format=PAGE.replace("{line}", str(LINE)))
    draw(html, folder, "output.png", (800, (shown.count("\n") + 2) * LINE))


def page(folder: Path) -> None:
    draw(check(os.environ, "--format", "html"), folder, "page.png", (1280, 900))


def desk() -> None:
    """The desk with the example in it, started and used as a person does."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-m", "govlint", "serve", "--port", "0", "--no-open"]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running,
        sync_playwright() as drawing,
    ):
        assert running.stdout is not None
        address = running.stdout.readline().strip()
        browser = drawing.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN").new_page()
        page.goto(address)
        page.set_input_files("#file", ROOT / EXAMPLE)
        page.click("button.first")
        page.wait_for_selector("article, .finding, main section")
        page.screenshot(path=ROOT / "docs" / "desk.png")
        browser.close()
        running.terminate()


def check(environment: Mapping[str, str], *options: str) -> str:
    command = [sys.executable, "-m", "govlint", "check", EXAMPLE, *options]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    return run.stdout


def draw(html: str, folder: Path, name: str, size: tuple[int, int]) -> None:
    source = folder / "page.html"
    source.write_text(html, "utf-8")
    target = f"--screenshot={ROOT / 'docs' / name}"
    chromium = shutil.which("chromium") or "chromium"
    options = [f"--window-size={size[0]},{size[1]}", target, f"--user-data-dir={folder}/profile"]
    subprocess.run([chromium, *FLAGS, *options, source.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    main()
