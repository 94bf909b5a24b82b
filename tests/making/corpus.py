"""Invented reports, varied and consistent, in every layout of text: for tests and benchmarks.

A report is drawn from a random generator, so that a seed names it. Its tables are those of the template's model
report with figures drawn anew; its prose says what the tables say, in one of several ways.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from govlint.linting.examples import model_report
from govlint.template.loader import load
from govlint.template.model import Template

TEMPLATE = load("ogi-2021")
KINDS = ("natural_person", "business", "research", "public_welfare", "legal_service", "other")
OUTCOMES = list(TEMPLATE.tables["applications"].rows)[2:-2]
RESULTS = ("upheld", "corrected", "other", "pending")
GROUPS = ("review", "litigation_direct", "litigation_after_review")
Cells = dict[str, int | Decimal]


class Heading(NamedTuple):
    ordinal: str
    words: str


class Paragraph(NamedTuple):
    text: str


class Table(NamedTuple):
    rows: list[list[str]]


Block = Heading | Paragraph | Table


@dataclass
class Sample:
    """A report before it is laid out, with what a reader should find in it."""

    agency: str
    year: int
    published: str
    cells: Cells
    head: list[str]
    preamble: list[str]
    blocks: list[Block] = field(default_factory=list)
    tail: list[str] = field(default_factory=list)
    template: str = "ogi-2021"


# Figures


def _spread(draw: random.Random, amount: int, places: int) -> list[int]:
    parts = [0] * places
    for _ in range(amount):
        parts[min(int(draw.expovariate(0.9)), places - 1)] += 1
    return parts


def _proactive_2021(draw: random.Random) -> Cells:
    cells: Cells = {}
    for row in ("regulations", "normative_documents"):
        issued, repealed, in_force = (
            draw.choice([0, 0, 3, 11]),
            draw.choice([0, 0, 2]),
            draw.choice([13, 40, 207]),
        )
        cells |= {f"proactive.{row}.issued": issued, f"proactive.{row}.repealed": repealed}
        cells[f"proactive.{row}.in_force"] = in_force + issued
    for row in ("licensing", "penalties", "coercion"):
        cells[f"proactive.{row}.decisions"] = draw.choice([0, 7, 96, 1204, 35817])
    cells["proactive.fees.amount"] = draw.choice([Decimal(0), Decimal("3.6"), Decimal("1250.75")])
    return cells


def _proactive_2019(draw: random.Random) -> Cells:
    cells: Cells = {}
    for row in ("regulations", "normative_documents"):
        produced = draw.choice([0, 0, 3, 11])
        cells |= {f"proactive.{row}.{key}": produced for key in ("produced", "published")}
        cells[f"proactive.{row}.published_total"] = produced + draw.choice([0, 13, 207])
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        cells[f"proactive.{row}.previous_items"] = draw.choice([20, 36, 155])
        cells[f"proactive.{row}.change"] = draw.choice([0, 0, 4, -1, -12])
        if row != "fees":
            cells[f"proactive.{row}.decisions"] = draw.choice([0, 96, 1204, 35817])
    cells["proactive.procurement.projects"] = draw.choice([0, 7, 23])
    cells["proactive.procurement.amount"] = draw.choice([Decimal(0), Decimal("58.62"), Decimal("79000.1")])
    return cells


def figures(draw: random.Random, largest: int = 60, template: str = "ogi-2021") -> Cells:
    """Consistent figures for all three tables."""
    cells = _proactive_2019(draw) if template == "ogi-2019" else _proactive_2021(draw)
    outcomes = list(load(template).tables["applications"].rows)[2:-2]
    table = {row: dict.fromkeys(KINDS, 0) for row in ("new_received", "carried_in", *outcomes, "carried_out")}
    for kind, handled in zip(KINDS, _spread(draw, draw.randint(0, largest), len(KINDS)), strict=True):
        carried_in = draw.randint(0, handled // 8)
        carried_out = draw.randint(0, handled // 6)
        table["carried_in"][kind] = carried_in
        table["carried_out"][kind] = carried_out
        table["new_received"][kind] = handled + carried_out - carried_in
        for outcome in draw.choices(
            outcomes, [9 if n < 2 or n == 10 else 1 for n in range(len(outcomes))], k=handled
        ):
            table[outcome][kind] += 1
    table["outcome_total"] = {kind: sum(table[outcome][kind] for outcome in outcomes) for kind in KINDS}
    for row, counts in table.items():
        cells |= {f"applications.{row}.{kind}": count for kind, count in counts.items()}
        cells[f"applications.{row}.total"] = sum(counts.values())
    for group in GROUPS:
        results = [draw.choice([0, 0, 0, 1, 2, 13]) for _ in RESULTS]
        cells |= {
            f"review_litigation.{group}.{key}": count for key, count in zip(RESULTS, results, strict=True)
        }
        cells[f"review_litigation.{group}.total"] = sum(results)
    return cells


_FIGURE = re.compile(r"[+-]?\d+(\.\d+)?(万元)?")


def _tables(cells: Cells, template: Template) -> dict[str, Table]:
    """The model report's tables with other figures, by section."""
    tables: dict[str, Table] = {}
    section = ""
    order = {table: [a for a in template.addresses if a.startswith(f"{table}.")] for table in template.tables}
    for line in model_report(template.id).split("\n"):
        spec = next((s for s in template.sections.values() if line == s.heading), None)
        if spec:
            section = spec.table or ""
        elif section and line:
            row = [cell.strip() for cell in line.split("|")]
            labels = [cell for cell in row if not _FIGURE.fullmatch(cell)]
            filled = [str(cells[order[section].pop(0)]) for _ in row[len(labels) :]]
            tables.setdefault(section, Table([])).rows.append(labels + filled)
    assert not any(order.values())
    return tables


