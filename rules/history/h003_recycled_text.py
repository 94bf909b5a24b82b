"""H003: prose that is last year's."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.overlap import Text, copied, overlap, stock_shingles
from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import OGI, REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="H003",
    name="recycled-text",
    subject="years",
    prose=True,
    title=Words("文字与上年报告雷同", "the prose is last year's"),
    severity="warning",
    message=Words(
        "报告文字有{share}与{year}年报告相同（数字不计），未反映本年工作；相同的最长一段：“{longest}”。",
        "{share} of the prose is that of the report for {year}, figures apart; the longest passage: “{longest}”.",
    ),
    why=Words(
        "年度报告应当写本年的工作。文字沿用上年、只换数字，公众看不出一年里做了什么；一些地方考核时，超过一半相同即扣分。",
        "A report is to tell the year's work. Where last year's words are kept and only the figures change, the public learns "
        "nothing; some assessments take points from one half on.",
    ),
    reference=Reference(REGULATION, "第五十条"),
    templates=OGI,
)


@rule.check
def check(before: Filing, after: Filing) -> Iterator[Finding | Unchecked]:
    shared = overlap(Text(before.prose), Text(after.prose), stock_shingles())
    last, this = (Words(f"{each.year}年", str(each.year)) for each in (before, after))
    yield from copied(rule, after, shared, (last, this), year=before.year)


_LAST_YEAR = (("2021", "2022"), ("2022", "2023"))
_OVERVIEW = (
    "（一）主动公开。全年在县政府网站公开惠农补贴、农产品质量安全等信息210条，制发行政规范性文件2件。",
    "（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。",
    "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。",
    "（五）监督保障。明确专人负责，组织业务培训2次，开展自查1次。",
)

rule.bad.append(
    Example(
        text="组织业务培训3次",
        instead_of="组织业务培训2次",
        beside=(Beside("2021.txt", _LAST_YEAR),),
    )
)
rule.good.append(
    Example(
        text="组织业务培训3次",
        instead_of="组织业务培训2次",
        beside=(
            Beside(
                "2021.txt",
                (
                    *_LAST_YEAR,
                    (
                        "（一）主动公开。新建乡村振兴专题，按月发布农业机械购置情况，重点解读种粮大户奖励办法。",
                        _OVERVIEW[0],
                    ),
                    (
                        "（三）政府信息管理。修订公开指南和目录，把旧栏目并入统一平台，逐条核对存量文件。",
                        _OVERVIEW[1],
                    ),
                    (
                        "（四）政府信息公开平台建设。网站改版后增设便民地图，微信公众号推出语音播报。",
                        _OVERVIEW[2],
                    ),
                    ("（五）监督保障。局长每季度听取汇报，邀请十名群众代表打分。", _OVERVIEW[3]),
                    (
                        "一是乡镇站所填报不齐，二是答复文书格式不一。",
                        "一是政策解读形式较为单一，二是部分栏目更新不够及时。",
                    ),
                    (
                        "一是派员到站所辅导，二是印发答复文书样式。",
                        "一是增加图表解读，二是建立栏目更新台账，按月检查。",
                    ),
                ),
            ),
        ),
    )
)
