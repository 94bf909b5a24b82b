"""Word documents with something beside their figures that is none of them, or with figures in another form."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.parser import OxmlElement
from making.corpus import Sample
from making.office import saved, word
from openpyxl import Workbook

_FIGURE = re.compile(r"[\d.]+")
_NAMES = nsdecls("w") + ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_OBJECT = (
    'xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def _run(props: str, text: str = "77") -> str:
    return f"<w:r {_NAMES}><w:rPr>{props}</w:rPr><w:t>{text}</w:t></w:r>"


BEFORE: dict[str, str] = {
    "struck": _run("<w:strike/>"),
    "struck twice": _run("<w:dstrike/>"),
    "hidden": _run("<w:vanish/>"),
    "white": _run('<w:color w:val="FFFFFF"/>'),
    "nearly white": _run('<w:color w:val="FEFDFE"/>'),
    "the theme's paper": _run('<w:color w:val="auto" w:themeColor="background1"/>'),
    "tiny": _run('<w:sz w:val="2"/>'),
    "without ink": _run(
        '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w14:noFill/></w14:textFill>'
    ),
    "struck by its style": _run('<w:rStyle w:val="Struck"/>'),
    "white by its style": _run('<w:rStyle w:val="Paper"/>'),
}
"""A run before each figure, of which it is told."""
BEHIND: dict[str, str] = {
    "note": _run('<w:vertAlign w:val="superscript"/>', "1"),
    "note in brackets": _run('<w:vertAlign w:val="superscript"/>', "[1]"),
    "circled": _run("", "①"),
    "several notes": _run('<w:vertAlign w:val="superscript"/>', "1，2"),
    "note in words": _run('<w:vertAlign w:val="superscript"/>', "注1"),
    "letter": _run('<w:vertAlign w:val="superscript"/>', "a"),
    "lowered": _run('<w:vertAlign w:val="subscript"/>', "2"),
    "moved up": _run('<w:position w:val="10"/>', "1"),
    "raised by its style": _run('<w:rStyle w:val="Raised"/>', "1"),
}
"""What stands behind each figure and is no digit of it."""
_STYLES = {
    "Struck": "<w:strike/>",
    "Paper": '<w:color w:val="FFFFFF"/>',
    "Raised": '<w:vertAlign w:val="superscript"/>',
}


def _written(formula: str) -> Callable[[str], str]:
    return lambda text: formula.format(names=_NAMES, text=text)


def _field(instruction: str, data: str = "", result: str | None = None) -> Callable[[str], str]:
    """A field with a result, or without one as programs write it that leave that to Word."""
    mark = '<w:r {names}><w:fldChar w:fldCharType="{kind}"/></w:r>'
    shown = "" if result is None else mark.replace("{kind}", "separate") + result
    return _written(
        f'<w:r {{names}}><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        f'<w:r {{names}}><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f"{shown}{mark.replace('{kind}', 'end')}"
    )


def _symbols(text: str) -> str:
    return "".join(
        f'<w:r {_NAMES}><w:sym w:font="Symbol" w:char="F0{ord(char):02X}"/></w:r>' for char in text
    )


INSTEAD: dict[str, Callable[[str], str]] = {
    "formula": _written("<m:oMath {names}><m:r><m:t>{text}</m:t></m:r></m:oMath>"),
    "formula of its own": _written("<m:oMathPara {names}><m:oMath><m:r><m:t>{text}</m:t></m:r></m:oMath></m:oMathPara>"),
    "not struck": _written('<w:r {names}><w:rPr><w:strike w:val="0"/></w:rPr><w:t>{text}</w:t></w:r>'),
    "white on dark": _written('<w:r {names}><w:rPr><w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/></w:rPr><w:t>{text}</w:t></w:r>'),
    "symbols": _symbols,
    "in a symbol font": lambda text: (
        f'<w:r {_NAMES}><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>'
        + "".join(chr(0xF000 + ord(char)) for char in text)
        + "</w:t></w:r>"
    ),
    "field": _field("=SUM(LEFT)", result="<w:r><w:t>{text}</w:t></w:r>"),
    "field worked out by Word": _field("EQ {text}"),
    "chosen from a list": _field(
        "FORMDROPDOWN", '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="7"/><w:listEntry w:val="{text}"/></w:ddList></w:ffData>'
    ),
    "for newer programs": _written(
        '<w:r {names} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        "<mc:Choice><w:t>{text}</w:t></mc:Choice><mc:Fallback><w:t>{text}</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    ),
}  # fmt: skip
"""Forms in which a figure is seen."""
UNKNOWN: dict[str, Callable[[str], str]] = {
    "field without a result": _field("QUOTE {text}"),
    "field with an empty one": _field("=SUM(LEFT)", result="<w:r><w:t></w:t></w:r>"),
    "simple field": _written('<w:fldSimple {names} w:instr=" MERGEFIELD x "/>'),
    "built formula": _written(
        "<m:oMath {names}><m:sSup><m:e><m:r><m:t>{text}</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
    ),
    "formula object": _written(
        f'<w:r {{names}} {_OBJECT}><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    ),
    "small picture": _written(
        f'<w:r {{names}} {_OBJECT}><w:pict><v:shape style="width:12pt;height:12pt"><v:imagedata r:id="rId99"/></v:shape></w:pict></w:r>'
    ),
    "symbols of a font": _written('<w:r {names}><w:sym w:font="Wingdings" w:char="F035"/></w:r>'),
}
"""Forms of a figure that only Word or a person can read."""


def beside(
    made: Sample, before: str = "", behind: str = "", instead: Callable[[str], str] | None = None
) -> bytes:
    document = word(made)
    for name, props in _STYLES.items():
        style = f'<w:style {_NAMES} w:type="character" w:styleId="{name}"><w:name w:val="{name}"/><w:rPr>{props}</w:rPr></w:style>'
        document.styles.element.append(parse_xml(style))
    for table in document.tables:
        for cell in {id(each._tc): each for row in table.rows for each in row.cells}.values():
            paragraph = cell.paragraphs[0]
            if len(cell.paragraphs) > 1 or not _FIGURE.fullmatch(paragraph.text):
                continue
            runs, text = list(paragraph._p.r_lst), paragraph.text
            if instead is not None:
                for run in runs:
                    paragraph._p.remove(run)
                for element in parse_xml(f"<w:p {_NAMES}>{instead(text)}</w:p>"):
                    paragraph._p.append(element)
            if before:
                runs[0].addprevious(parse_xml(before))
            if behind:
                runs[-1].addnext(parse_xml(behind))
    return saved(document)


def with_workbooks(made: Sample, sheets: int = 1) -> bytes:
    """Each table an Excel workbook that is embedded in the document."""
    document = word(made)
    for table in list(document.tables):
        book = Workbook()
        for row in table.rows:
            texts: list[str | int] = []
            seen: set[int] = set()
            for cell in row.cells:
                texts.append(
                    "" if id(cell._tc) in seen else int(cell.text) if cell.text.isdigit() else cell.text
                )
                seen.add(id(cell._tc))
            book.active.append(texts)
        for _ in range(sheets - 1):
            book.create_sheet().append(["草稿"])
        _embed(document, table, book)
    return saved(document)


def _embed(document: Document, table: object, book: Workbook) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    stream = io.BytesIO()
    book.save(stream)
    name = PackURI(f"/word/embeddings/sheet{id(book)}.xlsx")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    part = Part(name, kind, stream.getvalue(), document.part.package)
    number = document.part.relate_to(part, RELATIONSHIP_TYPE.PACKAGE)
    paragraph = OxmlElement("w:p")
    paragraph.append(
        parse_xml(
            f'<w:r {_NAMES} {_OBJECT}><w:object><v:shape style="width:400pt;height:300pt"/>'
            f'<o:OLEObject Type="Embed" ProgID="Excel.Sheet.12" DrawAspect="Content" r:id="{number}"/></w:object></w:r>'
        )
    )
    table._tbl.addnext(paragraph)  # type: ignore[attr-defined]
    table._tbl.getparent().remove(table._tbl)  # type: ignore[attr-defined]
