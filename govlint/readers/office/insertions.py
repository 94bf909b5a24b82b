"""What stands in a Word document in another form: parts in other formats, pictures, embedded objects.

A part in another format is read and put in its place, a picture where text recognition is installed; of the rest it
is told that it was not read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

from govlint.document import Comment, Document, Edit, Note, Span, Unread, Unreadable, Words
from govlint.readers.office.package import Package
from govlint.readers.office.word_xml import OLE

_EMU = 12_700
"""Units of a drawing to the point."""
_NARROW, _LOW = 190.0, 40.0
"""Points up to which a picture is no table or page: a seal, a logo, a line."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_WORKBOOKS = (".xlsx", ".xlsm")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_V = "{urn:schemas-microsoft-com:vml}"
Kind = Literal["part", "picture", "object"]
ReadPackage = Callable[[bytes, str], Document]
"""How a package is read: by the reader that has found it in another."""


class Foreign(NamedTuple):
    """Something in another form: where in the text it stands, and the relationship that names its part."""

    at: int
    kind: Kind
    id: str
    name: str = ""


class Insertion(NamedTuple):
    """A document that takes its place at an offset of the text."""

    at: int
    document: Document


def foreign(element: Any, at: int) -> Foreign | None:
    """What a drawing without text is; None for an ornament."""
    embedded = next(element.iter(OLE), None)
    if embedded is not None:
        program = embedded.get("ProgID") or ""
        id_ = (embedded.get(f"{_R}id") or "") if embedded.get("DrawAspect") != "Icon" else ""
        return None if program.startswith("Equation") else Foreign(at, "object", id_, program.split(".")[0])
    blip = next(element.iter(f"{_A}blip"), None)
    image = next(element.iter(f"{_V}imagedata"), None)
    if blip is None and image is None and next(element.iter(f"{_A}graphicData"), None) is None:
        return None
    width, height = _size(element)
    if width is not None and height is not None and (width < _NARROW or height < _LOW):
        return None
    id_ = (
        blip.get(f"{_R}embed") if blip is not None else image.get(f"{_R}id") if image is not None else ""
    ) or ""
    return Foreign(at, "picture", id_)


def _size(element: Any) -> tuple[float | None, float | None]:
    """Width and height in points, where they are stated."""
    extent = next(element.iter(f"{_WP}extent"), None)
    if extent is not None:
        sides = [extent.get(side) or "" for side in ("cx", "cy")]
        return tuple(int(side) / _EMU if side.isdecimal() and len(side) < 12 else None for side in sides)  # type: ignore[return-value]
    style = next((shape.get("style") for shape in element.iter(f"{_V}shape") if shape.get("style")), "")
    stated = dict(item.strip().split(":", 1) for item in style.split(";") if ":" in item)
    return _points(stated.get("width", "")), _points(stated.get("height", ""))


def _points(written: str) -> float | None:
    number = written.strip().removesuffix("pt")
    return float(number) if number.replace(".", "", 1).isdecimal() and len(number) < 9 else None


def read(
    package: Package, found: Sequence[Foreign], text: str, read_package: ReadPackage | None
) -> tuple[list[Insertion], list[Unread]]:
    """What could be read of it, and what is to be told of the rest; packages in the package by ``read_package``."""
    insertions: list[Insertion] = []
    unread: list[Unread] = []
    for each in found:
        try:
            document = _document(package, each, read_package)
        except Unreadable as error:
            document = None
            reason = error.words
        else:
            reason = Words("", "")
        if document is not None and document.text.strip():
            insertions.append(Insertion(_line_end(text, each.at), document))
        else:
            unread.append(Unread(_told(each, reason), Span(each.at, each.at), each.kind != "picture"))
    return insertions, unread


def _document(package: Package, each: Foreign, read_package: ReadPackage | None) -> Document | None:
    from govlint import readers

    name = package.targets.get(each.id, "")
    if name not in package.archive.names:
        return None
    content = package.archive.read(name)
    if each.kind == "picture":
        return _from_picture(content, name)
    if each.kind == "object":
        return _from_sheet(content, name)
    if content.startswith(b"PK"):  # not opened within a package within a package
        return read_package(content, name) if read_package else None
    return readers.read(content, name)


