"""W004: words written for others of the same sound or shape, and characters doubled by accident."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from govlint.checks.doubled import doubled, repeated
from govlint.checks.wordlists import word_list
from govlint.document import Edit, Span, Words
from govlint.patterns import lasting
from govlint.prose.lines import holding, passages, running_text
from govlint.report import Report
from govlint.rule import Example, Finding, Reference, Rule, Suggestion
from govlint.text.phrases import Phrases

rule = Rule(
    code="W004",
    name="confused-words",
    title=Words("错别字和重字", "confused words and doubled characters"),
    severity="warning",
    message=Words(
        "“{actual}”应为“{expected}”{times_zh}。",
        "“{actual}” should be “{expected}”{times_en}.",
    ),
    why=Words(
        "政府网站检查把错别字作为单项指标；词表只收在所列语境中必错的写法，替换不改变原意，可用 --fix 改正。",
        "Inspections of government sites count misspellings. The list holds only what is wrong in the contexts given; "
        "putting it right never changes the meaning, so --fix does it.",
    ),
    reference=Reference("中华人民共和国国家通用语言文字法", "第九条"),
)

_TWICE = re.compile(r"(.+)\1")
"""As in ``落实落实``."""
_REACH = 40
"""Characters before a word to which a context may reach."""


class _Word(Struct, frozen=True):
    wrong: str
    right: str
    after: str | None
    not_after: str | None
    before: str | None
    not_before: str | None
    likely: bool


@cache
def _words() -> dict[str, _Word]:
    return {
        wrong: _Word(
            wrong,
            right,
            entry.get("after"),
            entry.get("not_after"),
            entry.get("before"),
            entry.get("not_before"),
            entry.get("likely", False),
        )
        for entry in word_list("wording/words")["entry"]
        for wrong, right in entry["words"].items()
    }


@cache
def _looked_for() -> dict[int, Phrases]:
    """The wrong words by how many characters of them stand twice in a row; 0 where none do."""
    found: dict[int, list[str]] = {}
    for wrong in _words():
        twice = _TWICE.search(wrong)
        found.setdefault(len(twice[1]) if twice else 0, []).append(wrong)
    return {length: Phrases(words) for length, words in found.items()}


@cache
def _context(pattern: str, before: bool) -> re.Pattern[str]:
    return lasting(f"(?:{pattern})\\Z" if before else pattern)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    text = running_text(report)
    taken: set[int] = set()
    candidates = [
        _words()[wrong]
        for length in _looked_for().keys() & {0, *repeated(report)}
        for wrong in _looked_for()[length].within(text)
    ]
    for word in sorted(candidates, key=lambda word: (-len(word.wrong), word.wrong)):
        spans = [span for span in _found(report, word) if taken.isdisjoint(range(*span))]
        if spans:
            taken.update(at for span in spans for at in range(*span))
            yield _finding(report, word, spans)
    for line, span, twice in doubled(report):
        whole = Span(span.start - len(twice), span.end)
        if taken.isdisjoint(range(*whole)):
            yield rule.finding(
                whole,
                section=line.section,
                expected=twice,
                actual=report.text(whole),
                suggestion=Suggestion(text=twice, edits=(Edit(span, ""),)),
                certainty="likely",
                times_zh="",
                times_en="",
            )


def _found(report: Report, word: _Word) -> Iterator[Span]:
    text = report.document.text
    lines = passages(report)
    start = text.find(word.wrong)
    while start >= 0:
        end = start + len(word.wrong)
        line = holding(lines, start)
        if line is not None and _in_context(line.text, start - line.start, end - line.start, word):
            yield Span(start, end)
        start = text.find(word.wrong, end)


def _in_context(line: str, start: int, end: int, word: _Word) -> bool:
    head = line[max(0, start - _REACH) : start]
    if word.before and not _context(word.before, True).search(head):
        return False
    if word.not_before and _context(word.not_before, True).search(head):
        return False
    if word.after and not _context(word.after, False).match(line, end):
        return False
    return not (word.not_after and _context(word.not_after, False).match(line, end))


def _finding(report: Report, word: _Word, spans: list[Span]) -> Finding:
    line = holding(passages(report), spans[0].start)
    edits = tuple(Edit(span, word.right, safe=not word.likely) for span in spans)
    return rule.finding(
        spans[0],
        section=line.section if line else None,
        expected=word.right,
        actual=word.wrong,
        suggestion=Suggestion(text=word.right, edits=edits),
        certainty="likely" if word.likely else "certain",
        times_zh=f"（共{len(spans)}处）" if len(spans) > 1 else "",
        times_en=f" ({len(spans)} in all)" if len(spans) > 1 else "",
    )


rule.bad += [
    Example(text="截止2022年12月31日，全部办结。", section="other", marks="截止"),
    Example(text="公众可登陆县政府网站查阅。", section="other", marks="登陆"),
    Example(text="整改台帐逐项销号。", section="other", marks="台帐"),
    Example(text="下一步进一步进一步加强培训。", section="problems", marks="进一步进一步"),
    Example(text="本年度末收到行政复议申请。", section="other", marks="末"),
]
rule.bad.append(Example(text="进一步完善保障保障机制。", section="other", marks="保障保障"))
rule.bad.append(Example(text="各科室室负责人参加了培训。", section="other", marks="科室室"))
rule.good += [
    Example(text="专区由本单位位于一楼的平台台账管理，各机关关于公开的意见均已汇总。", section="other"),
    Example(text="意见征集的截止日期为12月10日，台风登陆期间网站值守正常。", section="other"),
    Example(text="逐步做为民服务的窗口，为群众提供了了解政策的渠道；依申请公开公开目录。", section="other"),
]
