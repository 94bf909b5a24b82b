"""The article that a report cites as its ground, where it is none of those on annual reports."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span
from govlint.report import Report

_HAN = "[一二三四五六七八九十]{1,4}"
_GROUND = re.compile(
    rf"(?:(?:《|共和国)政府信息公开条例》?|《条例》)(?:\([^()]{{1,60}}\))*的?(?P<articles>第(?:{_HAN}|\d{{1,2}})条[^。;\x1e]{{0,80}}?)"
    r"(?:编制|编写|撰写|形成|(?:现|特)[^。;,\x1e]{0,10}?(?:公布|发布|公开))[^。;,\x1e]{0,40}?"
    r"(?:本(?:年度)?(?:报告|年报)|信息公开(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:报告|年报))"
)
"""As in ``《政府信息公开条例》第五十条规定,编制本报告``."""
_ARTICLE = re.compile(rf"第({_HAN}|\d{{1,2}})条")
"""As in ``第五十条``."""
_OF_REPORTS = frozenset(("四十九", "五十", "49", "50"))


def grounds_astray(report: Report) -> Iterator[tuple[Span, str]]:
    """The articles of the Regulation that are cited as a report's ground and say nothing of reports, with their span."""
    for stretch in report.stretches:
        if stretch.section not in ("", "overview") or "条例" not in stretch.text:
            continue
        for match in _GROUND.finditer(stretch.text):
            cited = list(_ARTICLE.finditer(stretch.text, *match.span("articles")))
            if cited and not any(each[1] in _OF_REPORTS for each in cited):
                yield stretch.span(cited[0].start(), cited[-1].end()), cited[0].group()
