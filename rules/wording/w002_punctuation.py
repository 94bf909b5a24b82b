"""W002: half-width, doubled or unpaired punctuation; one finding where it is systematic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from govlint.document import Edit, Span, Words
from govlint.prose.lines import Passage, matches
from govlint.report import Report
from govlint.rule import Example, Finding, Reference, Rule, Suggestion

rule = Rule(
    code="W002",
    name="punctuation",
    title=Words("标点符号不规范", "punctuation"),
    severity="info",
    message=Words(
        "“{actual}”应为“{expected}”：中文应使用全角标点。",
        "“{actual}” should be “{expected}”: Chinese text has full-width punctuation.",
    ),
    why=Words(
        "公文的标点符号按国家标准使用；叠用、半角、不成对的标点多是录入或转换时留下的差错。",
        "Official documents use punctuation by the national standard; doubled, half-width and unpaired marks are mostly "
        "slips of typing or conversion.",
    ),
    reference=Reference("GB/T 15834—2011 标点符号用法", "4、5"),
)

_SYSTEMATIC = Words(
    "正文有{count}处半角标点（{kinds_zh}），中文应使用全角标点。",
    "{count} half-width marks in the text ({kinds_en}); Chinese text has full-width punctuation.",
)
_NONE = Words("", "")
_DOUBLED = Words("标点叠用：“{actual}”。", "Doubled punctuation: “{actual}”.")
_UNPAIRED = Words("“{actual}”不成对，缺少与之对应的另一半。", "“{actual}” has no counterpart.")
_MANY_DOUBLED = Words("正文有{count}处标点叠用。", "{count} doubled marks in the text.")
_MANY_UNPAIRED = Words(
    "正文有{count}处括号、引号或书名号不成对。", "{count} brackets or quotes without a counterpart."
)

_FEW = 2
"""Up to so many of one kind are findings of their own; more are a habit."""
_FULL = dict(zip(",;:?!.()", "，；：？！。（）", strict=True))

_H = r"㐀-鿿"
_AFTER = rf"(?=\s*(?:[{_H}《“‘（〈「〔(\"]|$))"
_HALF = re.compile(
    rf"[,;:?!.](?:"
    rf"(?<=[{_H}》”’）〉」〕)%％].)(?:(?<=,)(?=\s*[{_H}《“‘（〈「〔(\"\d]|\s*$)|(?<=;)(?=\s*\d)|(?<=[;:?!]){_AFTER})"
    rf"|(?<=\d[,;])(?=[{_H}《“])"
    # A full stop: not behind the numeral of a heading, and only where a sentence may end.
    rf"|(?<=[{_H}》”）]\.)(?<![一二三四五六七八九十]\.)(?=\s*$|[{_H}]{{2}})"
    rf")",
    re.MULTILINE,
)
"""As in ``公开,政``."""
_QUOTED = re.compile(rf'"(?=[^"\n]{{0,80}}[{_H}])([^"\n]{{1,80}})"')
"""As in ``"应公开尽公开"``."""
_TWICE = re.compile(r"[，。、；：][，。、；：]+")
"""As in ``。。``."""
_PAIRS = re.compile(r"[()（）《》〈〉“”〔〕【】]")
_OPENER = {")": "(", "）": "(", "》": "《", "〉": "〈", "”": "“", "〕": "〔", "】": "【"}
_ITEM = re.compile(r"(?:^|[。；;，,：:、\s])\s*[0-9０-９一二三四五六七八九十a-zA-Z①-⑳]{1,3}$")
"""What stands before the bracket of ``1）``, which has no opening one: ``。1``."""


class _Slip(Struct, frozen=True):
    line: Passage
    start: int
    """In the document."""
    actual: str
    expected: str = ""
    extra: tuple[Edit, ...] = ()

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.actual))

    @property
    def edits(self) -> tuple[Edit, ...]:
        return (Edit(self.span, self.expected, safe=True), *self.extra) if self.expected else ()


@rule.check
def check(report: Report) -> Iterator[Finding]:
    half = list(_half(report))
    unpaired: list[_Slip] = []
    for opened, closed in _brackets(report, unpaired):
        if slip := _half_pair(report, opened, closed):
            half.append(slip)
    half.sort(key=lambda slip: slip.start)
    if len(half) > _FEW:
        yield _many(half)
    else:
        for slip in half:
            yield _one(slip, None)
    doubled = list(_doubled(report))
    for message, habit, slips in ((_DOUBLED, _MANY_DOUBLED, doubled), (_UNPAIRED, _MANY_UNPAIRED, unpaired)):
        if len(slips) <= _FEW:
            for slip in slips:
                yield _one(slip, message)
        else:
            yield _summary(slips, habit)


def _one(slip: _Slip, message: Words | None) -> Finding:
    edits = slip.edits
    return rule.finding(
        slip.span,
        message=message,
        section=slip.line.section,
        expected=slip.expected or None,
        actual=slip.actual,
        suggestion=Suggestion(text=slip.expected, edits=edits) if edits else None,
    )


def _summary(slips: list[_Slip], message: Words, kinds: Words = _NONE) -> Finding:
    edits = tuple(edit for slip in slips for edit in slip.edits)
    return rule.finding(
        slips[0].span,
        message=message,
        section=slips[0].line.section,
        actual=slips[0].actual,
        expected=slips[0].expected or None,
        suggestion=Suggestion(edits=edits) if edits else None,
        count=len(slips),
        kinds_zh=kinds.zh,
        kinds_en=kinds.en,
    )


def _many(slips: list[_Slip]) -> Finding:
    counts = Counter(slip.actual for slip in slips)
    common = counts.most_common()
    zh = "、".join(f"“{mark}”{count}处" for mark, count in common)
    return _summary(slips, _SYSTEMATIC, Words(zh, ", ".join(f"“{mark}” {count}" for mark, count in common)))


def _half(report: Report) -> Iterator[_Slip]:
    for line, match in matches(report, _HALF):
        yield _Slip(line, match.start(), match.group(), _FULL[match.group()])
    if '"' in report.document.text:
        for line, match in matches(report, _QUOTED):
            yield _Slip(
                line, match.start(), '"', "“", (Edit(Span(match.end() - 1, match.end()), "”", safe=True),)
            )


def _doubled(report: Report) -> Iterator[_Slip]:
    for line, match in matches(report, _TWICE):
        marks = match.group()
        # Which of two different marks is meant is not for us to say.
        yield _Slip(line, match.start(), marks, marks[0] if len(set(marks)) == 1 else "")


_Mark = tuple[Passage, int, str]
"""A bracket or quote: its passage, its offset in the document, and the character."""


def _brackets(report: Report, unpaired: list[_Slip]) -> Iterator[tuple[_Mark, _Mark]]:
    """The pairs, and one slip for each line and kind of bracket without a counterpart.

    A pair may reach over line ends, which a converted page puts anywhere, but never over a section's end.
    """
    open_: dict[str, list[_Mark]] = {}
    lone: list[_Mark] = []
    section: str | None = None
    for line, match in matches(report, _PAIRS):
        if line.section != section:
            lone += [mark for marks in open_.values() for mark in marks]
            open_, section = {}, line.section
        char = match.group()
        mark = (line, match.start(), char)
        opener = _OPENER.get(char)
        if opener is None:
            open_.setdefault("(" if char == "（" else char, []).append(mark)
        elif open_.get(opener):
            yield open_[opener].pop(), mark
        elif opener != "(" or not _is_item(line, match.start() - line.start):
            lone.append(mark)
    lone += [mark for marks in open_.values() for mark in marks]
    firsts: dict[tuple[int, str], _Slip] = {}
    for line, at, char in sorted(lone, key=lambda mark: mark[1]):
        kind = _OPENER.get(char, "(" if char == "（" else char)
        firsts.setdefault((line.start, kind), _Slip(line, at, char))
    unpaired += firsts.values()


def _is_item(line: Passage, at: int) -> bool:
    return bool(_ITEM.search(line.text[max(0, at - 8) : at]))


def _half_pair(report: Report, opened: _Mark, closed: _Mark) -> _Slip | None:
    """A pair of brackets around Chinese words of which one or both are half-width."""
    line, start, first = opened
    _, end, last = closed
    if first not in "(（" or (first, last) == ("（", "）"):
        return None
    text = report.document.text
    inside = text[start + 1 : end]
    link = first == "(" and text[start - 1 : start] == "]"
    if link or not re.search(f"[{_H}]", inside):
        return None
    edits = [
        Edit(Span(at, at + 1), _FULL[char], safe=True)
        for at, char in ((start, first), (end, last))
        if char in _FULL
    ]
    return _Slip(line, edits[0].span.start, text[edits[0].span.start], edits[0].text, tuple(edits[1:]))


rule.bad += [
    Example(text="全年组织培训2次,参加人员明显增加。", section="other", marks=","),
    Example(text="专栏更新及时，，检索方便。", section="other", marks="，，"),
    Example(text="县长信箱办结率100%（不含匿名来信。", section="other", marks="（"),
    Example(text="一是多用图表,二是按月检查;三是组织培训,四是通报情况。", section="problems", marks=","),
]
rule.good += [
    Example(text="专栏（网址:http://www.yunxi.example/zwgk）每日8:30更新，浏览12,345次。", section="other"),
    Example(text="其中：1）解读“一图读懂”3篇；2）答问……及其他。", section="problems"),
]
