"""W003: full-width digits, mixed thousands separators, mixed year styles; each once in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Edit, Span, Words
from govlint.prose.lines import Passage, matches, passages
from govlint.report import Report
from govlint.rule import Example, Finding, Reference, Rule, Suggestion

rule = Rule(
    code="W003",
    name="number-style",
    title=Words("数字写法不一致", "numerals in mixed styles"),
    severity="info",
    message=Words(
        "数字用了全角字符“{actual}”（共{count}处），应为“{expected}”。",
        "Full-width digits “{actual}” (in {count} places); they should be “{expected}”.",
    ),
    why=Words(
        "同一文件里数字的写法应当一致；全角数字检索不到，也难以统计。",
        "One document writes its numerals in one way; full-width digits are not found by a search and not counted.",
    ),
    reference=Reference("GB/T 15835—2011 出版物上数字用法", "4、5"),
)

_YEARS = Words(
    "年份既写“{actual}”又写“{other}”，应统一为“{expected}”（共{count}处）。",
    "Years are written “{actual}” as well as “{other}”; write “{expected}” throughout ({count} places).",
)
_GROUPED = Words(
    "有的数字用千分号（{grouped}），有的不用（{plain}），应统一。",
    "Some numbers have thousands separators ({grouped}), others none ({plain}).",
)
_MISGROUPED = Words(
    "数字“{actual}”的千分号位置不对。", "The thousands separators of “{actual}” stand in the wrong place."
)
_ABOUT = Words(
    "概数“{actual}”应写作“{expected}”。", "The approximate number “{actual}” is written “{expected}”."
)

_WIDE_DIGITS = "０１２３４５６７８９"
_WIDE = re.compile(r"[０-９][０-９]*")
"""As in ``２０２４``."""
_ZEROS = "〇○零OＯ0"
_NUMERALS = f"{_ZEROS}一二三四五六七八九"
_HAN_YEAR = re.compile(rf"[一二](?<![{_NUMERALS}十百千].)[{_ZEROS}九][{_NUMERALS}]{{2}}年")
"""As in ``二〇二四年``."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")
"""As in ``2024年``."""
_DATE_LINE = re.compile(
    r"\s*[一二〇○零O0九三四五六七八十]+年[一二三四五六七八九十0-9]+月[一二三四五六七八九十0-9]+日\s*"
)
"""As in ``二〇二五年一月二十日``."""
_VALUE = {**dict.fromkeys(_ZEROS, "0"), **{char: str(n) for n, char in enumerate("一二三四五六七八九", 1)}}
_SEPARATED = re.compile(r",(?<=\d,)(?=\d)")
"""As in ``1,204``."""
_NUMBER = re.compile(
    r"(?<![\d.,，０-９A-Za-z〔（\[(/:：-])(?:\d{1,3}(?:,\d{3})+|\d{5,9})(?:\.\d+)?(?=\s?[㐀-鿿])"
)
"""As in ``12040件``."""
_ODD_GROUPS = re.compile(
    r"(?<![\d.,，、A-Za-z])(?:\d{1,3},\d{4,6}|\d{4,},\d{3}|\d{1,3}(?:,\d{3})+,\d{1,2}|\d{2,3},\d{2})"
    r"(?=[余多]?[件条次个人份名万])"
)
"""As in ``1234,567次``."""
_PERIOD = re.compile(r"[年月日号期]")
_APPROXIMATE = re.compile(
    r"([1-8])(?<=[㐀-鿿].)(?<![第约到至].)[,，、]([2-9])([个次名人天家])(?![㐀-鿿]{0,2}[、，]\d)"
)
"""As in ``有3、4个``."""
_LONGEST_TITLE = 80
_HAN_DIGITS = "〇一二三四五六七八九"


@rule.check
def check(report: Report) -> Iterator[Finding]:
    yield from _wide(report)
    yield from _years(report)
    yield from _groups(report)
    yield from _approximate(report)


