"""S009: the table labels are of an edition not in force for the report’s year."""

from __future__ import annotations

from collections.abc import Iterator

from govlint.document import Words
from govlint.report import Departure, Report
from govlint.rule import MANDATE, Example, Finding, Reference, Rule
from govlint.template.model import edition

rule = Rule(
    code="S009",
    name="outdated-edition",
    title=Words("使用了不适用的格式", "an edition not in force"),
    severity="error",
    message=Words(
        "{table_zh}的“{label}”{more_zh}是{edition_zh}的写法，不适用于{year}年度；应使用{document}的表格。",
        "In the {table_en}, “{label}”{more_en} is of {edition_en}, not in force for {year}. Use the tables of {document}.",
    ),
    why=Words(
        "表格的行列随格式修订而变，旧表中的数字含义不同，不能与新表相加、相比。",
        "Rows and columns change with the edition: figures of an old table mean something else and cannot be compared.",
    ),
    reference=Reference(MANDATE, "表格"),
    needs="editions",
)


@rule.check
def check(report: Report) -> Iterator[Finding]:
    editions: dict[str, list[Departure]] = {}
    for departure in report.departed("outdated-edition"):
        editions.setdefault(departure.actual, []).append(departure)
    for tables in editions.values():  # a report in an old form is one mistake, however many tables it has
        departure = tables[0]
        places = [report.place(each.address) for each in tables]
        labels = [label for each in tables for label in each.also]
        more = len(labels) - 1
        yield rule.finding(
            departure.span,
            section=departure.section,
            cells=tuple(each.address for each in tables),
            expected=departure.expected,
            actual="、".join(labels),
            evidence=[
                Words(f"不属于现行格式的文字：{label}", f"not of the edition in force: {label}")
                for label in labels
            ],
            table_zh="、".join(place.zh for place in places),
            table_en=" and the ".join(place.en for place in places),
            year=report.year or "",
            edition_zh=edition(departure.actual).zh,
            edition_en=edition(departure.actual).en,
            more_zh=f"等{more + 1}处" if more else "",
            more_en=f" and {more} more" if more else "",
            label=labels[0],
            document=report.template.document,
        )


rule.bad.append(
    Example(
        text="第（一）项\n信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量\n规章 | 0 | 0 | 0\n规范性文件 | 2 | 2 | 9\n"
        "第（五）项\n信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 12 | 0 | 156\n",
        instead_of="第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0\n"
        "行政规范性文件 | 2 | 1 | 9\n第二十条第（五）项\n信息内容 | 本年处理决定数量\n行政许可 | 156\n",
    )
)
rule.bad.append(
    Example(
        text="（六）其他处理 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 | 0 | 1 | 0 | 0 | 0 | 0 | 1\n"
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n"
        "3.其他 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n",
        instead_of="（六）其他处理 | 0 | 1 | 0 | 0 | 0 | 0 | 1\n",
        cells=("applications",),
        template="ogi-2019",
    )
)
rule.good.append(Example(text="现行有效件数（历史累计）", instead_of="现行有效件数"))
rule.good.append(Example(text="规范性文件 | 2 | 1 | 9", instead_of="行政规范性文件 | 2 | 1 | 9"))
