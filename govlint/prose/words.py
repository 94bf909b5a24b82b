"""The words of a clause and what they say, by the grammar of the field's phrases (``grammars/statements.lark``).

The grammar's terminals are the words; here they become one pattern, with figures, years, marks of time and scope
beside them. What stands between known words is unknown, and an unknown word makes a clause unreadable: what is not
understood is not compared.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govlint.folders import GRAMMARS
from govlint.patterns import lasting
from govlint.template.built import cached
from govlint.template.lalr import Parser, Tables, compiled, tables

if TYPE_CHECKING:
    from collections.abc import Iterable


class Word(NamedTuple):
    """A word of compact text: the grammar's terminal, or one of the kinds of :data:`_MARKS`."""

    kind: str
    start: int
    end: int
    text: str


_NUMERAL = "零〇一二三四五六七八九十百千两"
_YEAR = r"(?:20\d\d|二[〇零○][〇零○一二三四五六七八九]{2})"
_LAST = rf"(?:上一?年度?|上一个年度|去年度?|{_YEAR}年度?)(?:底|末)?"
_NEXT = rf"(?:下一?年度?|下一个年度|次年度?|明年|来年|{_YEAR}年度?)"
_TO = r"(?:到|至|入|于|转|为)?"

# (what it may begin with, the pattern), tried in this order before the words.
_MARKS = {
    "TITLE": ("《[", r"《[^》]{0,80}》|\[[^\]]{0,20}\]"),
    "CHANNELS": (
        "通经以利依",
        r"(?:通过|经由?|以|利用|依托)[^,。;:()件\d]{1,40}?等(?:多种|各种|各类|多个|不同|多)?(?:线上线下)?(?:渠道|方式|途径|形式)",
    ),
    "ORDINAL": (
        "第(" + _NUMERAL + "0123456789",
        r"第[\d" + _NUMERAL + r"]{1,6}(?:条|款|项|件|次|届|章|部分|批)"
        r"|\([" + _NUMERAL + r"\d]{1,3}\)|(?<![^。;:,])(?:[" + _NUMERAL + r"]{1,3}、|\d{1,2}[.、](?!\d))",
    ),
    "COMPARE": (
        "比较与相同环上去2二",
        rf"(?:比|较|与|相较于?|相比于?|同){_LAST}(?:同期)?(?:相比|的|同比)?|同比|环比|{_LAST}同期",
    ),
    "CARRY": (
        "上去2二结转下次明来延顺留至到",
        rf"(?:{_LAST}(?:未办结|尚未办结|未办理完毕|未办理完|未答复)?的?)?(?:结转|转结|转接)(?:{_TO}(?:{_NEXT}|本年度?|今年))?"
        r"(?:继续)?(?:办理|处理|答复)?"
        rf"|{_NEXT}(?:继续)?(?:结转|转接)|(?:延续|顺延|延至|转入|转至|转到|留待|转|延)(?:到|至)?{_NEXT}(?:继续)?(?:办理|处理|答复)?"
        rf"|(?:至|到){_NEXT}(?:继续)?(?:办理|处理|答复)?(?=$|[,。;、)])",
    ),
    "YEAR": (
        "2二",
        rf"{_YEAR}(?:[-—~至]{_YEAR})?年度?(?:\d{{1,2}}月(?:\d{{1,2}}日|份|底|末)?|底|末|初)?",
    ),
    "MONTH": (
        "第上下前" + _NUMERAL + "0123456789",
        r"\d{1,2}(?:[-—~至]\d{1,2})?月(?:\d{1,2}日|份|底|末)?|[上下]半年|["
        + _NUMERAL
        + r"前]{1,3}个?季度|第[一二三四1-4]季度"
        r"|[一二三四五六七八九十]{1,2}月(?:份|底|末)?|\d{1,2}日",
    ),
    "PERCENT": ("百0123456789", r"(?:百分之[" + _NUMERAL + r"]{1,5}|\d{1,6}(?:\.\d{1,6})?%)(?!点)"),
    "FIGURE": (
        "约近逾超将接不至达" + _NUMERAL + "0123456789",
        r"(?P<about>约|近|逾|超过|超|将近|接近|不足|至少|达到?)?"
        r"(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,9}(?:\.\d{1,6})?|[" + _NUMERAL + r"]{1,9})"
        r"(?P<more>余|多|来|几|[万亿]余?(?!元))?"
        r"(?P<unit>件次|人次|万元|元|件|份|条(?!例)|宗|起|项|例|个(?!百分|工作|月|方面|部|单|类)|封|次|人|类(?!内部|过程)|批)"
        r"(?P<over>以上|左右|余(?!下)|多(?!次))?",
    ),
    "NUMBER": ("0123456789", r"\d{1,12}(?:\.\d{1,6})?"),
    "NONE": (
        "未没无尚暂从零",
        r"未(?!经|审结|办结|按|予)|没有(?!现成)|无(?!法|正当|现成)|未有|尚无|暂无|尚未(?!审结|办结)|暂未|从未|未曾|零(?!星)",
    ),
    "PART": (
        "其剩每各分超逾延关涉",
        r"其余|剩余|每|各(?!类|级)|分别|超期|逾期(?!不补正|未|申请)|延期|关于(?!政府信息|依申请)|涉及(?!政府信息|信息公开|依申请|国家秘密|第三方|行政)",
    ),
    "HARD": ("。!?;:,.\n\x1f|", r"[。!?;:,\n\x1f|]|\.(?!\d)"),
    "OPEN": ("(", r"\("),
    "CLOSE": (")", r"\)"),
}
_FIRSTS = {"APPLICATION": "政信公依申的", "CAUSE": "因由针涉有关与政信", "REGULATIONS": "政部行规"}
"""What the grammar's patterns may begin with."""


