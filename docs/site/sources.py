"""Pages of the repository as pages of the site: one language of those that are in two, links led to where they now are."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"(!?\[[^\]\n]*\]\()([^)\s#]*)(#[^)\s]*)?(\))")
_HAN = re.compile(r"[㐀-鿿]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_CODE = re.compile(r"`[^`]*`|\]\([^)]*\)|“[^”]*”")
_OTHER = re.compile(r"^\[[^\]]*\]\(README[^)]*\)\n", re.MULTILINE)
"""To the other language: the site has a switch."""
_RULES = "docs/rules/"


class Pages:
    """The Markdown of one language. ``sources``: page to the file in which it is written."""

    def __init__(self, folder: Path, lang: str, sources: Mapping[str, Path]) -> None:
        self.folder, self.lang, self.sources = folder, lang, sources
        self.places = {path.relative_to(ROOT).as_posix(): name for name, path in sources.items()}
        self.places |= {f"docs/{name}": name for name in sources}  # as other pages know it
        self.places |= {
            "docs/schema": "schema.md",
            "docs/rules/README.md": "rules/index.md",
            "docs/for-staff.md": "staff.md",
            "CONTRIBUTING.md": "writing-rules.md",
            "README.md": "index.md",
            "README.zh-CN.md": "index.md",
        }

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def copy(self, source: Path, name: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, path)

    def copy_all(self) -> None:
        for name, path in self.sources.items():
            text = _OTHER.sub("", in_language(path.read_text("utf-8"), self.lang))
            self.write(name, "".join(self._led(text, path, name)))

    def _led(self, text: str, source: Path, name: str) -> Iterator[str]:
        """With every relative link outside of code leading to its page, or to a copy of the file it names."""
        for at, part in enumerate(re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)):
            yield part if at % 2 else _LINK.sub(lambda match: self._link(match, source, name), part)

    def _link(self, match: re.Match[str], source: Path, name: str) -> str:
        before, target, anchor, after = match.groups()
        if not target or re.match(r"[a-z]+:", target):
            return match.group()
        path = (source.parent / target).resolve()
        if source.is_relative_to(ROOT / "docs/site"):  # written for the site: already among its pages
            return match.group()
        if not path.exists():
            raise SystemExit(f"{source}: {target} is not there")
        inside = path.relative_to(ROOT).as_posix()
        place = self.places.get(inside)
        if place is None and inside.startswith(_RULES):
            place = f"rules/{path.name}"
        if place is None and path.is_dir():
            return before.rstrip("(").strip("![]")  # a folder is no page
        if place is None:
            place = f"files/{inside}"
            self.copy(path, place)
        away = os.path.relpath(place, Path(name).parent)
        return f"{before}{away}{anchor or ''}{after}"


def in_language(text: str, lang: str) -> str:
    """One language of a text in which a paragraph's lines, a cell's halves or a heading's are in two."""
    blocks: list[str] = []
    for at, part in enumerate(re.split(r"(^```.*?^```$)", text, flags=re.MULTILINE | re.DOTALL)):
        blocks.append(part if at % 2 else "\n\n".join(_block(block, lang) for block in part.split("\n\n")))
    return re.sub(r"\n{3,}", "\n\n", "".join(blocks)).lstrip("\n")


def _block(block: str, lang: str) -> str:
    lines = block.split("\n")
    if any(line.startswith(("|", "#")) for line in lines):
        return "\n".join(_halves(line, lang) for line in lines)
    kinds = [_language(line) for line in lines]
    if not ("zh" in kinds and "en" in kinds):
        return block
    return "\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind in (lang, ""))


def _halves(line: str, lang: str) -> str:
    """A heading or the cells of a row, each with the half that is in the language."""
    mark = "|" if line.startswith("|") else None
    cells = re.split(r"(?<!\\)\|", line) if mark else [line]
    return "|".join(_half(cell, lang) for cell in cells)


def _half(cell: str, lang: str) -> str:
    for between in ("<br>", " · ", " / "):
        halves = cell.split(between)
        kinds = [_language(half) for half in halves]
        if len(halves) == 2 and sorted(kinds) == ["en", "zh"]:
            kept = halves[kinds.index(lang)]
            lead = re.match(r"\s*#*\s*", cell)
            return kept if kept == halves[0] else (lead.group() if lead else "") + kept
    return cell


def _language(text: str) -> str:
    """``zh``, ``en`` or neither, by what is no code, link or quotation."""
    bare = _CODE.sub("", text)
    han = len(_HAN.findall(bare))
    if han >= 2 or (han and not _LATIN.search(bare)):
        return "zh"
    return "en" if _LATIN.search(bare) else ""
