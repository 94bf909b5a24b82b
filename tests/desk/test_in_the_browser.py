"""The desk inside a browser, built and used as its users do: nothing leaves the page, and it finds what the command finds."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from making.browser import axe, downloaded, listened, needs_chromium, needs_npm
from making.corpus import sample
from making.mutations import MUTATIONS
from making.office import excel, saved, saved_book, word
from making.printing import page as drawn
from making.printing import print_pages

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKES = EXAMPLES / "mistakes-bordered.txt"
pytestmark = [pytest.mark.external, needs_chromium, needs_npm]
MINUTE = 60_000
READY = "#status:has-text('就绪')"
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "page", "-o", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode == 2 and "npm" in done.stderr:
        pytest.skip(f"Pyodide cannot be had from npm: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def address(built: Path) -> Iterator[str]:
    handler = partial(_Quiet, directory=str(built))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def opened(browser: Any, address: str, said: list[str], width: int = 1280) -> Any:
    """A page for which there is no network but where it comes from."""
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    page.route(
        "**/*", lambda route: route.continue_() if _is_own(route.request.url, address) else route.abort()
    )
    listened(page, said, lambda url: _is_own(url, address))
    page.goto(address)
    return page


def _is_own(url: str, address: str) -> bool:
    return url.startswith((address.removesuffix("index.html"), "blob:"))


def sent(page: Any, *paths: Path) -> None:
    page.click(".home")
    page.wait_for_selector("#file")
    page.set_input_files("#file", [str(path) for path in paths])
    page.click("button.first")
    page.wait_for_selector("article, .overview", timeout=2 * MINUTE)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every example, and reports with mistakes in each format that the page takes."""
    folder = tmp_path_factory.mktemp("documents")
    made = sample(11)
    MUTATIONS["reworded label"].change(made)
    found = {path.name: path.read_bytes() for path in sorted(EXAMPLES.glob("*.txt"))}
    found["report.md"] = MISTAKES.read_bytes()
    found["report.docx"] = saved(word(made))
    found["tables.xlsx"] = saved_book(excel(made, prose=True))
    found["printed.pdf"] = print_pages({"printed": drawn(made)}, folder)["printed"].read_bytes()
    found["damaged.docx"] = b"PK\x03\x04"
    for name, data in found.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in found]


def by_command(path: Path) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "govlint", "check", "--format", "json", path.name],
        cwd=path.parent,
        capture_output=True,
        check=False,
    )
    return json.loads(done.stdout)


def test_it_finds_what_the_command_finds(
    browser: Any, address: str, said: list[str], documents: list[Path], tmp_path: Path
) -> None:
    page = opened(browser, address, said)
    for path in documents:
        sent(page, path)
        answer = json.loads(downloaded(page, ".json", tmp_path).read_text("utf-8"))
        assert answer == by_command(path), path.name
        assert page.locator(".finding").count() == len(answer["documents"][0]["findings"])
    assert said == []


def test_a_folder_of_files_and_no_server_will_do(browser: Any, built: Path, said: list[str]) -> None:
    page = opened(browser, (built / "index.html").as_uri(), said)
    sent(page, MISTAKES)
    assert page.locator(".finding").count() == len(by_command(MISTAKES)["documents"][0]["findings"])
    assert said == []


def test_suggestions_are_accepted_and_undone(
    browser: Any, address: str, said: list[str], tmp_path: Path
) -> None:
    page = opened(browser, address, said)
    sent(page, MISTAKES)
    before = page.locator(".finding").count()
    page.locator(".accept button").first.click()
    page.wait_for_selector(".undo")
    assert page.locator(".finding").count() < before
    assert downloaded(page, ".corrected", tmp_path).read_bytes() != MISTAKES.read_bytes()
    page.click(".undo button")
    page.wait_for_selector(".undo", state="detached")
    assert page.locator(".finding").count() == before
    assert downloaded(page, ".page.get", tmp_path).read_text("utf-8").startswith("<!DOCTYPE html>")
    assert said == []


def test_a_word_file_with_comments_and_corrected(
    browser: Any, address: str, said: list[str], documents: list[Path], tmp_path: Path
) -> None:
    page = opened(browser, address, said)
    (report,) = (path for path in documents if path.name == "report.docx")
    sent(page, report)
    noted = Document(str(downloaded(page, ".annotated", tmp_path)))
    assert [comment.text[:4] for comment in noted.comments] == ["T004"]
    page.click(".accept button")
    page.wait_for_selector("article.pass .none")
    corrected = downloaded(page, ".corrected", tmp_path)
    assert by_command(corrected)["documents"][0]["findings"] == []
    assert said == []


def test_a_table_of_many_against_last_year(
    browser: Any, address: str, said: list[str], documents: list[Path]
) -> None:
    page = opened(browser, address, said)
    page.set_input_files("#previous", str(EXAMPLES / "clean-bordered.txt"))
    sent(page, *documents[:3])
    page.wait_for_selector("tbody tr:nth-child(3)")
    page.click("tbody tr:nth-child(3) a")
    page.wait_for_selector("article")
    page.go_back()
    page.wait_for_selector("tbody tr:nth-child(3)")
    assert said == []


def test_what_hangs_is_stopped(browser: Any, address: str, said: list[str]) -> None:
    page = opened(browser, address, said)
    page.wait_for_selector(READY, timeout=MINUTE)
    page.evaluate(
        "text => { document.querySelector('#text').value = text }", MISTAKES.read_text("utf-8") * 300
    )
    page.click("button.first")
    page.click("#stop", timeout=MINUTE)
    page.wait_for_selector("article.incomplete", timeout=MINUTE)
    sent(page, MISTAKES)
    assert page.locator(".finding").count() > 1
    assert said == []


def test_by_keyboard_in_english(browser: Any, address: str, said: list[str]) -> None:
    page = opened(browser, address, said, 390)
    page.focus("#language")
    page.keyboard.press("Enter")
    page.wait_for_selector("html[lang=en]")
    page.focus("#text")
    page.keyboard.insert_text(
        "<script>alert(1)</script><img src=x onerror=alert(2)>" + MISTAKES.read_text("utf-8")
    )
    page.focus("button.first")
    page.keyboard.press("Enter")
    page.wait_for_selector("article[lang=en]", timeout=MINUTE)
    assert page.locator("article script, article img").count() == 0
    assert page.evaluate(FITS)
    assert said == []


def test_nothing_stands_in_the_way_of_readers(
    browser: Any, address: str, said: list[str], tmp_path: Path
) -> None:
    script = axe(tmp_path)
    page = browser.new_context(bypass_csp=True).new_page()
    page.goto(address)
    for step in (False, True):
        if step:
            sent(page, MISTAKES)
        page.evaluate(script)
        found = page.evaluate("() => axe.run().then(done => done.violations.map(each => each.id))")
        assert found == []