def _each(prefixes: str, names: str) -> list[str]:
    """The names, behind each of the prefixes where there are any."""
    return [prefix + name for prefix in prefixes or ("",) for name in names.split()]


# Words that place a statement: in time, and of whom it speaks.
_PLACING = {
    "THIS": _each(
        "", "本年 本年度 当年 今年 全年 全年度 年内 一年来 年度内 该年 该年度 报告期 报告期内 年度"
    ),
    "BEFORE": _each("", "上年 上年度 上一年 上一年度 去年 往年 历年 近年来 前年 近两年 近三年 近几年"),
    "OWN": [
        "我",
        *_each(
            "我本",
            "局 办 委 厅 镇 乡 街道 街 单位 机关 部门 中心 院 所 署 处 校 司 政府 府 会 行 行政机关 办公室 管委会",
        ),
    ],
    "REGION": _each("我本", "市 县 区 省 州 旗 盟"),
    "WIDE": [
        *_each("全", "市 县 区 省 州 旗 盟 国 系统 行业 镇 乡"),
        *_each(
            "各", "级 部门 单位 镇街 镇 乡镇 乡 街道 县 区 市 地 行政机关 有关 相关 处室 科室 股室 所属 直属"
        ),
        *_each(
            "市县区州省",
            "级部门 直部门 直单位 级单位 级机关 直机关 级各部门 直各部门 直各单位 级各单位 级行政机关 本级",
        ),
        *_each("", "所属 下属 直属 下级 基层 辖区 政府本级 本级 汇总"),
    ],
    "CHANNEL": _each(
        "",
        "当面 现场 网络 网上 在线 线上 线下 信函 邮寄 来信 邮件 电子邮件 传真 电话 窗口 书面 口头 快递 邮政 平台 系统 渠道 "
        "网站 信箱 热线 互联网",
    ),
    "CHANGE": _each(
        "",
        "增长 增长率 上升 增加 增多 提高 提升 下降 下降率 减少 降低 增幅 降幅 上涨 回落 占 占比 占总数 占总量 占全部 多出 少于 "
        "多于 增加了 减少了 增长了 下降了",
    ),
}


class _Grammar(NamedTuple):
    tables: Tables
    terminals: dict[str, str]
    """The pattern of each."""


@cache
def _grammar() -> _Grammar:
    """The grammar of phrases."""
    text = (GRAMMARS / "statements.lark").read_text("utf-8")
    code = ("prose.words", "template.lalr")
    return cached(
        "statements",
        text,
        code,
        (_Grammar, Tables),
        lambda: _built(text),
        lambda found: isinstance(found, _Grammar) and isinstance(found.tables, Tables),
    )


def _built(text: str) -> _Grammar:
    lark = compiled(text)
    return _Grammar(
        tables(lark), {terminal.name: terminal.pattern.to_regexp() for terminal in lark.terminals}
    )


_PLAIN = re.compile(r"\(\?:([^()\[\]{}?*+]+)\)|([^()\[\]{}?*+|]+)")


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for every mark and word, and the kind of each plain word."""
    plain = {word: kind for kind, words in _PLACING.items() for word in words}
    patterns = dict(_MARKS)
    for terminal, value in _grammar().terminals.items():
        match = _PLAIN.fullmatch(value)
        if match:
            words = (match.group(1) or match.group(2)).split("|")
            plain |= {re.sub(r"\\(.)", r"\1", word): terminal for word in words}
        else:
            patterns[terminal] = _FIRSTS[terminal], value
    marks = [
        f"(?=[{re.escape(firsts)}])(?P<{name}>{pattern})" for name, (firsts, pattern) in patterns.items()
    ]
    return lasting("|".join([*marks, _longest(plain)])), plain


def _longest(words: Iterable[str]) -> str:
    """A pattern for the longest word that stands at a place, parted by first characters."""
    by_first: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        by_first.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items())


def words(text: str) -> list[Word]:
    """The words of compact text in order; what is between them is ``GAP``."""
    pattern, plain = _words()
    found: list[Word] = []
    at = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start > at:
            found.append(Word("GAP", at, start, text[at:start]))
        said = match.group()
        found.append(Word(plain.get(said) or match.lastgroup or "GAP", start, end, said))
        at = end
    if at < len(text):
        found.append(Word("GAP", at, len(text), text[at:]))
    return found


@lru_cache(4096)
def phrase(kinds: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    """What the words of a clause say together: the grammar's rule and its telling words; None where they say nothing.

    >>> phrase(("_RECEIVE", "APPLICATION"))
    ('received', ('APPLICATION',))
    """
    grammar = _grammar()
    parser = Parser(grammar.tables, "start")
    for kind in kinds:
        if not parser.accepts(kind):
            return None
        parser.feed(kind)
    if not parser.end():
        return None
    said = parser.reduced[-2].rule  # the last is the start itself
    return said, tuple(kind for kind in kinds if not kind.startswith("_"))


def figure(text: str) -> re.Match[str] | None:
    """The parts of a figure that :func:`words` has found: about, number, more, unit, over."""
    return _figure().fullmatch(text)


@cache
def _figure() -> re.Pattern[str]:
    return lasting(_MARKS["FIGURE"][1])
