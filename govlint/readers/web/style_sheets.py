"""What a page's own style sheets hide, in time by the length of page and sheets whatever their selectors are.

XPath finds what one compound selector means (``p.note:first-child``); what stands between two of them (``div p``) is
worked out over sets, one pass each. XPath alone takes the square of a page for ``p ~ p`` and more for ``div div p``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any

_HIDES = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])opacity\s*:\s*0(?:\.0*)?\s*(?:[;!}]|$)"
    r"|font-size\s*:\s*0(?:\.0*)?\s*(?:px|pt|r?em|%)?\s*(?:[;!}]|$)"
    r"|(?<![-\w])(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|text-decoration(?:-line)?\s*:[^;}]{0,40}line-through",
    re.IGNORECASE,
)
"""As in ``display: none``; text that is struck out is seen, and as that which does not hold."""
_MOVES = re.compile(r"(?<![-\w])animation(?:-name)?\s*:\s*(?!none)", re.IGNORECASE)
"""As in ``animation: in 1s``: what is transparent at first comes to be seen."""
SHOWS = re.compile(
    r"display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible|opacity\s*:\s*(?:1|0?\.\d*[1-9])", re.IGNORECASE
)
"""As in ``display: block``."""
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|<!--|-->", re.DOTALL)
"""As in ``/* x */``."""
_BRACE = re.compile(r"([{}])")
"""As in ``{``."""
_MOST_SELECTORS = 300
_LONGEST = 10_000
"""Characters of the selectors of one rule."""
_MOST_STEPS = 20
"""Compound selectors in one."""
_MOST_LOOKS = 5_000_000
"""At elements, for all selectors of a page: about a second."""
_LOOKS_AT_ONCE = 50
"""At what stands beside an element, or above it, in the time of a look."""


def hides(declared: str) -> bool:
    """Whether declarations of a style take what they are for out of sight."""
    found = _HIDES.search(declared)
    return found is not None and not (found[0][:1] in "oO" and _MOVES.search(declared) is not None)


def hidden(root: Any, sheets: str) -> dict[Any, bool]:
    """Whether a style sheet hides an element, of those of which it says anything; the last rule of those that have
    most weight decides. Selectors that ask for too much are passed over."""
    from cssselect import SelectorError, parse

    weights: dict[Any, tuple[int, int, int]] = {}
    found: dict[Any, bool] = {}
    page = _Page(root)
    asked = 0
    for selectors, declared in _rules(_COMMENT.sub("", sheets)):
        hiding = hides(declared)
        if len(selectors) > _LONGEST or (not hiding and not (found and SHOWS.search(declared))):
            continue
        try:
            parsed = parse(selectors)
        except (SelectorError, RecursionError):
            continue
        for selector in parsed:
            asked += 1
            steps = _steps(selector.parsed_tree)
            if selector.pseudo_element is not None or asked > _MOST_SELECTORS or len(steps) > _MOST_STEPS:
                continue
            weight = selector.specificity()
            for element in page.matching(steps):
                if weight >= weights.get(element, (0, 0, 0)):
                    weights[element], found[element] = weight, hiding
    return found


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Selectors and declarations, also those within ``@media`` where it means a screen."""
    open_: list[str] = []
    parts = _BRACE.split(sheet)
    for before, brace in zip(parts[::2], parts[1::2], strict=False):
        text = before.strip()
        if brace == "{":
            open_.append(text.rsplit(";", 1)[-1].strip())
        elif open_:
            selector = open_.pop()
            if selector and not selector.startswith("@") and all(map(_is_for_screens, open_)):
                yield selector, text


def _is_for_screens(rule: str) -> bool:
    return rule.startswith("@media") and ("screen" in rule or "all" in rule) and "width" not in rule


def _steps(tree: Any) -> list[tuple[str, Any]]:
    """The compound selectors of one, from the left, each with what stands before it."""
    from cssselect.parser import CombinedSelector

    steps = []
    while isinstance(tree, CombinedSelector):
        steps.append((tree.combinator, tree.subselector))
        tree = tree.selector
    return [("", tree), *reversed(steps)]


class _Page:
    """The elements of a page, in which selectors are looked up."""

    def __init__(self, root: Any) -> None:
        from cssselect import GenericTranslator

        self._root = root
        self._translator = GenericTranslator()
        self._elements = list(root.iter("*"))
        depths: dict[Any, int] = {}
        for element in self._elements:
            depths[element] = depths.get(element.getparent(), 0) + 1
        self._around = max([*depths.values(), *map(len, self._elements)])
        """The most elements that stand above one, or beside it."""
        self._looks = 0

    def matching(self, steps: list[tuple[str, Any]]) -> Set[Any]:
        """What a selector means; nothing where that cannot be told, or takes too much."""
        from cssselect import SelectorError

        found: Set[Any] = set()
        for combinator, compound in steps:
            try:
                path = self._translator.xpath(compound)
            except (SelectorError, RecursionError):
                return set()
            each = (
                self._around // _LOOKS_AT_ONCE if "-sibling" in str(path) or "descendant" in str(path) else 0
            )
            self._looks += len(self._elements) * (1 + each)
            if self._looks > _MOST_LOOKS:
                self._looks -= len(self._elements) * (1 + each)
                return set()
            here = set(self._root.xpath(f"descendant-or-self::{path}"))
            found = _COMBINED[combinator](found, here, self._elements) if combinator else here
            if not found:
                break
        return found


def _below(left: Set[Any], right: Set[Any], elements: list[Any]) -> Set[Any]:
    below: set[Any] = set()
    for element in elements:
        parent = element.getparent()
        if parent in left or parent in below:
            below.add(element)
    return right & below


def _children(left: Set[Any], right: Set[Any], elements: list[Any]) -> Set[Any]:
    return {element for element in right if element.getparent() in left}


def _behind(left: Set[Any], right: Set[Any], elements: list[Any]) -> Set[Any]:
    parents: set[Any] = set()
    behind = set()
    for element in elements:
        if element in right and element.getparent() in parents:
            behind.add(element)
        if element in left:
            parents.add(element.getparent())
    return behind


def _next(left: Set[Any], right: Set[Any], elements: list[Any]) -> Set[Any]:
    last: dict[Any, Any] = {}
    after = set()
    for element in elements:
        parent = element.getparent()
        if element in right and last.get(parent) in left:
            after.add(element)
        last[parent] = element
    return after


_COMBINED: Mapping[str, Callable[[Set[Any], Set[Any], list[Any]], Set[Any]]] = {
    " ": _below,
    ">": _children,
    "~": _behind,
    "+": _next,
}
