"""Files that govlint wrote and that are no reports: pages, lists, workbooks, and annotated copies beside their original.

A copy that was annotated holds a report too. It is passed over only where the document that it repeats word for word
stands in the same folder, so that nothing goes unchecked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from govlint import readers
from govlint.document import Words
from govlint.text.digest import sha256

MARK = "<!-- govlint -->"
"""The first line of what is written as Markdown."""
AUTHOR = "govlint"
"""The author of notes, of workbooks, and of pages (``<meta name="generator">``)."""
_CREATOR = re.compile(rf"<(?:dc:)?creator\b[^>]{{0,200}}>{AUTHOR}</".encode())
"""As in ``<dc:creator>govlint</``."""
_HEAD = 4096
_MOST = 1_000_000
"""Bytes of a part of an office package that is looked into."""
_PAGES = (".html", ".htm")
_PACKAGES = (".docx", ".docm")
_LOOKED_INTO = (*_PAGES, *_PACKAGES, ".md", ".xlsx", ".pdf")

OUTPUT = Words("govlint 自己写的", "written by govlint")
COPY = Words(
    "govlint 批注过的副本，原文在同一文件夹", "a copy with govlint's notes; the original stands beside it"
)


def among(folder: Path, names: Sequence[str]) -> Mapping[str, Words]:
    """Of the documents of a folder those that govlint wrote, each with what it is."""
    found: dict[str, Words] = {}
    noted: list[str] = []
    for name in names:
        if not name.lower().endswith(_LOOKED_INTO):
            continue
        with suppress(Exception):  # what cannot be looked into is told where it is checked
            path = folder / name
            if path.is_file() and _is_output(path):
                found[name] = OUTPUT
            elif path.is_file() and _has_notes(path):
                noted.append(name)
    texts: dict[str, set[bytes]] = {}
    for name in noted:
        suffix = Path(name).suffix.lower()
        others = [each for each in names if each not in noted and Path(each).suffix.lower() == suffix]
        with suppress(Exception):
            if suffix == ".pdf":
                same = _begins_with_one(folder / name, [folder / each for each in others])
            else:
                if suffix not in texts:
                    texts[suffix] = {_text(folder / each) for each in others}
                same = _text(folder / name) in texts[suffix]
            if same:
                found[name] = COPY
    return found


def _is_output(path: Path) -> bool:
    match path.suffix.lower():
        case ".html" | ".htm":
            with path.open("rb") as file:
                return f'<meta name="generator" content="{AUTHOR} '.encode() in file.read(_HEAD)
        case ".md":
            with path.open("rb") as file:
                return file.read(len(MARK)) == MARK.encode()
        case ".xlsx":
            return bool(_CREATOR.search(_part(path, "docProps/core.xml")))
    return False


def _has_notes(path: Path) -> bool:
    """Whether notes by govlint may stand in it."""
    suffix = path.suffix.lower()
    if suffix in _PACKAGES:
        return f'author="{AUTHOR}"'.encode() in _part(path, "word/comments.xml")
    if suffix in _PAGES:
        return f"<{AUTHOR}-notes".encode() in readers.read_bytes(path)
    return suffix == ".pdf" and AUTHOR.encode() in readers.read_bytes(path)


def _part(path: Path, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(path) as package:
        if name not in package.namelist():
            return b""
        with package.open(name) as part:
            return part.read(_MOST)


def _text(path: Path) -> bytes:
    """A digest of a document's text; of nothing in common with any other where it cannot be read."""
    try:
        document = readers.read(readers.read_bytes(path), path.name)
    except Exception:
        return str(path).encode("utf-8", "surrogateescape")
    return sha256(document.text).encode()


def _begins_with_one(path: Path, others: Sequence[Path]) -> bool:
    """Whether a PDF is one of the others with something added to its end, as notes are."""
    data = readers.read_bytes(path)
    return any(
        0 < other.stat().st_size < len(data) and data.startswith(readers.read_bytes(other))
        for other in others
    )
