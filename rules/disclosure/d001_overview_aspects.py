"""D001: one of the five mandated aspects of the overview is not covered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from govlint.document import Words
from govlint.prose.subheadings import named, series
from govlint.report import Report
from govlint.rule import MANDATE, OGI, Example, Finding, Reference, Rule

rule = Rule(
    code="D001",
    name="overview-aspects",
    title=Words("总体情况的五个方面不全", "the overview lacks one of its five aspects"),
    severity="info",
    message=Words(
        "“总体情况”部分未反映：{actual}。",
        "The overview says nothing on: {missing_en}.",
    ),
    why=Words(
        "总体情况应当报告主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。"
        "小标题按这些方面划分的，看小标题及其序号，没有序号的（“主动公开情况：”“在平台建设方面，”）看各方面的名称；没有小标题的，文字中说到即可。",
        "The overview reports on five aspects: publication on the body's own initiative, publication on application, "
        "management of information, platforms, and supervision. Where sub-headings go by these aspects they are what is "
        "looked at, with the numbers that they skip; where these have no numbers, the aspects' names; else any word on an "
        "aspect will do.",
    ),
    reference=Reference(MANDATE, "一、总体情况"),
    needs="sections",
    templates=OGI,
    absence=True,
)


_HEADINGS = Words(
    "“总体情况”部分的小标题中缺少：{actual}{gap_zh}。",
    "The overview has no sub-heading on: {missing_en}{gap_en}.",
)
_ITSELF = re.compile(r"主动公开|申请|信息管理|平台|监督|保障")
"""The aspects' own words in sub-headings; three of them, and the sub-headings go by the aspects."""

_NAME = re.compile(r"(?<=..)(?:方面|情况)")
"""Behind a sub-heading's name, where its text is run into it: ``平台建设方面``."""


class _Aspect(Struct, frozen=True):
    name: Words
    headed: re.Pattern[str]
    """What a sub-heading on it says."""
    said: re.Pattern[str]
    """What is said of it where there are no sub-headings."""
    name_said: re.Pattern[str]
    """Its own name, which a sentence may say where the others have sub-headings without numbers."""


_ASPECTS = (
    _Aspect(
        Words("主动公开", "publication on its own initiative"),
        re.compile(r"主动|信息公开内容|信息发布|发布|(?<!申请)公开(?:力度|内容|工作)|重点领域|解读"),
        re.compile(r"主动(?:地|依法|向社会|及时|、)?[^,。;]{0,8}公开|(?:公开|发布|更新|公布|公示|编发|刊发|上传|推送|发文)[^。;]{0,25}(?:\d|决算|预算|公告|文件|结果|清单|事项|流程|标准)|政策解读|应公开尽公开|公开为常态|晾晒|展示|[对向](?:外|社会)公开|主动(?:发布|公布|晒)"),
        re.compile(r"主动(?:公开|发布|公布|向社会|地|依法)"),
    ),
    _Aspect(
        Words("依申请公开", "publication on application"),
        re.compile(r"依(?:法)?申请|申请"),
        re.compile(r"依(?:法)?申请|申请公开|公开申请|信息申请|申请(?:人|件|数|事项|办理|受理|答复)|(?:收到|接到)[^,。;]{0,20}申请|(?:书面|提出|来信)申请|要求公开|公开(?:的)?(?:要求|诉求)"),
        re.compile(r"申请"),
    ),
    _Aspect(
        Words("政府信息管理", "management of information"),
        re.compile(r"管理|审[核查]|规范性文件|制度|目录|保密|机制"),
        re.compile(r"信息管理|审[核查校签批]|[先三一]审|把关|保密|存档|备份|失效|过期|撤下|日常管理|校对|清理|台账|公开目录|事项目录|动态调整|动态管理|规范性文件|公开属性|源头|公开指南|管理(?:制度|机制|办法|工作|规定|流程)|归档"),
        re.compile(r"信息管理|管理[制机规]|审查|[先三]审"),
    ),
    _Aspect(
        Words("政府信息公开平台建设", "platforms"),
        re.compile(r"平台|网站|新媒体|载体|渠道|阵地|专栏|公报|公开形式"),
        re.compile(r"平台|网站|门户|新媒体|公众号|微信|微博|客户端|专栏|专区|栏目|公告栏|公示栏|公开栏|公报|载体|查阅点|查询点|体验区|抖音|官网|显示屏|电子屏|橱窗|阵地|[服订][务阅]号|广播|电视"),
        re.compile(r"平台|载体|公开渠道|阵地|新媒体|网站(?:建设|维护|管理|运维)"),
    ),
    _Aspect(
        Words("监督保障", "supervision"),
        re.compile(r"监督|保障|考核|培训|组织|领导|责任|评议|队伍|督[查导]"),
        re.compile(r"监督|保障|培训|考核|考评|评议|追究|问责|督[查导促办]|检查|自查|领导小组|组织领导|专人|评估|测评|分管|职责|责任|辅导|业务能力|调度|整改|通报|牵头|经费"),
        re.compile(r"监督|保障|培训|领导小组"),
    ),
)  # fmt: skip
"""Under headings such as ``主动公开``, ``依申请公开``, ``政府信息管理``, ``平台建设``, ``监督保障``; in words such as
``主动公开政府信息12条``, ``收到公开申请``, ``审核把关``, ``网站``, ``开展培训``."""
_BY_ASPECT = 3


