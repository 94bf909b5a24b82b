"""Sample reports on paper: HTML with real merged tables, printed by Chromium or laid out by LibreOffice.

Nothing here is govlint's own writing or reading: the files are as people make them.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from making.corpus import Heading, Paragraph, Sample, Table

CHROMIUM = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)  # fmt: skip
SOFFICE = next((found for name in ("soffice", "libreoffice") if (found := shutil.which(name))), None)


class Merged(NamedTuple):
    text: str
    columns: int = 1
    rows: int = 1


def merged(rows: list[list[str]]) -> list[list[Merged]]:
    """A table's rows as the mandated form draws them, with its merged cells."""
    if len(rows[0]) == 1:
        return [_proactive(row) for row in rows]
    return _applications(rows) if len(rows) > 9 else _review(rows)


def _proactive(row: list[str]) -> list[Merged]:
    if len(row) == 1:
        return [Merged(row[0], 4)]
    return [Merged(row[0]), *(Merged(text, 3 if len(row) == 2 else 1) for text in row[1:])]


def _applications(rows: list[list[str]]) -> list[list[Merged]]:
    made = [
        [Merged(rows[0][0], 3, 3), Merged(rows[0][1], 7)],
        [Merged(rows[1][0], 1, 2), Merged(rows[1][1], 5), Merged(rows[1][2], 1, 2)],
        [Merged(text) for text in rows[2]],
    ]
    body = rows[3:]
    for at, row in enumerate(body):
        labels, figures = row[:-7], row[-7:]
        cells: list[Merged] = []
        for depth, label in enumerate(labels):
            if re.match("[一二四]、", label):
                cells.append(Merged(label, 3))
            elif re.match("三、", label):
                cells.append(Merged(label, 1, _run(body, at, "四、")))
            elif label.startswith("（"):
                alone = depth == len(labels) - 1
                cells.append(Merged(label, 2) if alone else Merged(label, 1, _run(body, at, "四、|（")))
            else:
                cells.append(Merged(label))
        made.append(cells + [Merged(figure) for figure in figures])
    return made


def _run(body: list[list[str]], at: int, until: str) -> int:
    """Rows from one to the next that begins otherwise."""
    following = (n for n in range(at + 1, len(body)) if re.match(until, body[n][0]))
    return next(following, len(body)) - at


def _review(rows: list[list[str]]) -> list[list[Merged]]:
    top, middle, low, figures = rows
    return [
        [Merged(top[0], 5), Merged(top[1], 10)],
        [*(Merged(text, 1, 2) for text in middle[:5]), *(Merged(text, 5) for text in middle[5:])],
        [Merged(text) for text in low],
        [Merged(text) for text in figures],
    ]


_STYLE = """
@page { size: A4; margin: 22mm 20mm; @bottom-center { content: %(number)s; font-size: 11pt }
        @top-center { content: "%(head)s"; font-size: 9pt } }
body { font-family: "Noto Serif CJK SC", serif; font-size: %(size)spt; line-height: 1.8; margin: 0 }
h1 { text-align: center; font-size: 22pt; font-weight: bold; line-height: 1.4 }
p { margin: 0; text-indent: 2em; text-align: justify } .meta { text-align: center; text-indent: 0; font-size: 10pt }
h2 { font-size: %(size)spt; margin: .4em 0; text-indent: 2em }
table { border-collapse: collapse; width: 100%%; table-layout: fixed; font-size: %(small)spt; line-height: 1.4; margin: 6pt 0 }
td { border: %(border)s; padding: 2pt 3pt; text-align: center; vertical-align: middle; overflow-wrap: anywhere }
%(more)s
"""


