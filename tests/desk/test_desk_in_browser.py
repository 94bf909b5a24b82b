"""The desk as its users have it: started by its command, used in headless Chromium."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from making.browser import axe, downloaded, listened, needs_chromium, needs_npm

EXAMPLES = Path(__file__).parents[2] / "examples"
MISTAKES = EXAMPLES / "mistakes-bordered.txt"
pytestmark = [pytest.mark.external, needs_chromium]


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    command = [sys.executable, "-m", "govlint", "serve", "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        yield desk.stdout.readline().strip()
        desk.terminate()


def opened(browser: Any, address: str, said: list[str], width: int = 1280) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, locale="zh-CN").new_page()
    listened(page, said, lambda url: url.startswith(address))
    page.goto(address)
    return page


def sent(page: Any, *files: Path) -> None:
    page.set_input_files("#file", [str(each) for each in files])
    page.click("button.first")


@pytest.mark.parametrize("width", [1280, 390])
def test_from_upload_to_download(
    browser: Any, address: str, said: list[str], width: int, tmp_path: Path
) -> None:
    draft = Document()
    for line in MISTAKES.read_text("utf-8").splitlines():
        draft.add_paragraph(line)
    draft.save(str(tmp_path / "年报.docx"))
    page = opened(browser, address, said, width)
    sent(page, tmp_path / "年报.docx")
    page.wait_for_selector("article")
    found = page.locator(".finding").count()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    page.locator(".accept button").first.click()
    page.wait_for_selector(".undo")
    assert page.locator(".finding").count() < found
    fixed = downloaded(page, ".corrected", tmp_path)
    assert fixed.name == "年报.改正.docx"
    text = [each.text for each in Document(str(fixed)).paragraphs]
    assert text != [each.text for each in draft.paragraphs]
    page.click(".undo button")
    page.wait_for_selector(".undo", state="detached")
    assert page.locator(".finding").count() == found
    assert list(Document(str(downloaded(page, ".annotated", tmp_path))).comments)
    assert downloaded(page, ".page.get", tmp_path).read_text("utf-8").startswith("<!DOCTYPE html>")
    assert said == []


def test_a_folder_by_keyboard_alone(browser: Any, address: str, said: list[str], tmp_path: Path) -> None:
    for name in ("mistakes-bordered", "clean-bordered"):
        (tmp_path / f"{name}.txt").write_bytes((EXAMPLES / f"{name}.txt").read_bytes())
    page = opened(browser, address, said)
    page.set_input_files("#folder", str(tmp_path))
    page.focus("button.first")
    page.keyboard.press("Enter")
    page.wait_for_selector("tbody tr:nth-child(2)")
    assert page.locator(".light.pass").count() == page.locator(".light.fail").count() == 1
    page.focus("tbody a")
    page.keyboard.press("Enter")
    page.wait_for_selector("article")
    assert said == []


HOSTILE = (
    "<script>alert(1)</script></script><svg onload=alert(2)>&lt;img src=x onerror=alert(3)&gt;<style>*{display:none}</style>"
    "<a href='javascript:alert(4)'>点这里</a>\x1b[31m红\x1b]8;;http://example.org\x07链接{{7*7}}${alert(5)}"
)


def test_a_hostile_document_is_text(browser: Any, address: str, said: list[str], tmp_path: Path) -> None:
    text = MISTAKES.read_text("utf-8").replace("一、总体情况", f"一、总体情况\n{HOSTILE}。", 1)
    path = tmp_path / "<img src=x onerror=alert(6)>.txt"
    path.write_text(text.replace("水利局", "水利局<b>"), "utf-8")
    page = opened(browser, address, said)
    sent(page, path)
    page.wait_for_selector("article")
    assert (
        page.locator(":is(article, .tools, h1) :is(script, svg, style, img, b, [onload], [onerror])").count()
        == 0
    )
    assert page.locator("a[href^=javascript]").count() == 0
    assert "<svg onload=alert(2)>" in page.inner_text(".report")
    assert said == []


def test_two_people_at_once(browser: Any, address: str, said: list[str], tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text(MISTAKES.read_text("utf-8") * 800, "utf-8")
    one, two = opened(browser, address, said), opened(browser, address, said)
    sent(one, long)
    one.wait_for_selector("progress")
    sent(two, MISTAKES)
    two.wait_for_selector("article")
    assert two.locator(".finding").count() > 0
    assert "long.txt" not in two.content()
    assert two.url != one.url
    one.wait_for_selector("article", timeout=120_000)
    assert said == []


@needs_npm
def test_nothing_stands_in_the_way_of_readers(
    browser: Any, address: str, said: list[str], tmp_path: Path
) -> None:
    script = axe(tmp_path)
    page = opened(browser, address, said)
    for step in (None, "article"):
        if step:
            sent(page, MISTAKES)
            page.wait_for_selector(step)
        page.evaluate(script)
        found = page.evaluate("axe.run().then(done => done.violations.map(each => each.id))")
        assert found == []


@pytest.mark.parametrize("width", [1280, 390])
def test_an_archive_from_a_chart_to_the_words(
    browser: Any, said: list[str], width: int, tmp_path: Path
) -> None:
    for name in ("mistakes-bordered.txt", "clean-bordered.txt"):
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    store = str(tmp_path / "store")
    subprocess.run(
        [sys.executable, "-m", "govlint", "audit", str(tmp_path), "--out", store, "-q"], check=False
    )
    command = [sys.executable, "-m", "govlint", "serve", store, "--port", "0", "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        page = opened(browser, desk.stdout.readline().strip(), said, width)
        assert page.evaluate("getComputedStyle(document.querySelector('svg .axis text')).fontSize") == "13px"
        page.locator("#chart-rules a rect").first.click()
        page.wait_for_selector("details summary")
        page.locator("details summary").first.click()
        page.locator("details a").first.click()
        page.wait_for_selector("section.card")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        desk.terminate()
    assert said == []
