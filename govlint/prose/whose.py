"""Of whom and of when the prose speaks: whether a clause's body is the report's own, and its time the report's year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from govlint.agencies.names import branch_name, classify, same_body
from govlint.prose.words import Word
from govlint.report import Report
from govlint.text.folding import compact
from govlint.text.numerals import numeral

_REGION = re.compile(r"[省州盟县旗]|(?<!城)(?:[乡镇](?!村)|市(?![场政容民]))|(?<!社)区(?!域)")
"""As in ``县``."""
_PLACED = re.compile(r"[㐀-鿿]{1,12}[省市县区州盟旗镇乡]")
"""As in ``云溪县``."""
_TOWNSHIPS = frozenset(
    ("街道", "镇", "乡", "街", "镇政府", "乡政府", "办事处", "街道办", "街道办事处", "街道党工委")
)
_ZONES = frozenset(("园区", "开发区", "管委会"))
_WHOLE = re.compile(r"全([省市县区州盟旗镇乡])")
"""As in ``全县``."""
_BODIES = re.compile(
    r"[我本](?:局(?![限部势面])|委(?![托派员任])|厅|办(?!法)|镇|乡(?!村)|街|单位|中心|院|所|处)"
)
"""As in ``我局``."""


_SHORT = re.compile(r"([㐀-鿿]{3,40})\((?:以下|下)?(?:简|统)称[:,]?\"?([㐀-鿿]{2,20}?)\"?\)")
"""As in ``石滩市公安局青岩分局(以下简称青岩公安分局)``."""


def short_names(report: Report) -> frozenset[str]:
    """The names that a report gives its own body: 石滩市公安局青岩分局（以下简称青岩公安分局）."""
    agency = compact(report.agency or "")
    texts = [stretch.text for stretch in report.stretches if "称" in stretch.text]
    found = [match for text in texts for match in _SHORT.finditer(text)]
    return frozenset(
        match[2]
        for match in found
        if agency and (match[1].endswith(agency) or _named_at_end(match[1], agency))
    )


def _named_at_end(words: str, agency: str) -> bool:
    """Whether words that may begin before a name end with one of the agency's."""
    starts = range(max(0, len(words) - 30), len(words) - 3)
    return any(words[at] == agency[0] and same_body(agency, words[at:]) == "same" for at in starts)


_GOVERNS = re.compile(r"(?:人民)?政府$|(?<=街道)办事处$")
"""As in ``云溪县人民政府``."""


_COMPOUND = re.compile(r"(?:.{0,40}[省市县区州盟旗])?(.{2,30}[和与及].{2,30})")
"""As in ``云溪县住房和城乡建设局``."""
_MONTH = re.compile(r"\d{1,2}月(?:\d{1,2}日|底|末)?")
"""As in ``12月底``."""


