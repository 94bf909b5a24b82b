"""What an archive comes to, counted: by rule, year, region and agency, and the findings behind the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from msgspec import Struct

from govlint.agencies.names import region
from govlint.archive.store import Store

SHOWN = 100
"""Findings of a rule, documents of a kind and agencies that a page lists."""


class Overview(Struct, frozen=True):
    """Rows are as DuckDB gives them, by the columns named."""

    documents: int
    complete: bool
    verdicts: dict[str, int]
    years: list[tuple[int, int, int, int, int, int]]
    """(year, documents, pass, fail, incomplete, errors), ascending."""
    rules: list[tuple[str, str, str, int, int]]
    """(code, name, severity, findings, documents), the commonest first."""
    regions: list[tuple[str, int, int]]
    """(region, documents, errors), the most errors a document first."""
    worst: list[tuple[str, int, int, int]]
    """(agency, documents, errors, warnings)."""
    best: list[tuple[str, int]]
    """(agency, documents): of those in which no error and no warning was found, with the most documents."""
    findings: dict[str, list[dict[str, Any]]]
    """By code, the first of them."""
    unread: list[tuple[str, str]]
    """(path, why)."""
    unread_count: int
    unchecked: list[tuple[str, str, str]]
    """(path, code, why)."""
    unchecked_count: int

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "documents": self.documents,
            "complete": self.complete,
            "verdicts": self.verdicts,
            "years": _named(self.years, "year", "documents", "pass", "fail", "incomplete", "errors"),
            "rules": _named(self.rules, "code", "name", "severity", "findings", "documents"),
            "regions": _named(self.regions, "region", "documents", "errors"),
            "worst": _named(self.worst, "agency", "documents", "errors", "warnings"),
            "best": _named(self.best, "agency", "documents"),
            "findings": self.findings,
            "unreadable": {"count": self.unread_count, "documents": _named(self.unread, "path", "error")},
            "unchecked": {
                "count": self.unchecked_count,
                "rules": _named(self.unchecked, "path", "code", "why"),
            },
        }


def _named(rows: list[Any], *names: str) -> list[dict[str, Any]]:
    return [dict(zip(names, row, strict=True)) for row in rows]


_YEARS = """
SELECT year, count(*), count(*) FILTER (verdict = 'pass'), count(*) FILTER (verdict = 'fail'),
    count(*) FILTER (verdict = 'incomplete'), coalesce(sum(e.errors), 0)::INT
FROM documents LEFT JOIN errors e USING (path) WHERE year IS NOT NULL GROUP BY year ORDER BY year
"""
_AGENCIES = """
SELECT agency, count(*), coalesce(sum(e.errors), 0)::INT, coalesce(sum(e.warnings), 0)::INT
FROM documents LEFT JOIN errors e USING (path) WHERE agency IS NOT NULL GROUP BY agency
"""
_ERRORS = """
CREATE TEMP VIEW errors AS SELECT path, count(*) FILTER (severity = 'error') AS errors,
    count(*) FILTER (severity = 'warning') AS warnings FROM findings GROUP BY path
"""
_FINDINGS = f"""
SELECT path, agency, year, code, severity, certainty, message, place, line, evidence, cells, reference FROM findings
QUALIFY row_number() OVER (PARTITION BY code ORDER BY certainty, path, line) <= {SHOWN}
ORDER BY code, certainty, path, line
"""


def overview(store: Store) -> Overview:
    """Raises UsageError for a store without documents."""
    complete = bool(store.state().get("complete"))
    database = store.connect()
    database.execute(_ERRORS)

    def rows(query: str) -> list[Any]:
        return list(database.execute(query).fetchall())

    agencies = rows(_AGENCIES)
    clean = [(name, count) for name, count, errors, warnings in agencies if not errors and not warnings]
    listed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for finding in database.sql(_FINDINGS).to_arrow_table().to_pylist():
        listed[finding["code"]].append(finding)
    made = Overview(
        rows("SELECT count(*) FROM documents")[0][0],
        complete,
        dict(rows("SELECT verdict, count(*) FROM documents GROUP BY 1")),
        rows(_YEARS),
        rows(
            "SELECT code, min(name), min(severity), count(*), count(DISTINCT path) FROM findings GROUP BY 1 ORDER BY 4 DESC, 1"
        ),
        _regions(agencies),
        sorted((row for row in agencies if row[2]), key=lambda row: (-row[2] / row[1], -row[2], row[0]))[
            :SHOWN
        ],
        sorted(clean, key=lambda row: (-row[1], row[0]))[:SHOWN],
        dict(listed),
        rows(f"SELECT path, error FROM documents WHERE status = 'unreadable' ORDER BY 1 LIMIT {SHOWN}"),
        rows("SELECT count(*) FROM documents WHERE status = 'unreadable'")[0][0],
        rows(f"SELECT path, code, why FROM unchecked ORDER BY 1, 2 LIMIT {SHOWN}"),
        rows("SELECT count(*) FROM unchecked")[0][0],
    )
    database.close()
    return made


def _regions(agencies: list[tuple[str, int, int, int]]) -> list[tuple[str, int, int]]:
    documents: Counter[str] = Counter()
    errors: Counter[str] = Counter()
    for name, count, wrong, _ in agencies:
        if place := region(name):
            documents[place] += count
            errors[place] += wrong
    listed = [(place, count, errors[place]) for place, count in documents.items()]
    return sorted(listed, key=lambda row: (-row[2] / row[1], -row[2], row[0]))
