"""A whole report from a seed: consistent, complete, in time."""

from __future__ import annotations

import random
from datetime import date

from benchmarks.quality import form
from benchmarks.quality.agencies import draw_agency
from benchmarks.quality.facts import draw_facts
from benchmarks.quality.figures import draw_figures
from benchmarks.quality.model import Edition, Paragraph, Report, Section, Table
from benchmarks.quality.prose import Writer

_META = (
    ["发布时间：{iso}"],
    ["发布日期：{han}"],
    ["发布时间：{iso} 10:24  来源：{agency}  浏览次数：137"],
    ["来源：{agency}", "日期：{iso}"],
)


def build(seed: str) -> Report:
    """The report that the seed names."""
    draw = random.Random(seed)
    edition: Edition = "ogi-2019" if draw.random() < 0.2 else "ogi-2021"
    agency, year = draw_agency(draw), draw.choice(form.YEARS[edition])
    figures = draw_figures(draw, edition)
    tables = form.tables(edition, figures)
    writer = Writer(draw, agency, edition, draw_facts(draw, agency, year, edition, figures))
    sections = []
    for ordinal, (key, heading) in zip(form.ORDINALS, form.HEADINGS.items(), strict=False):
        body: list[Paragraph | Table] = []
        match key:
            case "overview":
                body += writer.overview()
            case "problems":
                body += writer.problems()
            case "other":
                body += writer.other()
            case _:
                body.append(tables[key])
        sections.append(Section(key, f"{ordinal}、", heading, body))
    published = date(year + 1, 1, draw.randint(4, 29))
    meta, tail = _dated(draw, agency.name)
    return Report(
        edition,
        agency,
        year,
        published,
        _title(draw, agency.name, year),
        meta,
        writer.preamble(),
        sections,
        tail,
        figures,
    )


def _title(draw: random.Random, agency: str, year: int) -> list[str]:
    words = "政府信息公开工作年度报告"
    return draw.choice(
        [
            [f"{agency}{year}年{words}"],
            [f"{agency}{year}年度{words}"],
            [f"{year}年{agency}{words}"],
            [agency, f"{year}年{words}"],
            [f"{agency}", f"{year}年度{words}"],
        ]
    )


def _dated(draw: random.Random, agency: str) -> tuple[list[str], list[str]]:
    """The lines that say when it was published, under the title or as a signature at the end."""
    if draw.random() < 0.2:
        return [], [agency, "{han}"]
    return [line.replace("{agency}", agency) for line in draw.choice(_META)], []
