"""Debian's Chromium driven by Playwright, and the accessibility rules of axe-core, for tests of pages."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium")
NPM = shutil.which("npm")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_npm = pytest.mark.skipif(NPM is None, reason="npm is not installed")


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser without profile; closed at the end."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


def listened(page: Any, said: list[str], is_own: Callable[[str], bool]) -> None:
    """Note what a page asks of others, and what it complains of."""
    page.on("request", lambda request: is_own(request.url) or said.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))


def downloaded(page: Any, selector: str, folder: Path) -> Path:
    """What a click on a page gives to keep."""
    with page.expect_download() as waited:
        page.click(selector)
    path = folder / str(waited.value.suggested_filename)
    waited.value.save_as(path)
    return path


def axe(folder: Path) -> str:
    """The source of axe-core, from npm; the test is skipped where it is not to be had."""
    assert NPM is not None
    try:
        subprocess.run(
            [NPM, "pack", "axe-core@4", "--silent", "--pack-destination", str(folder)],
            check=True,
            capture_output=True,
            cwd=folder,
            timeout=120,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        pytest.skip("axe-core cannot be had from npm")
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        return member.read().decode()
