"""PDF as Chromium and LibreOffice make it reads to the figures of the report, and bad PDF to E001 in bounded time."""

from __future__ import annotations

import importlib.util
import io
import random
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from making.corpus import Heading, Sample, Table, sample
from making.printing import CHROMIUM, SOFFICE, convert, page, print_pages, word

from govlint import readers
from govlint.document import Unreadable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers.paper import pdf
from govlint.readers.paper.fields import fields
from govlint.readers.paper.ruled import grids
from govlint.readers.paper.rulings import Ruling
from govlint.result import Result

pytest.importorskip("pypdfium2", reason="needs the extra pdf")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
needs_ocr = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr_onnxruntime") is None, reason="needs the extra ocr"
)

RADICALS = str.maketrans("一行人工大日", "⼀⾏⼈⼯⼤⽇")


def radicals(text: str) -> str:
    """The words of a page, not its markup, in radicals, as some fonts give them."""
    head, body = text.split("<body>")
    return head + "<body>" + body.translate(RADICALS)


PAGES: dict[str, tuple[int, Callable[[Sample], str]]] = {
    "large type": (1, page),
    "repeated header": (
        2,
        lambda made: page(
            made,
            12,
            9,
            '"第" counter(page) "页 共" counter(pages) "页"',
            "政务公开年报汇编",
            repeat_header=True,
        ),
    ),
    "landscape": (
        5,
        lambda made: page(
            made, 14, 10, 'counter(page) " / " counter(pages)', more="@page { size: A4 landscape }"
        ),
    ),
    "a browser's own head": (
        3,
        lambda made: page(
            made, 16, 10, head="1/8/24, 10:20 AM  report.html", more="@page { margin: 11mm 9mm }"
        ),
    ),
    "dotted, shaded, no indent": (
        6,
        lambda made: page(
            made,
            border=".5pt dotted #333",
            more="td { background: #eef } p { text-indent: 0; margin: .6em 0 }",
        ),
    ),
    "double lines, radicals": (
        8,
        lambda made: radicals(page(made, 18, 12, "counter(page)", more="td { border: 2.25pt double #000 }")),
    ),
    "narrow labels over page breaks": (
        6,
        lambda made: re.sub(
            r"width:(?:9|12|27|7.43)%",
            "width:10%",
            page(made, 14, 11, border="1px solid #000", more="td { padding: 2pt 3pt }"),
        ),
    ),
    "no borders": (7, lambda made: page(made, 13, 9, border="none")),
    "no borders, cells without room": (
        3,
        lambda made: page(made, 13, 10, border="none", more="td { padding: 0 }"),
    ),
    "no borders, heads that overflow": (
        4,
        lambda made: page(made, 13, 9, border="none", more="tr:nth-child(-n+3) td { white-space: nowrap }"),
    ),
    "level lines alone": (
        9,
        lambda made: page(made, 14, 10, more="td { border-left: none; border-right: none }"),
    ),
    "no lines but a ground, cells close to each other": (
        7,
        lambda made: page(
            made, 13, 9, border="none", more="td { padding: 0 1pt; text-align: left; background: #fff }"
        ),
    ),
    "words struck out": (
        8,
        lambda made: re.sub(r"(<td[^>]*>)(\d+</td>)", r"\1<s>77</s>\2", page(made, 14, 9)),
    ),
    "lines close to the words": (
        12,
        lambda made: page(
            made,
            16,
            9,
            border="1px solid #000",
            more="td { padding: 0 2px; text-align: right; line-height: 1.1 } col { width: auto !important }",
        ),
    ),
    "two columns": (
        11,
        lambda made: page(
            made, 10, 4.5, more="body { column-count: 2 } table { break-inside: auto } h1 { font-size: 12pt }"
        ),
    ),
    "boxes of a form": (
        26,
        lambda made: re.sub(
            r"(<td[^>]*>)([\d.]+)(</td>)",
            r'\1<input value="\2" style="width:90%;height:100%;border:1px solid #767676;box-sizing:border-box">\3',
            page(made, 14, 9, more="td { padding: 1px }"),
        ),
    ),
    "open sides": (
        10,
        lambda made: page(
            made,
            15,
            10.5,
            '"— " counter(page) " —"',
            more="tr>td:first-child { border-left: none } tr>td:last-child { border-right: none }",
        ),
    ),
}


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("printed")
    pages = {f"{n}": make(sample(seed)) for n, (seed, make) in enumerate(PAGES.values())}
    return {
        name: path.read_bytes() for name, path in zip(PAGES, print_pages(pages, folder).values(), strict=True)
    }


