"""Word's and WPS's old format and RTF, through LibreOffice where it is installed.

They are converted to .docx and read as that. LibreOffice works with a profile of its own in a temporary folder,
which has no macros and no extensions, under a time limit that ends all the processes it has started.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from govlint.document import Document, Unreadable, Words

SUFFIXES = (".doc", ".wps", ".rtf")
WEIGHT = 40
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BINARY = re.compile(rb"\\bin(-?\d+)")
SECONDS = 90.0
_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""
"""No macros, and no links to other files or to the network followed."""


def sniff(data: bytes, path: str) -> bool:
    return data.startswith(_OLE) or data[:64].lstrip().startswith(b"{\\rtf")


def read(data: bytes, path: str) -> Document:
    """The document. Raises Unreadable for encrypted files, for other kinds, and where LibreOffice is not found."""
    converted, suffix = as_docx(data)
    docx = importlib.import_module("govlint.readers.office.docx")
    document: Document = docx.read(converted, path)
    document.format = suffix[1:]
    return document


def as_docx(data: bytes) -> tuple[bytes, str]:
    """The document as .docx, and the suffix of the format that it was in. Raises Unreadable as :func:`read`."""
    suffix = _word_suffix(data) if data.startswith(_OLE) else ".rtf"
    if suffix == ".rtf":
        _refuse_lies(data)
    return convert(data, suffix), suffix


def _refuse_lies(data: bytes) -> None:
    """Raises Unreadable for RTF that announces more binary data than the file has: LibreOffice would make room for it."""
    for match in _BINARY.finditer(data):
        announced = match[1].removeprefix(b"-")
        if len(announced) > 12 or int(announced) > len(data) - match.end():
            from govlint.readers.office.archive import damaged

            raise damaged("其中的二进制数据不完整", "its binary data is cut off")


# What an OLE file holds


def _streams(data: bytes) -> set[str]:
    """The names of streams, as they stand in the file's directory: UTF-16, 64 bytes, in entries of 128 bytes."""
    names: set[str] = set()
    known = (
        "WordDocument",
        "EncryptedPackage",
        "Workbook",
        "Book",
        "PowerPoint Document",
        "VisioDocument",
        "FileHeader",
    )
    for name in known:
        wanted = name.encode("utf-16-le") + b"\0\0"
        at = data.find(wanted)
        while at >= 0:
            length = data[at + 64 : at + 66]
            if at % 128 == 0 and length == len(wanted).to_bytes(2, "little"):
                names.add(name)
                break
            at = data.find(wanted, at + 1)
    return names


def _word_suffix(data: bytes) -> str:
    streams = _streams(data)
    if "EncryptedPackage" in streams:
        raise Unreadable(_encrypted())
    if "WordDocument" in streams:
        if _is_encrypted_word(data):
            raise Unreadable(_encrypted())
        return ".doc"
    kinds = {
        "Workbook": "Excel（.xls）",
        "Book": "Excel（.xls）",
        "PowerPoint Document": "PowerPoint（.ppt）",
    }
    kind = next((kinds[name] for name in kinds if name in streams), None)
    if kind is None:
        raise Unreadable(
            Words(
                "这是 OLE 复合文件，但其中没有 Word 文档。请用 Word 或 WPS 另存为 .docx。",
                "This is an OLE file without a Word document in it. Save it as .docx in Word or WPS.",
            )
        )
    target = ".xlsx" if "Excel" in kind else ".docx"
    english = kind.replace("（", " (").replace("）", ")")
    raise Unreadable(
        Words(
            f"这是旧版 {kind} 文件，不能检查。请另存为 {target} 再检查。",
            f"This is an old {english} file, which is not checked. Save it as {target}.",
        )
    )


def _is_encrypted_word(data: bytes) -> bool:
    """The flag in Word's file information block, where that begins a sector, as it always does."""
    at = data.find(b"\xec\xa5", 512)
    while at >= 0 and at % 512:
        at = data.find(b"\xec\xa5", at + 1)
    return at >= 0 and bool(int.from_bytes(data[at + 10 : at + 12], "little") & 0x0100)


def _encrypted() -> Words:
    return Words(
        "文件已加密，需要密码才能打开。请去掉密码后另存再检查。",
        "The file is encrypted and wants a password. Save it without one.",
    )


# LibreOffice


def find_office() -> str | None:
    """LibreOffice's program, on PATH or where it usually is."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, suffix: str) -> bytes:
    """The document as .docx. Raises Unreadable."""
    office = find_office()
    if office is None:
        raise Unreadable(
            Words(
                f"读取 {suffix} 需要 LibreOffice，本机没有找到。请安装 LibreOffice，或用 Word、WPS 另存为 .docx 再检查。",
                f"Reading {suffix} needs LibreOffice, which was not found. Install it, or save the file as .docx.",
            )
        )
    with tempfile.TemporaryDirectory(prefix="govlint-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        settings = folder / "profile" / "user"
        settings.mkdir(parents=True)
        (settings / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        source = folder / f"document{suffix}"
        source.write_bytes(data)
        target = folder / "converted"
        late = _run(
            [
                office,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                str(target),
                str(source),
            ]
        )
        made = target / "document.docx"
        if made.is_file():
            return made.read_bytes()
    raise Unreadable(_not_converted(suffix, late))


def _run(command: list[str]) -> bool:
    """Run to the end or to the time limit; whether that was reached."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name == "posix"
    )
    try:
        process.wait(SECONDS)
        return False
    except subprocess.TimeoutExpired:
        return True
    finally:
        if os.name == "posix":  # the program proper is a child of the one that was started
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _not_converted(suffix: str, late: bool) -> Words:
    if late:
        return Words(
            f"LibreOffice 转换 {suffix} 用时过长，已停止。请用 Word 或 WPS 另存为 .docx 再检查。",
            f"LibreOffice took too long over this {suffix} file and was stopped. Save it as .docx in Word or WPS.",
        )
    return Words(
        f"LibreOffice 不能打开这个 {suffix} 文件，可能已损坏或加密。请用 Word 或 WPS 另存为 .docx 再检查。",
        f"LibreOffice cannot open this {suffix} file; it may be damaged or encrypted. Save it as .docx in Word or WPS.",
    )
