"""Whose report it is, where no title says so: what its first sentences call it, who wrote it, whom to ask, who acts.

Every pattern is held against compact text, in which a paragraph's end is ``BREAK``. A name is taken only where it ends
like a body's, and weaker witnesses only where the report speaks of itself as such a body does: 我局, 本街道, 全县.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from govlint.agencies.names import classify, region
from govlint.document import Span
from govlint.text.folding import Compact
from govlint.text.stretches import with_breaks

_REACH = 1500
"""Characters behind the first heading in which a report may still be introduced: many have the preamble there."""
_TITLE_LINE = 60
_SUBJECT = r"(?:政府信息|政务信息|政务|信息)(?:与政务)?公开(?:工作)?(?:情况)?的?(?:20\d\d年度?)?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报|总结|情况)"
_VERB = r"(?:公布|发布|公开|(?<!机构)编制|编写|编发|制定|撰写|制作|现将|现就|现把|特将)(?:了|本|完成)?(?:\()?"
_HALT = r"公布|发布|公开|编[制写印]|制定|撰写|形成|根据|按照|依据|关于|做好|现将|结合|要求|规定|报告|向社会|组织|负责|我[局委厅办镇乡街县市区]|本[报局委厅办镇乡街机单]|各|全[县市区省]"
_NAME = rf"((?:(?!{_HALT})[㐀-鿿()]){{2,36}}?)"
_REMARK = r"(?:\([^()]{2,60}\))?"
_SECTION = r"(?:(?:政府信息|政务|信息)公开(?:工作)?(?:领导小组)?(?:办公室|办)?|(?:综合|党政|业务|信息|新闻|宣传|法规|文秘|秘书){0,2}[一二三四五六]?[科股])?"
_PLACES = "县市区州旗盟省"
_PASSING = 2
"""So often a body may say 我县 of its place, and yet speak as 我局 if it does so once."""
_OPENING = 40
"""Characters from a section's heading to the body that its first sentence is about."""
_YEAR = r"(20\d\d)年?度?"


class _Named(NamedTuple):
    name: str
    start: int
    """In the compact text."""
    end: int


@cache
def _patterns(subject: str) -> dict[str, re.Pattern[str]]:
    return {
        # 《云溪县水务局2024年政府信息公开工作年度报告》
        "titled": re.compile(rf"《{_NAME}{_YEAR}{subject}》|《{_YEAR}{_NAME}{subject}》"),
        # 现公布云溪县水务局2024年政府信息公开工作年度报告
        "called": re.compile(rf"{_VERB}{_NAME}{_REMARK}的?{_YEAR}的?{subject}"),
        # 特公布2024年云溪县水务局政府信息公开工作年度报告
        "called-by-year": re.compile(rf"{_VERB}{_YEAR}{_NAME}的?{subject}"),
        # 结合2024年云溪县水务局政府信息公开工作情况编制而成
        "compiled": re.compile(
            rf"(?:结合|梳理|总结|综合|汇总|根据){_YEAR}{_NAME}(?:政府信息|政务|信息)公开(?:工作)?(?:实际|有关|相关)?(?:情况|数据)?[^。;\x1e]{{0,30}}?(?:编制|撰写|编写)"
        ),
        # 云溪县水务局编制了2024年度政府信息公开工作年度报告
        "writes": re.compile(
            rf"(?:[,。:;\x1e]|^){_NAME}(?:特|现|组织|认真|依法)?编[制写]了?{_YEAR}{subject}"
        ),
    }


