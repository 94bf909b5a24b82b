"""PDF as Word, WPS, LibreOffice and browsers print it, and scans of it where the extra ``ocr`` is installed.

PDFium rather than pdfminer reads the file: it is several times as fast, it is fuzzed day and night, and the same ruling
lines make tables of drawn pages and of scanned ones. It works in a process of its own (see :mod:`.worker`).
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Sequence
from typing import Any

from govlint.document import Document, Note, Origin, Span, Unread, Unreadable, Words
from govlint.readers.passed_over import STRUCK, passed_over

SUFFIXES = (".pdf",)
WEIGHT = 40
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
SECONDS = 12.0
"""For a PDF's own text: a hundred times what a report takes."""
SECONDS_A_PICTURE = 40.0
"""For recognising a page: ten times what it takes."""
MOST_PICTURES = 60
"""Pages that are still recognised."""

_LEAST = 10
"""Characters below which a PDF has no text: a page number, a stamp."""
_UNSEEN = Words("看不见的文字或水印", "text that nobody sees, or a watermark")
"""Characters of hidden text that are told."""
_UNKNOWN = re.compile("\ufffd+")
"""As in ``\ufffd``."""


def sniff(data: bytes, path: str) -> bool:
    """A PDF, also behind a few stray bytes as mail programs leave them; or the picture of a page."""
    return b"%PDF-" in data[:1024] or is_image(data)


def is_image(data: bytes) -> bool:
    return data.startswith(_IMAGES)


def read(data: bytes, path: str) -> Document:
    """The document. Raises Unreadable for what is damaged, encrypted, hostile, or only a picture."""
    _require("pypdfium2", "pdf")
    if is_image(data):
        if not recognises():
            raise Unreadable(_picture("文件是一张图像", "The file is a picture"))
        answer = _ask({"kind": "image", "recognise": True}, data, 4 * SECONDS_A_PICTURE)
        return _document(answer, path, "image")
    answer = _answered({"kind": "pdf"}, data)
    if len("".join(answer["text"].split())) < _LEAST:
        raise Unreadable(_nothing(answer))
    return _document(answer, path, "pdf")


def places(data: bytes) -> tuple[str, list[list[float]]]:
    """The text of a PDF as :func:`read` gives it, and its glyphs as :class:`.places.Place`. Raises Unreadable."""
    answer = _answered({"kind": "pdf", "placed": True}, data)
    return answer["text"], answer["places"]


