"""One document checked by the settings that hold for it."""

from __future__ import annotations

from govlint.config.configuration import Configuration
from govlint.document import Words
from govlint.linting.linter import check_bytes, check_file, unreadable
from govlint.result import Result
from govlint.runs.sources import Source


def check_source(source: Source, configuration: Configuration) -> Result:
    """Check one document by the settings that hold for it."""
    settings = configuration.settings(source.path)
    if source.lost:
        words = Words(f"无法打开：{source.lost}。", f"It cannot be opened: {source.lost}.")
        return unreadable(source.shown, words, settings)
    if source.path is None or source.data is not None:
        return check_bytes(source.data or b"", source.shown, settings)
    return check_file(source.path, source.shown, settings)
