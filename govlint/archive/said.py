"""What was said between documents, put into the store beside their own findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.archive.needs import needed
from govlint.archive.rows import clean, said
from govlint.archive.schema import encoded, schema
from govlint.archive.series import Told
from govlint.archive.store import Store, part_of, quoted
from govlint.archive.stored import Stored
from govlint.linting.settings import Settings
from govlint.result import EXIT_FAULT
from govlint.rule import SEVERITIES, Finding, Unchecked
from govlint.template.model import Template

PART = "between"
"""Name of the parts that hold what was said between documents."""
Rank = tuple[bool, float, str]
"""Of copies: whether of the same year, the share, and the pair, which decides between equals."""


PLAIN: Rank = (False, 0.0, "")


class Collected(Struct):
    """What rules said in one task, before it has places."""

    settings: Settings
    findings: list[dict[str, Any]] = field(default_factory=list)
    unchecked: list[dict[str, Any]] = field(default_factory=list)

    def take(self, told: Iterable[Told], kind: str = "plain", rank: Rank = PLAIN) -> None:
        """Of what is ``copied`` a document is told the best by ``rank``, and nothing where it is ``recycled``."""
        lang = self.settings.lang
        for filing, outcome in told:
            assert isinstance(filing, Stored)
            if isinstance(outcome, Unchecked):
                why = clean(outcome.why.say(lang))
                row = {"path": filing.path, "code": outcome.code, "why": why, "batch": filing.batch}
                self.unchecked.append(row)
                continue
            finding = replace(
                outcome,
                reference=outcome.reference.under(filing.template.document),
                severity=filing.severities.get(outcome.code, outcome.severity),
            )
            self.findings.append(
                {
                    "path": filing.path,
                    "sha256": None,
                    "agency": filing.agency,
                    "year": filing.year,
                    "line": finding.span.start if finding.span else None,
                    "place": _place(finding, filing.template, lang),
                    **said(finding, lang),
                    "kind": kind,
                    "near": rank[0],
                    "share": rank[1],
                    "pair": rank[2],
                    "set_aside": filing.sets_aside(finding),
                    "batch": filing.batch,
                }
            )

    def tables(self, groups: Sequence[int]) -> Mapping[str, Any]:
        """By kind of rows, as pyarrow Tables, with the group of batches (by the first of each) as ``bucket``."""
        pa = needed("pyarrow")
        ranked = [
            ("kind", pa.string()),
            ("near", pa.bool_()),
            ("share", pa.float64()),
            ("pair", pa.string()),
            ("set_aside", pa.bool_()),
        ]
        shapes = {
            "told": (self.findings, pa.schema([*schema("findings"), *ranked])),
            "untold": (self.unchecked, schema("unchecked")),
        }
        made = {}
        for kind, (rows, shape) in shapes.items():
            if rows:
                buckets = [bisect_right(groups, row["batch"]) - 1 for row in rows]
                plain = pa.Table.from_pylist(rows, schema=shape)
                made[kind] = plain.append_column("bucket", pa.array(buckets, pa.int32()))
        return made


_CHOSEN = """
CREATE TEMP TABLE said AS
SELECT * FROM (
    SELECT * FROM told WHERE kind <> 'copied'
    UNION ALL
    SELECT * FROM (
        SELECT * FROM told WHERE kind = 'copied' AND path NOT IN (SELECT path FROM told WHERE kind = 'recycled')
        QUALIFY row_number() OVER (PARTITION BY path ORDER BY near DESC, share DESC, pair) = 1
    )
) WHERE NOT set_aside
"""


def settle(store: Store, database: Any, number: int, batches: Sequence[int]) -> None:
    """Put what was said of the documents of some batches beside their own findings, and count it."""
    findings: list[dict[str, Any]] = []
    if database.execute("SELECT count(*) FROM told").fetchall()[0][0]:
        for dataset in ("documents", "cells", "passages"):
            files = [f"{store.folder.url}/{part_of(dataset, batch)}" for batch in batches]
            listed = ", ".join(f"'{quoted(file)}'" for file in files)
            database.execute(f"CREATE VIEW {dataset} AS SELECT * FROM read_parquet([{listed}])")
        database.execute(_CHOSEN)
        findings = _placed(database).to_pylist()
    untold = database.sql("SELECT DISTINCT path, code, why FROM untold ORDER BY ALL").to_arrow_table()
    for dataset, rows in (("findings", findings), ("unchecked", untold.to_pylist())):
        store.folder.write(_part(dataset, number), encoded(dataset, rows))
    counts = _by_path(findings)
    for batch in batches:
        _update(store, batch, counts)


def _part(dataset: str, number: int) -> str:
    return f"{dataset}/{PART}-{number:06d}.parquet"


def clear_others(store: Store, groups: int) -> None:
    """Take away what comparisons of more groups, or of another govlint, had left."""
    for dataset in ("findings", "unchecked"):
        mine = {_part(dataset, number) for number in range(groups)}
        for name in store.parts(dataset):
            if name.startswith(f"{dataset}/{PART}") and name not in mine:
                store.folder.remove(name)


def _place(finding: Finding, template: Template, lang: str) -> str | None:
    """The place in the template's words; what the source adds to it is joined later."""
    address = finding.cells[0] if finding.cells else finding.section
    return template.describe(address).say(lang) if address else None


_PLACES = """
SELECT f.* REPLACE (
    d.sha256 AS sha256,
    CASE WHEN len(f.cells) > 0 THEN c.line ELSE p.line END AS line,
    nullif(concat_ws(?, nullif(CASE WHEN len(f.cells) > 0 THEN c.place ELSE p.place END, ''), f.place), '') AS place
)
FROM said f JOIN documents d USING (path)
LEFT JOIN cells c ON c.path = f.path AND c.cell = f.cells[1]
LEFT JOIN passages p ON p.path = f.path AND len(f.cells) = 0 AND p.number = f.line
ORDER BY f.path, f.code, f.fingerprint
"""


def _placed(database: Any, comma: str = "，") -> Any:
    """Findings with line and place of their first cell, or of the passage whose number they hold."""
    placed = database.sql(_PLACES, params=[comma]).to_arrow_table()
    return placed.select(schema("findings").names).cast(schema("findings"))


def _by_path(findings: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    counts: dict[str, list[dict[str, Any]]] = {}
    for found in findings:
        counts.setdefault(found["path"], []).append(found)
    return counts


def _update(store: Store, batch: int, said_of: dict[str, list[dict[str, Any]]]) -> None:
    """The documents' verdicts and counts with what was said of them beside what they came to by themselves."""
    rows = store.table("documents", batch).to_pylist()
    changed = False
    for row in rows:
        found = said_of.get(row["path"], [])
        count, verdict = row["own_findings"] + len(found), _verdict(row, found)
        changed = changed or (count, verdict) != (row["findings"], row["verdict"])
        row["findings"], row["verdict"] = count, verdict
    if changed:
        store.folder.write(part_of("documents", batch), encoded("documents", rows))


def _verdict(row: dict[str, Any], found: list[dict[str, Any]]) -> str:
    if any(each["code"] == "E003" for each in found):
        return "incomplete"
    level = row["fail_on"]
    failing = level != "never" and any(
        SEVERITIES.index(each["severity"]) <= SEVERITIES.index(level) for each in found
    )
    return "fail" if failing and row["own_exit"] != EXIT_FAULT else str(row["own_verdict"])
