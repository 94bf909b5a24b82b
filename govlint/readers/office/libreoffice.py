"""Documents turned into .docx, and workbooks into .xlsx, by LibreOffice.

It works with a profile of its own in a temporary folder, which has no macros and no extensions, under a time limit
that ends all the processes it has started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from govlint.document import Unreadable, Words

SECONDS = 90.0
MEMORY = 1_000_000_000
"""Bytes of data, where the platform can hold another process to a limit; a report takes a fifth."""
_FILTERS = {".docx": "docx:MS Word 2007 XML", ".xlsx": "xlsx:Calc MS Excel 2007 XML"}
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


def find_office() -> str | None:
    """LibreOffice's program, on PATH or where it usually is."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def convert(data: bytes, suffix: str, to: str = ".docx") -> bytes:
    """The document as ``to``, .docx or .xlsx. Raises Unreadable."""
    office = find_office()
    if office is None:
        raise Unreadable(
            Words(
                f"读取 {suffix} 需要 LibreOffice，本机没有找到。请安装 LibreOffice，或用 Office、WPS 另存为 {to} 再检查。",
                f"Reading {suffix} needs LibreOffice, which was not found. Install it, or save the file as {to}.",
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
                _FILTERS[to],
                "--outdir",
                str(target),
                str(source),
            ]
        )
        made = target / f"document{to}"
        if made.is_file():
            return made.read_bytes()
    raise Unreadable(_not_converted(suffix, to, late))


def _run(command: list[str]) -> bool:
    """Run to the end or to the time limit; whether that was reached."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=os.name == "posix"
    )
    try:
        _limit_memory(process.pid)
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


def _limit_memory(pid: int) -> None:
    """Of the process and those that it will start: embedded objects may announce any size."""
    try:
        from resource import RLIMIT_DATA, prlimit
    except ImportError:  # on Linux alone
        return
    with contextlib.suppress(OSError, ValueError):
        prlimit(pid, RLIMIT_DATA, (MEMORY, MEMORY))


def _not_converted(suffix: str, to: str, late: bool) -> Words:
    if late:
        return Words(
            f"LibreOffice 转换 {suffix} 用时过长，已停止。请用 Office 或 WPS 另存为 {to} 再检查。",
            f"LibreOffice took too long over this {suffix} file and was stopped. Save it as {to} in Office or WPS.",
        )
    return Words(
        f"LibreOffice 不能打开这个 {suffix} 文件，可能已损坏或加密。请用 Office 或 WPS 另存为 {to} 再检查。",
        f"LibreOffice cannot open this {suffix} file; it may be damaged or encrypted. Save it as {to} in Office or WPS.",
    )