def _answered(request: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What the process answers; pages without text of their own are recognised where that can be done."""
    answer = _ask(request, data, SECONDS)
    count = sum(len(answer[kind]) for kind in ("pictures", "uncoded", "layered"))
    if not count or not recognises():
        return answer
    if count > MOST_PICTURES:
        raise Unreadable(_too_many(count))
    return _ask({**request, "recognise": True}, data, SECONDS + count * SECONDS_A_PICTURE)


def _nothing(answer: dict[str, Any]) -> Words:
    """Why a PDF has no text."""
    if answer["uncoded"]:
        return _undecodable(
            "PDF 的字体没有字符编码，其中的文字",
            "The fonts of the PDF do not say which characters they show: its text",
        )
    if answer["pictures"]:
        return _picture("PDF 的页面只有图像，没有文字", "The pages of the PDF are pictures without text")
    return Words("PDF 中没有文字。", "There is no text in the PDF.")


def _list(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def recognises() -> bool:
    """Whether pictures of text are read."""
    return _installed("rapidocr_onnxruntime")


def _undecodable(zh: str, en: str) -> Words:
    return Words(
        f"{zh}看得见、不能解码，没有检查。请从原文档重新导出或“打印”为 PDF，或安装文字识别组件：pip install 'govlint[ocr]'。",
        f"{en} can be seen and its characters cannot be decoded, and was not checked. Export or print the PDF again from "
        "the original document, or install text recognition: pip install 'govlint[ocr]'.",
    )


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _require(name: str, extra: str) -> None:
    if _installed(name):
        return
    from govlint.readers.paper import worker

    if worker.ALONE:
        raise Unreadable(
            Words(
                "这个网页里没有读取 PDF 的组件。请用安装在电脑上的 govlint 检查，或检查 .docx 文件。",
                "This page has no PDF reader. Check the file with govlint on a computer, or check the .docx file.",
            )
        )
    raise Unreadable(
        Words(
            f"读取 PDF 需要附加组件：pip install 'govlint[{extra}]'。",
            f"Reading PDF needs an extra: pip install 'govlint[{extra}]'.",
        )
    )


def _picture(zh: str, en: str) -> Words:
    return Words(
        f"{zh}（扫描件），没有检查。请使用原始电子文档（.docx 或可选中文字的 PDF），或安装文字识别组件：pip install 'govlint[ocr]'。",
        f"{en} (a scan) and were not checked. Use the original document (.docx, or a PDF whose text can be selected), "
        "or install text recognition: pip install 'govlint[ocr]'.",
    )


def _too_many(count: int) -> Words:
    return Words(
        f"有 {count} 页是扫描图像，超过 {MOST_PICTURES} 页的上限，不会是一份年度报告。请拆成单份报告再检查。",
        f"{count} pages are scanned pictures, over the limit of {MOST_PICTURES}: it is no single report. Split it.",
    )


def _ask(request: dict[str, Any], data: bytes, seconds: float) -> dict[str, Any]:
    from govlint.readers.paper import worker  # this module is loaded wherever a file's format is looked for

    try:
        answer = worker.ask(request, data, seconds)
    except worker.Failed as error:
        raise Unreadable(_failed(error.late)) from error
    if "unreadable" in answer:
        raise Unreadable(Words(*answer["unreadable"]))
    return answer


def _failed(late: bool) -> Words:
    if late:
        return Words(
            "读取文件用时过长，已停止。文件可能已损坏或过于复杂，请从原文档重新导出。",
            "Reading the file took too long and was stopped. It may be damaged: export it again from the original.",
        )
    return Words(
        "文件已损坏，或展开后占用内存过多，无法读取。请从原文档重新导出。",
        "The file is damaged, or takes too much memory. Export it again from the original document.",
    )


def _document(answer: dict[str, Any], path: str, kind: str) -> Document:
    origins = [(at, Origin(*origin)) for at, origin in answer["origins"]]
    guessed = [Span(*each) for each in answer["guessed"]]
    document = Document(path, kind, answer["text"], origins=origins, guessed=guessed)
    document.unread = sorted(_unread(answer, document), key=lambda each: each.span)
    document.notes = _notes(answer, document)
    return document


def _unread(answer: dict[str, Any], document: Document) -> Iterator[Unread]:
    """The pages, or what of them, that were not read, each at its place."""
    for first, last in _runs(answer["pictures"]):
        zh, en = _pages(first, last)
        yield Unread(_picture(f"{zh}是图像", f"{en}: a picture"), _span(document, first, last))
    for first, last in _runs(answer["uncoded"]):
        zh, en = _pages(first, last)
        yield Unread(_undecodable(f"{zh}的文字", f"{en}: its text"), _span(document, first, last))
    for page in answer["illustrated"]:
        words = Words(
            f"第{page}页有较大的图像，图像中的文字（如贴成图片的表格）没有读取。请使用原始电子文档，或把图片换成可编辑的文字和表格。",
            f"Page {page} has a large picture, whose text (such as a table pasted as a picture) was not read. Use the "
            "original document, or put text and tables in its place.",
        )
        yield Unread(words, _span(document, page, page), sure=False)
    for match in _UNKNOWN.finditer(document.text):
        origin = document.origin(match.start())
        page = origin.page if origin else None
        words = Words(
            f"第{page}页有不能解码的字（显示为“\ufffd”）。请从原文档重新导出 PDF。",
            f"Page {page} has characters that cannot be decoded (shown as “\ufffd”). Export the PDF again.",
        )
        yield Unread(words, Span(*match.span()))


def _runs(pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pages that follow each other: the first and the last of them."""
    first = last = 0
    for page in pages:
        if first and page > last + 1:
            yield first, last
            first = 0
        first, last = first or page, page
    if first:
        yield first, last


def _pages(first: int, last: int) -> Words:
    if first == last:
        return Words(f"第{first}页", f"Page {first}")
    return Words(f"第{first}至{last}页", f"Pages {first} to {last}")


def _span(document: Document, first: int, last: int) -> Span:
    """Where the text of pages stands, or would stand."""
    places = [(origin.page or 0, at) for at, origin in document.origins]
    end = next((at for page, at in places if page > last), len(document.text))
    return Span(next((at for page, at in places if page >= first), end), end)


def _notes(answer: dict[str, Any], document: Document) -> list[Note]:
    notes: list[Note] = []
    for first, last in _runs(answer["layered"]):
        zh, en = _pages(first, last)
        words = Words(
            f"{zh}是图像，文字取自扫描程序的识别结果，请对照原件核实。安装 govlint[ocr] 可以重新识别。",
            f"{en}: a picture; its text is what the scanner's program recognised: compare the original. The extra "
            "govlint[ocr] recognises it anew.",
        )
        notes.append(Note(words, _span(document, first, last)))
    for kind, what in (("unseen", _UNSEEN), ("struck", STRUCK)):
        for page, text in answer[kind]:
            where = Words(f"第{page}页", f"Page {page}")
            notes.append(passed_over(where, what, text, _span(document, page, page)))
    scores = [origin.confidence for _, origin in document.origins if origin.confidence is not None]
    if scores:
        average = sum(scores) / len(scores)
        words = Words(
            f"文字由图像识别得来（平均可信度 {average:.0%}），请对照原件核实。",
            f"The text was recognised from pictures (average confidence {average:.0%}): compare the original.",
        )
        notes.append(Note(words))
    return notes
