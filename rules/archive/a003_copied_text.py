"""A003: prose that is another agency's."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.checks.overlap import Overlap, copied
from govlint.document import Words
from govlint.filing import Filing
from govlint.rule import OGI, REGULATION, Beside, Example, Finding, Reference, Rule, Unchecked

rule = Rule(
    code="A003",
    name="copied-text",
    subject="copies",
    prose=True,
    title=Words("文字与其他机关的报告雷同", "the prose is another agency's"),
    severity="warning",
    message=Words(
        "报告文字有{share}与{other}{year}年报告（{path}）相同，数字、通用语和模板要求的文字不计；最长一段：“{longest}”。",
        "{share} of the prose is that of the report of {other} for {year} ({path}), figures, stock phrases and what the template "
        "demands apart; the longest passage: “{longest}”.",
    ),
    why=Words(
        "报告应当写本机关的工作。整段照搬别的机关，写的就不是自己做的事。",
        "A report tells what the agency itself did; passages taken from another one do not.",
    ),
    reference=Reference(REGULATION, "第五十条"),
    templates=OGI,
)


@rule.check
def check(earlier: Filing, later: Filing, shared: Overlap) -> Iterator[Finding | Unchecked]:
    theirs, ours = (Words(f"{each.agency}", f"{each.agency}") for each in (earlier, later))
    yield from copied(
        rule, later, shared, (theirs, ours), other=earlier.agency, year=earlier.year, path=earlier.path
    )


_OTHER = (("云溪县水务局", "云溪县农业农村局"), ("2023-01-12", "2023-01-16"))

rule.bad.append(
    Example(text="组织业务培训3次", instead_of="组织业务培训2次", beside=(Beside("水务局.txt", _OTHER),))
)
rule.good.append(
    Example(
        text="组织业务培训3次",
        instead_of="组织业务培训2次",
        beside=(
            Beside(
                "水务局.txt",
                (
                    *_OTHER,
                    (
                        "（一）主动公开。全年在县政府网站公开水利工程招标、河长巡河等信息210条，制发行政规范性文件2件。",
                        "（一）主动公开。全年在县政府网站公开惠农补贴、农产品质量安全等信息210条，制发行政规范性文件2件。",
                    ),
                    (
                        "（三）政府信息管理。逐条核对存量文件，把旧栏目并入统一平台。",
                        "（三）政府信息管理。严格执行先审后发制度，及时清理失效文件。",
                    ),
                    (
                        "（四）政府信息公开平台建设。公众号推出水情播报，网站增设便民地图。",
                        "（四）政府信息公开平台建设。优化网站专栏设置，做好政务新媒体日常维护。",
                    ),
                    (
                        "一是基层水管站填报不齐，二是答复文书格式不一。",
                        "一是政策解读形式较为单一，二是部分栏目更新不够及时。",
                    ),
                    (
                        "一是派员到站辅导，二是印发文书样式。",
                        "一是增加图表解读，二是建立栏目更新台账，按月检查。",
                    ),
                ),
            ),
        ),
    )
)
