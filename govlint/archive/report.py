"""``govlint report STORE -o …``: what a store holds as a page, a workbook or JSON."""

from __future__ import annotations

import json
from pathlib import Path

from govlint.archive.overview import overview
from govlint.archive.page import page
from govlint.archive.store import Store
from govlint.errors import UsageError


def report(where: str, out: Path, lang: str) -> None:
    """The suffix of ``out`` says which. Raises UsageError for another, and where the store has nothing."""
    suffix = out.suffix.lower()
    if suffix not in (".html", ".xlsx", ".json"):
        raise UsageError(f"{out}: 请写成 .html、.xlsx 或 .json / should end in .html, .xlsx or .json")
    store = Store(where)
    made = overview(store)
    try:
        if suffix == ".html":
            out.write_text(page(made, lang), "utf-8", newline="\n")
        elif suffix == ".json":
            out.write_text(
                json.dumps(made.record(), ensure_ascii=False, indent=2, default=str) + "\n", "utf-8"
            )
        else:
            from govlint.archive.workbook import write

            write(store, made, out, lang)
    except OSError as error:
        raise UsageError(f"无法写入 {out}：{error.strerror} / cannot write") from error