class Whose:
    """The report's own body and year, as far as they are known."""

    def __init__(self, report: Report) -> None:
        self.year = report.year
        self.agency = "".join((report.agency or "").split())
        self.body = classify(self.agency) if self.agency else None
        self.place = _GOVERNS.sub("", self.agency)
        self.short = short_names(report)
        compound = _COMPOUND.fullmatch(self.agency)
        self.compound = compound[1] if compound else ""
        """Its name without its place, where that has an “and” in it."""
        self.governs = bool(self.body and self.body.governs) if self.body else _speaks_as_a_place(report)

    def decides_on_reviews(self) -> bool:
        """Whether the body decides on others' reviews: a government, or its justice department."""
        return "司法" in self.agency or bool(self.body and self.body.governs)

    def covers(self, word: str) -> bool:
        """Whether 全县 is what the report covers: a government reports for its place."""
        whole = _WHOLE.fullmatch(word)
        if whole is None or not self.governs or self.is_own(word):
            return False
        return not self.agency or _region(self.place) == whole[1]

    def is_own(self, name: str) -> bool:
        """Whether a name at the head of a clause is the report's own body, shortened or not."""
        name = name.removeprefix("全").removeprefix("由")
        if name.endswith("机关") and len(name) > len("本机关") and not self.agency.endswith("机关"):
            name = name.removesuffix("机关")
        if name in self.short:
            return True
        if not self.agency or not name or name in "省市州盟县旗区":
            return False
        if name.endswith(self.agency) and _PLACED.fullmatch(name[: -len(self.agency)]):
            return True  # 临河市青岩区水利局 in the report of 青岩区水利局
        if _region(name) not in ("", _region(self.agency)):
            return False  # 市水利局 in the report of 临河市青岩区水利局
        if self.agency.endswith(name) or self.place.endswith(name):
            return True
        if self.body and self.body.governs and self.agency.startswith(name):
            return True
        if name in _TOWNSHIPS:
            return bool(self.body and (self.body.kind == "street" or self.body.level == "township"))
        if name in _ZONES:
            return bool(self.body and self.body.kind == "zone")
        branch = branch_name(self.agency)
        return len(name) > 1 and (self._shortened(name) or bool(branch and branch.endswith(name)))

    def _shortened(self, name: str) -> bool:
        """Whether the agency's name has the characters of another in their order, and ends like it."""
        rest = iter(self.agency)
        if not all(char in rest for char in name):
            return False
        if self.agency[-1] == name[-1]:
            return True
        return name[-1] in "办委局" and self.agency.endswith(("办公室", "委员会", "局"))

    def is_now(self, segment: Sequence[Word]) -> bool | None:
        """Whether a clause's time is the report's year, all of it; None where it names none."""
        named: set[int | None] = set()
        months: set[str] = set()
        said: bool | None = None
        for at, word in enumerate(segment):
            if word.kind == "YEAR":
                named |= years(word.text)
                months |= set(_MONTH.findall(word.text))
            elif word.kind == "NUMBER" and at == 0 and re.fullmatch(r"20\d\d", word.text):
                named.add(int(word.text))  # 2022共收到……: the 年 forgotten
            elif word.kind == "MONTH":
                months.add(word.text)
            elif word.kind == "THIS":
                said = True
            elif word.kind == "BEFORE":
                said = False
        if months - {"12月31日", "31日"} and not _whole_year(months):
            return False
        if named:
            return named == {self.year}
        return said

    def carried(self, word: Word, told: bool) -> str:
        """Whether what is carried over comes in or goes out; ``told``: what came in has been told before."""
        year = self.year
        before, mark, behind = word.text.partition(
            next((mark for mark in ("转结", "转接") if mark in word.text), "结转")
        )
        if not mark:  # 转下年, 至2024年
            before, behind = "", word.text
        if re.search(r"[下次明来]", before) or re.search(r"[下次明来]", behind):
            return "CARRIED_OUT" if mark or word.text[0] not in "至到" else "_NEXT"
        if re.search(r"[本今]", behind):
            return "CARRIED_IN"
        froms, tos = years(before), years(behind)
        if year is not None and (tos == {year + 1} or (tos == {year} and froms <= {year - 1})):
            incoming = tos == {year}
            return (
                "CARRIED_IN" if incoming else "CARRIED_OUT" if mark or word.text[0] not in "至到" else "_NEXT"
            )
        if tos:
            return "GAP"
        if re.search(r"[上去]", before + behind) or (year is not None and froms == {year - 1}):
            return "CARRIED_IN"
        if told and not behind:
            return "CARRIED_OUT"
        return "GAP" if froms else "_CARRY"


def _speaks_as_a_place(report: Report) -> bool:
    """Whether a report of nobody known says 我县 or 全县 of itself and never 我局: it is a government's."""
    texts = [stretch.text for stretch in report.stretches]
    said = any(re.search(r"[我全][省市县区州盟旗]", text) for text in texts)
    return said and not any(_BODIES.search(text) for text in texts)


@lru_cache(256)
def _region(name: str) -> str:
    """What kind of place a body is of, by the last such word of its name: 市, 县, 镇; empty where it does not say."""
    found = _REGION.findall(name)
    return found[-1] if found else ""


def years(text: str) -> set[int | None]:
    """The years named, in digits or Chinese numerals.

    >>> sorted(years("2021-2022年"))
    [2021, 2022]
    """
    found: set[int | None] = {int(year) for year in re.findall(r"20\d\d", text)}
    for year in re.findall(r"二[〇零○][〇零○一二三四五六七八九]{2}", text):
        found.add(numeral(year.replace("○", "〇")))
    return found


def _whole_year(months: set[str]) -> bool:
    """Whether dates are the first and the last of a year, or its end."""
    if not months - {"1-12月", "1至12月", "1—12月", "1~12月"}:
        return True
    firsts, lasts = {"1月", "1月1日"}, {"12月31日", "12月底", "12月末", "31日"}
    return months <= firsts | lasts | {"12月"} and bool(
        months & lasts or (months & firsts and "12月" in months)
    )
