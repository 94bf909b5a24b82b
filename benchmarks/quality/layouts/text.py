"""Plain text and Markdown: what is left of a report's tables when it is copied, exported or flattened."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.quality.layouts.grid import lines, matrix
from benchmarks.quality.model import Paragraph, Report, Section, Table

TableLines = Callable[[Table], list[str]]


def _assemble(report: Report, table: TableLines, heading: str = "{}{}", title: str = "{}") -> str:
    """The whole report, a paragraph a line."""
    made = [title.format(line) for line in report.title] + report.dated(report.meta)
    made += [p.text for p in report.preamble]
    for section in report.sections:
        made.append(heading.format(section.ordinal, section.heading))
        for block in section.body:
            made += [block.text] if isinstance(block, Paragraph) else table(block)
    return "\n".join([*made, *report.dated(report.tail)]) + "\n"


def bars(report: Report) -> str:
    return _assemble(report, lambda table: [" | ".join(row) for row in lines(table)])


def outer_bars(report: Report) -> str:
    return _assemble(report, lambda table: ["|" + "|".join(row) + "|" for row in lines(table)])


def trailing_bars(report: Report) -> str:
    """Merged places keep their bars: ``第二十条第（一）项||||``."""
    return _assemble(report, lambda table: ["|".join(row) + "|" for row in matrix(table, repeat=False)])


def tabs(report: Report) -> str:
    return _assemble(report, lambda table: ["\t".join(row) for row in lines(table)])


def spaces(report: Report) -> str:
    return _assemble(report, lambda table: ["   ".join(row) for row in lines(table)])


def repeated(report: Report) -> str:
    """Merged cells taken apart: their words stand in every place that they covered."""
    return _assemble(report, lambda table: ["\t".join(row) for row in matrix(table, repeat=True)])


def cell_a_line(report: Report) -> str:
    return _assemble(report, lambda table: [cell for row in lines(table) for cell in row])


def cell_and_bar(report: Report) -> str:
    """One cell a line, a bar on a line of its own between them."""

    def drawn(table: Table) -> list[str]:
        return [line for row in lines(table) for cell in row for line in (cell, "|")]

    return _assemble(report, drawn)


def run_together(report: Report) -> str:
    """All borders lost: headings, labels, figures and prose in one line."""
    made = [p.text for p in report.preamble]
    for section in report.sections:
        made += list(_flat(section))
    return (
        "\n".join([*report.title, *report.dated(report.meta), "".join(made), *report.dated(report.tail)])
        + "\n"
    )


def _flat(section: Section) -> Iterator[str]:
    yield section.ordinal + section.heading
    for block in section.body:
        if isinstance(block, Paragraph):
            yield block.text
        else:
            yield from ("".join(row) for row in lines(block))


def markdown(report: Report) -> str:
    def drawn(table: Table) -> list[str]:
        first, *rest = ["| " + " | ".join(row) + " |" for row in matrix(table, repeat=False)]
        width = first.count("|") - 1
        return ["", first, "|" + " --- |" * width, *rest, ""]

    return _assemble(report, drawn, "\n## {}{}\n", "# {}").replace("\n# ", "\n\n# ")
