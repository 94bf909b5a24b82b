"""A PDF or a picture read to text and places, in the process that may fail: what the reader is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from govlint.readers.paper.compose import Text, compose
from govlint.readers.paper.glyphs import Page, sheet_of
from govlint.readers.paper.panes import split
from govlint.readers.paper.places import places
from govlint.readers.paper.struck import take_out

if TYPE_CHECKING:
    from govlint.readers.paper.pdfium import Scanned

LONGEST_SIDE = 2600
"""Pixels of a rendered page's longer side: 220 dots an inch on A4."""


def read(data: bytes, kind: str, recognise: bool = False, placed: bool = False) -> dict[str, Any]:
    """``text``, ``origins``, the count of ``pages``, and the numbers of those that were not read or not in full:

    ``pictures`` without text, ``uncoded`` with text of no meaning, ``illustrated`` with pictures between their text,
    ``layered`` with another program's recognition of a picture; what is ``unseen`` or ``struck`` out on pages, by page; and, where
    ``placed`` is wanted, the ``places`` of characters.
    """
    if kind == "image":
        from govlint.readers.paper import ocr

        return _answer(ocr.pages_of_image(data), _Told())
    return _pdf(data, recognise, placed)


class _Told(Struct):
    """The numbers of pages that are to be told of, and the text on them that nobody sees."""

    pictures: list[int] = field(default_factory=list)
    uncoded: list[int] = field(default_factory=list)
    illustrated: list[int] = field(default_factory=list)
    layered: list[int] = field(default_factory=list)
    unseen: list[tuple[int, str]] = field(default_factory=list)
    struck: list[tuple[int, str]] = field(default_factory=list)


def _pdf(data: bytes, recognise: bool, placed: bool) -> dict[str, Any]:
    from govlint.readers.paper import pdfium

    document = pdfium.open_document(data)
    try:
        made: list[Page] = []
        told = _Told()
        for page in pdfium.pages(document):
            if page.unseen:
                told.unseen.append((page.number, page.unseen))
            if recognise and (page.pictured or page.hidden or not page.coded):
                from govlint.readers.paper import ocr

                made.append(ocr.recognise(pdfium.render(document, page.number, LONGEST_SIDE), page))
                continue
            made += split(_reliable(page, told))
        return _answer(made, told, placed)
    finally:
        document.close()


def _reliable(page: Scanned, told: _Told) -> Page:
    """The page with the glyphs that can be relied on."""
    if words := take_out(page):
        told.struck.append((page.number, words))
    if not page.coded:
        told.uncoded.append(page.number)
        page.glyphs = []
    elif page.hidden and page.glyphs:  # another program's recognition, which says nothing of its certainty
        told.layered.append(page.number)
        page.glyphs = [replace(glyph, score=0.5) for glyph in page.glyphs]
    elif page.pictured:
        told.pictures.append(page.number)
    elif page.illustrated:
        told.illustrated.append(page.number)
    return page


def _answer(pages: Sequence[Page], told: _Told, placed: bool = False) -> dict[str, Any]:
    text: Text = compose(pages)
    return {
        "places": places(text, pages) if placed else [],
        "text": "".join(text.pieces),
        "guessed": text.guessed,
        "origins": text.origins,
        "pages": len({sheet_of(page.number) for page in pages}),
        **asdict(told),
    }