def _by_aspect(headings: str) -> bool:
    return len(set(_ITSELF.findall(headings))) >= _BY_ASPECT


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("overview")
    stretches = [stretch for stretch in report.stretches if stretch.section == "overview"]
    words = "".join(stretch.text for stretch in stretches)
    if section is None or not words:
        return
    headings = series(stretches)
    by_aspect = False
    numbered = "\n".join(_NAME.split(item.words)[0] for item in headings.items) if headings else ""
    if _by_aspect(numbered):
        missing = [aspect.name for aspect in _ASPECTS if not aspect.headed.search(numbered)]
    else:
        headings = None
        by_aspect = _by_aspect("\n".join(named(stretches)))
        missing = [
            aspect.name
            for aspect in _ASPECTS
            if not (aspect.name_said if by_aspect else aspect.said).search(words)
        ]
    if missing:
        gap = [str(number) for number in headings.skipped] if headings else []
        yield rule.finding(
            section.span,
            message=_HEADINGS if headings else None,
            section="overview",
            actual="、".join(name.zh for name in missing),
            missing_en=", ".join(name.en for name in missing),
            gap_zh=f"；小标题的序号缺第{'、'.join(gap)}项" if gap else "",
            gap_en=f"; their numbers skip {', '.join(gap)}" if gap else "",
            certainty="certain" if gap or not (headings or by_aspect) else "likely",
        )


_MODEL = (
    "（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。\n"
    "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。\n"
    "（五）监督保障。明确专人负责，组织业务培训2次，开展自查1次。"
)
_WHOLE = (
    "（一）主动公开。全年在县政府网站公开惠农补贴、农产品质量安全等信息210条，制发行政规范性文件2件。\n"
    "（二）依申请公开。全年新收政府信息公开申请13件，上年结转2件，全部按期答复，结转下年度继续办理1件。\n"
    + _MODEL
)
rule.bad.append(
    Example(
        text="（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。\n"
        "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。",
        instead_of=_MODEL,
        marks="总体情况",
    )
)
rule.bad.append(
    Example(
        text="（三）政府信息管理。严格执行先审后发制度，及时更新网站专栏。\n（五）监督保障。业务培训2次，开展自查1次。",
        instead_of=_MODEL,
        marks="总体情况",
    )
)
rule.bad.append(
    Example(
        text="主动公开情况：全年在县政府网站公开惠农补贴信息210条。\n"
        "依申请公开情况：申请均按期答复。\n"
        "政府信息管理情况：公文统一编排，发布前审核。\n"
        "监督保障情况：每季度检查一次网站内容。",
        instead_of=_WHOLE,
        marks="总体情况",
    )
)
rule.good.append(
    Example(text="发布前逐件审核，微信公众号每周更新；全年组织业务培训2次，考核结果良好。", instead_of=_MODEL)
)
