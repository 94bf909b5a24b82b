"""A PDF or a picture read to text and places, in the process that may fail: what the reader is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from govlint.readers.paper.compose import Text, compose
from govlint.readers.paper.glyphs import Page

LONGEST_SIDE = 2600
"""Pixels of a rendered page's longer side: 220 dots an inch on A4."""


def read(data: bytes, kind: str, recognise: bool = False) -> dict[str, Any]:
    """``text``, ``origins``, the numbers of the ``pictures`` that are not in the text, of ``pages`` in all, and of
    those ``illustrated`` with pictures between their text."""
    if kind == "image":
        from govlint.readers.paper import ocr

        return _answer(ocr.pages_of_image(data), [], [])
    return _pdf(data, recognise)


def _pdf(data: bytes, recognise: bool) -> dict[str, Any]:
    from govlint.readers.paper import pdfium

    document = pdfium.open_document(data)
    try:
        made: list[Page] = []
        pictures: list[int] = []
        illustrated: list[int] = []
        for page in pdfium.pages(document):
            if recognise and (page.pictured or page.hidden or not page.coded):
                from govlint.readers.paper import ocr

                made.append(ocr.recognise(pdfium.render(document, page.number, LONGEST_SIDE), page))
                continue
            if page.hidden:  # another program's recognition, which says nothing of its certainty
                page.glyphs = [glyph._replace(score=0.5) for glyph in page.glyphs]
            if page.pictured or page.hidden or not page.coded:
                pictures.append(page.number)
            elif page.illustrated:
                illustrated.append(page.number)
            made.append(page)
        return _answer(made, pictures, illustrated)
    finally:
        document.close()


def _answer(pages: Sequence[Page], pictures: Sequence[int], illustrated: Sequence[int]) -> dict[str, Any]:
    text: Text = compose(pages)
    return {
        "text": "".join(text.pieces),
        "origins": [[at, origin._asdict()] for at, origin in text.origins],
        "pictures": list(pictures),
        "illustrated": list(illustrated),
        "pages": len(pages),
    }