# 本报告由云溪县水务局根据……要求编制
_AUTHOR = re.compile(
    rf"由{_NAME}{_REMARK}(?:政府信息公开(?:工作)?(?:机构|领导小组)[^,。;\x1e]{{0,12}}?)?"
    r"(?:(?:负责|组织|牵头|综合|结合|根据|按照|依据|统一|具体)[^。;\x1e]{0,160}?)?(?:编制|编写|撰写|起草)"
)
"""As in ``由云溪县水务局编制``."""
# 如有疑问，请与云溪县水务局办公室联系（地址：……）
_CONTACT = re.compile(
    rf"(?:请与|可与|请联系:?|请向|请咨询:?){_NAME}{_SECTION}{_REMARK}(?=(?:进行)?(?:联系|联络|咨询|反映)|[(,;。:]|\x1e)"
)
"""As in ``请与云溪县水务局联系``."""
# 2024年，云溪县水务局认真贯彻……
_NARRATOR = re.compile(
    r"(?:[。\x1e]|^)(?:\(?[一二三四五六七八九十\d]{1,3}[)、.][^。,:\x1e]{0,20}[。:\x1e])?(?:20\d\d年度?(?:以来)?,?)?"
    rf"(?:在[^,。\x1e]{{2,40}}下,)?{_NAME}(?=始终|坚持|认真|严格|紧紧|深入|高度|积极|切实|牢固|扎实|全面|聚焦|持续|不断|进一步|主动公开|通过|贯彻|依法|围绕|在[^,。]{{2,30}}领导下)"
)
"""As in ``2024年,云溪县水务局认真``."""
_DESK = re.compile(
    r"(?:党政|综合|党政综合|政务公开|政府信息公开|信息公开|文秘|行政|秘书|新闻|信息|宣传|法规|业务)*"
    r"(?:办公[室厅]|[^公]?办|[一二三四五]?[科股处]|中心|机构)$"
)
"""As in ``政务公开办公室``."""
_FOR_OTHERS = re.compile(r"数据|政务服务|融媒|信息(?:中心|办)|档案")
"""Bodies that answer or publish for others: ``信息中心``."""
_BODY = re.compile(
    r"(?:政府|办公[室厅]|委员会|办事处|[局厅委办署院省市县区州旗盟镇乡]|海关(?:关区)?|街道|中心|管委会|总站|[支大总]队|公司|集团|大学|学校|[中小]学|研究室)$"
)
"""As in ``云溪县水务局``."""
_SERVES = re.compile(r"(?:医院|保健院|卫生院|公司|集团|大学|学院|学校|[中小]学)$")
"""Who serves the public and reports like an agency: ``云溪县人民医院``."""
_UNPLACED = re.compile(r"[省市县区州旗盟镇乡](?=[㐀-鿿]{2})")
"""A body of a place left unnamed: ``县水务局``."""
_OWN = re.compile(
    r"[我本全](局(?![限部势面])|分局|委(?![托派员任])|厅|办(?!法)|镇|乡(?!村)|街道?|[县市区州旗盟省]"
    r"|公司|集团|院(?![内里])|校(?!内)|中心(?![工任]))"
)
"""What a body calls itself; 全县 and 我县 are said by a government: ``我局``."""


def agency_in_preamble(
    folded: str, first: int | None, year: int | None, title: str | None
) -> tuple[str, Span] | None:
    """The agency that a report's own words name, with its span in ``folded``; None where they name none for certain.

    ``first`` is the offset of the first section's heading; ``title`` a pattern of the template's title where that is
    not the report on open government information.
    """
    end = min((first or 0) + _REACH, 6000, len(folded))
    words = Compact(with_breaks(folded[:end]))
    own = _speaks_as(folded)
    opening = range(first, first + _OPENING) if first is not None else range(0)
    for named in _witnesses(words, _patterns(title or _SUBJECT), year, own, opening):
        named = _with_place(named, words.text)
        span = Span(words.source(named.start), words.source_end(named.end))
        return named.name, span
    return None


_INTRODUCES = re.compile(
    rf"(?:{_VERB}|报送|形成|撰写|总结)[^。;\x1e]{{0,80}}?{_SUBJECT}|本(?:年度)?(?:报告|年报)[^。;\x1e]{{0,12}}(?:根据|依据|按照|由|中?所列|包括|统计)"
)
"""As in ``现公布云溪县水务局2024年政府信息公开工作年度报告``."""
_GROUNDED = re.compile(
    r"政府信息公开条例》[^。\x1e]{0,80}(?:编制|撰写|编写)(?:发布|公布)?本(?:年度)?(?:报告|年报)"
)
"""As in ``依据《政府信息公开条例》第五十条规定,编制本报告``."""
_OF_REPORTS = re.compile(r"的通知|解读|方案|指南")
"""In the first line of what speaks of reports and is none: ``关于做好年度报告编制工作的通知``."""


