"""What a page's own style sheets hide, in time by the length of page and sheets whatever their selectors are.

XPath finds what one compound selector means (``p.note:first-child``); what stands between two of them (``div p``) is
worked out over sets, one pass each. XPath alone takes the square of a page for ``p ~ p`` and more for ``div div p``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, TypeVar

_HIDES = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*(?:hidden|collapse)"
    r"|(?<![-\w])opacity\s*:\s*(?:0(?:\.0\d*)?|\.0\d*)\s*(?:[;!}]|$)"
    r"|filter\s*:[^;}]{0,40}opacity\(\s*(?:0(?:\.0\d*)?|\.0\d*)%?\s*\)"
    r"|content-visibility\s*:\s*hidden|(?<![-\w])clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
    r"|clip-path\s*:\s*(?:inset\(\s*(?:50|100)%|circle\(\s*0)|transform\s*:[^;}]{0,40}scale(?:3d|[xy])?\(\s*0(?:\.0*)?\s*[,)]"
    r"|(?<![-\w])font\s*:\s*0\s*/\s*0"
    r"|font-size\s*:\s*(?:0(?:\.\d*)?|\.\d+|[12](?:\.\d*)?)\s*(?:px|pt)\s*(?:[;!}]|$)"
    r"|font-size\s*:\s*(?:0(?:\.0\d*)?|\.0\d*)\s*(?:r?em|%)?\s*(?:[;!}]|$)"
    r"|(?<![-\w])(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}"
    r"|text-decoration(?:-line)?\s*:[^;}]{0,40}line-through",
    re.IGNORECASE,
)
"""As in ``display: none``; text that is struck out is seen, and as that which does not hold."""
_FLAT = re.compile(
    r"(?<![-\w])(?:max-)?(?:height|width)\s*:\s*(?:0(?:\.0*)?(?:px)?|1px)\s*(?:[;!}]|$)", re.IGNORECASE
)
"""As in ``height: 0``."""
_CUT = re.compile(r"overflow(?:-[xy])?\s*:\s*(?:hidden|clip)", re.IGNORECASE)
"""As in ``overflow: hidden``: what is flat and cut off is not seen."""
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


def written_in(root: Any, printed: bool = True) -> str:
    """A page's own style sheets, with those for print alone if they are ``printed``."""
    return "".join(
        each.text or "" for each in root.iter("style") if printed or (each.get("media") or "all") != "print"
    )


def hides(declared: str) -> bool:
    """Whether declarations of a style take what they are for out of sight."""
    found = _HIDES.search(declared)
    if found is None and _FLAT.search(declared) and _CUT.search(declared):
        return True
    return found is not None and not (found[0][:1] in "oO" and _MOVES.search(declared) is not None)


_Said = TypeVar("_Said")


def _hiding(declared: str) -> bool | None:
    return True if hides(declared) else False if SHOWS.search(declared) else None


def hidden(root: Any, sheets: str) -> dict[Any, bool]:
    """Whether a style sheet hides an element, of those of which it says anything."""
    return decided(root, sheets, _hiding)


def decided(root: Any, sheets: str, says: Callable[[str], _Said | None]) -> dict[Any, _Said]:
    """What a style sheet says of elements; the last rule of those that have most weight decides.

    ``says`` is what declarations say, False what only takes back, None nothing.
    """
    weights: dict[Any, tuple[int, int, int]] = {}
    found: dict[Any, _Said] = {}
    for declared, weight, pseudo, elements in _matches(root, sheets, says, lambda: not found):
        said = says(declared)
        assert said is not None
        for element in elements if pseudo is None else ():
            if weight >= weights.get(element, (0, 0, 0)):
                weights[element], found[element] = weight, said
    return found


def generating(root: Any, sheets: str) -> Iterator[tuple[Any, str]]:
    """Elements before or behind which a style sheet puts something, and the declarations that say what."""
    for declared, _, pseudo, elements in _matches(root, sheets, lambda text: "content" in text, lambda: True):
        if str(pseudo) in ("before", "after"):
            yield from ((element, declared) for element in list(elements))


def _matches(
    root: Any, sheets: str, says: Callable[[str], object], nothing_yet: Callable[[], bool]
) -> Iterator[tuple[str, tuple[int, int, int], Any, Set[Any]]]:
    """Declarations that say anything, with the weight and the pseudo-element of each selector and what it means.

    What only takes back is passed over while there is nothing. Selectors that ask for too much are passed over.
    """
    from cssselect import SelectorError, parse

    page: _Page | None = None
    asked = 0
    for selectors, declared in _rules(_COMMENT.sub("", sheets)):
        saying = says(declared)
        if len(selectors) > _LONGEST or not (saying or (saying is False and not nothing_yet())):
            continue
        try:
            parsed = parse(selectors)
        except (SelectorError, RecursionError):
            continue
        for selector in parsed:
            asked += 1
            steps = _steps(selector.parsed_tree)
            if asked > _MOST_SELECTORS or len(steps) > _MOST_STEPS:
                continue
            page = page or _Page(root)
            yield declared, selector.specificity(), selector.pseudo_element, page.matching(steps)


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