def checked(data: bytes, **settings: object) -> Result:
    return check_bytes(data, "report.pdf", Settings(**settings))


def to_act_on(result: Result) -> list[tuple[str, str]]:
    return [(f.code, f.words.zh) for f in result.findings if f.severity != "info"]


def assert_reads(result: Result, made: Sample) -> None:
    assert to_act_on(result) == []
    report = result.report
    assert report is not None
    assert (report.agency, report.year, str(report.published)) == (made.agency, made.year, made.published)
    assert list(report.sections) == list(report.template.sections)
    assert {address: cell.value for address, cell in report.cells.items()} == made.cells
    assert not any(cell.uncertain for cell in report.cells.values())


@pytest.mark.external
@needs_chromium
@pytest.mark.parametrize("name", PAGES)
def test_a_printed_page_reads_to_its_figures(name: str, printed: dict[str, bytes]) -> None:
    made = sample(PAGES[name][0])
    result = checked(printed[name])
    assert_reads(result, made)
    assert result.document is not None
    lines = [line for line in result.document.text.split("\n") if "\t" not in line]
    said = "".join(block.text for block in made.blocks if not isinstance(block, Heading | Table))
    prose = [line for line in lines if line.translate(RADICALS) in said.translate(RADICALS)]
    paragraphs = [block for block in made.blocks if not isinstance(block, Heading | Table)]
    assert len(prose) >= len(paragraphs)  # none is joined to another, none has furniture in it
    whole = {block.text.translate(RADICALS) for block in paragraphs}
    assert whole <= {line.translate(RADICALS) for line in lines}  # none is broken
    assert not [line for line in lines if "政务公开年报汇编" in line]


HARD = {
    "labels that a page breaks": "td { line-height: 2; padding: 4pt }",
    "labels at the top": "td { vertical-align: top }",
    "labels over figures": "td { white-space: nowrap }",
}


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_header_that_is_repeated_in_part_is_no_row(tmp_path: Path) -> None:
    """Nor are its words part of those that they run over."""
    sizes = (10, 9, 8, 7.5)
    for seed, small in enumerate(sizes, SEED):
        word(sample(seed), tmp_path / f"{seed}.docx", size=12, small=small, repeated=2)
    convert(sorted(tmp_path.glob("*.docx")), "pdf", tmp_path)
    for seed in range(SEED, SEED + len(sizes)):
        assert_reads(checked((tmp_path / f"{seed}.pdf").read_bytes()), sample(seed))


@pytest.mark.external
@needs_chromium
def test_cells_that_cannot_be_told_apart_are_unchecked_and_no_finding(tmp_path: Path) -> None:
    made = sample(6)
    pages = {f"{n}": page(made, 13, 9, border="none", more=more) for n, more in enumerate(HARD.values())}
    for name, path in zip(HARD, print_pages(pages, tmp_path).values(), strict=True):
        result = checked(path.read_bytes())
        assert (name, to_act_on(result)) == (name, [])
        assert any("没有框线" in each.why.zh for each in result.unchecked), name


