"""The report page in headless Chromium: filters, keyboard, print, narrow screens, accessibility, and no script at all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from making.browser import axe, needs_chromium, needs_npm
from outputs.test_page import HOSTILE, hostile

from govlint import outputs
from govlint.api import check

EXAMPLES = Path(__file__).parents[2] / "examples"
pytestmark = [pytest.mark.external, needs_chromium]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of a page of one document, of several, and of one that means harm."""
    folder = tmp_path_factory.mktemp("pages")
    bordered, joined = (
        check(EXAMPLES / f"mistakes-{name}.txt", config=None) for name in ("bordered", "run-together")
    )
    clean = check(EXAMPLES / "clean-bordered.txt", config=None)
    made = {"one": [bordered], "many": [clean, bordered, joined], "hostile": [hostile()]}
    for name, results in made.items():
        with (folder / f"{name}.html").open("w", encoding="utf-8", newline="\n") as out:
            outputs.load("html").write(results, out)
    return {name: (folder / f"{name}.html").as_uri() for name in made}


def opened(browser: Any, address: str, width: int = 1280, **options: Any) -> Any:
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.goto(address)
    return page


def shown(page: Any, selector: str) -> list[str]:
    return [each.inner_text() for each in page.query_selector_all(selector) if each.is_visible()]


@pytest.mark.parametrize("name", ["one", "many", "hostile"])
def test_nothing_is_asked_of_anyone_and_no_script_runs(
    browser: Any, pages: dict[str, str], name: str
) -> None:
    page = browser.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(pages[name])
    page.wait_for_load_state("networkidle")
    assert asked == [pages[name]]
    assert said == []
    assert page.evaluate("document.scripts.length") == 0


def test_harm_is_shown_as_text(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["hostile"])
    assert HOSTILE.partition("\x1b")[0] in page.inner_text(".report")
    assert page.is_visible(".report")


def test_a_script_that_got_in_would_not_run(browser: Any, pages: dict[str, str], tmp_path: Path) -> None:
    """The policy of the page refuses what escaping had let through."""
    source = Path(pages["one"].removeprefix("file://")).read_text("utf-8")
    page_ = tmp_path / "in.html"
    page_.write_text(
        source.replace(
            "</main>", "<script>document.title = 'in'</script><p style='color: red' onclick='1'></main>"
        ),
        "utf-8",
    )
    assert opened(browser, page_.as_uri()).title() != "in"


def test_filters_hide_without_script_and_print_shows_all(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["many"], java_script_enabled=False)
    every = shown(page, ".finding")
    page.check("#severity-error")
    found = shown(page, ".finding")
    assert found == [each for each in every if "必须改" in each]
    page.check("#family-N")
    assert shown(page, ".finding") == [each for each in found if re.search(r"N\d{3}", each)]
    page.emulate_media(media="print")
    assert len(shown(page, ".finding")) == len(every)
    page.emulate_media(media="screen")
    page.check("#family-all")
    page.check("#severity-all")
    assert shown(page, ".finding") == every


def test_every_choice_that_is_offered_leaves_something(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["many"])
    for severity in page.query_selector_all("[name=severity]"):
        severity.check()
        for family in page.query_selector_all("[name=family]"):
            if family.is_visible():
                family.check()
                assert shown(page, ".finding") != []
        page.check("#family-all")


def test_the_arithmetic_shows_on_hover_on_focus_and_in_print(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["one"])
    worked = "4+0+0+0+0+0=4≠5"
    assert worked not in "".join(shown(page, ".tip, .reasons"))
    page.hover("td.wrong.error")
    assert worked in "".join(shown(page, ".tip"))
    page.mouse.move(0, 0)
    page.focus("td.wrong.error .change")
    assert worked in "".join(shown(page, ".tip"))
    page.emulate_media(media="print")
    assert worked in "".join(shown(page, ".reasons"))
    assert shown(page, ".tip") == []


def test_the_keyboard_reaches_everything_in_order(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["one"])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.className || document.activeElement.name || ''"))
    for part in ("severity", "family", "report", "scroll"):
        assert part in reached
    assert any(each.startswith("ref") for each in reached)
    assert "change" in reached


def test_a_finding_leads_to_its_words_beside_it(browser: Any, pages: dict[str, str]) -> None:
    page = opened(browser, pages["one"])
    page.click("#d1-f2 .place a")
    mark, finding = (page.query_selector(name).bounding_box() for name in ("#d1-m2", "#d1-f2"))
    assert 0 <= mark["y"] <= 900
    assert mark["x"] > finding["x"] + finding["width"]


@pytest.mark.parametrize("name", ["one", "many"])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_is_wider_than_the_screen_and_no_change_is_broken(
    browser: Any, pages: dict[str, str], name: str, width: int
) -> None:
    page = opened(browser, pages[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.evaluate(
        "[...document.querySelectorAll('.change, .severity, .light')].map(e => e.getClientRects().length)"
    )
    assert set(heights) == {1}


def test_print_is_pages_of_a4_without_the_controls(
    browser: Any, pages: dict[str, str], tmp_path: Path
) -> None:
    pypdfium2 = pytest.importorskip("pypdfium2")
    page = opened(browser, pages["one"])
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=True))
    sizes = {tuple(round(side * 25.4 / 72) for side in sheet.get_size()) for sheet in document}
    assert sizes == {(210, 297)}
    text = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert "4+0+0+0+0+0=4≠5" in text.replace("\r\n", "")
    assert "级别" not in text


@needs_npm
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["one", "many", "hostile"])
def test_axe_finds_nothing(
    browser: Any, pages: dict[str, str], name: str, scheme: str, axe_source: str
) -> None:
    page = opened(browser, pages[name], color_scheme=scheme, bypass_csp=True)
    page.evaluate(axe_source)
    found = page.evaluate("axe.run()")
    assert found["passes"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


@pytest.fixture(scope="module")
def axe_source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return axe(tmp_path_factory.mktemp("axe"))
