"""Which texts of a store are alike: by a sample of their shingles, joined and never all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

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
_SAMPLED = 400
"""Agencies whose words tell what stock phrases are."""

_PAIRS = f"""
WITH sampled AS (
    SELECT path, series, unnest(shingles) AS shingle FROM held
), spread AS (
    SELECT shingle, count(DISTINCT series) AS agencies, count(*) AS documents, min(path) AS first
    FROM sampled GROUP BY shingle HAVING agencies > 1
        AND agencies <= greatest({_AGENCIES}, {_SHARE} * (SELECT count(DISTINCT series) FROM held))
), met AS (
    SELECT one.path AS one, two.path AS two
    FROM spread JOIN sampled one USING (shingle) JOIN sampled two USING (shingle)
    WHERE documents <= {_FEW} AND one.path < two.path AND one.series <> two.series
    UNION ALL
    SELECT one.path, two.path
    FROM spread JOIN sampled two USING (shingle) JOIN held one ON one.path = spread.first
    WHERE documents > {_FEW} AND one.path < two.path AND one.series <> two.series
)
SELECT met.one, met.two
FROM met JOIN held one ON one.path = met.one JOIN held two ON two.path = met.two
GROUP BY met.one, met.two, len(one.shingles), len(two.shingles)
HAVING count(*) >= greatest({_LEAST}, {_ALIKE} * least(len(one.shingles), len(two.shingles)))
ORDER BY ALL
"""


def alike(database: Any) -> list[tuple[str, str]]:
    """Pairs of paths of different agencies whose samples are alike."""
    found: list[tuple[str, str]] = database.execute(_PAIRS).fetchall()
    return found


def common_shingles(database: Any) -> frozenset[str]:
    """The shingles that many agencies' reports have in common, by one report each of some of them."""
    rows = database.execute(
        f"""
        WITH chosen AS (
            SELECT series, min(path) AS path FROM held GROUP BY series ORDER BY hash(series) LIMIT {_SAMPLED}
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
        one, two = (_with_prose(row, templates) for row in group)
        yield one, two


def _with_prose(row: Mapping[str, Any], templates: Mapping[str, Template]) -> Stored:
    lines = [
        Line(line["text"], line["section"], Span(line["number"], line["number"]))
        for line in row["lines"] or ()
    ]
    return replace(stored(row, templates), prose=lines)
