"""D003: problems without improvements, or the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import OGI, REGULATION, Example, Finding, Reference, Rule
from govlint.text.stretches import without_titles

rule = Rule(
    code="D003",
    name="problems-and-improvements",
    title=Words("问题与改进情况只写了一项", "problems without improvements, or the other way round"),
    severity="warning",
    message=Words(
        "“存在的主要问题及改进情况”部分只写{said_zh}，未写{actual}。",
        "The part on problems and improvements gives the {said_en} only, and not the {missing_en}.",
    ),
    why=Words(
        "年度报告应当同时报告存在的主要问题和改进情况；只写一项，公众看不到问题是否得到解决。",
        "A report tells both the main problems and what was or will be done about them.",
    ),
    reference=Reference(REGULATION, "第五十条第一款第（四）项"),
    needs="sections",
    templates=OGI,
    absence=True,
)

_HEADINGS = re.compile(
    r"(?:存在的?)?(?:主要)?问题(?:及|和|与|、|以及)(?:下一步)?(?:改进|整改)(?:的)?(?:情况|措施|工作|方向|打算|意见)?"
)
"""As in ``存在的主要问题及改进情况``."""
_STILL = r"(?:有待|亟待|还待|尚待|还[要应]|需要?|还?需|仍需|尚需|亟需|应|不够|未能|没有|未|不)"
_WANTING = re.compile(
    rf"{_STILL}(?:于)?(?:进一步|继续|持续|不断|更加|及时)?(?:地)?(?:加强|提高|提升|完善|优化|强化|加大|改进|改善|规范|丰富|健全|深化|细化|拓展|拓宽|增强|推进)"
)
"""As in ``有待进一步提高``."""
_PROBLEM = re.compile(
    r"问题|不足|短板|薄弱|差距|距离|落差|不够|欠缺|不到位|困难|不高|不强|不深|不广|不全|不多|不及时|不规范|不完善|不平衡|不明显|滞后|单一|缺乏|缺少|较少|偏[低少慢]"
    r"|尚未|未能|弱项|瓶颈|不熟|不畅|不均|不清|欠佳|参差|隐患|弱化|有限|难以|少数|个别|局限|空间|缺陷|不精|不新|不细|不实"
)
"""As in ``不规范``."""
_NO_PROBLEM = re.compile(
    r"(?:问题|不足)(?:及不足)?:?(?:暂)?(?:无|没有)(?=[。;,\x1e]|$)|(?:暂无|没有|无)(?:存在)?(?:的)?(?:主要)?问题"
)
"""As in ``存在问题:无。``."""
_OF_OTHERS = re.compile(
    r"(?:常见|疑难|热点|难点|焦点|重点|咨询|高频)[^,。;]{0,4}问题|问题(?:手册|解答|清单|台账|导向)|疑难"
)
"""Questions that people ask, and what is made of problems: none of the body's own: ``常见问题``."""
_IMPROVEMENT = re.compile(
    r"改进|整改|改善|解决|下一步|下步|今后|接下来|下一?年|明年|将|措施|举措|打算|计划|加强|提升|提高|完善|优化|强化|加大|推进|健全|增[加强设]|建立|建好|组织|"
    r"开展|落实|丰富|规范|拓[展宽]|深化|细化|做好|配[备齐强]|明确|制定|严格|充实|学习|培训|督促|坚持|创新|抓[好实]|压实|梳理|已"
)
"""As in ``下一步``."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("problems")
    if section is None or not section.prose:
        return
    words = "".join(stretch.text for stretch in report.stretches if stretch.section == "problems")
    words = _HEADINGS.sub("", without_titles(words))
    rest, wanting = _WANTING.subn("", _OF_OTHERS.sub("", _NO_PROBLEM.sub("", words)))
    problem = bool(wanting) or _PROBLEM.search(rest) is not None
    improvement = _IMPROVEMENT.search(rest) is not None
    if problem == improvement:
        return
    span = Span(section.prose[0].start, section.prose[-1].end)
    names = (("存在的问题", "problems"), ("改进情况", "improvements"))
    said, missing = names if problem else reversed(names)
    yield rule.finding(
        span,
        section="problems",
        actual=missing[0],
        said_zh=said[0],
        said_en=said[1],
        missing_en=missing[1],
    )


_PROBLEMS = "存在的问题：一是政策解读形式较为单一，二是部分栏目更新不够及时。"
_IMPROVEMENTS = "改进情况：一是增加图表解读，二是建立栏目更新台账，按月检查。"
rule.bad.append(Example(text=_PROBLEMS, instead_of=f"{_PROBLEMS}\n{_IMPROVEMENTS}"))
rule.bad.append(Example(text=_IMPROVEMENTS, instead_of=f"{_PROBLEMS}\n{_IMPROVEMENTS}"))
rule.bad.append(
    Example(
        text="改进情况。编印常见问题手册，由法律顾问会商疑难答复。",
        instead_of=f"{_PROBLEMS}\n{_IMPROVEMENTS}",
    )
)
rule.good.append(
    Example(
        text="解读形式较为单一。2023年，我局将多用图表说明政策。", instead_of=f"{_PROBLEMS}\n{_IMPROVEMENTS}"
    )
)
rule.good.append(
    Example(text="上年度栏目更新不及时的问题已经整改。", instead_of=f"{_PROBLEMS}\n{_IMPROVEMENTS}")
)
