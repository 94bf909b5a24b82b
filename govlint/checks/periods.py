"""A statistical period that is no date, 20241月1日到12月31止, or not the whole year, 1月1日至12月20日."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span
from govlint.report import Report
from govlint.text.stretches import BREAK

_INTRODUCED = re.compile(
    r"(?:统计|起止|所列|数据|报告)[^。;\d]{0,14}?(?:期限|时限|时间段?|周期|期间|时段|区间|日期|期)[^。;,\d]{0,8}?(?=\d)"
)
"""As in ``统计期限为2``."""
_DATES = re.compile(
    r"(?<!\d)(?:20\d\d年\d{1,2}月\d{1,2}日|20\d\d[.\-/]\d{1,2}[.\-/]\d{1,2}(?:日|(?!\d))|20\d\d年\d{1,2}[-—~至到]\d{1,2}月"
    r"|20\d\d年(?:度)?\d{1,2}月(?!\d)(?:份|底|末)?|\d{1,2}月\d{1,2}日|\d{1,2}[-—~至到]\d{1,2}月|\d{1,2}月(?!\d)(?:份|底|末)?|20\d\d年度?(?!\d))"
    r"|\d{1,2}[时点:](?:\d\d)?分?|\d{1,3}(?:天|个月)"
)
"""What is a date, or a part of one that can stand by itself: ``2024年1月1日``."""
_SAID = re.compile(rf"[\d年月日时点分起至到止从自.\-—~/度]{{6,40}}(?=[^\d]|{BREAK}|$)")
"""As in ``2024年1月1日至12月31日``."""
_OF_A_YEAR = re.compile(r"20\d\d.*(?:12月?31|1231)")
"""As in ``2024年1月1日至12月31日``."""


_SLIPPED = re.compile(
    r"20\d\d年1月1日(?:零时)?[起始]?[,]?[至到\-—~](?:20\d\d)(?!年)[^\d。,;.\-/]{1,3}12月31日?"
)
"""As in ``2024年1月1日至2024你12月31日``."""


def broken_periods(report: Report) -> Iterator[tuple[Span, str]]:
    """The periods, with their words, that name a year and its end and yet are no dates."""
    for stretch in report.stretches:
        if stretch.section not in ("", "overview"):
            continue
        for match in _INTRODUCED.finditer(stretch.text):
            said = _SAID.match(stretch.text, match.end())
            if said and _OF_A_YEAR.search(said.group()) and re.search(r"\d", _DATES.sub("", said.group())):
                yield stretch.span(*said.span()), said.group()
        if "1月1日" in stretch.text:
            for slip in _SLIPPED.finditer(stretch.text):
                yield stretch.span(*slip.span()), slip.group()


_WHOLE = re.compile(
    r"(20\d\d)年(\d{1,2})月(\d{1,2})日(?:零时)?起?[,]?[至到\-—~](?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
)
"""As in ``2024年1月1日起至2024年12月20日``."""


def partial_periods(report: Report, year: int) -> Iterator[tuple[Span, str]]:
    """The statistical periods that lie in the report's year and are not all of it."""
    for stretch in report.stretches:
        if stretch.section not in ("", "overview") or "月" not in stretch.text:
            continue
        for match in _INTRODUCED.finditer(stretch.text):
            said = _WHOLE.match(stretch.text, match.end())
            if not said or said[1] != str(year) or said[4] not in (None, said[1]):
                continue
            if tuple(map(int, said.group(2, 3, 5, 6))) != (1, 1, 12, 31):
                yield stretch.span(*said.span()), said.group()
