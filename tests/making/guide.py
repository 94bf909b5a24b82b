"""The files that the guide to templates shows."""

from __future__ import annotations

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "templates.md"


def from_the_guide(folder: Path) -> str:
    """Write the files that the guide shows, and return the document that it shows with them."""
    guide = GUIDE.read_text("utf-8")
    shown = dict(re.findall(r"`([\w.-]+)`[^\n]*\n\n```\w*\n(.*?)```", guide, re.DOTALL))
    for name, text in shown.items():
        (folder / name).write_text(text, "utf-8")
    return shown["report.txt"]