def _wide(report: Report) -> Iterator[Finding]:
    """In tables too: the form of a digit says nothing."""
    text = report.document.text
    found = (
        [match.span() for match in _WIDE.finditer(text)] if any(map(text.__contains__, _WIDE_DIGITS)) else []
    )
    if found:
        edits = tuple(Edit(Span(*span), _narrow(report.text(Span(*span))), safe=True) for span in found)
        yield rule.finding(
            edits[0].span,
            actual=report.text(edits[0].span),
            expected=edits[0].text,
            suggestion=Suggestion(text=edits[0].text, edits=edits),
            count=len(found),
        )


def _narrow(digits: str) -> str:
    return "".join(chr(ord(digit) - ord("０") + ord("0")) for digit in digits)


def _years(report: Report) -> Iterator[Finding]:
    """Years in Chinese numerals beside years in digits; a signature's date alone is no mixture."""
    han = [
        (line, match)
        for line, match in matches(report, _HAN_YEAR)
        if not _DATE_LINE.fullmatch(line.text) and _outside_titles(line, match.start())
    ]
    if not han:
        return
    other = next((year.group() for line in passages(report) if (year := _YEAR.search(line.text))), None)
    if other is None and report.year_span:
        other = f"{report.text(report.year_span)}年"
    if other is None or not other[0].isascii():
        return
    edits = tuple(Edit(Span(*match.span()), _digits(match.group()), safe=True) for _, match in han)
    yield rule.finding(
        edits[0].span,
        message=_YEARS,
        section=han[0][0].section,
        actual=han[0][1].group(),
        expected=edits[0].text,
        suggestion=Suggestion(text=edits[0].text, edits=edits),
        other=other,
        count=len(han),
    )


def _digits(year: str) -> str:
    return "".join(_VALUE[char] for char in year[:-1]) + "年"


def _outside_titles(line: Passage, at: int) -> bool:
    before = line.text[max(0, at - line.start - _LONGEST_TITLE) : at - line.start]
    return before.rfind("《") <= before.rfind("》")


def _groups(report: Report) -> Iterator[Finding]:
    if not _SEPARATED.search(report.document.text):
        return
    grouped: list[tuple[Passage, re.Match[str]]] = []
    plain: list[tuple[Passage, re.Match[str]]] = []
    for line, match in matches(report, _NUMBER):
        if not _PERIOD.match(report.document.text, match.end()):
            (grouped if "," in match.group() else plain).append((line, match))
    for line, match in matches(report, _ODD_GROUPS):
        yield rule.finding(
            Span(*match.span()),
            message=_MISGROUPED,
            section=line.section,
            actual=match.group(),
            certainty="likely",
        )
    if not grouped or not plain:
        return
    line, match = min(grouped, plain, key=len)[0]
    yield rule.finding(
        Span(*match.span()),
        message=_GROUPED,
        section=line.section,
        actual=match.group(),
        grouped=grouped[0][1].group(),
        plain=plain[0][1].group(),
    )


def _approximate(report: Report) -> Iterator[Finding]:
    for line, match in matches(report, _APPROXIMATE):
        low, high = int(match.group(1)), int(match.group(2))
        if high == low + 1:
            expected = _HAN_DIGITS[low] + _HAN_DIGITS[high] + match.group(3)
            yield rule.finding(
                Span(*match.span()),
                message=_ABOUT,
                section=line.section,
                actual=match.group(),
                expected=expected,
                suggestion=Suggestion(text=expected),
                certainty="likely",
            )


rule.bad += [
    Example(text="全年组织培训２次。", section="other", marks="２"),
    Example(text="二〇二二年共组织培训2次，比2021年多1次。", section="other", marks="二〇二二年"),
    Example(text="二〇二二年的整改事项已全部销号。", section="other", marks="二〇二二年"),
    Example(text="网站浏览量为1,234,567次，公众号阅读量为23456次。", section="other", marks="1,234,567"),
]
rule.good += [
    Example(text="网站浏览量为1,234,567次，回复来信1204件。", section="other"),
    Example(text="落实“十四五”规划，筹备第二十次会议。\n二〇二三年一月十六日", section="other"),
]