def page(
    made: Sample,
    size: float = 16,
    small: float = 11,
    number: str = '"- " counter(page) " -"',
    head: str = "",
    border: str = ".75pt solid #000",
    more: str = "",
    repeat_header: bool = False,
) -> str:
    """The report as an HTML page for print."""
    parts = [f"<h1>{html.escape(made.head[0])}</h1>"]
    parts += [f'<p class="meta">{html.escape(line)}</p>' for line in made.head[1:]]
    parts += [f"<p>{html.escape(line)}</p>" for line in made.preamble]
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                parts.append(f"<h2>{ordinal}{words}</h2>")
            case Paragraph(text):
                parts.append(f"<p>{html.escape(text)}</p>")
            case Table(rows):
                parts.append(_table(merged(rows), 3 if repeat_header and len(rows) > 9 else 0))
    parts += [f"<p>{html.escape(line)}</p>" for line in made.tail]
    style = _STYLE % {
        "size": size,
        "small": small,
        "number": number,
        "head": head,
        "border": border,
        "more": more,
    }
    body = "\n".join(parts)
    return f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>打印</title><style>{style}</style><body>{body}</body></html>'


def _table(rows: list[list[Merged]], header: int) -> str:
    def lines(part: Iterable[list[Merged]]) -> str:
        return "\n".join(
            "<tr>" + "".join(
                f'<td colspan="{cell.columns}" rowspan="{cell.rows}">{html.escape(cell.text)}</td>' for cell in row
            ) + "</tr>" for row in part
        )  # fmt: skip

    widths = ""
    if sum(cell.columns for cell in rows[0]) == 10:
        widths = (
            '<col style="width:9%"><col style="width:12%"><col style="width:27%">'
            + '<col style="width:7.43%">' * 7
        )
    head = f"<thead>{lines(rows[:header])}</thead>" if header else ""
    return f"<table>{widths}{head}<tbody>{lines(rows[header:])}</tbody></table>"


def word(made: Sample, path: Path, size: float = 14, small: float = 10, repeated: int = 0) -> None:
    """The report as a Word file, written with python-docx; ``repeated`` rows of a long table begin each page."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name = "Noto Serif CJK SC"
    normal.font.size = Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(made.head[0])
    run.bold, run.font.size = True, Pt(20)
    for line in [*made.head[1:], *made.preamble]:
        document.add_paragraph(line)
    for block in made.blocks:
        match block:
            case Heading(ordinal, words):
                document.add_paragraph().add_run(ordinal + words).bold = True
            case Paragraph(text):
                document.add_paragraph(text).paragraph_format.first_line_indent = Pt(2 * size)
            case Table(rows):
                _word_table(document, merged(rows), Pt(small), repeated if len(rows) > 9 else 0)
    for line in made.tail:
        document.add_paragraph(line)
    document.save(str(path))


def _word_table(document: object, rows: list[list[Merged]], size: object, repeated: int) -> None:
    from docx.oxml import OxmlElement

    width = sum(cell.columns for cell in rows[0])
    table = document.add_table(len(rows), width)  # type: ignore[attr-defined]
    table.style = "Table Grid"
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            last = (at + cell.rows - 1, column + cell.columns - 1)
            taken |= {(y, x) for y in range(at, last[0] + 1) for x in range(column, last[1] + 1)}
            place = table.cell(at, column)
            if last != (at, column):
                place = place.merge(table.cell(*last))
            place.paragraphs[0].add_run(cell.text).font.size = size
    for row in table.rows[:repeated] if repeated else ():
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def print_pages(pages: dict[str, str], folder: Path) -> dict[str, Path]:
    """PDF files of HTML pages by name, printed by Chromium."""
    return {name: _print(text, folder, name) for name, text in pages.items()}


def _print(text: str, folder: Path, name: str) -> Path:
    source, target = folder / f"{name}.html", folder / f"{name}.pdf"
    source.write_text(text, "utf-8")
    with tempfile.TemporaryDirectory() as profile:
        command = [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", f"--user-data-dir={profile}", "--no-pdf-header-footer",
            f"--print-to-pdf={target}", source.as_uri(),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    return target


def convert(paths: Iterable[Path], kind: str, folder: Path) -> None:
    """Files converted by LibreOffice, several in one start."""
    with tempfile.TemporaryDirectory() as profile:
        command = [
            str(SOFFICE), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", kind,
            "--outdir", str(folder), *map(str, paths),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=180)
