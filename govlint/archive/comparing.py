"""The steps of holding a store's documents against each other, each worked on bucket by bucket, wherever that is.

Agencies are parted by their name, shingles by their value, pairs of texts by the agency of the first; never all pairs.
What a step finds is in the exchange when it is done, and the next one takes it from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.archive.copies import PAIRED, RENAMED, SHARED, common_shingles, texts, with_prose
from govlint.archive.exchange import Exchange
from govlint.archive.needs import needed
from govlint.archive.said import Collected, settle
from govlint.archive.series import (
    Merger,
    copied,
    may_be_renamed,
    members,
    mergers,
    of_series,
    roll_up,
    series_of,
    told,
)
from govlint.archive.store import Store, part_of, quoted
from govlint.archive.stored import Stored, streamed
from govlint.filing import Filing
from govlint.linting import registry
from govlint.linting.settings import Settings
from govlint.rule import Rule
from govlint.template.model import Template

MEMORY = "1GB"
"""That DuckDB may take for a task; beyond it goes to the disk."""
_ALIKE = 0.3
"""Share of a sample's shingles from which two years are compared word for word: half of what rules ask for."""


class Comparison(Struct, frozen=True):
    """What all tasks have in common."""

    exchange: Exchange
    settings: Settings
    groups: Sequence[int]
    """The first batch of each group of batches that are read, and in the end written, together."""

    def rules(self) -> list[Rule]:
        every = registry.all_rules(self.settings.rule_folders)
        return [rule for rule in every if rule.subject != "report"]


class Task(NamedTuple):
    """One step for one bucket (``split`` and ``settle``: for a group of batches)."""

    step: str
    number: int
    batches: Sequence[int] = ()
    agencies: int = 0
    stock: frozenset[str] = frozenset()


class Counted(NamedTuple):
    number: int
    agencies: int


class Bench(Struct):
    """A task with what it works with."""

    comparison: Comparison
    task: Task
    store: Store
    database: Any
    rules: Sequence[Rule]
    templates: Mapping[str, Template]
    pairs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def exchange(self) -> Exchange:
        return self.comparison.exchange

    def view(self, *names: str, **renamed: str) -> None:
        """What the exchange has in the task's bucket."""
        for name, kind in {**{each: each for each in names}, **renamed}.items():
            self.exchange.view(self.database, name, kind, [self.task.number])

    def write(self, query: str, kind: str) -> None:
        self.exchange.write(self.database, query, kind, f"{self.task.step}-{self.task.number:05d}")

    def say(self, collected: Collected) -> None:
        """Put what was said where it will be settled: with the batch of the document it stands at."""
        for kind, made in collected.tables(self.comparison.groups).items():
            self.database.register("_said", made)
            self.write("SELECT * FROM _said", kind)
            self.database.unregister("_said")

    def skip(self, rule: Rule, filing: Filing) -> bool:
        """By the settings under which the document was read."""
        return isinstance(filing, Stored) and rule.code not in filing.rules

    def pair(self, before: Filing, after: Filing) -> None:
        """Note neighbours of a series whose samples are alike."""
        assert isinstance(before, Stored)
        assert isinstance(after, Stored)
        if after.shingles and len(before.shingles & after.shingles) >= _ALIKE * len(after.shingles):
            self.pairs.append((before.path, after.path))


def work_on(task: Task, comparison: Comparison) -> Any:
    """Work on a task to its end; done again it leaves the same."""
    settings = comparison.settings
    store = Store(comparison.exchange.store)
    with store.workspace() as spill:
        database = store.database(MEMORY, spill)
        try:
            templates = {each.id: each for each in replace(settings, template="auto").templates()}
            bench = Bench(comparison, task, store, database, comparison.rules(), templates)
            return _STEPS[task.step](bench)
        finally:
            database.close()


def _split(bench: Bench) -> None:
    """Part a group of batches by agency, its shingles by their value, and the bodies of governments by those."""
    _open_batches(bench)
    register, exchange = bench.comparison.settings.register, bench.exchange
    found = bench.database.execute("SELECT DISTINCT agency FROM filings WHERE agency IS NOT NULL").fetchall()
    series = {name: series_of(name, register) for (name,) in found}
    _table(
        bench.database,
        "series",
        agency=list(series),
        series=list(series.values()),
        key=[exchange.key(each) for each in series.values()],
        bucket=[exchange.bucket(each) for each in series.values()],
    )
    titles = {name: each.title for name, each in bench.templates.items()}
    _table(bench.database, "family", template=list(titles), family=list(titles.values()))
    bench.database.execute(
        "CREATE TEMP VIEW held AS SELECT f.* EXCLUDE (filename), "
        r"CAST(regexp_extract(filename, 'part-(\d+)', 1) AS INTEGER) AS batch, series, key, family, bucket "
        "FROM filings f JOIN series USING (agency) JOIN family USING (template) WHERE year IS NOT NULL"
    )
    bench.write("SELECT * FROM held", "held")
    bench.write(
        "SELECT p.path, p.number, p.section, p.text, h.bucket FROM passages p JOIN held h USING (path)",
        "words",
    )
    bench.write(
        f"SELECT *, CAST((shingle // 16) % {exchange.buckets} AS INTEGER) AS bucket FROM (SELECT path, series, "
        "bucket AS home, CAST(len(shingles) AS INTEGER) AS size, unnest(shingles) AS shingle FROM held)",
        "shingles",
    )
    bench.write(
        "SELECT path, 0 AS bucket FROM documents "
        "WHERE status = 'unreadable' OR (status = 'checked' AND (agency IS NULL OR year IS NULL))",
        "unread",
    )
    _for_governments(bench)
    _for_mergers(bench)


