"""What was said between documents, put into the store beside their own findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from govlint.archive.rows import clean, said
from govlint.archive.schema import encoded, schema, table
from govlint.archive.series import Told
from govlint.archive.store import Store, part_of
from govlint.archive.stored import Stored
from govlint.linting.settings import Settings
from govlint.result import EXIT_FAULT
from govlint.rule import SEVERITIES, Finding, Unchecked
from govlint.template.model import Template

PART = "between"
"""Name of the parts that hold what was said between documents."""


@dataclass
class Collected:
    """Findings by document, before they have places."""

    settings: Settings
    findings: list[dict[str, Any]] = field(default_factory=list)
    unchecked: list[dict[str, Any]] = field(default_factory=list)

    def take(self, told: Iterable[Told]) -> None:
        lang = self.settings.lang
        for filing, outcome in told:
            if isinstance(outcome, Unchecked):
                why = clean(outcome.why.say(lang))
                self.unchecked.append({"path": filing.path, "code": outcome.code, "why": why})
                continue
            finding = replace(outcome, reference=outcome.reference.under(filing.template.document))
            if isinstance(filing, Stored):
                if filing.sets_aside(finding):
                    continue
                severity = filing.severities.get(finding.code, finding.severity)
                finding = replace(finding, severity=severity)
            self.findings.append(
                {
                    "path": filing.path,
                    "sha256": None,
                    "agency": filing.agency,
                    "year": filing.year,
                    "line": finding.span.start if finding.span else None,
                    "place": _place(finding, filing.template, lang),
                    **said(finding, lang),
                }
            )

    def put(self, store: Store, database: Any) -> None:
        """Write the findings with their places, in the place of those of the run before, and count them."""
        placed = _placed(database, table("findings", self.findings))
        store.folder.write(f"findings/{PART}.parquet", encoded("findings", placed))
        store.folder.write(f"unchecked/{PART}.parquet", encoded("unchecked", self.unchecked))
        counts = _by_path(self.findings)
        for batch in store.batches():
            _update(store, batch, counts)


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


def _placed(database: Any, found: Any, comma: str = "，") -> Any:
    """Findings with line and place of their first cell, or of the passage whose number they hold."""
    database.register("said", found)
    placed = database.sql(_PLACES, params=[comma]).to_arrow_table()
    database.unregister("said")
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
