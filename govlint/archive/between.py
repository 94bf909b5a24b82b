"""The documents of a store held against each other.

Never all pairs: agencies' years come sorted by series, bodies of a government sorted by it, and texts are compared
only where a sample of their shingles is alike. What is said is put beside the documents' own findings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from govlint.agencies.register import Register
from govlint.archive.copies import alike, common_shingles, texts
from govlint.archive.series import (
    Rules,
    Told,
    copied,
    may_be_renamed,
    members,
    of_series,
    roll_up,
    series_of,
    told,
)
from govlint.archive.stored import Stored, streamed
from govlint.filing import Filing
from govlint.rule import Rule
from govlint.template.model import Template

_ALIKE = 0.3
"""Share of a sample's shingles from which two texts are compared word for word: half of what rules ask for."""


@dataclass
class Between:
    """One comparison of a store's documents."""

    database: Any
    """A DuckDB connection with the datasets as views."""
    rules: Rules
    register: Register | None
    templates: Mapping[str, Template]
    pairs: list[tuple[str, str]] = field(default_factory=list)
    """Neighbours of a series whose samples are alike, earlier first, by path."""

    def told(self) -> Iterator[Told]:
        """Everything that the rules say, rule family by rule family."""
        self._name_series()
        yield from self._series()
        yield from self._renamed()
        yield from self._rolled_up()
        recycled: set[str] = set()
        for each in self._recycled():
            recycled.add(each.filing.path)
            yield each
        yield from self._copied(recycled)

    def skip(self, rule: Rule, filing: Filing) -> bool:
        """By the settings under which the document was read."""
        return isinstance(filing, Stored) and rule.code not in filing.rules

    def _name_series(self) -> None:
        """Tables: ``series`` of agency to series, ``held`` of each dated filing with its series and family."""
        names = self.database.execute(
            "SELECT DISTINCT agency FROM filings WHERE agency IS NOT NULL"
        ).fetchall()
        pairs = [(name, series_of(name, self.register)) for (name,) in names]
        _table(self.database, "series", ("agency", "series"), pairs)
        _table(
            self.database,
            "family",
            ("template", "family"),
            [(id_, t.title) for id_, t in self.templates.items()],
        )
        self.database.execute(
            "CREATE TEMP VIEW held AS SELECT * FROM filings JOIN series USING (agency) JOIN family USING (template) "
            "WHERE year IS NOT NULL"
        )

    # Series

    def _series(self) -> Iterator[Told]:
        rows = streamed(
            self.database, "SELECT * FROM held ORDER BY series, family, year, path", self.templates
        )
        unread = self._unread()
        for _, group in groupby(rows, key=lambda filing: (filing.series, filing.family)):
            filings = list(group)
            nearby = _nearby(filings, unread)
            yield from of_series(filings, nearby, self.rules, self.skip, self._pair)

    def _pair(self, before: Filing, after: Filing) -> None:
        assert isinstance(before, Stored)
        assert isinstance(after, Stored)
        if after.shingles and len(before.shingles & after.shingles) >= _ALIKE * len(after.shingles):
            self.pairs.append((before.path, after.path))

    def _unread(self) -> list[tuple[str, str]]:
        """(folder, path) of the documents of which nobody could tell the agency or the year."""
        found = self.database.execute(
            "SELECT path FROM documents WHERE status = 'unreadable' OR (status = 'checked' AND (agency IS NULL OR year IS NULL)) "
            "ORDER BY path"
        ).fetchall()
        return [(path.rpartition("/")[0], path) for (path,) in found]

    # Renames

    def _renamed(self) -> Iterator[Told]:
        """Series that begin where another one ends, and carry over what it left."""
        rows = self.database.execute(
            """
            WITH ends AS (
                SELECT series, family, min(year) AS first, max(year) AS last FROM held GROUP BY ALL
            ), carried AS (
                SELECT path, series, family, year,
                    list_extract("values", list_position(cells, 'applications.carried_out.total')) AS out,
                    list_extract("values", list_position(cells, 'applications.carried_in.total')) AS taken
                FROM held
            )
            SELECT old.path, new.path, old.series, new.series
            FROM carried old JOIN ends e ON old.series = e.series AND old.family = e.family AND old.year = e.last
            JOIN carried new ON new.family = old.family AND new.year = old.year + 1 AND new.taken = old.out
            JOIN ends b ON new.series = b.series AND new.family = b.family AND new.year = b.first
            WHERE old.out > 0 AND old.series <> new.series AND old.series[:2] = new.series[:2]
            ORDER BY 2, 1
            """
        ).fetchall()
        likely = [(old, new) for old, new, one, two in rows if may_be_renamed(one, two)]
        for before, after in self._filings(likely):
            yield from told(self.rules, "renames", after, before, skip=self.skip)

    # Governments

    def _rolled_up(self) -> Iterator[Told]:
        bodies = members(self.register)
        if not bodies or not any(rule.subject == "roll-up" for rule in self.rules):
            return
        listed = [(name, name) for name in bodies]
        listed += [(government, name) for government, names in bodies.items() for name in names]
        _table(self.database, "belongs", ("government", "series"), listed)
        rows = streamed(
            self.database,
            "SELECT * FROM held JOIN belongs USING (series) ORDER BY government, family, year, path",
            self.templates,
        )
        for (name, _, _), group in groupby(rows, key=lambda f: (f.government, f.family, f.year)):
            filings = list(group)
            own = [filing for filing in filings if filing.series == name]
            theirs = {body: [each for each in filings if each.series == body] for body in bodies[name]}
            yield from roll_up(own, theirs, self.rules, self.skip)

    # Words

    def _recycled(self) -> Iterator[Told]:
        rules = [rule for rule in self.rules if rule.prose and rule.subject == "years"]
        if rules:
            for before, after in self._filings(self.pairs, prose=True):
                yield from told(rules, "years", after, before, skip=self.skip)

    def _copied(self, recycled: set[str]) -> Iterator[Told]:
        """Each document by the best of its sources; one that repeats last year's own words is told of that."""
        rules = [rule for rule in self.rules if rule.subject == "copies"]
        if not rules:
            return
        stock = common_shingles(self.database)
        best: dict[str, tuple[tuple[bool, float], Told]] = {}
        for one, two in self._filings(alike(self.database), prose=True):
            earlier, later, shared = copied(one, two, stock)
            if later.path in recycled:
                continue
            rank = (earlier.year == later.year, shared.share)
            for each in told(rules, "copies", later, earlier, shared, skip=self.skip):
                if later.path not in best or rank > best[later.path][0]:
                    best[later.path] = (rank, each)
        for _, (_, said) in sorted(best.items()):
            yield said

    def _filings(
        self, pairs: Sequence[tuple[str, str]], prose: bool = False
    ) -> Iterator[tuple[Stored, Stored]]:
        """The filings of pairs of paths."""
        yield from texts(self.database, pairs, self.templates, prose)


def _nearby(filings: Sequence[Stored], unread: Sequence[tuple[str, str]]) -> list[str]:
    """The unread documents that may be of a series: in its folders, or with its agency in their path."""
    if not unread or len({filing.year for filing in filings}) < 2:
        return []
    folders = {filing.path.rpartition("/")[0] for filing in filings}
    names = {filing.agency for filing in filings if filing.agency}
    return [path for folder, path in unread if folder in folders or any(name in path for name in names)]


def _table(database: Any, name: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A temporary table of texts."""
    from govlint.archive.needs import needed

    pa = needed("pyarrow")
    listed = {column: pa.array([row[at] for row in rows], pa.string()) for at, column in enumerate(columns)}
    database.register(f"_{name}", pa.table(listed))
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _{name}")
    database.unregister(f"_{name}")
