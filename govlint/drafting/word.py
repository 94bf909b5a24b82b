"""Drafts as Word documents, in the form of official documents (GB/T 9704): page, type, and the tables merged as mandated.

The typefaces are named as offices have them; each names in the font table what takes its place where it is absent.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, NamedTuple

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from govlint.drafting import Draft
from govlint.template.layout import Box, Grid
from govlint.template.model import TableSpec

_PAGE = Mm(210), Mm(297)
_MARGINS = {"top": Mm(37), "bottom": Mm(35), "left": Mm(28), "right": Mm(26)}
_WIDTH = 156.0
"""Millimetres between the margins."""


class _Face(NamedTuple):
    """A typeface, and what takes its place where it is not installed."""

    name: str
    instead: str
    serif: bool


_TITLE = _Face("方正小标宋简体", "华文中宋,宋体,SimSun", True)
_HEADING = _Face("黑体", "SimHei,等线", False)
_BODY = _Face("仿宋_GB2312", "仿宋,FangSong,华文仿宋", True)
_PAGE_NUMBER = _Face("宋体", "SimSun", True)
_LATIN = "Times New Roman"

_HINT = "GovlintHint"
_SMALL, _SMALLER = Pt(10.5), Pt(9)
"""五号, and 小五 for tables of many columns."""
_MANY = 11
_TITLE_LINE = 20
"""Characters of a title that fit on one line."""
_ROW = 19.0
"""The least height of a row, in points."""


def write(draft: Draft) -> bytes:
    document = Document()
    _prepare(document, draft)
    title, *rest = draft.head
    document.add_paragraph("", "Title").add_run(_broken(title, draft.template.title))
    for line in rest:
        paragraph = document.add_paragraph(line)
        _no_indent(paragraph)
        if line.startswith("（"):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    template = draft.template
    for section in template.sections.values():
        document.add_paragraph(section.heading, "Heading 1")
        if section.table:
            _table(document, draft, template.tables[section.table])
        else:
            _hint(document, template.hints.get(section.key) or f"在此填写“{section.words}”的内容。")
    if rest:
        paragraph.paragraph_format.space_after = Pt(6)
    for table in template.tables.values():
        if not table.section:
            _table(document, draft, table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _broken(title: str, words: str) -> str:
    """A title too long for one line, broken before its mandated words rather than inside them."""
    return title if len(title) <= _TITLE_LINE else title.removesuffix(words) + "\n" + words


# The document


def _prepare(document: Any, draft: Draft) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = _PAGE
    for side, width in _MARGINS.items():
        setattr(section, f"{side}_margin", width)
    section.footer_distance = Mm(28)
    styles = document.styles
    normal = styles["Normal"]
    _type(normal, _BODY, Pt(16))
    _spacing(normal.paragraph_format, Pt(28))
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _indent(normal, 200)
    title = styles["Title"]
    _plain(title)
    _type(title, _TITLE, Pt(22))
    _spacing(title.paragraph_format, Pt(36), after=28)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _indent(title, 0)
    heading = styles["Heading 1"]
    _plain(heading)
    _type(heading, _HEADING, Pt(16))
    _spacing(heading.paragraph_format, Pt(28), before=6, after=4)
    heading.paragraph_format.keep_with_next = True
    _indent(heading, 200)
    hint = styles.add_style(_HINT, WD_STYLE_TYPE.CHARACTER)
    hint.font.color.rgb = RGBColor(0x8C, 0x8C, 0x8C)
    _faces(document)
    _language(styles)
    _page_number(section.footer.paragraphs[0])
    properties = document.core_properties
    properties.title, properties.author = draft.head[0], draft.agency
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime(draft.year + 1, 1, 1)


def _type(style: Any, face: _Face, size: Any) -> None:
    style.font.size, style.font.bold, style.font.name = size, False, _LATIN
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), face.name)


def _plain(style: Any) -> None:
    """Without the colour, rules and spacing that Word's own headings have."""
    for tag in ("w:pBdr", "w:contextualSpacing"):
        for found in style.element.pPr.findall(qn(tag)):
            style.element.pPr.remove(found)
    for tag in ("w:color", "w:spacing", "w:kern"):
        for found in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(found)


def _spacing(paragraph: Any, line: Any, before: float = 0, after: float = 0) -> None:
    paragraph.line_spacing_rule, paragraph.line_spacing = WD_LINE_SPACING.EXACTLY, line
    paragraph.space_before, paragraph.space_after = Pt(before), Pt(after)


