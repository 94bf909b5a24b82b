"""What is made of a report's text: all findings to act on, and every figure."""

from __future__ import annotations

from govlint.document import Document
from govlint.linting.linter import check
from govlint.linting.settings import Settings
from govlint.result import Result


def checked(text: str) -> Result:
    return check(Document("report.txt", "text", text), Settings())


def told(result: Result) -> list[str]:
    """The codes of findings that are more than information."""
    return [finding.code for finding in result.findings if finding.severity != "info"]


def read(result: Result) -> dict[str, object]:
    """Each cell's value by its address."""
    assert result.report is not None
    return {address: cell.value for address, cell in result.report.cells.items()}
