"""Selectors mean what XPath says that they mean, whatever stands between their parts."""

from __future__ import annotations

import pytest
from lxml import html

from govlint.readers.web.style_sheets import hidden

PAGE = html.fromstring(
    "<main><div class=a><p>1</p><!-- x --><p class=b>2</p><div><p>3</p>text<span>4</span></div><p>5</p></div>"
    "<div><div class=b><div><p class=a>6</p></div><p>7</p></div></div><p>8</p><p class=b>9</p></main>"
)


@pytest.mark.parametrize(
    "selector",
    [
        *("p", ".b", "div p", "div div p", "div.b p", ".a .a", "div > p", "main > p", "div > div > p", "div div > p", "span p"),
        *("p + p", "p + div", "div + p", ".b + .a", "p ~ p", "p ~ div", "div ~ p.b", "p ~ div span", "div > p + div p"),
        *("p:first-child", "div p:last-child", "p:nth-child(2)", "p:not(.b)", "div:not(.a) > p ~ p", "*", "main *", "div > *"),
    ],
)  # fmt: skip
def test_selectors(selector: str) -> None:
    meant = set(PAGE.cssselect(selector))
    assert set(hidden(PAGE, selector + "{display:none}")) == meant


@pytest.mark.parametrize(
    "selector", ["p::before", "p:hover:nonsense(", "p:has(", ">", "p " * 50, ":not(" * 400, "p" * 20_000]
)
def test_what_is_no_selector_or_too_much_of_one_hides_nothing(selector: str) -> None:
    assert hidden(PAGE, selector + "{display:none}") == {}


def test_the_weightier_rule_decides() -> None:
    found = hidden(PAGE, "p.b{display:none} p{display:block} .b{display:block} div p.b{display:inline}")
    assert {element.text: state for element, state in found.items()} == {
        **dict.fromkeys("135678", False),
        "9": True,
        "2": False,
        None: False,
    }
