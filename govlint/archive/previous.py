"""Last year's reports, for ``--previous``: one file, or the store of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from govlint.checks.filed import filed
from govlint.document import Unreadable, Words
from govlint.errors import UsageError
from govlint.filing import Filing
from govlint.linting.settings import LastYear, Settings
from govlint.linting.which_template import read_report
from govlint.report import Report
from govlint.text.digest import sha256
from govlint.text.folding import compact

if TYPE_CHECKING:
    from govlint.config.configuration import Configuration


def against(configuration: Configuration, where: str) -> Configuration:
    """The same settings, with every report held against last year's. Raises as :func:`last_year`."""
    base = replace(configuration.base, previous=last_year(where, configuration))
    return configuration.over(base)


def last_year(where: str, configuration: Configuration) -> LastYear:
    """Raises UsageError for a path that does not exist, a folder that is no store, and a file that is no report."""
    path = Path(where)
    if "://" in where or (path / "govlint.json").is_file():
        from govlint.archive.lookup import StoreOf
        from govlint.archive.store import Store

        Store(where).state()
        return StoreOf(where, configuration.settings(None).template_folders)
    if path.is_dir():
        raise UsageError(
            f"{where} 是文件夹，但不是 govlint audit 的结果库；请先运行 govlint audit {where} --out 结果库"
            " / a folder, and no store of govlint audit"
        )
    if not path.exists():
        raise UsageError(f"路径不存在：{where} / no such file or directory")
    return FileOf(_read(path, configuration.settings(path)))


def _read(path: Path, settings: Settings) -> Filing:
    from govlint import readers

    try:
        return filing_of(readers.read_bytes(path, settings.limits), str(path), settings)
    except Unreadable as error:
        raise UsageError(f"{path}: {error.words.zh} / {error.words.en}") from error


def filing_of(data: bytes, name: str, settings: Settings) -> Filing:
    """What two years are compared by, of a report given as bytes. Raises UsageError where there is none in them."""
    from govlint import readers

    try:
        document = readers.read(data, name, settings.limits)
    except Unreadable as error:
        raise UsageError(f"{name}: {error.words.zh} / {error.words.en}") from error
    report = read_report(document, settings)
    if report is None:
        raise UsageError(f"{name}: 不是年度报告 / no annual report")
    return filed(report)


def same_agency(report: Report, name: str | None) -> bool:
    """By name, or by the register where it knows a name of either as an alias."""
    if not report.agency or not name:
        return False
    known = report.register.find(name) if report.register else None
    own = report.register.find(report.agency) if report.register else None
    return compact(name) == compact(report.agency) or (known is not None and known is own)


class FileOf(Struct, frozen=True):
    """One report; it is last year's of a report of the same agency and the next year, and of no other."""

    filing: Filing

    def digest(self) -> str:
        """Of all that is compared with."""
        filing = self.filing
        stated = (filing.path, filing.agency, filing.year, filing.template.id, filing.published)
        return sha256(repr((stated, sorted(filing.figures.items()), tuple(filing.prose))))

    def of(self, report: Report) -> Filing | Words:
        filing = self.filing
        if report.year is None or filing.year is None or report.year - 1 != filing.year:
            return Words(
                f"所给的上年报告是{filing.year or '未知'}年的，不是上一年，不能核对",
                f"the report given is for {filing.year or 'an unknown year'}, not for the year before",
            )
        if filing.template.title != report.template.title:
            return Words("所给的上年报告是另一种报告，不能核对", "the report given is of another kind")
        if not same_agency(report, filing.agency):
            return Words(
                f"所给的上年报告是“{filing.agency or '未知机关'}”的，不能核对；如系更名，请在机关名录中写明",
                f"the report given is that of “{filing.agency or 'an unknown agency'}”; if it was renamed, say so in the register",
            )
        own = report.register.find(report.agency) if report.register else None
        if own is not None and own.since == report.year:
            return Words(
                "按名录，本机关本年由几个机关合并，一份上年报告不够，不能核对；可与结果库核对",
                "by the register bodies were merged into this one this year: give a store that has the reports of all",
            )
        return filing