def _indent(style: Any, hundredths: int) -> None:
    """The first line, in hundredths of a character."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(hundredths))
    indent.set(qn("w:firstLine"), str(hundredths * 32 // 10))


def _no_indent(paragraph: Paragraph) -> None:
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "0")
    indent.set(qn("w:firstLine"), "0")


def _faces(document: Any) -> None:
    """What takes the place of each typeface, in the font table."""
    part = next(
        relation.target_part
        for relation in document.part.rels.values()
        if relation.reltype.endswith("/fontTable")
    )
    table = parse_xml(part.blob)
    for face in (_TITLE, _HEADING, _BODY, _PAGE_NUMBER):
        family = "roman" if face.serif else "modern"
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{face.name}"><w:altName w:val="{face.instead}"/>'
                f'<w:charset w:val="86"/><w:family w:val="{family}"/></w:font>'
            )
        )
    part._blob = serialize_part_xml(table)


def _language(styles: Any) -> None:
    defaults = styles.element.find(qn("w:docDefaults"))
    for found in defaults.iter(qn("w:lang")):
        found.set(qn("w:eastAsia"), "zh-CN")


def _page_number(paragraph: Paragraph) -> None:
    """— 1 —, in 四号, in the middle."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _no_indent(paragraph)
    for text, field in (("— ", ""), ("", "PAGE"), (" —", "")):
        run = paragraph.add_run(text)
        run.font.size = Pt(14)
        run.font.name = _PAGE_NUMBER.name
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _PAGE_NUMBER.name)
        if field:
            for kind in ("begin", "", "end"):
                code = (
                    f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'
                    if kind
                    else f'<w:instrText {nsdecls("w")} xml:space="preserve">{field}</w:instrText>'
                )
                run._r.append(parse_xml(code))


def _hint(document: Any, text: str) -> None:
    """A content control that shows what belongs here until something is typed into it; no text of the report."""
    paragraph = document.add_paragraph()
    control = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>"
        f'<w:rStyle w:val="{_HINT}"/></w:rPr><w:t/></w:r></w:sdtContent></w:sdt>'
    )
    next(control.iter(qn("w:t"))).text = text
    paragraph._p.append(control)


# Tables


def _table(document: Any, draft: Draft, spec: TableSpec) -> None:
    made = draft.grid(spec)
    widths = _widths(made)
    size = _SMALL if made.width <= _MANY else _SMALLER
    table = document.add_table(made.height, made.width, "Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _margins(table, 1.2)
    cells = [list(row.cells) for row in table.rows]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in cells:
        for cell, width in zip(row, widths, strict=True):
            cell.width = Mm(width)
    for box in made.boxes:
        cell = cells[box.row][box.column]
        if box.height > 1 or box.width > 1:
            cell = cell.merge(cells[box.row + box.height - 1][box.column + box.width - 1])
        _fill(cell, box, size)
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()
        row.height, row.height_rule = Pt(_ROW), WD_ROW_HEIGHT_RULE.AT_LEAST
        properties.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        if number < made.header:
            properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _widths(made: Grid) -> list[float]:
    """Of the columns, in millimetres: names get what figures leave."""
    if not made.labels:
        return [_WIDTH / made.figures] * made.figures
    if made.labels == 1:
        figures, group = _WIDTH * 0.64, 0.0
    elif made.figures == 1:  # a form
        figures, group = 58.0, 20.0
    else:
        figures, group = _WIDTH / 2, 16.0
    names = _WIDTH - figures
    groups = [min(group, names / made.labels)] * (made.labels - 1)
    return [*groups, names - sum(groups), *[figures / made.figures] * made.figures]


def _margins(table: Table, millimetres: float) -> None:
    twips = round(millimetres * 56.7)
    margins = parse_xml(
        f'<w:tblCellMar {nsdecls("w")}><w:left w:w="{twips}" w:type="dxa"/>'
        f'<w:right w:w="{twips}" w:type="dxa"/></w:tblCellMar>'
    )
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))  # Word wants the order of the schema
    properties.insert(properties.index(look) if look is not None else len(properties), margins)


def _fill(cell: _Cell, box: Box, size: Any) -> None:
    cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
    first, *others = cell.paragraphs
    for paragraph in others:  # what merging left behind
        paragraph._p.getparent().remove(paragraph._p)
    _no_indent(first)
    _spacing(first.paragraph_format, Pt(size.pt + 5))
    spread = box.role == "label" and box.text and box.height == 1
    first.alignment = WD_ALIGN_PARAGRAPH.LEFT if spread else WD_ALIGN_PARAGRAPH.CENTER
    run = first.add_run(box.text)
    run.font.size = size
    mark = first._p.get_or_add_pPr()
    mark.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:sz w:val="{size.pt * 2:g}"/></w:rPr>'))
