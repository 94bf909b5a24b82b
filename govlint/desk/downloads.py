"""What is taken away from the desk, and how it is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from govlint.outputs.parts.counts import say

PURPOSES: Mapping[str, tuple[str, str]] = {
    "annotated": ("批注", "annotated"),
    "corrected": ("改正", "corrected"),
    "page": ("检查结果", "findings"),
}


def named(name: str, purpose: str, suffix: str, lang: str) -> str:
    """Of a file to keep, after the one that it was made of: ``年报.批注.docx``."""
    return f"{PurePosixPath(name).stem or 'report'}.{say(*PURPOSES[purpose], lang)}{suffix}"
