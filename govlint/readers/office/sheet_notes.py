"""What is told of a sheet of a workbook: what was not read of it, and what was worked out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govlint.document import Note, Words
from govlint.readers.office.sheet_marks import letters
from govlint.readers.passed_over import struck_in


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


def struck(texts: Sequence[str]) -> Note:
    return struck_in(Words("单元格里", "Cells hold"), texts)


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
