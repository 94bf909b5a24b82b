"""Last year's report of an agency, looked up in a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from govlint.archive.copies import texts
from govlint.archive.series import agreed, series_of
from govlint.archive.store import Store
from govlint.document import Words
from govlint.filing import Filing
from govlint.report import Report
from govlint.template.loader import load_all

_ABSENT = Words(
    "结果库中没有该机关上一年的报告，不能核对", "the store has no report of this agency for the year before"
)


@dataclass
class StoreOf:
    """Opened in each process when first asked."""

    where: str
    folders: tuple[Path, ...] = ()

    def __getstate__(self) -> dict[str, Any]:
        return {"where": self.where, "folders": self.folders}

    def of(self, report: Report) -> Filing | Words:
        if not report.agency or report.year is None:
            return Words("本报告的机关或年度不明，不能与上年核对", "this report tells no agency or no year")
        database = self._database()
        wanted = series_of(report.agency, report.register)
        names = [name for name in vars(self)["_names"] if series_of(name, report.register) == wanted]
        templates = load_all(self.folders)
        family = [each.id for each in templates.values() if each.title == report.template.title]
        found = database.execute(
            "SELECT path FROM held WHERE year = ? AND list_contains(?, agency) AND list_contains(?, template) ORDER BY path",
            [report.year - 1, names, family],
        ).fetchall()
        if not found:
            return _ABSENT
        pairs = [(path, path) for (path,) in found]
        return agreed([one for one, _ in texts(database, pairs, templates, prose=True)])

    def _database(self) -> Any:
        own = vars(self)
        if "_opened" not in own:
            database = Store(self.where).connect()
            database.execute("CREATE TEMP VIEW held AS SELECT * FROM filings")
            names = database.execute(
                "SELECT DISTINCT agency FROM filings WHERE agency IS NOT NULL"
            ).fetchall()
            own["_names"] = [name for (name,) in names]
            own["_opened"] = database
        return own["_opened"]
