"""``govlint report STORE -o book.xlsx``: for officials, the counts, the findings, and the figures of all agencies by year."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govlint.archive.overview import Overview
from govlint.archive.store import Store
from govlint.document import Words
from govlint.linting.registry import all_rules
from govlint.outputs.parts.counts import SEVERITY, VERDICT
from govlint.template.loader import load_all
from govlint.template.model import TableSpec, Template
from govlint.text.visible import visible

_MOST = 1_000_000
"""Rows of a sheet: Excel has 1,048,576."""
_LONGEST = 32_000
"""Characters of a cell."""
_DOCUMENTS = Words("份", "documents")
_RULE_HEADS = (Words("规则", "rule"), Words("级别", "severity"), Words("处", "findings"), _DOCUMENTS)
_YEAR_HEADS = (Words("年度", "year"), _DOCUMENTS, Words("不通过", "fail"), Words("错误", "errors"))


def written(store: Store, made: Overview, lang: str) -> bytes:
    from openpyxl import Workbook  # type: ignore[import-untyped]

    book = Workbook(write_only=True)
    book.properties.creator = "govlint"  # by which such a file is passed over where reports are looked for
    database = store.connect()
    _summary(book, made, lang)
    _findings(book, database, lang)
    present = database.execute(
        "SELECT DISTINCT template FROM documents WHERE template IS NOT NULL ORDER BY 1"
    ).fetchall()
    known = load_all()
    for template in (known[name] for (name,) in present if name in known):
        for key, table in template.tables.items():
            _figures(book, database, template, key, table, lang)
    database.close()
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _sheet(book: Any, title: str, heads: Sequence[str], widths: Sequence[int]) -> Any:
    from openpyxl.cell import WriteOnlyCell  # type: ignore[import-untyped]
    from openpyxl.styles import Font  # type: ignore[import-untyped]
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for at, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    cells = []
    for head in heads:
        cell = WriteOnlyCell(sheet, head)
        cell.font = Font(bold=True)
        cells.append(cell)
    sheet.append(cells)
    return sheet


def _text(value: Any) -> Any:
    """Text that a spreadsheet takes as text: never as a formula."""
    if not isinstance(value, str):
        return value
    text = visible(value)[:_LONGEST]
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) and len(text) > 1 else text


def _summary(book: Any, made: Overview, lang: str) -> None:
    sheet = _sheet(
        book,
        Words("汇总", "summary").say(lang),
        (Words("项目", "what").say(lang), "", "", ""),
        (44, 12, 12, 12),
    )
    sheet.append([Words("文档", "documents").say(lang), made.documents])
    for verdict, words in VERDICT.items():
        sheet.append([words.say(lang), made.verdicts.get(verdict, 0)])
    sheet.append([])
    sheet.append([words.say(lang) for words in _RULE_HEADS])
    titles = {rule.code: rule.title.say(lang) for rule in all_rules()}
    for code, name, severity, count, documents in made.rules:
        sheet.append([f"{code} {titles.get(code, name)}", SEVERITY[severity].say(lang), count, documents])
    sheet.append([])
    sheet.append([words.say(lang) for words in _YEAR_HEADS])
    for year, documents, _, failed, _, errors in made.years:
        sheet.append([year, documents, failed, errors])


_FINDINGS = f"SELECT path, agency, year, code, severity, message, place, expected, actual, reference FROM findings ORDER BY ALL LIMIT {_MOST}"


def _findings(book: Any, database: Any, lang: str) -> None:
    heads = ("文件", "机关", "年度", "规则", "级别", "问题", "位置", "应为", "实为", "依据")
    english = (
        "file",
        "agency",
        "year",
        "rule",
        "severity",
        "finding",
        "place",
        "expected",
        "actual",
        "basis",
    )
    sheet = _sheet(
        book,
        Words("问题", "findings").say(lang),
        heads if lang != "en" else english,
        (36, 28, 7, 7, 8, 70, 40, 14, 14, 50),
    )
    for row in _rows(database, _FINDINGS):
        row["severity"] = SEVERITY[row["severity"]].say(lang)
        sheet.append([_text(value) for value in row.values()])


def _figures(book: Any, database: Any, template: Template, key: str, table: TableSpec, lang: str) -> None:
    """One sheet of a table: a row an agency and year, a column a cell."""
    addresses = [f"{key}.{row.key}.{column}" for row in table.rows.values() for column in row.columns]
    section = template.sections.get(table.section)
    title = f"{template.id} {section.ordinal.rstrip('、') if section else ''}{key}"
    heads = [Words(*pair).say(lang) for pair in (("机关", "agency"), ("年度", "year"), ("文件", "file"))]
    sheet = _sheet(book, title, [*heads, *(_label(template, each) for each in addresses)], (28, 7, 30))
    query = (
        "SELECT path, any_value(agency) AS agency, any_value(year) AS year, list(cell) AS cells, list(value) AS listed "
        f"FROM cells WHERE template = '{template.id}' AND starts_with(cell, '{key}.') GROUP BY path ORDER BY 2, 3, 1 LIMIT {_MOST}"
    )
    for row in _rows(database, query):
        values: Mapping[str, float | None] = dict(zip(row["cells"], row["listed"], strict=True))
        sheet.append(
            [_text(row["agency"]), row["year"], _text(row["path"]), *(values.get(each) for each in addresses)]
        )


def _label(template: Template, address: str) -> str:
    row, column = template.row_label(address), template.column_label(address)
    return row if row == column else f"{row} · {column}"


def _rows(database: Any, query: str) -> Iterator[dict[str, Any]]:
    for batch in database.sql(query).to_arrow_reader(1000):
        yield from batch.to_pylist()
