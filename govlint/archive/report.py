"""``govlint report STORE -o …``: what a store holds as a page, a workbook or JSON."""

from __future__ import annotations

import json
from pathlib import Path

from govlint.archive.overview import overview
from govlint.archive.page import page
from govlint.archive.store import Store, sound
from govlint.errors import UsageError, cannot_write
from govlint.files import replace


def report(where: str, out: Path, lang: str) -> None:
    """The suffix of ``out`` says which. Raises UsageError for another, and where the store has nothing."""
    suffix = out.suffix.lower()
    if suffix not in (".html", ".xlsx", ".json"):
        raise UsageError(f"{out}: 请写成 .html、.xlsx 或 .json / should end in .html, .xlsx or .json")
    with sound(where):
        data = _made(Store(where), suffix, lang)
    try:
        replace(out, data)
    except OSError as error:
        raise cannot_write(out, error) from error


def _made(store: Store, suffix: str, lang: str) -> bytes:
    made = overview(store)
    if suffix == ".html":
        return page(made, lang).encode("utf-8")
    if suffix == ".json":
        return (json.dumps(made.record(), ensure_ascii=False, indent=2, default=str) + "\n").encode("utf-8")
    from govlint.archive.workbook import written

    return written(store, made, lang)
