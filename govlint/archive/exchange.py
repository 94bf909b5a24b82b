"""Rows handed from one step of a comparison to the next, in buckets: what belongs together comes together.

They lie in the store's own folder, so that workers of a cluster find them. A task writes one file a bucket under names
that are the same however often it is worked on: what was lost with its worker and done again is there once.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from govlint.archive.store import Store, quoted

_FILINGS = (
    "path VARCHAR, agency VARCHAR, year INTEGER, template VARCHAR, published DATE, cells VARCHAR[], "
    '"values" DOUBLE[], shingles UINTEGER[], rules VARCHAR[], severities VARCHAR[], aside VARCHAR[], '
    "batch INTEGER, series VARCHAR, key BIGINT, family VARCHAR"
)
_COLUMNS = {
    "held": _FILINGS,
    "words": "path VARCHAR, number INTEGER, section VARCHAR, text VARCHAR",
    "unread": "path VARCHAR",
    "ends": f"{_FILINGS}, figure DOUBLE, meet INTEGER, last BOOLEAN",
    "merged": f"{_FILINGS}, government VARCHAR",
    "governed": f"{_FILINGS}, government VARCHAR",
    "shingles": "path VARCHAR, series VARCHAR, home INTEGER, size INTEGER, shingle UINTEGER",
    "met": "one VARCHAR, two VARCHAR, home_two INTEGER, size INTEGER, shared BIGINT",
    "sides": "one VARCHAR, two VARCHAR, side INTEGER, path VARCHAR, back INTEGER",
    "fetched": f"one VARCHAR, two VARCHAR, side INTEGER, {_FILINGS}, "
    "lines STRUCT(number INTEGER, section VARCHAR, text VARCHAR)[]",
    "told": "path VARCHAR",
    "untold": "path VARCHAR, code VARCHAR, why VARCHAR",
}
"""By kind of rows: their columns, for where there are no rows."""


class Exchange(Struct, frozen=True):
    """``folder`` is below the store's; every step has the same number of buckets."""

    store: str
    folder: str
    buckets: int

    def key(self, name: str) -> int:
        """A number below 2**32 that is the same on every machine."""
        return zlib.crc32(name.encode("utf-8", "replace"))

    def bucket(self, name: str) -> int:
        """In the order of the keys."""
        return self.key(name) * self.buckets >> 32

    def write(self, database: Any, query: str, kind: str, task: str) -> None:
        """Put the rows of a query into the buckets that its column ``bucket`` names."""
        store = Store(self.store)
        with store.workspace() as spill:
            place = Path(spill, "out")
            database.execute(
                f"COPY ({query}) TO '{quoted(str(place))}' "
                "(FORMAT parquet, COMPRESSION zstd, PARTITION_BY (bucket), WRITE_PARTITION_COLUMNS true)"
            )
            for file in sorted(place.rglob("*.parquet")):
                bucket = int(file.parent.name.partition("=")[2])
                name = f"{self.folder}/{kind}/{bucket:05d}/{task}-{file.stem}.parquet"
                store.folder.write(name, file.read_bytes())

    def view(self, database: Any, name: str, kind: str, buckets: Iterable[int]) -> None:
        """Make a view of the rows of some buckets."""
        target = Store(self.store).folder
        files = [
            f"'{quoted(target.url)}/{quoted(file)}'"
            for bucket in buckets
            for file in target.names(f"{self.folder}/{kind}/{bucket:05d}")
            if file.endswith(".parquet")
        ]
        if files:
            listed = ", ".join(files)
            database.execute(
                f"CREATE TEMP VIEW {name} AS SELECT * FROM read_parquet([{listed}], hive_partitioning = false)"
            )
        else:
            database.execute(f"CREATE TEMP TABLE {name} ({_COLUMNS[kind]}, bucket INTEGER)")
