"""Office Open XML packages: which part is the document, and which parts it refers to."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from govlint.readers.office.archive import Archive, damaged, parse_xml

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
"""Namespaces of the strict form of the standard, with those of the usual form."""


def usual(data: bytes) -> bytes:
    """XML in the strict form's namespaces, put in those that everybody writes."""
    if b"purl.oclc.org/ooxml" in data:
        for strict, common in STRICT.items():
            data = data.replace(strict, common)
    return data


class Package:
    """A package and its main part, found by relationships and not by names."""

    def __init__(self, data: bytes, usual_main: str) -> None:
        self.archive = Archive(data)
        related = self._related("_rels/.rels", "")
        self.main = related.get("officeDocument", usual_main)
        if self.main not in self.archive.names:
            raise damaged(f"缺少“{self.main}”", f"“{self.main}” is missing")

    @cached_property
    def related(self) -> dict[str, str]:
        """Kind of part (``styles``, ``numbering``) to the name of the first one that the main part refers to."""
        return self.related_to(self.main)

    @cached_property
    def targets(self) -> dict[str, str]:
        """Relationship to the name of the part that the main part refers to by it."""
        folder, name = posixpath.split(self.main)
        return {id_: target for id_, _, target in self._relations(f"{folder}/_rels/{name}.rels", folder)}

    def related_to(self, part: str) -> dict[str, str]:
        """Kind of part to the name of the first one that another part refers to."""
        folder, name = posixpath.split(part)
        return self._related(f"{folder}/_rels/{name}.rels", folder)

    def _related(self, name: str, folder: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for _, kind, target in self._relations(name, folder):
            found.setdefault(kind, target)
        return found

    def _relations(self, name: str, folder: str) -> Iterator[tuple[str, str, str]]:
        """(id, kind, name of the part) of what a part refers to within the package."""
        if name not in self.archive.names:
            return
        for each in self.archive.xml(name).iter(_RELATIONSHIP):
            if each.get("TargetMode") != "External":
                kind = each.get("Type", "").rsplit("/", 1)[-1]
                target = posixpath.normpath(
                    posixpath.join("/", folder, each.get("Target", "").replace("\\", "/"))
                )
                yield each.get("Id", ""), kind, target.lstrip("/")

    def bytes_of(self, kind: str) -> bytes:
        """The bytes of a part that the main part refers to; empty where there is none."""
        name = self.related.get(kind, "")
        return usual(self.archive.read(name)) if name in self.archive.names else b""

    def root_of(self, kind: str) -> Any:
        """The root element of such a part, or None."""
        data = self.bytes_of(kind)
        return parse_xml(data, self.related[kind]) if data else None
