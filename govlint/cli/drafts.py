"""``govlint new``: what a draft is of, as stated or as last year's report tells."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from govlint import api
from govlint.agencies.register import Register
from govlint.archive.previous import last_year, same_agency
from govlint.checks.filed import filed
from govlint.config.configuration import Configuration
from govlint.document import Document, Words
from govlint.drafting import Draft, write_draft
from govlint.drafting.previous import Carried, carried
from govlint.errors import UsageError
from govlint.filing import Filing
from govlint.report import Report
from govlint.template import Template


def new_draft(
    configuration: Configuration,
    output: Path,
    *,
    template: str | None,
    agency: str | None,
    year: int | None,
    previous: Path | None,
    force: bool,
) -> None:
    """Write a draft and say so on standard error. Raises UsageError for what is neither stated nor told."""
    last = _last(previous, template, agency, year, configuration) if previous is not None else None
    agency = agency or (last.filing.agency if last else None)
    if agency is None:
        raise UsageError("请用 --agency 写明机关名称 / name the agency with --agency")
    year = _year(year, last.filing if last else None)
    chosen = _template(template, year, last.filing if last else None, configuration)
    filled = carried(last.filing, chosen, last.doubtful) if last is not None else Carried({}, ())
    write_draft(Draft(chosen, agency, year, filled.figures), output, force=force)
    print(f"已写入 {output} / written", file=sys.stderr)
    if previous is not None:
        _tell(filled, previous)
    if last is not None and last.of_another(agency):
        print(
            f"注意：{previous} 是“{last.filing.agency}”的报告；如非更名，请核对上年结转 / "
            f"the report given is that of “{last.filing.agency}”: compare the figures carried over unless it was renamed",
            file=sys.stderr,
        )


class _Last(Struct, frozen=True):
    """Last year's report, and the cells that a finding says are wrong."""

    filing: Filing
    doubtful: Collection[str]
    register: Register | None = None
    sought: bool = False
    """Looked up for an agency, by the register's names for it."""

    def of_another(self, agency: str) -> bool:
        if self.sought or not self.filing.agency:
            return False
        return not same_agency(
            Report(_NOTHING, self.filing.template, agency, register=self.register), self.filing.agency
        )


_NOTHING = Document("", "text", "")


def _last(
    path: Path, template: str | None, agency: str | None, year: int | None, configuration: Configuration
) -> _Last:
    if path.is_dir():
        return _in_store(path, template, agency, year, configuration)
    if not path.is_file():
        raise UsageError(f"没有上年报告的文件：{path} / last year's report: no such file")
    result = api.check(path, configuration=configuration)
    if result.report is None:
        words = result.error or next((found.words for found in result.findings), None)
        why = f"：{words.zh} / {words.en}" if words else ""
        raise UsageError(f"{path} 读不出上年的报告 / no report of last year in it{why}")
    doubtful = {cell for finding in result.findings for cell in finding.cells}
    return _Last(filed(result.report), doubtful, configuration.settings(path).register)


def _in_store(
    path: Path, template: str | None, agency: str | None, year: int | None, configuration: Configuration
) -> _Last:
    store = last_year(str(path), configuration)
    if agency is None or year is None:
        raise UsageError(
            "从结果库取上年的数字，请用 --agency 和 --year 写明机关和年度"
            " / of a store, say with --agency and --year whose report of which year is drafted"
        )
    settings = replace(configuration.settings(None), template=template or "auto")
    told = Words("", "")
    for each in settings.templates():
        found = store.of(Report(_NOTHING, each, agency, year, register=settings.register))
        if isinstance(found, Filing):
            return _Last(found, _doubted(path, found.path), sought=True)
        told = found
    raise UsageError(f"{told.zh} / {told.en}")


def _doubted(store: Path, path: str) -> set[str]:
    """The cells of a document that a finding in the store says are wrong."""
    from govlint.archive.store import Store

    rows = Store(str(store)).connect().execute("SELECT cells FROM findings WHERE path = ?", [path]).fetchall()
    return {cell for (cells,) in rows for cell in cells or ()}


def _year(stated: int | None, previous: Filing | None) -> int:
    """The year that is stated, which has to be the one after last year's, or that one."""
    before = previous.year if previous else None
    if stated is None and before is None:
        raise UsageError("请用 --year 写明报告年度 / state the report year with --year")
    if stated is not None and before is not None and stated != before + 1:
        raise UsageError(
            f"--previous 是{before}年度的报告，不是{stated}年度的上一年 / "
            f"the report given by --previous is for {before}, not for the year before {stated}"
        )
    return stated if stated is not None else (before or 0) + 1


def _template(name: str | None, year: int, previous: Filing | None, configuration: Configuration) -> Template:
    """The one named, or the edition in force of last year's."""
    settings = configuration.settings(None)
    if name is not None and name != "auto":
        return next(iter(replace(settings, template=name).templates()))
    known = replace(settings, template="auto").templates()
    if previous is None:
        listed = "、".join(each.id for each in known if each.in_force(year))
        raise UsageError(
            f"起草时请用 --template 写明模板编号，{year}年度可用：{listed or '无'} / name the template with --template"
        )
    alike = (each for each in known if each.title == previous.template.title and each.in_force(year))
    return next(alike, previous.template)


def _tell(filled: Carried, previous: Path) -> None:
    if filled.figures:
        print(
            f"上年结转已按 {previous} 填入{len(filled.figures)}格 / "
            f"carried over from last year: {len(filled.figures)} cells",
            file=sys.stderr,
        )
    if filled.left:
        print(
            f"上年结转有{len(filled.left)}格要自己填：上年的报告中没有、读不准或有误 / "
            f"{len(filled.left)} cells are left to you: missing, uncertain or wrong in last year's report",
            file=sys.stderr,
        )