# Words

_PLACES = ("云溪县", "临河市青岩区", "石滩市", "东陵省", "白沙市", "南浦县", "金峪市桐山区")
_BODIES = (
    "农业农村局",
    "人民政府",
    "人民政府办公室",
    "教育局",
    "卫生健康委员会",
    "市场监督管理局",
    "柳林镇人民政府",
    "望江街道办事处",
)
_OPENING = (
    "根据《中华人民共和国政府信息公开条例》的规定，现公布{agency}{year}年政府信息公开工作年度报告。本报告由总体情况、主动公开政府信息情况、"
    "收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、存在的主要问题及改进情况、其他需要报告的事项六部分组成，"
    "统计期限为{year}年1月1日至12月31日。",
    "按照国务院办公厅政府信息与政务公开办公室的统一格式编制本年度报告，所列数据的统计期限为{year}年1月1日至{year}年12月31日。",
    "",
)
_OVERVIEW = (
    "{year}年，{we}坚持以公开促落实、强监管，各项工作稳步推进。\n"
    "（一）主动公开情况。全年通过网站公开各类信息{items}条，其中政策解读{few}条。\n"
    "（二）依申请公开情况。全年新收政府信息公开申请{new}件，均在法定期限内办理。\n"
    "（三）政府信息管理情况。修订信息发布审核办法，定期清理失效文件。\n"
    "（四）平台建设情况。完成网站适老化改造，政务新媒体运行平稳。\n"
    "（五）监督保障情况。把政务公开纳入年度工作考核，开展社会评议，全年没有发生责任追究的情形。",
    "1.主动公开。围绕群众关心的事项，及时更新公开目录，发布信息{items}条。\n"
    "2.依申请公开。进一步规范答复流程，{year}年共收到政府信息公开申请{new}件，上年结转{in_}件，结转下年度继续办理{out}件。\n"
    "3.政府信息管理。落实三审三校。\n4.平台建设。栏目设置更加清晰，检索更加方便。\n"
    "5.监督保障。工作考核结果已经通报，社会评议良好，未发生责任追究。",
    "一年来，{we}主动公开的信息涉及财政预决算、重大项目、公共服务等领域，共{items}条。依申请公开渠道畅通，"
    "答复更加规范。政府信息管理制度不断健全，政府信息公开平台建设持续加强。在监督保障方面，组织培训{few}次，"
    "开展了工作考核和社会评议，没有需要责任追究的情况。",
)
_PROBLEMS = (
    "存在的问题：一是解读形式不够丰富；二是个别栏目更新不够及时。\n改进措施：一是多用图表和短视频解读政策；二是建立栏目更新台账，按月检查。",
    "（一）主要问题\n公开内容与群众需求还有差距，业务人员流动较大。\n（二）改进情况\n梳理群众常问事项形成清单，组织新任人员跟班学习。",
)
_OTHER = (
    "本年度未发出收费通知，未收取信息处理费。",
    "按照《政府信息公开信息处理费管理办法》，{year}年收取信息处理费0元。无其他需要报告的事项。",
    "（一）信息处理费收取情况\n没有收取信息处理费。\n（二）政务公开工作要点落实情况\n年度任务全部完成。",
)


def sample(seed: int, largest: int = 60, template: str = "ogi-2021") -> Sample:
    """The report of a seed, in a year of the template."""
    draw = random.Random(seed)
    agency = draw.choice(_PLACES) + draw.choice(_BODIES)
    if "省" in agency and ("镇" in agency or "街道" in agency):
        agency = agency.replace("省", "县")
    mandated = load(template)
    year = draw.randint(mandated.years[0], mandated.years[1] or 2024)
    day = f"{year + 1}-01-{draw.randint(5, 28):02}"
    cells = figures(draw, largest, template)
    said = {
        "agency": agency,
        "year": year,
        "we": "本机关",
        "items": draw.randint(150, 900),
        "few": draw.randint(2, 9),
        "new": cells["applications.new_received.total"],
        "in_": cells["applications.carried_in.total"],
        "out": cells["applications.carried_out.total"],
    }
    made = Sample(agency, year, day, cells, *_around(draw, agency, year, day, said), template=template)
    tables = _tables(cells, mandated)
    prose = {"overview": _OVERVIEW, "problems": _PROBLEMS, "other": _OTHER}
    for spec in mandated.sections.values():
        made.blocks.append(Heading(spec.ordinal, spec.words))
        if spec.table:
            made.blocks.append(tables[spec.table])
        else:
            text = draw.choice(prose[spec.key]).format(**said)
            made.blocks += [Paragraph(line) for line in text.split("\n")]
    return made


