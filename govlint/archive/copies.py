"""Which texts of a store are alike: by a sample of their shingles, joined and never all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from govlint.archive.needs import needed
from govlint.archive.stored import Stored, stored
from govlint.checks.overlap import Text
from govlint.document import Span
from govlint.filing import Line
from govlint.template.model import Template

_FEW = 20
"""Documents that share a shingle, up to which each is paired with each; of more, all are paired with the first."""
_AGENCIES, _SHARE = 8, 0.2
"""What more agencies than this and than this share of all say is a stock phrase."""
_LEAST, _ALIKE = 4, 0.25
"""Shingles that two samples share, at least, and the share of the smaller sample."""
SAMPLED = 400
"""Agencies whose words tell what stock phrases are."""

SHARED = f"""
WITH spread AS (
    SELECT shingle, count(DISTINCT series) AS agencies, count(*) AS documents, min(path) AS first
    FROM shingles GROUP BY shingle HAVING agencies > 1
        AND agencies <= greatest({_AGENCIES}, {_SHARE} * {{agencies}})
), chosen AS (
    SELECT shingle, path, series, home, size FROM shingles JOIN spread USING (shingle)
    WHERE documents <= {_FEW} OR path = first
)
SELECT one.path AS one, two.path AS two, one.home AS bucket, any_value(two.home) AS home_two,
    any_value(least(one.size, two.size)) AS size, count(*) AS shared
FROM chosen one JOIN shingles two USING (shingle)
WHERE one.path < two.path AND one.series <> two.series
GROUP BY one.path, two.path, one.home
"""
"""Pairs that share shingles of one bucket: ``{{agencies}}`` are all there are; ``size`` is of the smaller sample."""
PAIRED = f"""
WITH alike AS (
    SELECT one, two, bucket, any_value(home_two) AS home_two FROM met GROUP BY one, two, bucket
    HAVING sum(shared) >= greatest({_LEAST}, {_ALIKE} * any_value(size))
)
SELECT one, two, 0 AS side, one AS path, {{number}} AS back, bucket FROM alike
UNION ALL
SELECT one, two, 1, two, {{number}}, home_two FROM alike
"""
"""Both sides of the pairs whose samples are alike, each in the bucket of its agency."""


class RENAMED:
    """Series that begin where another one ends, and carry over what it left."""

    ends = """
    WITH around AS (SELECT series, family, min(year) AS earliest, max(year) AS latest FROM held GROUP BY ALL),
    edges AS (
        SELECT h.*, list_extract("values", list_position(cells, 'applications.carried_out.total')) AS figure,
            year + 1 AS meet, true AS last
        FROM held h JOIN around USING (series, family) WHERE year = latest
        UNION ALL
        SELECT h.*, list_extract("values", list_position(cells, 'applications.carried_in.total')) AS figure,
            year AS meet, false AS last
        FROM held h JOIN around USING (series, family) WHERE year = earliest
    )
    SELECT * REPLACE (
        CAST([] AS UINTEGER[]) AS shingles, CAST((CAST(figure AS HUGEINT) * 31 + meet) % {buckets} AS INTEGER) AS bucket
    )
    FROM edges WHERE figure > 0
    """
    met = """
    SELECT old.path, new.path, old.series, new.series
    FROM ends old JOIN ends new ON old.family = new.family AND old.meet = new.meet AND old.figure = new.figure
    WHERE old.last AND NOT new.last AND old.series <> new.series AND old.series[:2] = new.series[:2]
    ORDER BY 2, 1
    """
    held = "CREATE TEMP VIEW held AS SELECT * FROM ends QUALIFY row_number() OVER (PARTITION BY path) = 1"


def common_shingles(database: Any) -> frozenset[str]:
    """The shingles that many agencies' reports have in common, by one report each of some of them."""
    rows = database.execute(
        f"""
        WITH chosen AS (
            SELECT series, min(path) AS path FROM held GROUP BY series ORDER BY min(key), series LIMIT {SAMPLED}
        )
        SELECT path, text FROM passages JOIN chosen USING (path) ORDER BY path, number
        """
    ).fetchall()
    counts: Counter[str] = Counter()
    agencies = 0
    for _, group in groupby(rows, key=lambda row: row[0]):
        text = Text([Line(row[1], "", Span(0, 0)) for row in group])
        counts.update({shingle for _, shingle in text.shingles()})
        agencies += 1
    least = max(_AGENCIES, _SHARE * agencies)
    return frozenset(shingle for shingle, count in counts.items() if count > least)


def texts(
    database: Any, pairs: Sequence[tuple[str, str]], templates: Mapping[str, Template], prose: bool
) -> Iterator[tuple[Stored, Stored]]:
    """The two filings of each pair of paths, pair by pair; with their prose where that is asked."""
    if not pairs:
        return
    pa = needed("pyarrow")
    sides = [(number, side, path) for number, pair in enumerate(pairs) for side, path in enumerate(pair)]
    columns = zip(*sides, strict=True)
    kinds = (pa.int64(), pa.int8(), pa.string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    database.register("_wanted", pa.table(arrays, names=["pair", "side", "path"]))
    database.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT * FROM _wanted")
    database.unregister("_wanted")
    lines, joined = "NULL", ""
    if prose:
        database.execute(
            "CREATE OR REPLACE TEMP TABLE words AS SELECT path, "
            "list({'number': number, 'section': section, 'text': text} ORDER BY number) AS lines "
            "FROM passages SEMI JOIN wanted USING (path) GROUP BY path"
        )
        lines, joined = "words.lines", "LEFT JOIN words USING (path)"
    reader = database.sql(
        f"SELECT wanted.pair, wanted.side, held.*, {lines} AS lines "
        f"FROM wanted JOIN held USING (path) {joined} ORDER BY wanted.pair, wanted.side"
    ).to_arrow_reader(200)
    rows = (row for batch in reader for row in batch.to_pylist())
    for _, group in groupby(rows, key=lambda row: row["pair"]):
        one, two = (with_prose(row, templates) for row in group)
        yield one, two


def with_prose(row: Mapping[str, Any], templates: Mapping[str, Template]) -> Stored:
    lines = [
        Line(line["text"], line["section"], Span(line["number"], line["number"]))
        for line in row["lines"] or ()
    ]
    return replace(stored(row, templates), prose=lines)
