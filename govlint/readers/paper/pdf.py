"""PDF as Word, WPS, LibreOffice and browsers print it, and scans of it where the extra ``ocr`` is installed.

PDFium rather than pdfminer reads the file: it is several times as fast, it is fuzzed day and night, and the same ruling
lines make tables of drawn pages and of scanned ones. It works in a process of its own (see :mod:`.worker`).
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from typing import Any

from govlint.document import Document, Note, Origin, Unreadable, Words
from govlint.readers.paper import worker

SUFFIXES = (".pdf",)
WEIGHT = 40
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
SECONDS = 12.0
"""For a PDF's own text: a hundred times what a report takes."""
SECONDS_A_PICTURE = 40.0
"""For recognising a page: ten times what it takes."""
MOST_PICTURES = 60
"""Pages that are still recognised."""


def sniff(data: bytes, path: str) -> bool:
    """A PDF, also behind a few stray bytes as mail programs leave them; or the picture of a page."""
    return b"%PDF-" in data[:1024] or is_image(data)


def is_image(data: bytes) -> bool:
    return data.startswith(_IMAGES)


def read(data: bytes, path: str) -> Document:
    """The document. Raises Unreadable for what is damaged, encrypted, hostile, or only a picture."""
    _require("pypdfium2", "pdf")
    ocr = _installed("rapidocr_onnxruntime")
    if is_image(data):
        if not ocr:
            raise Unreadable(_picture("文件是一张图像", "The file is a picture"))
        answer = _ask({"kind": "image", "recognise": True}, data, 4 * SECONDS_A_PICTURE)
        return _document(answer, path, "image")
    answer = _ask({"kind": "pdf"}, data, SECONDS)
    if (count := len(answer["pictures"])) and ocr:
        if count > MOST_PICTURES:
            raise Unreadable(_too_many(count))
        answer = _ask({"kind": "pdf", "recognise": True}, data, SECONDS + count * SECONDS_A_PICTURE)
    text: str = answer["text"]
    if answer["pictures"] and len("".join(text.split())) < 40 * len(answer["pictures"]):
        raise Unreadable(
            _picture("PDF 的页面只有图像，没有文字", "The pages of the PDF are pictures without text")
        )
    if inner := [
        page for page in answer["pictures"] if 1 < page < answer["pages"] and page not in _read(answer)
    ]:
        raise Unreadable(
            _picture(f"PDF 的第{_list(inner)}页只有图像", f"Pages of the PDF are pictures: {_list(inner)}")
        )
    if not text.strip():
        raise Unreadable(Words("PDF 中没有文字。", "There is no text in the PDF."))
    return _document(answer, path, "pdf")


def _read(answer: dict[str, Any]) -> set[int]:
    """The pages of which there is text: a picture among them has a layer of it."""
    return {origin["page"] for _, origin in answer["origins"]}


def _list(pages: Sequence[int]) -> str:
    return ", ".join(map(str, pages))


def _installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _require(name: str, extra: str) -> None:
    if not _installed(name):
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
    origins = [(at, Origin(**origin)) for at, origin in answer["origins"]]
    return Document(path, kind, answer["text"], origins=origins, notes=_notes(answer, origins))


def _notes(answer: dict[str, Any], origins: Sequence[tuple[int, Origin]]) -> list[Note]:
    notes: list[Note] = []
    if answer["pictures"]:
        pages = _list(answer["pictures"])
        notes.append(
            Note(
                Words(
                    f"第{pages}页是图像，其中的文字没有读取，或取自扫描程序的识别结果。安装 govlint[ocr] 可以识别。",
                    f"Page {pages}: a picture, whose text was not read or is what the scanner's program recognised. "
                    "The extra govlint[ocr] reads it.",
                )
            )
        )
    if answer["illustrated"]:
        pages = _list(answer["illustrated"])
        notes.append(
            Note(
                Words(
                    f"第{pages}页有较大的图像，图像中的文字（如贴成图片的表格）没有读取。",
                    f"Page {pages}: a large picture, whose text (such as a table pasted as a picture) was not read.",
                )
            )
        )
    scores = [origin.confidence for _, origin in origins if origin.confidence is not None]
    if scores:
        average = sum(scores) / len(scores)
        notes.append(
            Note(
                Words(
                    f"文字由图像识别得来（平均可信度 {average:.0%}），请对照原件核实。",
                    f"The text was recognised from pictures (average confidence {average:.0%}): compare the original.",
                )
            )
        )
    return notes
