"""What a store holds, page by page: its documents, the findings of a rule, and one document with all that is known of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from govlint.archive.store import Store

AT_ONCE = 100
"""Rows of a page."""
MEMORY = "1GB"
"""That a query may take."""
_PASSAGES = 2000
"""Lines of a document's prose, and cells of its tables, that are shown."""
BY = ("verdict", "status", "agency", "year")
"""What documents are chosen by."""

Row = dict[str, Any]


class Listed(Struct, frozen=True):
    """A page of rows, from 1, and how many rows there are in all."""

    rows: list[Row]
    count: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // AT_ONCE))


class Known(Struct, frozen=True):
    """What is known of one document."""

    document: Row
    findings: list[Row]
    unchecked: list[Row]
    cells: list[Row]
    passages: list[Row]


@contextmanager
def _opened(store: Store) -> Iterator[Any]:
    database = store.connect(MEMORY)
    try:
        yield database
    finally:
        database.close()


def _rows(database: Any, query: str, values: list[Any]) -> list[Row]:
    found: list[Row] = database.sql(query, params=values).to_arrow_table().to_pylist()
    return found


def _listed(database: Any, query: str, order: str, values: list[Any], page: int) -> Listed:
    count = database.execute(f"SELECT count(*) FROM ({query})", values).fetchall()[0][0]
    page = min(max(page, 1), max(1, -(-count // AT_ONCE)))
    rows = _rows(database, f"{query} ORDER BY {order} LIMIT {AT_ONCE} OFFSET {(page - 1) * AT_ONCE}", values)
    return Listed(rows, count, page)


def documents(store: Store, by: Mapping[str, Any], page: int = 1) -> Listed:
    """Documents by some of :data:`BY`, those with most findings first."""
    chosen = {name: by[name] for name in BY if name in by}
    where = " AND ".join(f"{name} = ?" for name in chosen) or "true"
    query = f"SELECT path, agency, year, status, verdict, findings FROM documents WHERE {where}"
    with _opened(store) as database:
        return _listed(database, query, "findings DESC, path", list(chosen.values()), page)


def findings(store: Store, code: str, page: int = 1) -> Listed:
    """The findings of a rule, the certain ones first."""
    query = "SELECT * FROM findings WHERE code = ?"
    with _opened(store) as database:
        return _listed(database, query, "certainty, path, line, fingerprint", [code], page)


def document(store: Store, path: str) -> Known | None:
    """One document; None where the store has none of that path."""
    with _opened(store) as database:
        found = _rows(database, "SELECT * FROM documents WHERE path = ?", [path])
        if not found:
            return None
        return Known(
            found[0],
            _rows(database, "SELECT * FROM findings WHERE path = ? ORDER BY line, code, fingerprint", [path]),
            _rows(database, "SELECT code, why FROM unchecked WHERE path = ? ORDER BY ALL", [path]),
            _rows(database, f"SELECT * FROM cells WHERE path = ? LIMIT {_PASSAGES}", [path]),
            _rows(
                database, f"SELECT * FROM passages WHERE path = ? ORDER BY number LIMIT {_PASSAGES}", [path]
            ),
        )
