"""T001: a section whose mandated table is absent."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule

rule = Rule(
    code="T001",
    name="missing-table",
    title=Words("缺少规定表格", "a mandated table is absent"),
    severity="error",
    message=Words(
        "“{words}”部分缺少规定的表格。",
        "The mandated table of “{words}” is missing.",
    ),
    why=Words(
        "三张表格是报告的数据主体，文字叙述不能代替。没有发生的，各格填0。",
        "The three tables carry the report’s figures and prose cannot take their place; where nothing happened the cells are 0.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="tables",
    absence=True,
)

_BARE = Words(
    "“{words}”部分只有{actual}个数，没有规定的表头和行列名称，{read_zh}。请补上表头。",
    "“{words}” has {actual} figures alone, without the mandated table's labels: {read_en}. Put the labels in.",
)
_READ = Words("这里按规定的顺序读取", "they are read in the mandated order")
_UNREAD = Words("无法确定各数的含义", "what each of them is cannot be told")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    for departure in report.departed("missing-table"):
        read = _READ if departure.address in report.tables else _UNREAD
        yield rule.finding(
            departure.span,
            message=_BARE if departure.actual else None,
            section=departure.section,
            cells=(departure.address,),
            actual=departure.actual or None,
            words=departure.expected or departure.address,
            read_zh=read.zh,
            read_en=read.en,
        )


rule.bad.append(
    Example(
        text="本年未发生行政复议、行政诉讼。",
        instead_of="行政复议 | 行政诉讼\n"
        "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉\n"
        "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n"
        "1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
    )
)
rule.bad.append(
    Example(
        text="1 0 0 1 2 0 0 1 0 1 0 0 0 0 0",
        instead_of="行政复议 | 行政诉讼\n"
        "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉\n"
        "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计\n"
        "1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
    )
)
rule.good.append(
    Example(
        text="1 0 0 1 2 0 0 1 0 1 0 0 0 0 0",
        instead_of="1 | 0 | 0 | 1 | 2 | 0 | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 0",
    )
)
