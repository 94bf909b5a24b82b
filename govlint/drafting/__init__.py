"""Blank drafts: a report with every mandated heading, row and column, from the template's grammar alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from govlint.document import Number
from govlint.errors import UsageError, cannot_write
from govlint.files import replace as put
from govlint.template.layout import Grid, grid
from govlint.template.model import TableSpec, Template

WRITERS = {".docx": "word", ".md": "markdown"}
_LONGEST_NAME = 60


class Draft(NamedTuple):
    """What a draft is of."""

    template: Template
    agency: str
    year: int
    figures: Mapping[str, Number] = MappingProxyType({})
    """What is known already, by address."""

    def grid(self, table: TableSpec) -> Grid:
        """A table as it is laid out, with the figures that are known."""
        made = grid(self.template, table)
        made.boxes = [
            replace(box, text=str(self.figures[box.address])) if box.address in self.figures else box
            for box in made.boxes
        ]
        return made

    @property
    def head(self) -> list[str]:
        """The title, and for a form that is all table the lines that say of which year and by whom it is."""
        title = self.template.title
        if self.template.sections:
            return [f"{self.agency}{self.year}年{title}"]
        return [title, f"（{self.year}年度）", f"填报单位：{self.agency}"]


def draft(template: Template, agency: str, year: int, out: Path, *, force: bool = False) -> None:
    """Write a blank draft. Raises UsageError, which says what to do, for what cannot be drafted or written."""
    write_draft(Draft(template, agency, year), out, force=force)


def write_draft(made: Draft, out: Path, *, force: bool = False) -> None:
    """Write a draft. Raises UsageError, which says what to do, for what cannot be drafted or written."""
    agency = made.agency.strip()
    if not agency or len(agency) > _LONGEST_NAME or any(unicodedata.category(c)[0] == "C" for c in agency):
        raise UsageError(
            f"机关名称应为一行文字，不超过{_LONGEST_NAME}字 / the agency's name must be one short line"
        )
    _check_year(made.template, made.year)
    writer = WRITERS.get(out.suffix.lower())
    if writer is None:
        raise UsageError(
            f"不能起草“{out.suffix}”格式，请用 {'、'.join(WRITERS)} / drafts are {' or '.join(WRITERS)}"
        )
    if out.is_dir():
        raise UsageError(f"{out} 是文件夹，请写文件名 / is a folder; name a file")
    if out.exists() and not force:
        raise UsageError(f"{out} 已存在，要覆盖请加 --force / exists; --force replaces it")
    write: Callable[[Draft], bytes] = import_module(f"govlint.drafting.{writer}").write
    data = write(made._replace(agency=agency))
    try:
        put(out, data)
    except OSError as error:
        raise cannot_write(out, error) from error


def _check_year(template: Template, year: int) -> None:
    if template.in_force(year):
        return
    first, last = template.years
    scope = f"{first}年度起" if last is None else f"{first}年度" if last == first else f"{first}至{last}年度"
    raise UsageError(
        f"模板 {template.id} 适用于{scope}，不适用于{year}年度"
        f" / {template.id} is for report years {first} to {last or 'now'}, not {year}"
    )
