"""Excel ``.xlsx`` and ``.xlsm``: the tables alone, as agencies collect them, or a whole report in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from govlint.document import Document, Span, Unread, Unreadable, Words

SUFFIXES = (".xlsx", ".xlsm")
WEIGHT = 8
_TEMPLATES = (".xltx", ".xltm")
_HEADING = re.compile(r"[一二三四五六七八]、")
"""As in ``一、``."""
_PROSE = re.compile(r"(?!注|备注|说明|填表|填报).{40}", re.DOTALL)
"""As in ``一年来本机关认真贯彻《中华人民共和国政府信息公开条例》的规定，按时公开了应当公开的各项信息。``."""


def sniff(data: bytes, path: str) -> bool:
    """A zip package with an Excel workbook in it, whole or cut off."""
    if not data.startswith(b"PK"):
        return False
    from govlint.readers.office.archive import holds, is_zip

    cut_off = path.lower().endswith((*SUFFIXES, *_TEMPLATES)) and not holds(data, b"mimetype")
    return is_zip(data) and (holds(data, b"xl/") or cut_off)


def read(data: bytes, path: str) -> Document:
    """Raises Unreadable."""
    from govlint.readers.office import sheet_notes
    from govlint.readers.office.package import Package
    from govlint.readers.office.sheet_text import SheetText
    from govlint.readers.office.sheets import read_sheets

    package = Package(data, "xl/workbook.xml")
    if package.main.endswith(".bin"):
        raise Unreadable(
            Words(
                "这是 Excel 二进制工作簿（.xlsb），不能读取。请另存为 .xlsx 后再检查。",
                "This is a binary Excel workbook (.xlsb), which is not read. Save it as .xlsx and check again.",
            )
        )
    text = SheetText()
    struck: list[str] = []
    for sheet in read_sheets(package, struck):
        if (first := text.holds_already(sheet)) is not None:
            text.unread.append(Unread(sheet_notes.again(first, sheet.name), Span(text.length, text.length)))
        else:
            text.add(sheet)
    if struck:
        text.notes.append(sheet_notes.struck(struck))
    if not text.words.strip():
        raise Unreadable(
            Words("工作簿是空的，没有可读的内容。", "The workbook is empty: there is nothing to read.")
        )
    return Document(
        path,
        "xlsx",
        text.words,
        origins=text.origins,
        notes=text.notes,
        unread=sorted(text.unread, key=lambda each: each.span),
        doubtful=text.doubtful,
        tables_only=not _is_whole_report(text.lines),
    )


def _is_whole_report(lines: Sequence[Sequence[str]]) -> bool:
    """Whether there is prose, or a heading for nearly every section, and not the tables alone."""
    alone = [line[0] for line in lines if len(line) == 1]
    prose = [text for text in alone if "。" in text and _PROSE.match(text)]
    return len(prose) >= 2 or len({text[0] for text in alone if _HEADING.match(text)}) >= 5