def _from_picture(content: bytes, name: str) -> Document | None:
    from govlint.readers.paper import pdf

    return pdf.read(content, name) if content.startswith(_PICTURES) and pdf.recognises() else None


def _from_sheet(content: bytes, name: str) -> Document | None:
    """An embedded workbook of one sheet, which is what is seen of it; of several nobody knows which."""
    if not (content.startswith(b"PK") and name.endswith(_WORKBOOKS)):
        return None
    from govlint import readers

    document = readers.read(content, name)
    sheets = {origin.sheet for _, origin in document.origins}
    if len(sheets) != 1:
        return None
    document.notes = [
        *document.notes,
        Note(
            Words(
                "文档中嵌入的 Excel 工作表已一并读取，请核对与显示的内容一致。",
                "The worksheet that is embedded in the document was read with it: see that it is what is shown.",
            )
        ),
    ]
    return document


def _line_end(text: str, at: int) -> int:
    """Behind the line that an offset is in, unless it begins one."""
    if at == 0 or text[at - 1 : at] == "\n":
        return at
    end = text.find("\n", at)
    return end + 1 if end >= 0 else len(text)


def _told(each: Foreign, reason: Words) -> Words:
    if each.kind == "part":
        return Words(
            f"文档中此处嵌有另一种格式的内容，没有读取。请用 Word 或 WPS 打开后另存为 .docx 再检查。{reason.zh}",
            "Here the document holds a part in another format, which was not read. Open it in Word or WPS and save it "
            f"as .docx. {reason.en}".strip(),
        )
    if each.kind == "object":
        named = f"（{each.name}）" if each.name else ""
        return Words(
            f"文档中此处是嵌入的对象{named}，其中的表格或文字没有读取。请换成 Word 表格。",
            f"Here an object is embedded ({each.name}), whose table or text was not read. Put a Word table in its place.",
        )
    return Words(
        "文档中此处是图片，其中的内容（如表格）没有读取。请换成可编辑的文字和表格，或安装文字识别组件：pip install 'govlint[ocr]'。",
        "Here the document has a picture, whose content (such as a table) was not read. Put text and tables in its "
        "place, or install text recognition: pip install 'govlint[ocr]'.",
    )


def insert(document: Document, insertions: Sequence[Insertion]) -> None:
    """Put other documents into one, each at its place; their lines are of files that nobody can open."""
    for at, inner in sorted(insertions, key=lambda each: each.at, reverse=True):
        text = inner.text if inner.text.endswith("\n") else inner.text + "\n"
        if at and document.text[at - 1] != "\n":
            text = "\n" + text
        lead = len(text) - len(text.lstrip("\n"))
        shift = len(text)
        origins = [(start, origin) for start, origin in document.origins if start < at]
        origins += [(at + lead + start, origin._replace(line=None)) for start, origin in inner.origins]
        origins += [(start + shift, origin) for start, origin in document.origins if start >= at]
        document.text = document.text[:at] + text + document.text[at:]
        document.origins = origins
        document.tracked = [_moved(span, at, shift) for span in document.tracked]
        document.comments = [Comment(words, _moved(span, at, shift)) for words, span in document.comments]
        document.unread = [each._replace(span=_moved(each.span, at, shift)) for each in document.unread]
        document.unread += [each._replace(span=_moved(each.span, 0, at + lead)) for each in inner.unread]
        document.guessed = [_moved(span, at, shift) for span in document.guessed]
        document.guessed += [_moved(span, 0, at + lead) for span in inner.guessed]
        document.notes = [*document.notes, *(Note(note.words) for note in inner.notes)]


def _moved(span: Span, at: int, shift: int) -> Span:
    return Span(*(offset + shift if offset >= at else offset for offset in span))


def own(edit: Edit, insertions: Sequence[Insertion]) -> Edit | None:
    """An edit in terms of the text without what was put into it; None where it is made in that."""
    start, end = edit.span
    shift = 0
    for at, inner in sorted(insertions, key=lambda each: each.at):
        length = len(inner.text) + (not inner.text.endswith("\n"))
        if end <= at + shift:
            break
        if start < at + shift + length:
            return None
        shift += length
    return edit._replace(span=Span(start - shift, end - shift))
