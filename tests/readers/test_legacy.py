"""Old Word and RTF through LibreOffice; what cannot be read is told apart and said."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from making.corpus import Sample, sample
from making.office import excel, saved, saved_book
from making.office import word as document
from making.packages import converted as as_saved
from making.packages import flat
from making.printing import SOFFICE, convert, word

from govlint import readers
from govlint.document import Unreadable
from govlint.linting.linter import check_bytes
from govlint.linting.settings import Settings
from govlint.readers.office import legacy, libreoffice

KINDS = {"doc": "doc:MS Word 97", "rtf": "rtf", "odt": "odt"}
SEED = 21
_STORED = io.BytesIO()
with zipfile.ZipFile(_STORED, "w") as _archive:
    _archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
SPREADSHEET = _STORED.getvalue()


def ole(*names: str, body: bytes = b"") -> bytes:
    """A file that has what a reader looks for in an OLE compound file: its mark, and a directory of streams."""
    entries = b""
    for name in names:
        text = name.encode("utf-16-le") + b"\0\0"
        entry = text.ljust(64, b"\0") + len(text).to_bytes(2, "little")
        entries += entry.ljust(128, b"\0")
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries.ljust(1024, b"\0") + body).ljust(
        4096, b"\0"
    )


def wrong_total(made: Sample) -> Sample:
    for block in made.blocks:
        for row in getattr(block, "rows", []):
            if row[0] == "（七）总计":
                row[-1] = str(int(row[-1]) + 10)
    return made


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    pytest.importorskip("govlint.readers.office.docx", reason="needs the Word reader")
    folder = tmp_path_factory.mktemp("legacy")
    word(sample(SEED), folder / "clean.docx")
    word(wrong_total(sample(SEED)), folder / "wrong.docx")
    for kind, name in KINDS.items():
        convert([folder / "clean.docx", *([folder / "wrong.docx"] if kind == "doc" else [])], name, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("clean.doc", "report.doc"),
        ("clean.doc", "report.wps"),
        ("clean.doc", "report.docx"),
        ("clean.rtf", "report.doc"),
        ("clean.odt", "report.odt"),
    ],
)
def test_old_formats_read_to_their_figures(name: str, shown: str, converted: dict[str, bytes]) -> None:
    made = sample(SEED)
    result = check_bytes(converted[name], shown, Settings())
    assert [(f.code, f.words.zh) for f in result.findings if f.severity != "info"] == []
    assert result.document is not None
    assert result.document.format == name[-3:]
    report = result.report
    assert report is not None
    assert (report.agency, report.year, str(report.published)) == (made.agency, made.year, made.published)
    assert {address: cell.value for address, cell in report.cells.items()} == made.cells


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize(
    ("before", "after", "format_"),
    [(".xlsx", ".xls", "xls"), (".xlsx", ".ods", "ods"), (".docx", ".fodt", "odt")],
    ids=["xls", "ods", "flat odt"],
)  # fmt: skip
def test_other_old_formats_read_to_their_figures(
    before: str, after: str, format_: str, tmp_path: Path
) -> None:
    made = sample(SEED)
    data = saved_book(excel(made)) if before == ".xlsx" else saved(document(made))
    result = check_bytes(as_saved(data, before, after, tmp_path), f"report{after}", Settings())
    assert [(f.code, f.words.zh) for f in result.findings if f.severity != "info"] == []
    assert result.document is not None
    assert result.document.format == format_
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


def test_a_package_in_one_file_is_read() -> None:
    made = sample(SEED)
    result = check_bytes(flat(saved(document(made))), "report.xml", Settings())
    assert [f.code for f in result.findings if f.severity != "info"] == []
    assert result.report is not None
    assert {address: cell.value for address, cell in result.report.cells.items()} == made.cells


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_mistake_has_its_place(converted: dict[str, bytes]) -> None:
    result = check_bytes(converted["wrong.doc"], "wrong.doc", Settings())
    (finding,) = [f for f in result.findings if f.severity != "info"]
    assert (finding.code, finding.cells[0]) == ("N001", "applications.outcome_total.total")
    assert result.document is not None
    assert finding.span is not None
    origin = result.document.locate(finding.span).origin
    assert origin is not None
    assert origin.table == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(ole("EncryptedPackage", "EncryptionInfo"), "password", id="encrypted docx"),
        pytest.param(
            ole("WordDocument", body=b"\xec\xa5" + bytes(8) + b"\x00\x01"), "password", id="encrypted doc"
        ),
        pytest.param(ole("PowerPoint Document"), "PowerPoint", id="ppt"),
        pytest.param(ole("Contents"), "without a Word document", id="other OLE"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "without a Word document", id="head alone"),
    ],
)
def test_what_is_no_word_document_is_named(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as raised:
        readers.read(data, "report.doc")
    assert says in raised.value.words.en


@pytest.mark.parametrize("announced", [b"2000000000", b"-5000", b"9" * 4301])
def test_rtf_that_announces_more_than_it_has_is_refused_at_once(announced: bytes) -> None:
    with pytest.raises(Unreadable) as raised:
        readers.read(rb"{\rtf1 {\pict\bin" + announced + b" x}}", "report.rtf")
    assert "cut off" in raised.value.words.en


@pytest.mark.parametrize(
    ("data", "to"),
    [
        (ole("WordDocument"), ".docx"),
        (b"{\\rtf1 x}", ".docx"),
        (ole("Workbook"), ".xlsx"),
        (SPREADSHEET, ".xlsx"),
        (b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>', ".docx"),
    ],
    ids=["doc", "rtf", "xls", "ods", "xml"],
)  # fmt: skip
def test_without_libreoffice_both_ways_out_are_named(
    data: bytes, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "find_office", lambda: None)
    with pytest.raises(Unreadable) as raised:
        readers.read(data, "report.txt")
    assert "LibreOffice" in raised.value.words.en
    assert to in raised.value.words.en
    assert legacy.is_workbook(data) == (to == ".xlsx")


@pytest.mark.external
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(Unreadable):
        libreoffice.convert(ole("WordDocument"), ".doc")


@pytest.mark.skipif(not hasattr(__import__("os"), "killpg"), reason="needs process groups")
def test_a_conversion_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 600 & wait\n")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_office", lambda: str(program))
    monkeypatch.setattr(libreoffice, "SECONDS", 0.3)
    with pytest.raises(Unreadable) as raised:
        libreoffice.convert(b"{\\rtf1 x}", ".rtf")
    assert "too long" in raised.value.words.en


@pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit")
def test_a_conversion_is_held_to_its_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, held = tmp_path / "soffice", tmp_path / "held"
    program.write_text(
        f"#!/bin/bash\nuntil [ $(ulimit -d) != unlimited ]; do :; done; echo $(ulimit -d) > {held}\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "find_office", lambda: str(program))
    with pytest.raises(Unreadable):
        libreoffice.convert(b"{\\rtf1 x}", ".rtf")
    assert int(held.read_text()) * 1024 <= libreoffice.MEMORY
