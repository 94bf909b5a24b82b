"""One mistake each, made in a sample report, with the finding that it must give."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from making.corpus import LAYOUTS, Heading, Sample, Table

SEED = 11


BORDERED = ("bars", "tabs", "markdown", "full-width", "furnished")


ALL = tuple(LAYOUTS)


class Mutation(NamedTuple):
    change: Callable[[Sample], None]
    codes: list[str]
    cell: str | None = None
    layouts: tuple[str, ...] = ALL


def section(made: Sample, number: int) -> int:
    return [at for at, block in enumerate(made.blocks) if isinstance(block, Heading)][number - 1]


def drop_section(number: int) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        start = section(made, number)
        end = section(made, number + 1) if number < 6 else len(made.blocks)
        del made.blocks[start:end]

    return change


def swap_sections(one: int, two: int) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        a, b = section(made, one), section(made, two)
        end = section(made, two + 1) if two < 6 else len(made.blocks)
        made.blocks[a:end] = made.blocks[b:end] + made.blocks[a:b]

    return change


def reword(number: int, words: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        at = section(made, number)
        made.blocks[at] = made.blocks[at]._replace(words=words)

    return change


def renumber(number: int, ordinal: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        at = section(made, number)
        made.blocks[at] = made.blocks[at]._replace(ordinal=ordinal)

    return change


def empty(number: int) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        start = section(made, number) + 1
        del made.blocks[start : section(made, number + 1) if number < 6 else len(made.blocks)]

    return change


def rows(made: Sample) -> list[list[str]]:
    return [row for block in made.blocks if isinstance(block, Table) for row in block.rows]


def row_of(made: Sample, label: str) -> list[str]:
    return next(row for row in rows(made) if any(label in cell for cell in row))


def drop_row(label: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        for block in made.blocks:
            if isinstance(block, Table):
                block.rows[:] = [row for row in block.rows if not any(label in cell for cell in row)]

    return change


def relabel(old: str, new: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        row = row_of(made, old)
        row[:] = [cell.replace(old, new) for cell in row]

    return change


def set_cell(label: str, column: int, change_to: Callable[[str], str]) -> Callable[[Sample], None]:
    """Another value in a column, counted from the row's end."""

    def change(made: Sample) -> None:
        row = row_of(made, label)
        row[column] = change_to(row[column])

    return change


def cut_cell(label: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        row_of(made, label).pop()

    return change


def swap_rows(one: str, two: str) -> Callable[[Sample], None]:
    def change(made: Sample) -> None:
        a, b = row_of(made, one), row_of(made, two)
        a[:], b[:] = list(b), list(a)

    return change


def review_total(made: Sample) -> None:
    row = made.blocks[section(made, 4) + 1].rows[-1]
    row[4] = str(int(row[4]) + 100)


def more(by: int) -> Callable[[str], str]:
    return lambda text: str(int(text) + by)


MUTATIONS = {
    "dropped section": Mutation(drop_section(5), ["S001"]),
    "dropped section with a table": Mutation(drop_section(3), ["S001"]),
    "swapped sections": Mutation(swap_sections(5, 6), ["S002"]),
    "reworded heading": Mutation(reword(6, "其他有关事项"), ["S003"]),
    "wrong ordinal": Mutation(renumber(6, "七、"), ["S004"]),
    "empty section": Mutation(empty(5), ["S005"]),
    "missing table": Mutation(empty(4), ["T001"]),
    "missing row": Mutation(drop_row("属于行政查询事项"), ["T002"], "applications.refused_administrative_query"),
    "missing row of table 2": Mutation(drop_row("行政强制"), ["T002"], "proactive.coercion"),
    "reworded label": Mutation(
        relabel("没有现成信息需要另行制作", "没有现成信息需另行加工"), ["T004"], "applications.unavailable_needs_creation"
    ),
    "swapped rows": Mutation(swap_rows("重复申请", "要求提供公开出版物"), ["T007"]),
    "value too few": Mutation(cut_cell("（七）总计"), ["T003"], layouts=("bars", "tabs", "full-width", "furnished")),
    "blank cell": Mutation(
        set_cell("上年结转", -3, lambda _: ""), ["T005"], "applications.carried_in.legal_service", BORDERED
    ),
    "negative": Mutation(
        set_cell("行政处罚", -1, lambda _: "-3"), ["T006"], "proactive.penalties.decisions", BORDERED
    ),
    "unit in a cell": Mutation(
        set_cell("行政处罚", -1, lambda text: f"{text}件"), ["T006"], "proactive.penalties.decisions", BORDERED
    ),
    "wrong row total": Mutation(
        set_cell("提供公开出版物", -1, more(9)), ["N001"], "applications.declined_publication.total"
    ),
    "wrong outcome": Mutation(
        set_cell("（一）予以公开", -7, more(30)), ["N001"], "applications.granted.natural_person", BORDERED
    ),
    "wrong review total": Mutation(review_total, ["N004"], "review_litigation.review.total", BORDERED),
}  # fmt: skip
