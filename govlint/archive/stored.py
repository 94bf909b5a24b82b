"""Filings as a store holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import field

from govlint.archive.rows import figures
from govlint.filing import Filing
from govlint.rule import Finding, Severity
from govlint.template.model import Template

_ROWS = 1000
"""Filings held at a time."""


class Stored(Filing, frozen=True):
    batch: int = 0
    """Of the store, that the document is in."""
    series: str = ""
    family: str = ""
    government: str = ""
    """To which it belongs, where that was asked."""
    shingles: frozenset[int] = frozenset()
    rules: frozenset[str] = frozenset()
    """Codes of the rules between documents that are in force for it."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Those that its settings give to rules between documents, by code."""
    aside: frozenset[str] = frozenset()
    """What its comments set aside: a code, or a code and a cell, or a code and the number of a passage."""

    def sets_aside(self, finding: Finding) -> bool:
        """Whether a comment in the document holds for what was found at it."""
        place = finding.cells[0] if finding.cells else finding.span.start if finding.span else ""
        return finding.code in self.aside or f"{finding.code} {place}" in self.aside


def streamed(database: Any, query: str, templates: Mapping[str, Template]) -> Iterator[Stored]:
    """The filings of a query, in its order, never all of them in memory."""
    reader = database.sql(query).to_arrow_reader(_ROWS)
    for batch in reader:
        for row in batch.to_pylist():
            yield stored(row, templates)


def stored(row: Mapping[str, Any], templates: Mapping[str, Template]) -> Stored:
    """A row of the dataset ``filings``, with what it was joined to."""
    return Stored(
        row["path"],
        row["agency"],
        row["year"],
        templates[row["template"]],
        row["published"],
        figures(row["cells"], row["values"]),
        batch=row.get("batch") or 0,
        series=row.get("series") or "",
        family=row.get("family") or "",
        government=row.get("government") or "",
        shingles=frozenset(row["shingles"]),
        rules=frozenset(row["rules"]),
        severities=dict(each.split() for each in row["severities"]),
        aside=frozenset(row["aside"]),
    )
