"""What is told of a sheet of a workbook: what was not read of it, and what was worked out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govlint.document import Note, Words
from govlint.readers.office.sheet_formats import Shown
from govlint.readers.office.sheet_marks import letters
from govlint.readers.passed_over import passed_over, struck_in


def unworked(sheet: str, formulas: Mapping[int, set[int]]) -> Words:
    """Formulas without a value, which are not read: row to columns."""
    names = [f"{letters(column)}{row}" for row in sorted(formulas) for column in sorted(formulas[row])]
    first = names[0] if len(names) == 1 else f"{names[0]} 等 {len(names)} 个"
    cells = f"cell {names[0]}" if len(names) == 1 else f"{len(names)} cells ({names[0]} …)"
    return Words(
        f"工作表“{sheet}”{first}单元格的公式没有计算结果，没有读取。请用 Excel 或 WPS 打开后保存，再检查。",
        f"Sheet “{sheet}”: the formulas in {cells} have no value and were not read. Open and save the file in "
        "Excel or WPS, then check again.",
    )


def again(first: str, sheet: str) -> Words:
    """A sheet with the same tables as one before it."""
    return Words(
        f"工作表“{sheet}”与“{first}”是同样的表，只读取了“{first}”。请只留下要检查的一张，或另存为单独的文件再检查。",
        f"Sheet “{sheet}” has the same tables as “{first}”, and only “{first}” was read. Keep the one to be checked, or save each "
        "as a file of its own.",
    )


def struck(texts: Sequence[str]) -> Note:
    return struck_in(Words("单元格里", "Cells hold"), texts)


def seen(sheet: str, found: Shown) -> Iterator[Note]:
    """What is shown otherwise than it is stored."""
    if found.otherwise:
        row, column, stored, read = found.otherwise[0]
        name, count = f"{letters(column)}{row}", len(found.otherwise)
        yield Note(
            Words(
                f"工作表“{sheet}”有{count}个单元格显示的数和存储的数不同（如{name}显示{read}，存储{stored}），已按显示的数读取，请核实。",
                f"Sheet “{sheet}”: {count} cells show another figure than they store ({name} shows {read}, stored is {stored}); what "
                "is shown was read. Check them.",
            )
        )
    if found.nothing:
        row, column = found.nothing[0]
        name, count = f"{letters(column)}{row}", len(found.nothing)
        yield Note(
            Words(
                f"工作表“{sheet}”有{count}个单元格的0（如{name}）按数字格式显示为空白或“-”，公开时请显示为0。",
                f"Sheet “{sheet}”: in {count} cells (such as {name}) the format shows 0 as a blank or a dash. Show it as 0.",
            )
        )
    if found.struck:
        yield struck(found.struck)
    if found.unseen:
        where = Words(f"工作表“{sheet}”的单元格里", f"Sheet “{sheet}”")
        yield passed_over(where, Words("看不见的文字", "text in a cell that nobody sees"), found.unseen[0])


def worked(sheet: str, count: int) -> Note:
    """Formulas without a value, which was worked out."""
    return Note(
        Words(
            f"工作表“{sheet}”有{count}个单元格的公式没有计算结果，已按公式算出。请用 Excel 或 WPS 打开后保存。",
            f"Sheet “{sheet}”: {count} cells have formulas without a value, which was worked out. Open and "
            "save the file in Excel or WPS.",
        )
    )


def concealed(sheet: str, rows: Sequence[int]) -> Words:
    which = f"第{rows[0]}行" + (f"等{len(rows)}行" if len(rows) > 1 else "")
    more = f" and {len(rows) - 1} more" if len(rows) > 1 else ""
    return Words(
        f"工作表“{sheet}”{which}是隐藏的，没有读取。要公开的请取消隐藏，其余的请删去。",
        f"Sheet “{sheet}”: row {rows[0]}{more} is hidden and was not read. Show what is published, delete the rest.",
    )