def _open_batches(bench: Bench) -> None:
    for dataset, named in (("filings", ", filename = true"), ("passages", ""), ("documents", "")):
        files = [f"{bench.store.folder.url}/{part_of(dataset, batch)}" for batch in bench.task.batches]
        listed = ", ".join(f"'{quoted(file)}'" for file in files)
        bench.database.execute(f"CREATE VIEW {dataset} AS SELECT * FROM read_parquet([{listed}]{named})")


def _for_governments(bench: Bench) -> None:
    bodies = members(bench.comparison.settings.register)
    if not bodies or not any(rule.subject == "roll-up" for rule in bench.rules):
        return
    listed = [(name, name) for name in bodies]
    listed += [(government, name) for government, names in bodies.items() for name in names]
    _table(
        bench.database,
        "belongs",
        government=[government for government, _ in listed],
        series=[name for _, name in listed],
        place=[bench.exchange.bucket(government) for government, _ in listed],
    )
    bench.write(
        "SELECT h.* REPLACE (b.place AS bucket), b.government FROM held h JOIN belongs b USING (series)",
        "governed",
    )


def _for_mergers(bench: Bench) -> None:
    """What was filed for the last year before a merger is handed to the agency that goes on."""
    joined = mergers(bench.comparison.settings.register)
    rows = [(name, each, merger.since - 1) for name, merger in joined.items() for each in merger.names]
    if rows:
        names, series, years = zip(*rows, strict=True)
        places = [bench.exchange.bucket(name) for name in names]
        _table(bench.database, "joined", government=names, series=series, place=places, year=years)
        bench.write(
            "SELECT h.* REPLACE (j.place AS bucket), j.government FROM held h JOIN joined j USING (series, year)",
            "merged",
        )


def _mergers(bench: Bench) -> Callable[[Stored], Merger | None]:
    """What the register says was merged into the agency of a filing, with what those had filed."""
    bench.view("merged")
    joined = mergers(bench.comparison.settings.register)
    filed: dict[tuple[str, str], dict[str, list[Filing]]] = {}
    for each in streamed(bench.database, "SELECT * FROM merged ORDER BY path", bench.templates):
        filed.setdefault((each.government, each.family), {}).setdefault(each.series, []).append(each)

    def of(filing: Stored) -> Merger | None:
        known = joined.get(filing.series)
        return replace(known, filings=filed.get((filing.series, filing.family), {})) if known else None

    return of


def _series(bench: Bench) -> Counted:
    """Agencies' years, one after the other, then what they say word for word."""
    bench.view("held", passages="words")
    merger = _mergers(bench)
    bench.exchange.view(bench.database, "unread", "unread", [0])
    collected = Collected(bench.comparison.settings)
    unread = _Unread(bench.database)
    rows = streamed(bench.database, "SELECT * FROM held ORDER BY series, family, year, path", bench.templates)
    agencies: set[int] = set()
    for (series, _), group in groupby(rows, key=lambda filing: (filing.series, filing.family)):
        agencies.add(hash(series))
        filings = list(group)
        nearby = unread.near(filings)
        joined = merger(filings[0])
        collected.take(of_series(filings, nearby, bench.rules, bench.skip, bench.pair, joined))
    prose = [rule for rule in bench.rules if rule.prose and rule.subject == "years"]
    if prose:
        for before, after in texts(bench.database, bench.pairs, bench.templates, True):
            collected.take(told(prose, "years", after, before, skip=bench.skip), "recycled")
    bench.say(collected)
    bench.write(RENAMED.ends.format(buckets=bench.exchange.buckets), "ends")
    return Counted(bench.task.number, len(agencies))


