"""D001: one of the five mandated aspects of the overview is not covered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, OGI, Example, Finding, Reference, Rule

rule = Rule(
    code="D001",
    name="overview-aspects",
    title=Words("总体情况的五个方面不全", "the overview lacks one of its five aspects"),
    severity="info",
    message=Words(
        "总体情况没有说到：{actual}。",
        "The overview does not speak of: {missing_en}.",
    ),
    why=Words(
        "总体情况应当报告主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障五个方面。",
        "The overview reports on five aspects: publication on the body's own initiative, publication on application, "
        "management of information, platforms, and supervision.",
    ),
    reference=Reference(MANDATE, "一、总体情况"),
    needs="sections",
    templates=OGI,
)

_ASPECTS: tuple[tuple[Words, re.Pattern[str]], ...] = (
    (
        Words("主动公开", "publication on its own initiative"),
        re.compile(r"主动(?:地|依法|向社会|及时|、)?[^,。;]{0,8}公开|(?:公开|发布|更新|公布|上传|推送)[^,。;]{0,25}(?:条|篇|件|次|期|份)|政策解读"),
    ),
    (
        Words("依申请公开", "publication on application"),
        re.compile(r"依(?:法)?申请|申请公开|公开申请|信息申请|申请(?:人|件|数|事项|办理|受理|答复)|收到[^,。;]{0,12}申请"),
    ),
    (
        Words("政府信息管理", "management of information"),
        re.compile(r"信息管理|审[核查校签批]|三审|校对|清理|台账|公开目录|事项目录|动态调整|动态管理|规范性文件|公开属性|源头|公开指南|管理(?:制度|机制|办法|工作|规定|流程)|归档"),
    ),
    (
        Words("政府信息公开平台建设", "platforms"),
        re.compile(r"平台|网站|门户|新媒体|公众号|微信|微博|客户端|专栏|专区|栏目|公告栏|公示栏|公开栏|公报|载体|查阅点|抖音"),
    ),
    (
        Words("监督保障", "supervision"),
        re.compile(r"监督|保障|培训|考核|考评|评议|追究|问责|督[查导促办]|检查|自查|领导小组|组织领导|专人|评估|测评|分管|职责|责任"),
    ),
)  # fmt: skip


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("overview")
    words = "".join(stretch.text for stretch in report.stretches if stretch.section == "overview")
    if section is None or not words:
        return
    missing = [name for name, said in _ASPECTS if not said.search(words)]
    if missing:
        yield rule.finding(
            section.span,
            section="overview",
            actual="、".join(name.zh for name in missing),
            missing_en=", ".join(name.en for name in missing),
        )


_MODEL = (
    "（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。\n"
    "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。\n"
    "（五）监督保障。明确专人负责，组织业务培训2次，开展自查1次。"
)
rule.bad.append(
    Example(
        text="（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。\n"
        "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。",
        instead_of=_MODEL,
        marks="总体情况",
    )
)
rule.good.append(
    Example(text="发布前逐件审核，微信公众号每周更新；全年组织业务培训2次，考核结果良好。", instead_of=_MODEL)
)