@pytest.mark.external
@needs_chromium
@pytest.mark.parametrize("share", [1.0, 0.7])
def test_two_pages_on_a_sheet_are_read_one_after_the_other(share: float, printed: dict[str, bytes]) -> None:
    from pypdf import PdfReader, PdfWriter, Transformation

    pages = list(PdfReader(io.BytesIO(printed["repeated header"])).pages)
    wide, high = (float(side) * share for side in pages[0].mediabox[2:])
    writer, out = PdfWriter(), io.BytesIO()
    for at in range(0, len(pages), 2):
        sheet = writer.add_blank_page(2 * wide, high)
        for beside, each in enumerate(pages[at : at + 2]):
            sheet.merge_transformed_page(each, Transformation().scale(share).translate(beside * wide, 0))
    writer.write(out)
    assert_reads(checked(out.getvalue()), sample(PAGES["repeated header"][0]))
    text, places = pdf.places(out.getvalue())
    at = text.index("（七）总计")
    last = max(place[2] for place in places if place[1] == 1)
    assert wide < last < 2 * wide
    assert any(place[0] == at for place in places)
    assert {place[1] for place in places} == set(range(1, 1 + (len(pages) + 1) // 2))


def test_a_pdf_without_text_has_no_places() -> None:
    import pypdfium2

    document, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(595, 842)
    document.save(out)
    assert pdf.places(out.getvalue()) == ("", [])


@pytest.mark.external
@needs_chromium
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_read(turn: int, printed: dict[str, bytes]) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(printed["large type"])
    for each in document:
        each.set_rotation(turn)
    target = io.BytesIO()
    document.save(target)
    assert_reads(checked(target.getvalue()), sample(1))


# Mistakes, in files of another writer

SEED = 13


def _table(made: Sample, number: int) -> list[list[str]]:
    return [block for block in made.blocks if isinstance(block, Table)][number].rows


def _row(made: Sample, label: str) -> list[str]:
    return next(row for row in _table(made, 1) if any(label in cell for cell in row))


def _set_total(made: Sample) -> None:
    row = _row(made, "（二）部分公开")
    row[-1] = str(int(row[-1]) + 7)


def _blank(made: Sample) -> None:
    _row(made, "2.重复申请")[-2] = ""


def _reword(made: Sample) -> None:
    row = _row(made, "6.属于四类过程性信息")
    row[row.index("6.属于四类过程性信息")] = "6.属于四类过程性性信息"


def _without_problems(made: Sample) -> None:
    at = next(n for n, block in enumerate(made.blocks) if getattr(block, "ordinal", "") == "五、")
    end = next(n for n, block in enumerate(made.blocks) if getattr(block, "ordinal", "") == "六、")
    del made.blocks[at:end]


MISTAKES: dict[str, tuple[Callable[[Sample], None], str]] = {
    "clean": (lambda made: None, ""),
    "total": (_set_total, "N001"),
    "blank": (_blank, "T005"),
    "label": (_reword, "T004"),
    "section": (_without_problems, "S001"),
}


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("converted")
    for name, (change, _) in MISTAKES.items():
        made = sample(SEED)
        change(made)
        word(made, folder / f"{name}.docx", size=16, small=12)
    convert(sorted(folder.glob("*.docx")), "pdf", folder)
    return {name: (folder / f"{name}.pdf").read_bytes() for name in MISTAKES}


@pytest.mark.external
@needs_soffice
@pytest.mark.parametrize("name", MISTAKES)
def test_one_mistake_is_one_finding_with_its_page(name: str, converted: dict[str, bytes]) -> None:
    result = checked(converted[name])
    code = MISTAKES[name][1]
    assert [found for found, _ in to_act_on(result)] == ([code] if code else [])
    if not code:
        assert_reads(result, sample(SEED))
    for finding in result.findings:
        assert result.document is not None
        assert finding.span is not None
        origin = result.document.locate(finding.span).origin
        assert origin is not None
        assert origin.page is not None
        if code != "S001":
            assert (origin.table, bool(origin.row), bool(origin.column)) == (2, True, True)


# Scans


def scan(data: bytes, dots: int = 200, angle: float = 0.0, noise: float = 0.0) -> bytes:
    """The PDF as a scanner gives it back: a picture a page, aslant and with noise."""
    np = pytest.importorskip("numpy")
    image = pytest.importorskip("PIL.Image")
    import pypdfium2

    draw = np.random.default_rng(1)
    pictures = []
    for each in pypdfium2.PdfDocument(data):
        picture = each.render(scale=dots / 72).to_pil().convert("L")
        if angle:
            picture = picture.rotate(angle, resample=image.BICUBIC, fillcolor=255)
        if noise:
            pixels = np.asarray(picture) + draw.normal(0, noise, (picture.height, picture.width))
            picture = image.fromarray(pixels.clip(0, 255).astype("uint8"))
        pictures.append(picture)
    target = io.BytesIO()
    pictures[0].save(target, "PDF", save_all=True, append_images=pictures[1:], resolution=dots)
    return target.getvalue()


@pytest.fixture(scope="session")
def single(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A report with a wrong total on one large page, which is recognised quickly."""
    made = sample(SEED)
    _set_total(made)
    folder = tmp_path_factory.mktemp("single")
    text = page(made, 12, 10, more="@page { size: 297mm 560mm }")
    return print_pages({"single": text}, folder)["single"].read_bytes()


@pytest.mark.external
@needs_chromium
@needs_ocr
def test_a_scan_is_read_and_its_findings_are_likely(single: bytes) -> None:
    result = checked(scan(single, 150, angle=0.5, noise=9))
    assert [code for code, _ in to_act_on(result)] == ["N001"]
    (finding,) = [finding for finding in result.findings if finding.code == "N001"]
    assert finding.certainty == "likely"
    assert finding.cells[0] == "applications.partially_granted.total"
    assert result.document is not None
    assert finding.span is not None
    origin = result.document.locate(finding.span).origin
    assert origin is not None
    assert origin.confidence is not None
    stated = re.search(r"(\d+)%", finding.evidence[-1].en)
    assert stated
    assert 0 < int(stated[1]) <= round(100 * origin.confidence)
    assert not finding.suggestion or not any(edit.safe for edit in finding.suggestion.edits)
    assert checked(single).findings[0].certainty == "certain"


@pytest.mark.external
@needs_chromium
def test_a_scan_without_recognition_is_said_to_be_one(single: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_installed", lambda name: name != "rapidocr_onnxruntime")
    pictured = scan(single, 40)
    result = checked(pictured)
    assert (result.status, [f.code for f in result.findings]) == ("unreadable", ["E001"])
    assert result.error is not None
    assert "govlint[ocr]" in result.error.zh
    with pytest.raises(Unreadable):
        readers.read(b"\x89PNG\r\n\x1a\n" + bytes(99), "page.png")


@pytest.mark.external
@needs_chromium
def test_a_scanned_page_between_others_is_not_passed_over(
    printed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    import pypdfium2

    monkeypatch.setattr(pdf, "_installed", lambda name: name != "rapidocr_onnxruntime")
    whole, pictured = printed["large type"], scan(printed["large type"], 40)
    document = pypdfium2.PdfDocument.new()
    for source, number in ((whole, 0), (pictured, 1), (whole, 2)):
        document.import_pages(pypdfium2.PdfDocument(source), [number])
    target = io.BytesIO()
    document.save(target)
    result = checked(target.getvalue())
    assert (result.status, result.verdict) == ("checked", "incomplete")
    assert [f.code for f in result.findings if f.code[0] in "ST"] == []
    assert {"N001", "N002"} <= {code for code, _ in result.unchecked}
    assert all("第2页" in why.zh for _, why in result.unchecked)


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_installed", lambda name: False)
    with pytest.raises(Unreadable) as raised:
        readers.read(b"%PDF-1.7\n", "report.pdf")
    assert "pip install 'govlint[pdf]'" in raised.value.words.en


# Bad files


def build(objects: list[bytes], trailer: bytes = b"") -> bytes:
    made = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"xref\n0 %d\n0000000000 65535 f \n%b" % (len(objects) + 1, table)
    end += b"trailer <</Root 1 0 R /Size %d %b>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        trailer,
        len(made),
    )
    return made + end


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<<%b /Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def one_page(content: bytes, resources: bytes = b"", box: bytes = b"[0 0 595 842]", *more: bytes) -> bytes:
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox%b/Contents 4 0 R/Resources<<%b>>>>" % (box, resources)
    return build([CATALOG, b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf, content, *more])


def form(content: bytes, next_: int) -> bytes:
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % next_
    return stream(content, entries)


HELVETICA = b"/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"


def drawn(content: bytes, *more: bytes, leaf: bytes = b"") -> bytes:
    """A page with a ruled table of two rows and three columns, and what ``content`` puts on it."""
    lines = [b"100 %d m 300 %d l S" % (y, y) for y in (700, 680, 660)]
    lines += [b"%d 660 m %d 700 l S" % (x, x) for x in (100, 200, 212, 300)]
    words = b"0 g " + at(100, 600, b"figures of the year")
    return one_page(stream(b"\n".join([*lines, content, words])), HELVETICA, b"[0 0 595 842]" + leaf, *more)


def at(x: float, y: float, text: bytes, size: float = 10) -> bytes:
    return b" BT /F %g Tf %g %g Td (%b) Tj ET " % (size, x, y, text)


ROW = at(110, 686, b"12") + at(203, 686, b"3") + at(250, 686, b"45")
FIELD = (
    b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(77)/F 4/Rect[105 664 150 676]/AP<</N 6 0 R>>>>",
    stream(
        b"/Tx BMC BT /F 10 Tf 2 2 Td (77) Tj ET EMC",
        b"/Type/XObject/Subtype/Form/BBox[0 0 45 12]/Resources<<%b>>" % HELVETICA,
    ),
)


@pytest.mark.parametrize(
    ("data", "text", "told"),
    [
        pytest.param(drawn(ROW + at(110, 666, b"6") + at(203, 666, b"296") + at(250, 666, b"8")), "12\t3\t45\n6\t296\t8\n", "", id="over the line"),
        pytest.param(drawn(ROW + at(110, 666, b"6") + at(250, 666, b"1234567890123")), "12\t3\t45\n6\t\t1234567890123\n", "", id="over the edge"),
        pytest.param(drawn(ROW + b"1 1 1 rg " + at(130, 686, b"999")), "12\t3\t45\n", "999", id="white"),
        pytest.param(drawn(b"0 0 .4 rg 100 680 100 20 re f 1 1 1 rg " + at(110, 686, b"12") + b"0 g " + at(250, 686, b"45")), "12\t\t45\n", "", id="white on blue"),
        pytest.param(drawn(ROW + at(130, 686, b"999", 1)), "12\t3\t45\n", "999", id="tiny"),
        pytest.param(drawn(ROW + b".8 g " + at(80, 676, b"SECRET", 44)), "12\t3\t45\n", "SECRET", id="level watermark"),
        pytest.param(drawn(ROW + b"BT /F 10 Tf 0 1 -1 0 60 500 Tm (aside) Tj ET"), "12\t3\t45\n", "aside", id="on its side"),
        pytest.param(drawn(ROW + at(130, 686, b"77") + b" 129 689.3 m 142 689.3 l S"), "12\t3\t45\n", "77", id="struck out"),
        pytest.param(drawn(ROW + b" 109 684.6 m 122 684.6 l S"), "12\t3\t45\n", "", id="underlined"),
        pytest.param(drawn(ROW, *FIELD, leaf=b"/Annots[5 0 R]"), "12\t3\t45\n77\t\t\n", "", id="form field"),
    ],
)  # fmt: skip
def test_every_character_is_in_its_cell_or_told(data: bytes, text: str, told: str) -> None:
    document = readers.read(data, "drawn.pdf")
    assert document.text == text + "figures of the year\n"
    assert [note.words.zh.split("“")[1].split("”")[0] for note in document.notes] == ([told] if told else [])


def test_every_character_of_a_full_page_has_its_place() -> None:
    lines = [at(50, 780 - 20 * n, b"0123456789" * 5) for n in range(24)]
    text, places = pdf.places(one_page(stream(b"0 g " + b"".join(lines)), HELVETICA))
    assert "".join(text.split()) == "0123456789" * 120
    digits = [(round((left - 50) / 5.56), round((780 - low) / 20)) for _, _, left, low, _, _ in places]
    assert digits == [(column, line) for line in range(24) for column in range(50)]


def box(x0: float, y0: float, x1: float, y1: float) -> list[Ruling]:
    level = [Ruling(True, y, x0, x1) for y in (y0, y1)]
    return level + [Ruling(False, x, y0, y1) for x in (x0, x1)]


def test_boxes_of_a_form_are_no_lines_of_its_table() -> None:
    table = [Ruling(True, y, 0, 100) for y in (0, 24, 48)] + [Ruling(False, x, 0, 48) for x in (0, 40, 100)]
    boxes = box(1, 1, 39, 16) + box(42, 25, 98, 46)
    assert fields(table + boxes) == set(boxes)
    assert [len(grid.regions) for grid in grids([*table, *boxes], 200, 200)] == [4]
    cells = box(0, 0, 40, 20) + box(40, 0, 80, 20) + box(0, 20, 40, 40) + box(40, 20, 80, 40)
    assert fields(cells) == set()
    assert fields(box(10, 10, 30, 20) + box(31, 10, 60, 20) + box(8, 8, 62, 22)) == set()


FORMS = [form(b"/X Do " * 12, number) for number in range(6, 18)]
HOSTILE: dict[str, Callable[[], bytes]] = {
    "head alone": lambda: b"%PDF-1.7\n",
    "page tree loops": lambda: build([CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>"]),
    "short page tree loops": lambda: build(
        [
            CATALOG,
            b"<</Type/Pages/Kids[3 0 R]/Count 3>>",
            b"<</Type/Pages/Kids[2 0 R 3 0 R]/Parent 2 0 R/Count 5>>",
        ]
    ),
    "10,000 pages": lambda: build(
        [
            CATALOG,
            b"<</Type/Pages/Kids[" + b"3 0 R " * 10000 + b"]/Count 10000>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    ),
    "xref loops": lambda: build([CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"], b"/Prev 115"),
    "huge page": lambda: one_page(stream(b"q Q"), b"", b"[0 0 99999999 99999999]"),
    "bomb": lambda: one_page(
        stream(zlib.compress(zlib.compress(b"q " * 200_000_000, 1), 9), b"/Filter[/FlateDecode/FlateDecode]")
    ),
    "form in itself": lambda: one_page(
        stream(b"/X Do"), b"/XObject<</X 5 0 R>>", b"[0 0 9 9]", form(b"/X Do /X Do /X Do", 5)
    ),
    "tree of forms": lambda: one_page(
        stream(b"/X Do"), b"/XObject<</X 5 0 R>>", b"[0 0 9 9]", *FORMS, form(b"", 5)
    ),
    "nested arrays": lambda: one_page(stream(b"[" * 3_000_000)),
    "encrypted": lambda: build(
        [CATALOG, b"<</Type/Pages/Kids[]/Count 0>>"],
        b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<%b>/U<%b>>>"
        % (b"11" * 32, b"22" * 32),
    ),
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(each, marks=[pytest.mark.external] if each == "bomb" else []) for each in HOSTILE],
)
def test_hostile_files_are_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 1.0)
    with pytest.raises(Unreadable) as raised:
        readers.read(HOSTILE[name](), "hostile.pdf")
    if name == "encrypted":
        assert "password" in raised.value.words.en


@pytest.mark.external
@needs_soffice
def test_damaged_files_are_read_or_refused(
    converted: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 3.0)
    monkeypatch.setattr(pdf, "_installed", lambda name: name == "pypdfium2")
    draw = random.Random(5)
    whole = converted["clean"]
    refused = 0
    for number in range(120):
        data = bytearray(whole)
        if number % 4 == 0:
            del data[draw.randrange(len(data)) :]
        for _ in range(draw.choice([1, 30, 900])):
            if data:
                data[draw.randrange(len(data))] = draw.randrange(256)
        try:
            readers.read(b"%PDF-" + bytes(data[5:]), "damaged.pdf")
        except Unreadable:
            refused += 1
    assert 0 < refused < 120
    assert_reads(checked(whole), sample(SEED))  # the process is none the worse