def _around(draw: random.Random, agency: str, year: int, day: str, said: dict) -> tuple[list[str], list[str]]:
    """Title with metadata lines, and the preamble."""
    title = f"{agency}{year}年{draw.choice(['', '度'])}政府信息公开工作年度报告"
    metadata = draw.choice(
        [[f"发布时间：{day}"], [f"发布日期：{day} 来源：{agency} 浏览次数：{draw.randint(9, 999)}"]]
    )
    opening = draw.choice(_OPENING).format(**said)
    return [title, *metadata], [opening] if opening else []


# Layouts

Layout = Callable[[Sample], str]


def _lines(made: Sample, table: Callable[[list[list[str]]], list[str]], heading: str = "{}{}") -> str:
    lines = [*made.head, *made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                lines.append(heading.format(ordinal, words))
            case Paragraph(text):
                lines.append(text)
            case Table(rows):
                lines += table(rows)
    return "\n".join([*lines, *made.tail]) + "\n"


def _joined(separator: str, outer: str = "") -> Layout:
    return lambda made: _lines(made, lambda rows: [outer + separator.join(row) + outer for row in rows])


def _each_cell(made: Sample) -> str:
    return _lines(made, lambda rows: [cell for row in rows for cell in row])


def _closed_cells(made: Sample) -> str:
    """One cell a line with its border behind it; a line of bars for the places that a cell spans."""

    def table(rows: list[list[str]]) -> list[str]:
        widest = max(map(len, rows))
        lines: list[str] = []
        for row in rows:
            lines += [f"{cell} |" for cell in row]
            lines += ["|" * (widest - len(row))] if len(row) < widest else []
        return lines

    return _lines(made, table)


def _cells_in_paragraphs(made: Sample) -> str:
    """Each cell a paragraph of its own between its borders."""

    def table(rows: list[list[str]]) -> list[str]:
        widest = max(map(len, rows))
        return [
            "".join(["| ", *(f"\n \n {cell}  | " for cell in row), "|" * (widest - len(row))]) for row in rows
        ]

    return _lines(made, table)


def _run_together(made: Sample) -> str:
    """As text comes out of a page whose tables have lost every border."""
    parts = [*made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                parts.append(ordinal + words)
            case Paragraph(text):
                parts.append(text)
            case Table(rows):
                parts += ["".join(row) for row in rows]
    return "\n".join([*made.head, "".join(parts), *made.tail]) + "\n"


def _markdown(made: Sample) -> str:
    def table(rows: list[list[str]]) -> list[str]:
        width = max(len(row) for row in rows)
        lines = ["| " + " | ".join(row + [""] * (width - len(row))) + " |" for row in rows]
        return ["", lines[0], "|" + " --- |" * width, *lines[1:], ""]

    return "# " + _lines(made, table, "\n## {}{}\n")


def _wide(made: Sample) -> str:
    """Full-width digits and brackets, spaced two-character labels."""
    text = _joined("\t")(made)
    head, body = text.split("二、主动公开", 1)
    body = body.translate({ord("0") + n: chr(ord("０") + n) for n in range(10)})
    return head + "二、主动公开" + body.replace("规章", "规　章").replace("商业企业", "商业 企业")


def _furnished(made: Sample) -> str:
    """A page's own words around the report, and a list of contents."""
    before = ["首页 > 政府信息公开 > 年报", "字号：[大 中 小] 打印 关闭"]
    contents = [
        "目录",
        *(f"{b.ordinal}{b.words}……{n}" for n, b in enumerate(made.blocks, 1) if isinstance(b, Heading)),
    ]
    after = ["附件：统计表.xlsx", "上一篇：无", "主办：信息中心 网站标识码：3400000001"]
    text = _joined(" | ", "|")(made)
    first, rest = text.split("\n", 1)
    return "\n".join([*before, first, *contents, rest + "\n".join(after)])


LAYOUTS: dict[str, Layout] = {
    "run-together": _run_together,
    "bars": _joined(" | "),
    "outer-bars": _joined("|", "|"),
    "tabs": _joined("\t"),
    "spaces": _joined("   "),
    "one-cell-a-line": _each_cell,
    "closed-cells": _closed_cells,
    "cells-in-paragraphs": _cells_in_paragraphs,
    "markdown": _markdown,
    "full-width": _wide,
    "furnished": _furnished,
}


def corpus(count: int, seed: int = 0) -> Iterator[tuple[str, Sample, str]]:
    """(layout, sample, text) of so many reports, the layouts in turn."""
    names = list(LAYOUTS)
    for number in range(count):
        name = names[number % len(names)]
        made = sample(seed + number)
        yield name, made, LAYOUTS[name](made)
