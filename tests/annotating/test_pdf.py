"""Findings as notes in PDF: where they stand, what they leave alone, and what becomes of those of before."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from making.corpus import sample
from making.printing import CHROMIUM, page, print_pages
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from govlint import readers
from govlint.annotating import annotate, pdf
from govlint.annotating.notes import AUTHOR
from govlint.document import Span, Unreadable, Words
from govlint.linting import registry
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.result import Result

SAID = Words("“{actual}”应为“{expected}”。", "“{actual}” should be “{expected}”.")


def made(text: str = "1 0 0 1 100 700 Tm (abc def) Tj", attributes: str = "") -> bytes:
    """A page of Helvetica, 12 points."""
    content = f"BT /F1 12 Tf {text} 14 TL T* (ghi jkl mno) Tj T* (pqr stu vwx) Tj T* (yz) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>{attributes}>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return out + tail % (size, table, size, len(out))


def found(data: bytes, *spans: Span | None) -> Result:
    document = readers.read(data, "a.pdf")
    rule = registry.named("W004")
    findings = [
        rule.finding(span, actual=f"甲{at}", expected="乙", message=SAID) for at, span in enumerate(spans)
    ]
    return Result("a.pdf", document=document, findings=findings)


def notes(data: bytes) -> list[DictionaryObject]:
    found = [
        each.get_object()
        for page in pypdf.PdfReader(io.BytesIO(data)).pages
        for each in page.get("/Annots") or ()
    ]
    return [each for each in found if isinstance(each, DictionaryObject)]


def own(data: bytes) -> list[str]:
    return [str(each["/Contents"]).split(" ")[0] for each in notes(data) if each.get("/T") == AUTHOR]


PAGES = {
    "upright": (made(), (121, 697, 140, 712)),
    "turned by its attribute": (made("0 1 -1 0 100 600 Tm (abc def) Tj", "/Rotate 90"), (88, 621, 103, 640)),
    "turned by its text": (made("0 1 -1 0 100 400 Tm (abc def) Tj"), (88, 421, 103, 440)),
    "upside down": (made("-1 0 0 -1 300 400 Tm (abc def) Tj", "/Rotate 180"), (260, 388, 279, 403)),
    "cropped": (made(attributes="/CropBox[50 100 500 750]"), (121, 697, 140, 712)),
}


@pytest.mark.parametrize("name", PAGES)
def test_words_are_highlighted_where_they_stand(name: str) -> None:
    data, (left, bottom, right, top) = PAGES[name]
    at = readers.read(data, "a.pdf").text.index("def")
    done = pdf.written(data, "a.pdf", found(data, Span(at, at + 3)), "zh")
    (note,) = notes(done.data)
    x0, y0, x1, y1 = (float(each) for each in note["/Rect"])
    assert left - 2 <= x0 < x1 <= right + 2
    assert bottom - 2 <= y0 < y1 <= top + 2
    assert note["/Subtype"] == "/Highlight"
    assert str(note["/Contents"]).startswith("W004 “甲0”")


def test_the_file_is_untouched_before_the_notes() -> None:
    data = made()
    result = found(data, Span(0, 3), None, Span(3, 3))
    done = pdf.written(data, "a.pdf", result, "zh")
    assert done.data.startswith(data)
    assert own(done.data) == ["W004"] * 3
    assert readers.read(done.data, "a.pdf").text == readers.read(data, "a.pdf").text
    assert pdf.withdrawn(done.data, result) == data
    assert pdf.written(data, "a.pdf", found(data), "zh").data == data


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    writer = pypdf.PdfWriter(io.BytesIO(data), incremental=True)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def answer(writer: pypdf.PdfWriter, to_ours: bool = True) -> None:
    """A note by a person, as Acrobat writes the answer to another."""
    page = writer.pages[0]
    listed = page["/Annots"].get_object()
    assert isinstance(listed, ArrayObject)
    reply = {
        "/Type": NameObject("/Annot"),
        "/Subtype": NameObject("/Text"),
        "/T": TextStringObject("王"),
        "/Contents": TextStringObject("已核对"),
        "/Rect": ArrayObject([FloatObject(0)] * 4),
    }
    if to_ours:
        reply["/IRT"] = listed[0]
    listed.append(writer._add_object(DictionaryObject({NameObject(k): v for k, v in reply.items()})))


def test_an_answered_note_stays_and_is_not_said_again() -> None:
    data = made()
    result = found(data, Span(0, 3), Span(4, 7))
    theirs = changed(pdf.written(data, "a.pdf", result, "zh").data, answer)
    for lang in ("zh", "en"):
        again = pdf.written(pdf.withdrawn(theirs, result), "a.pdf", result, lang)
        assert (again.new, again.handled) == (1, 1)
        assert [str(each["/T"]) for each in notes(again.data)] == [AUTHOR, "王", AUTHOR]


def test_what_others_added_since_stays() -> None:
    data = made()
    result = found(data, Span(0, 3))
    ours = pdf.written(data, "a.pdf", result, "zh").data
    theirs = changed(ours, lambda writer: answer(writer, to_ours=False))
    without = pdf.withdrawn(theirs, result)
    assert [str(each["/T"]) for each in notes(without)] == ["王"]


def test_peoples_notes_stay() -> None:
    theirs = made(attributes="/Annots[<</Type/Annot/Subtype/Text/T(Wang)/Contents(x)/Rect[0 0 9 9]>>]")
    result = found(theirs, Span(0, 3))
    done = pdf.written(theirs, "a.pdf", result, "zh").data
    assert [str(each["/T"]) for each in notes(done)] == ["Wang", AUTHOR]
    assert pdf.withdrawn(done, result) == theirs


def test_a_locked_file_takes_no_notes() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(made()))
    writer.encrypt("", "secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(Unreadable):
        pdf.written(out.getvalue(), "a.pdf", found(out.getvalue(), Span(0, 3)), "zh")


@pytest.mark.external
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_printed_report(tmp_path: Path) -> None:
    text = (
        page(sample(3)).replace("均在法定期限内", "均截止年底在法定期限内").replace(">12</td>", ">15</td>", 1)
    )
    data = print_pages({"report": text}, tmp_path)["report"].read_bytes()
    done = annotate(data, "a.pdf", "b.pdf", lambda data, path: check_bytes(data, path, Settings()))
    assert done.data is not None
    codes = [finding.code for finding in done.result.findings]
    assert {"W004", "N001"} <= set(codes)
    assert sorted(own(done.data)) == sorted(codes)
