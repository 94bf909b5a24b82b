"""W005: what drafts hold and published reports do not: placeholders, marks of a draft, the word for an attachment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span, Words
from govlint.prose.lines import matches, running_text
from govlint.report import Report
from govlint.rule import REGULATION, Example, Finding, Reference, Related, Rule
from govlint.text.phrases import Phrases

rule = Rule(
    code="W005",
    name="left-over",
    title=Words("留有草稿的文字", "words of a draft left over"),
    severity="warning",
    message=Words(
        "“{actual}”是没有填写的占位文字{times_zh}，应改为实际内容。",
        "“{actual}” is a placeholder that was not filled in{times_en}.",
    ),
    why=Words(
        "公布的应是定稿。留有占位符、填写提示或者“征求意见稿”等字样，说明文本没有写完，或者发布的不是最后一稿。",
        "What is published is final. A placeholder or the mark of a draft shows a text that was not finished, or the "
        "wrong version of it.",
    ),
    reference=Reference(REGULATION, "第六条"),
)

_DRAFT = Words(
    "“{actual}”是草稿的字样，公布的应是定稿。", "“{actual}” marks a draft; what is published is final."
)
_ATTACHED = Words(
    "标题前留有“{actual}”字样，单独公布时应删去。",
    "“{actual}” stands before the title; a report by itself has none.",
)
_COUNTED = "年月日件条次个名人元份处期项篇"
_SIGNS = Phrases(
    [
        *"XX xx ＸＸ ｘｘ × ** __ ＿＿ 某某 此处 （待 （请 (待 (请 【 ［ [待 [请".split(),
        *(space + unit for space in " \u3000" for unit in _COUNTED),
    ]
)
"""One of these stands in every placeholder."""
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9./@_-])[XＸxｘ×]{2,}(?=[㐀-鿿])"
    rf"|×(?<![\d×]×)(?=[{_COUNTED}万])"
    rf"|\*(?<!\*\*)\*+(?=[{_COUNTED}县市区局镇乡])"
    r"|[_＿](?<=[㐀-鿿].)[_＿]+(?=[㐀-鿿])"
    r"|某(?:(?<![㐀-鿿].)|(?<=[照按据与和由向在的对到赴从及为是给].))某(?=[省市县区镇乡局委]|街道|单位)"
    r"|[（(【\[［](?:此处|待|请(?:在此|按实际|根据实际|据实|自行|补充|核实|删除|更新))[^（()）】\]］\n\d]{0,20}"
    r"(?:填写?|填报|补充?|核实|核对|完善|修改|确认|插入|删除|更新)[^（()）】\]］\n\d]{0,16}[）)】\]］]"
    rf"|[ \u3000](?<=[共计到理布开办结训复请息][ \u3000])[ \u3000]{{0,7}}(?=[{_COUNTED}][，。；、,;])"
)
"""As in ``XX处``."""
_MARK = re.compile(
    r"[（(【\[〔]?(?:征求意见稿|送审稿|讨论稿|初稿|草稿|修改稿|审议稿|报审稿|代拟稿|样本|样稿|范本|模板|参考文本)[）)】\]〕]?"
)
"""As in ``（征求意见稿）``."""
_SUBMITTED = re.compile(
    r"(?<=[,，。；;、\n])(?:妥否|当否)?[,，]?请予?(?:审阅|审示|批示|阅示|审议|批阅|示下)(?=[。！.：:；]?(?:\n|$))"
)
"""What a draft says to those who are to approve it: ``，请审阅``."""
_ASKING = Phrases(["请审", "请批", "请阅", "请予", "请示下"])
_ATTACHMENT = re.compile(r"附件 ?[\d一二三四五六七八九十]{0,2} ?[:：]?")
"""As in ``附件2：``."""
_TITLE_LINE = 60


@rule.check
def check(report: Report) -> Iterator[Finding]:
    yield from _front(report)
    text = report.document.text
    prose = running_text(report)
    if any(_ASKING.within(prose)):
        yield from _submitted(report)
    if not any(_SIGNS.within(prose)):
        return
    found = [
        (Span(*match.span()), line.section)
        for line, match in matches(report, _PLACEHOLDER)
        if match.group()[0] != "*" or line.text.count("**") == 1
    ]
    if found:
        (span, section), *others = found
        counted = text[span.end - 1] not in "）)】]］"
        yield rule.finding(
            span,
            section=section,
            actual=text[span.start : span.end + counted].strip(),
            related=[Related("另一处", None, each) for each, _ in others],
            certainty="likely",
            times_zh=f"（共{len(found)}处）" if others else "",
            times_en=f" ({len(found)} in all)" if others else "",
        )


def _submitted(report: Report) -> Iterator[Finding]:
    for line, match in matches(report, _SUBMITTED):
        span = Span(*match.span())
        yield rule.finding(span, section=line.section, message=_DRAFT, actual=match.group())


def _front(report: Report) -> Iterator[Finding]:
    """What stands in the lines of the title, and before it."""
    end = report.preamble.end or len(report.document.text)
    at = 0
    title = report.title_span
    for line in report.document.text[: min(end, 4000)].split("\n"):
        words = line.strip()
        start = at + line.find(words) if words else at
        at += len(line) + 1
        if not words or len(words) > _TITLE_LINE:
            continue
        if title and start < title.start and _ATTACHMENT.fullmatch(words):
            span = Span(start, start + len(words))
            yield rule.finding(span, message=_ATTACHED, actual=words, severity="info")
        mark = _MARK.search(words)
        titled = title is not None and title.start <= start <= title.end
        if mark and words.endswith(mark.group()) and (titled or mark.group() == words):
            span = Span(start + mark.start(), start + mark.end())
            yield rule.finding(span, message=_DRAFT, actual=mark.group())


_TITLE = "云溪县农业农村局2022年政府信息公开工作年度报告"
rule.bad += [
    Example(text="\n便民服务中心设置公开专区XX处。", section="overview", marks="XX"),
    Example(text="\n全年组织培训××次，参加__人次。", section="overview", marks="××"),
    Example(text="\n参照某某市的做法办理。", section="overview", marks="某某"),
    Example(text="\n（此处填写存在的问题）", section="problems", marks="（此处填写存在的问题）"),
    Example(text="\n全年公开信息  条，均已归档。", section="overview", marks="  "),
    Example(text=f"{_TITLE}（送审稿）", instead_of=_TITLE, marks="（送审稿）"),
    Example(text="\n以上情况，请审阅。", section="other", marks="请审阅"),
    Example(text=f"附件2：\n{_TITLE}", instead_of=_TITLE, marks="附件2："),
]
rule.good += [
    Example(text="\n公开《云溪县水利工程管理办法（征求意见稿）》等文件2件。", section="overview"),
    Example(
        text="\n网址为http://xxgk.yunxi.example，答复申请人张某某1件（待补充材料1件）。", section="other"
    ),
    Example(text="\n重大事项逐级把关，报请审议。发布前请审阅人签字。", section="overview"),
    Example(text="\n依据《政府信息公开 条例》公开信息 12 条。", section="overview"),
]
