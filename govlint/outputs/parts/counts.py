"""How many findings there are, what they come to, and what can be done at once: the words at the top and the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from govlint.document import Words
from govlint.fixing.fixes import Fixable, fixable
from govlint.outputs.parts.records import Summary
from govlint.result import Result, Verdict
from govlint.rule import SEVERITIES, Finding

SEVERITY: Mapping[str, Words] = {
    "error": Words("必须改", "error"),
    "warning": Words("建议改", "warning"),
    "info": Words("提示", "info"),
}
VERDICT: Mapping[Verdict, Words] = {
    "pass": Words("通过", "passed"),
    "fail": Words("不通过", "failed"),
    "incomplete": Words("未检查完", "incomplete"),
}
_NOTHING = Words("没有发现问题", "no findings")


def say(zh: str, en: str, lang: str) -> str:
    return Words(zh, en).say(lang)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """The most severe first; those of one severity stay in the order given, which is that of the text."""
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def tally(severities: Mapping[str, int], lang: str) -> str:
    """``2 处必须改，5 处建议改``."""
    told = []
    for name in SEVERITIES:
        if count := severities.get(name, 0):
            plural = "s" if count > 1 else ""
            told.append(Words(f"{count} 处{SEVERITY[name].zh}", f"{count} {name}{plural}").say(lang))
    return Words("，", ", ").say(lang).join(told) or _NOTHING.say(lang)


def severities(result: Result) -> Counter[str]:
    return Counter(finding.severity for finding in result.findings)


def verdict(result: Result, lang: str) -> str:
    """The verdict and the counts: ``不通过：2 处必须改，5 处建议改``."""
    said, counts = VERDICT[result.verdict].say(lang), tally(severities(result), lang)
    return Words(f"{said}：{counts}", f"{said}: {counts}").say(lang)


class Fixes:
    """Counts what ``--fix`` can do over the results that pass through."""

    def __init__(self) -> None:
        self.safe = self.unsafe = 0

    def add(self, result: Result) -> Fixable:
        found = fixable(result)
        self.safe += found.safe
        self.unsafe += found.unsafe
        return found

    def say(self, lang: str) -> str:
        """The next step, empty where a person has to do everything."""
        return next_step(Fixable(self.safe, self.unsafe), lang)


def next_step(found: Fixable, lang: str) -> str:
    """``3 处可自动改正（--fix）。``"""
    safe, unsafe = found
    told = []
    if safe:
        told.append(Words(f"{safe} 处可自动改正（--fix）", f"{safe} can be corrected automatically (--fix)"))
    if unsafe:
        more = Words("另有", "more ") if safe else Words("有", "")
        told.append(
            Words(
                f"{more.zh} {unsafe} 处可用 --unsafe-fixes 改正，改前请用 --diff 核对",
                f"{unsafe} {more.en}with --unsafe-fixes: look with --diff first",
            )
        )
    joined = Words("；".join(each.zh for each in told), "; ".join(each.en for each in told))
    return Words(f"{joined.zh}。", f"{joined.en}.").say(lang) if told else ""


def totals(summary: Summary, lang: str) -> str:
    """All documents: how many passed and did not, what was not read, and the findings."""
    alone = summary.documents == 1
    verdicts = _amounts({VERDICT[name]: summary.verdict[name] for name in VERDICT}, alone, lang)
    unread = _amounts(
        {
            Words("不能读取", "not readable"): summary.status["unreadable"],
            Words("未能全部检查", "not checked in full"): summary.partly,
        },
        alone,
        lang,
    )
    if unread:
        among = Words("" if alone else "其中 ", "")
        verdicts += say(f"（{among.zh}{unread}）", f" ({unread})", lang)
    if summary.let_pass and not summary.verdict["fail"]:
        verdicts += say("（按所设的级别）", " (by the level set)", lang)
    plural = "" if alone else "s"
    told = say(f"共 {summary.documents} 份文档", f"{summary.documents} document{plural}", lang)
    told += say("：", ": ", lang) + verdicts if verdicts else ""
    counts = tally(summary.severity, lang)
    aside = set_aside(summary.suppressed, summary.known, lang)
    told += say(
        f"；{counts}。{aside + '。' if aside else ''}", f"; {counts}{'; ' + aside if aside else ''}.", lang
    )
    return told


def _amounts(counts: Mapping[Words, int], alone: bool, lang: str) -> str:
    """``1 份通过，2 份不通过``; of one document without the number."""
    told = [
        words.say(lang) if alone else say(f"{count} 份{words.zh}", f"{count} {words.en}", lang)
        for words, count in counts.items()
        if count
    ]
    return say("，", ", ", lang).join(told)


def set_aside(suppressed: int, known: int, lang: str) -> str:
    """How many findings do not count, and why; empty where there are none."""
    told: Sequence[str] = [
        words.say(lang)
        for words, count in (
            (
                Words(f"按文中注释忽略 {suppressed} 个问题", f"set aside by comments: {suppressed}"),
                suppressed,
            ),
            (Words(f"基线中已知 {known} 个问题", f"known by the baseline: {known}"), known),
        )
        if count
    ]
    return Words("，", ", ").say(lang).join(told)
