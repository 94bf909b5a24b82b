"""The one seam between the readers of office files and the XML library that they use.

lxml where it is installed; elsewhere, as in a browser, the few of its functions that the readers call, over the standard
library (:mod:`.plain_elements`). Trees are read alone: what writes into a part edits its bytes (:mod:`.splicing`).
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any


class Malformed(ValueError):
    """Not well-formed XML, or nested deeper than any document is."""


class DeclaresType(ValueError):
    """A document type is declared, which may define entities."""


@cache
def has_lxml() -> bool:
    return importlib.util.find_spec("lxml") is not None


def parse(data: bytes) -> Any:
    """The root element of XML that may be hostile: no entities, no network, no great depth.

    Comments and processing instructions are left out. Raises Malformed, DeclaresType.
    """
    try:
        root, declared = _plain(data) if not has_lxml() else _by_lxml(data)
    except (SyntaxError, ValueError, LookupError) as error:  # both libraries' own are SyntaxErrors
        raise Malformed(str(error)) from error
    if declared:
        raise DeclaresType
    return root


def to_bytes(element: Any) -> bytes:
    """An element as XML of its own, without what stands behind it."""
    if not has_lxml():
        from xml.etree import ElementTree

        return bytes(ElementTree.tostring(element, "utf-8"))
    from lxml import etree

    return bytes(etree.tostring(element, encoding="utf-8", with_tail=False))


def _by_lxml(data: bytes) -> tuple[Any, bool]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(data, parser)
    return root, root.getroottree().docinfo.internalDTD is not None


def _plain(data: bytes) -> tuple[Any, bool]:
    from govlint.readers.office import plain_elements

    try:
        return plain_elements.parse(data), False
    except plain_elements.Declares:
        return None, True
