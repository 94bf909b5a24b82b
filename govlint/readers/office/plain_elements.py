"""Elements of the standard library that answer as those of lxml do, in what the readers of office files ask.

Comments and processing instructions are left out. Slower than lxml, and needing nothing that is compiled for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

_DEEPEST = 256
"""Elements within elements, as lxml allows without ``huge_tree``."""


class Declares(Exception):
    """A document type is declared."""


class Element(ElementTree.Element):
    """An element that knows its parent."""

    parent: Element | None = None

    def iter(self, *tags: str) -> Iterator[Any]:  # type: ignore[override]
        """This element and all below it, in order; of one of the ``tags`` where they are given."""
        if len(tags) < 2:
            return super().iter(*tags)
        return (each for each in super().iter() if each.tag in tags)

    def iterchildren(self, *tags: str) -> Iterator[Any]:
        return (each for each in self if not tags or each.tag in tags)

    def iterancestors(self, *tags: str) -> Iterator[Any]:
        each = self.parent
        while each is not None:
            if not tags or each.tag in tags:
                yield each
            each = each.parent

    def getparent(self) -> Any:
        return self.parent


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, public: str, system: str) -> None:
        raise Declares


def parse(data: bytes) -> Any:
    """The root element. Raises Declares, and SyntaxError, ValueError or LookupError for what is no XML."""
    parser = ElementTree.XMLParser(target=_Builder(element_factory=Element))
    parser.feed(data)
    root: Any = parser.close()
    level = [root]
    for _ in range(_DEEPEST):
        if not level:
            return root
        level = [child for parent in level for child in _own(parent)]
    raise ValueError("too deep")


def _own(parent: Any) -> Iterator[Any]:
    """The children, each told whose it is."""
    for child in parent:
        child.parent = parent
        yield child