class _Unread:
    """The documents of which nobody could tell the agency or the year."""

    def __init__(self, database: Any) -> None:
        found = database.execute("SELECT path FROM unread ORDER BY path").fetchall()
        self.paths = [path for (path,) in found]

    def near(self, filings: Sequence[Stored]) -> list[str]:
        """Those that may be of a series with a gap: in its folders, or with its agency in their path."""
        years = {filing.year for filing in filings if filing.year is not None}
        if not self.paths or not years or len(years) > max(years) - min(years):
            return []
        folders = {filing.path.rpartition("/")[0] for filing in filings}
        names = {filing.agency for filing in filings if filing.agency}
        return [
            path
            for path in self.paths
            if path.rpartition("/")[0] in folders or any(name in path for name in names)
        ]


def _renames(bench: Bench) -> None:
    """Series that begin where another one ends, and carry over what it left."""
    bench.view("ends")
    collected = Collected(bench.comparison.settings)
    rows = bench.database.execute(RENAMED.met).fetchall()
    joined = mergers(bench.comparison.settings.register)
    likely = [
        (old, new)
        for old, new, one, two in rows
        if may_be_renamed(one, two) and not (two in joined and one in joined[two].names)
    ]
    bench.database.execute(RENAMED.held)
    for before, after in texts(bench.database, likely, bench.templates, False):
        collected.take(told(bench.rules, "renames", after, before, skip=bench.skip))
    bench.say(collected)


def _governments(bench: Bench) -> None:
    bench.view("governed")
    bodies = members(bench.comparison.settings.register)
    collected = Collected(bench.comparison.settings)
    query = "SELECT * FROM governed ORDER BY government, family, year, path"
    rows = streamed(bench.database, query, bench.templates)
    for (name, _, _), group in groupby(rows, key=lambda f: (f.government, f.family, f.year)):
        filings = list(group)
        own = [filing for filing in filings if filing.series == name]
        theirs = {body: [each for each in filings if each.series == body] for body in bodies[name]}
        collected.take(roll_up(own, theirs, bench.rules, bench.skip))
    bench.say(collected)


def _shared(bench: Bench) -> None:
    """Which texts share shingles of this bucket, and how many."""
    bench.view("shingles")
    bench.write(SHARED.format(agencies=bench.task.agencies), "met")


def _pairs(bench: Bench) -> None:
    """Which texts are alike by all their shingles; both of a pair are asked for where their agencies are."""
    bench.view("met")
    bench.write(PAIRED.format(number=bench.task.number), "sides")


def _fetch(bench: Bench) -> None:
    bench.view("sides", "held", passages="words")
    bench.write(
        """
        WITH words AS (
            SELECT path, list({'number': number, 'section': section, 'text': text} ORDER BY number) AS lines
            FROM passages SEMI JOIN sides USING (path) GROUP BY path
        )
        SELECT s.one, s.two, s.side, h.* REPLACE (s.back AS bucket), w.lines
        FROM sides s JOIN held h USING (path) LEFT JOIN words w USING (path)
        """,
        "fetched",
    )


def _stock(bench: Bench) -> frozenset[str]:
    """What many agencies say, by the first buckets of agencies."""
    buckets = range(bench.task.number + 1)
    bench.exchange.view(bench.database, "held", "held", buckets)
    bench.exchange.view(bench.database, "passages", "words", buckets)
    return common_shingles(bench.database)


def _copies(bench: Bench) -> None:
    bench.view("fetched")
    collected = Collected(bench.comparison.settings)
    for one, two in _fetched(bench):
        earlier, later, shared = copied(one, two, bench.task.stock)
        said = told(bench.rules, "copies", later, earlier, shared, skip=bench.skip)
        rank = (earlier.year == later.year, shared.share, f"{one.path}\n{two.path}")
        collected.take(said, "copied", rank)
    bench.say(collected)


def _fetched(bench: Bench) -> Iterator[tuple[Stored, Stored]]:
    reader = bench.database.sql("SELECT * FROM fetched ORDER BY one, two, side").to_arrow_reader(200)
    rows = (row for batch in reader for row in batch.to_pylist())
    for _, group in groupby(rows, key=lambda row: (row["one"], row["two"])):
        one, two = (with_prose(row, bench.templates) for row in group)
        yield one, two


def _settle(bench: Bench) -> None:
    bench.view("told", "untold")
    settle(bench.store, bench.database, bench.task.number, bench.task.batches)


_STEPS: Mapping[str, Callable[[Bench], Any]] = {
    "split": _split,
    "series": _series,
    "renames": _renames,
    "governments": _governments,
    "shared": _shared,
    "pairs": _pairs,
    "fetch": _fetch,
    "stock": _stock,
    "copies": _copies,
    "settle": _settle,
}


def _table(database: Any, name: str, **columns: Iterable[str] | Iterable[int]) -> None:
    """A temporary table of texts and whole numbers."""
    pa = needed("pyarrow")
    numbers = ("key", "bucket", "place", "year")
    arrays = {
        column: pa.array(list(values), pa.int64() if column in numbers else pa.string())
        for column, values in columns.items()
    }
    database.register(f"_{name}", pa.table(arrays))
    database.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM _{name}")
    database.unregister(f"_{name}")