def introduces_report(folded: str, first: int) -> bool:
    """Whether the words before the first section, or at its beginning, say that the text is a report."""
    front = Compact(with_breaks(folded[: min(first + _REACH // 3, 6000)])).text
    line = front.partition("\x1e")[0]
    named = len(line) > _TITLE_LINE or not _OF_REPORTS.search(line)
    subject = "收到和处理政府信息公开申请" in front or re.search(_SUBJECT, front) is not None
    grounded = _GROUNDED.search(front) is not None
    return named and (grounded or (subject and _INTRODUCES.search(front) is not None))


def _witnesses(
    words: Compact, patterns: dict[str, re.Pattern[str]], year: int | None, own: str, opening: range
) -> Iterator[_Named]:
    """The bodies named, the surest first; ``opening`` is where, in the source, section one's first sentence begins."""
    text = words.text
    for pattern in patterns.values():
        for match in pattern.finditer(text):
            groups = [at for at in range(1, pattern.groups + 1) if match[at]]
            stated = next((int(match[at]) for at in groups if match[at].isdigit()), None)
            at = next(at for at in groups if not match[at].isdigit())
            if year in (None, stated):
                yield from _body(text, match, at)
    for match in _AUTHOR.finditer(text):
        for named in _body(text, match, 1):
            yield from (each for each in _behind_desk(named, own) if not _writes_for(each.name, own))
    for match in _CONTACT.finditer(text):
        for named in _body(text, match, 1):
            yield from (
                each
                for each in _behind_desk(named, own)
                if _agrees(each.name, own) and not _FOR_OTHERS.search(each.name)
            )
    for match in _NARRATOR.finditer(text):
        often = text.count(match[1])
        opens = match[0][0] != "。" and (match.start() == 0 or words.source(match.start(1)) in opening)
        if often > 2 or (own and often > 1) or opens:
            for named in _body(text, match, 1):
                body = classify(named.name)
                placed = often > 2 or (region(named.name) and not body.governs)
                of_its_place = opens and own in _PLACES and region(named.name) and body.kind == "department"
                if (_agrees(named.name, own) or of_its_place) if own else placed:
                    yield named


def _body(text: str, match: re.Match[str], group: int) -> Iterator[_Named]:
    """The name, where it is one; with the 政府 that it may share with what follows: 柳林镇人民政府信息公开."""
    name, (start, end) = match[group].strip("()"), match.span(group)
    if name.endswith("人民") and text.startswith("政府", end):
        name, end = name + "政府", end + 2
    known = classify(name).kind != "other" or _SERVES.search(name)
    if _BODY.search(name) and len(name) > 2 and known:
        yield _Named(name, start, end)


def _with_place(named: _Named, text: str) -> _Named:
    """The name with its place before it, where the text has it so: 县水务局, and 《云溪县水务局…》 once."""
    if not _UNPLACED.match(named.name):
        return named
    fuller = {
        match[1]: match.start(1)
        for match in re.finditer(
            rf"(?:(?<![㐀-鿿\d])|(?<=[年与由向和请在将]))(?![年与由向和请在将])((?:(?!{_HALT})[㐀-鿿]){{2,9}}{re.escape(named.name)})",
            text,
        )
        if region(match[1])
    }
    if len(fuller) != 1:
        return named
    ((name, start),) = fuller.items()
    return _Named(name, start, start + len(name))


def _behind_desk(named: _Named, own: str) -> Iterator[_Named]:
    """A desk writes and answers for its body; the office of a government for that government, where it says 我县."""
    name = named.name
    while (desk := _DESK.search(name)) and _BODY.search(name[: desk.start()]):
        if name[: desk.start()].endswith("政府") and not (own and own in "县市区州旗盟省镇乡"):
            return
        name = name[: desk.start()]
    yield _Named(name, named.start, named.start + len(name))


def _speaks_as(folded: str) -> str:
    """The word by which a report means its own body, 局 of 我局; empty where it has none or two."""
    words: list[str] = [_SHORT_OWN.get(word, word) for word in _OWN.findall(folded)]
    if not words:
        return ""
    bodies = [word for word in words if word not in _PLACES]
    places = len(words) - len(bodies)
    candidates = bodies if len(bodies) > 1 or (bodies and places <= _PASSING) else words
    return Counter(candidates).most_common(1)[0][0]


_SHORT_OWN = {"街道": "街", "分局": "局"}
_ENDS = {
    "局": ("局",),
    "委": ("委", "委员会", "管委会"),
    "厅": ("厅",),
    "办": ("办", "办公室", "办公厅", "办事处"),
    "镇": ("镇", "镇政府", "镇人民政府"),
    "乡": ("乡", "乡政府", "乡人民政府"),
    "街": ("街", "街道", "街道办", "街道办事处"),
    "区": ("区", "区政府", "区人民政府", "区管委会", "区管理委员会"),
    "公司": ("公司", "集团"),
    "集团": ("集团", "公司"),
    "校": ("学校", "大学", "学院", "中学", "小学"),
}
"""What a body calls itself, and how its name may end."""


def _writes_for(name: str, own: str) -> bool:
    """Whether the author is another body than the one that speaks: 我公司, and the bureau above it."""
    return own in _SERVE and not _agrees(name, own)


_SERVE = ("公司", "集团", "院", "校")


def _agrees(name: str, own: str) -> bool:
    """Whether a body of this name calls itself so."""
    return bool(own) and name.endswith(_ENDS.get(own) or (own, f"{own}政府", f"{own}人民政府"))
