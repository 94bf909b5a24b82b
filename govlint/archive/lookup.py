"""Last year's report of an agency, looked up in a store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from govlint.archive.copies import texts
from govlint.archive.needs import needed
from govlint.archive.series import Merger, agreed, mergers, series_of
from govlint.archive.store import Store
from govlint.archive.stored import Stored
from govlint.document import Words
from govlint.filing import Filing
from govlint.report import Report
from govlint.template.loader import load_all

_ABSENT = Words(
    "结果库中没有该机关上一年的报告，不能核对", "the store has no report of this agency for the year before"
)

_DAMAGED = Words(
    "结果库已损坏，不能与上年核对；请用 govlint audit --fresh 重做",
    "the store is damaged: make it anew with govlint audit --fresh",
)


class StoreOf(Struct, dict=True):
    """Opened in each process when first asked."""

    where: str
    folders: tuple[Path, ...] = ()

    def of(self, report: Report) -> Filing | Words:
        try:
            return self._of(report)
        except needed("duckdb").Error:
            return _DAMAGED

    def _of(self, report: Report) -> Filing | Words:
        if not report.agency or report.year is None:
            return Words("本报告的机关或年度不明，不能与上年核对", "this report tells no agency or no year")
        listed = self._agencies()
        wanted = series_of(report.agency, report.register)
        known = [(name, series_of(name, report.register)) for name in listed]
        names = [name for name, series in known if series == wanted]
        merger = mergers(report.register).get(wanted)
        if merger is not None and merger.since == report.year:
            return self._summed(report, merger, names, known)
        found = self._filed(report, names)
        return agreed(found) if found else _ABSENT

    def _summed(
        self, report: Report, merger: Merger, names: Sequence[str], known: Sequence[tuple[str, str]]
    ) -> Filing | Words:
        """The year before a merger: the sums of those that were merged, and of the agency itself where it has filed."""
        parts = {each: self._filed(report, [name for name, s in known if s == each]) for each in merger.names}
        earlier = "SELECT path FROM held WHERE year < ? AND list_contains(?, agency) LIMIT 1"
        existed = bool(self._database().execute(earlier, [report.year, names]).fetchall())
        before = replace(merger, filings=parts).before(self._filed(report, names), existed)
        return before if isinstance(before, Filing) else _ABSENT

    def _filed(self, report: Report, names: Sequence[str]) -> list[Stored]:
        """What was filed for the year before under some names."""
        assert report.year is not None
        database = self._database()
        templates = load_all(self.folders)
        family = [each.id for each in templates.values() if each.title == report.template.title]
        found = database.execute(
            "SELECT path FROM held WHERE year = ? AND list_contains(?, agency) AND list_contains(?, template) ORDER BY path",
            [report.year - 1, names, family],
        ).fetchall()
        pairs = [(path, path) for (path,) in found]
        return [one for one, _ in texts(database, pairs, templates, prose=True)]

    def _agencies(self) -> list[str]:
        self._database()
        names: list[str] = self.__dict__["_names"]
        return names

    def _database(self) -> Any:
        own = self.__dict__
        if "_opened" not in own:
            database = Store(self.where).connect()
            database.execute("CREATE TEMP VIEW held AS SELECT * FROM filings")
            names = database.execute(
                "SELECT DISTINCT agency FROM filings WHERE agency IS NOT NULL"
            ).fetchall()
            own["_names"] = [name for (name,) in names]
            own["_opened"] = database
        return own["_opened"]
