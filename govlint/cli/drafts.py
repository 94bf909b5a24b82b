"""``govlint new``: what a draft is of, as stated or as last year's report tells."""

from __future__ import annotations

import sys
from pathlib import Path

from msgspec.structs import replace

from govlint import api
from govlint.archive.previous import same_agency
from govlint.config.configuration import Configuration
from govlint.drafting import Draft, write_draft
from govlint.drafting.previous import Carried, carried
from govlint.errors import UsageError
from govlint.report import Report
from govlint.result import Result
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
    last = _read(previous, configuration) if previous is not None else None
    report = last.report if last else None
    agency = agency or (report.agency if report else None)
    if agency is None:
        raise UsageError("请用 --agency 写明机关名称 / name the agency with --agency")
    year = _year(year, report)
    chosen = _template(template, year, report, configuration)
    filled = Carried({}, ())
    if last is not None and report is not None:
        doubtful = {cell for finding in last.findings for cell in finding.cells}
        filled = carried(report, chosen, doubtful)
    write_draft(Draft(chosen, agency, year, filled.figures), output, force=force)
    print(f"已写入 {output} / written", file=sys.stderr)
    if previous is not None:
        _tell(filled, previous)
    if report is not None and report.agency and not same_agency(report, agency):
        print(
            f"注意：{previous} 是“{report.agency}”的报告；如非更名，请核对上年结转 / "
            f"the report given is that of “{report.agency}”: compare the figures carried over unless it was renamed",
            file=sys.stderr,
        )


def _read(path: Path, configuration: Configuration) -> Result:
    if not path.is_file():
        raise UsageError(f"没有上年报告的文件：{path} / last year's report: no such file")
    result = api.check(path, configuration=configuration)
    if result.report is None:
        words = result.error or next((found.words for found in result.findings), None)
        why = f"：{words.zh} / {words.en}" if words else ""
        raise UsageError(f"{path} 读不出上年的报告 / no report of last year in it{why}")
    return result


def _year(stated: int | None, previous: Report | None) -> int:
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


def _template(name: str | None, year: int, previous: Report | None, configuration: Configuration) -> Template:
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
