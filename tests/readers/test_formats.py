"""The same report in every format reads to what its bordered text reads to: figures, metadata and findings."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from making import office, pages, printing
from making.corpus import LAYOUTS, Sample, sample
from making.mutations import MUTATIONS

from govlint import readers
from govlint.document import Unreadable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings

MISTAKES = (
    "none",
    "reworded heading",
    "missing row",
    "reworded label",
    "swapped rows",
    "blank cell",
    "unit in a cell",
    "wrong row total",
    "wrong review total",
)
SAMPLES = (("ogi-2021", 11), ("ogi-2021", 23), ("ogi-2019", 11))
CASES = [(template, seed, name) for template, seed in SAMPLES for name in MISTAKES]
"""Every mistake in every sample, for the writers that take no time."""
SOME = [CASES[0], *CASES[6:8], *CASES[10:13], *CASES[18::2]]
"""For those that are slow to be read."""
FEW = [CASES[0], CASES[12], CASES[24]]
"""For those that start a program for each file."""
OLD = ("doc:MS Word 97", "rtf", "odt")


class Read(NamedTuple):
    """What of a report must not depend on its format."""

    agency: str | None
    year: int | None
    published: str
    cells: dict[str, Any]
    uncertain: list[str]
    findings: list[tuple[str, tuple[str, ...]]]


def read(data: bytes, name: str) -> Read:
    result = check_bytes(data, name, Settings())
    report = result.report
    assert report is not None, result.findings
    return Read(
        report.agency,
        report.year,
        str(report.published),
        {address: cell.value for address, cell in report.cells.items()},
        [address for address, cell in report.cells.items() if cell.uncertain],
        sorted((f.code, tuple(f.cells)) for f in result.findings if f.severity != "info"),
    )


@functools.cache
def made(template: str, seed: int, mistake: str) -> Sample:
    drawn = sample(seed, template=template)
    if mistake != "none":
        MUTATIONS[mistake].change(drawn)
    return drawn


@functools.cache
def expected(template: str, seed: int, mistake: str) -> Read:
    """What the bordered text says, which must itself say what was written."""
    drawn = made(template, seed, mistake)
    found = read(LAYOUTS["bars"](drawn).encode(), "report.txt")
    assert (found.agency, found.year, found.published) == (drawn.agency, drawn.year, drawn.published)
    assert [code for code, _ in found.findings] == ([] if mistake == "none" else MUTATIONS[mistake].codes)
    assert found.uncertain == []
    return found


def named(case: tuple[str, int, str]) -> str:
    return "-".join(map(str, case)).replace(" ", "_")


def in_word(style: str) -> Callable[[Sample], bytes]:
    return lambda drawn: office.saved(office.word(drawn, style))


WRITERS: dict[str, tuple[str, Callable[[Sample], bytes]]] = {
    "Markdown": ("report.md", lambda drawn: LAYOUTS["markdown"](drawn).encode()),
    "text in tabs, GB18030": ("report.txt", lambda drawn: LAYOUTS["tabs"](drawn).encode("gb18030")),
    "Word": ("report.docx", in_word("Word")),
    "Word as WPS writes it": ("report.docx", in_word("WPS")),
    "Word with broken tables": ("report.docx", in_word("split")),
    "page of a site": ("report.html", pages.PAGES["cms"]),
    "page in GBK": ("report.htm", pages.PAGES["old"]),
    "page from Word": ("report.html", pages.PAGES["word"]),
    "saved page": ("report.mht", lambda drawn: pages.mht(pages.cms(drawn))),
    "Excel": ("report.xlsx", lambda drawn: office.saved_book(office.excel(drawn, prose=True))),
}  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.external] if case[1] == 23 else []) for case in CASES],
    ids=map(named, CASES),
)
@pytest.mark.parametrize("writer", WRITERS)
def test_a_format_reads_as_the_text(writer: str, case: tuple[str, int, str]) -> None:
    name, write = WRITERS[writer]
    assert read(write(made(*case)), name) == expected(*case)


@pytest.fixture(scope="session")
def by_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """PDF files of some cases, and old Word files of fewer, written by LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    written: dict[tuple[str, int, str], Path] = {}
    for case in SOME:
        written[case] = folder / f"{named(case)}.docx"
        printing.word(made(*case), written[case])
    printing.convert(written.values(), "pdf", folder)
    for case, kind in zip(FEW, OLD, strict=True):
        printing.convert([written[case]], kind, folder)
    return folder


needs_office = pytest.mark.skipif(printing.SOFFICE is None, reason="LibreOffice is not installed")


@pytest.mark.external
@needs_office
@pytest.mark.parametrize("case", SOME, ids=named)
def test_pdf_of_an_office_reads_as_the_text(case: tuple[str, int, str], by_office: Path) -> None:
    pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    assert read((by_office / f"{named(case)}.pdf").read_bytes(), "report.pdf") == expected(*case)


@pytest.mark.external
@needs_office
@pytest.mark.parametrize(("case", "kind"), list(zip(FEW, OLD, strict=True)), ids=["doc", "rtf", "odt"])
def test_old_word_reads_as_the_text(case: tuple[str, int, str], kind: str, by_office: Path) -> None:
    name = f"{named(case)}.{kind[:3]}"
    assert read((by_office / name).read_bytes(), name) == expected(*case)


@pytest.mark.external
@pytest.mark.skipif(printing.CHROMIUM is None, reason="Chromium is not installed")
@pytest.mark.parametrize("case", FEW, ids=named)
def test_pdf_of_a_browser_reads_as_the_text(case: tuple[str, int, str], tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2", reason="needs the extra pdf")
    printed = printing.print_pages({"report": printing.page(made(*case))}, tmp_path)["report"]
    assert read(printed.read_bytes(), "report.pdf") == expected(*case)


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name in names:
            target.writestr(name, "<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (_zip("OFD.xml", "Doc_0/Document.xml"), "OFD"),
        (_zip("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (_zip("Index/Document.iwa"), "Pages"),
        (_zip("mimetype", "META-INF/container.xml", "a.xhtml"), "EPUB"),
        (_zip("2023/report.docx"), "压缩包"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(range(256)), "压缩包"),
        (b"Founder CEB 3.0" + bytes(range(256)), "CEB"),
    ],
    ids=["ofd", "pptx", "pages", "epub", "zip", "rar", "ceb"],  # a package holds the time of day
)
def test_a_format_that_is_not_read_is_named(data: bytes, told: str) -> None:
    with pytest.raises(Unreadable) as refused:
        readers.read(data, "report.bin")
    assert told in refused.value.words.zh


def test_what_is_attached_to_a_mail_is_told_of() -> None:
    mail = MIMEMultipart()
    mail["Subject"] = "年报"
    mail.attach(MIMEText("<p>请查收附件。</p>", "html", "utf-8"))
    attached = MIMEText("x")
    attached.add_header("Content-Disposition", "attachment", filename="年度报告.docx")
    mail.attach(attached)
    for data in (mail.as_bytes(), mail.as_bytes().replace(b"text/html", b"text/plain")):
        with pytest.raises(Unreadable) as refused:
            readers.read(data, "report.eml")
        assert "年度报告.docx" in refused.value.words.zh
