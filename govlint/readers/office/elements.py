"""The one seam between the readers of office files and the XML library that they use.

lxml where it is installed; elsewhere, as in a browser, the few of its functions that the readers call, over the standard
library (:mod:`.plain_elements`). The trees are the same but for what only lxml does: writing a part again.
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
def writes() -> bool:
    """Whether a part that was read can be written again with its prefixes as they were."""
    return importlib.util.find_spec("lxml") is not None


def parse(data: bytes, whole: bool = False) -> Any:
    """The root element of XML that may be hostile: no entities, no network, no great depth.

    ``whole`` keeps comments and processing instructions, to write the part again. Raises Malformed, DeclaresType.
    """
    if not writes():
        from govlint.readers.office import plain_elements

        return plain_elements.parse(data)
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        remove_comments=not whole,
        remove_pis=not whole,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Malformed(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DeclaresType
    return root


def written(root: Any) -> bytes:
    """The part whose root was parsed ``whole``, in UTF-8 and with its declaration. Only where :func:`writes`."""
    from lxml import etree

    tree = root.getroottree()
    content: bytes = etree.tostring(
        tree, encoding="UTF-8", xml_declaration=True, standalone=tree.docinfo.standalone
    )
    return content
