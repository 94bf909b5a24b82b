"""Findings written into the document itself: comments in Word files, marks in web pages, notes in PDF.

One module a format, with ``withdrawn`` (the file without what an earlier run wrote) and ``written``. Nothing else of a
file changes, and a second run gives the same file again.
"""

from __future__ import annotations

import importlib
import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from govlint import outputs, readers
from govlint.document import Unreadable, Words, counted
from govlint.errors import UsageError
from govlint.fixing.fixes import fix as put_right
from govlint.readers.office.signature import SIGNED, is_signed
from govlint.result import Result

WORD = (".docx", ".docm", ".dotx", ".dotm")
PAGE = (".html", ".htm", ".shtml", ".xhtml")
_WRITERS = {"docx": ("word", WORD), "html": ("web", PAGE), "pdf": ("pdf", (".pdf",))}
"""The reader of a format to the module that writes into it, and the suffixes of such files."""

Check = Callable[[bytes, str], Result]
"""Checks the bytes of the file of a path, by the settings in force there."""


class Annotated(Struct):
    """What annotating a file came to. ``data`` is None where it could not be read or takes no notes."""

    result: Result
    data: bytes | None = None
    new: int = 0
    """Notes written."""
    handled: int = 0
    """Notes of an earlier run that a person has dealt with."""
    page: bool = False
    """A page of its own, with no notes but the findings."""
    said: list[Words] = field(default_factory=list)
    """What the user should know of it, a sentence each."""


def annotate(
    data: bytes,
    path: str,
    target: str,
    check: Check,
    *,
    lang: str = "zh",
    fix: bool = False,
    unsafe: bool = False,
) -> Annotated:
    """Write the findings of a file into a copy of it; ``target`` is the copy's name, for its suffix.

    With ``fix`` or ``unsafe`` what is put right needs no note any more. Raises UsageError where such a file cannot
    become such a copy.
    """
    kind = _kind(data, path)
    suffix = Path(target).suffix.lower()
    if suffix in PAGE and kind != "html":
        return _report_page(data, path, check, lang, fix or unsafe)
    said: list[Words] = []
    if kind in ("legacy", "odt"):
        _fitting("docx", path, suffix)
        try:
            data, kind = _converted(data, kind, said), "docx"
        except Unreadable as error:
            return Annotated(check(data, path), said=[error.words])
    else:
        _fitting(kind, path, suffix)
    result = check(data, path)
    if result.document is None:
        return Annotated(result, said=said)
    try:
        return _written(_writer(kind), data, path, result, check, lang, said, fix or unsafe, unsafe)
    except Unreadable as error:
        return Annotated(result, said=[*said, error.words])


def _kind(data: bytes, path: str) -> str:
    """The reader of a file; of an old workbook that of new ones, for it does not become a Word document."""
    kind = readers.reader(data, path).__name__.rpartition(".")[2]
    if kind == "legacy":
        from govlint.readers.office import legacy

        return "xlsx" if legacy.is_workbook(data) else kind
    return kind


def takes_notes(data: bytes, path: str) -> bool:
    """Whether findings can be written into such a file here, if need be after LibreOffice has converted it."""
    kind = _kind(data, path)
    if kind in ("legacy", "odt"):
        from govlint.readers.office.libreoffice import find_office

        return find_office() is not None
    return kind in _WRITERS


def lost(former: bytes, name: str, made: bytes) -> int:
    """How many of the notes that people wrote into a former file are not in the one that would take its place."""
    try:
        kind = readers.reader(former, name).__name__.rpartition(".")[2]
        if kind not in ("docx", "pdf"):
            return 0
        writer = _writer(kind)
        gone: Counter[str] = Counter(writer.peoples(former)) - Counter(writer.peoples(made))
        return gone.total()
    except (Unreadable, UsageError):  # no file of ours
        return 0


def _written(
    writer: Any,
    data: bytes,
    path: str,
    result: Result,
    check: Check,
    lang: str,
    said: list[Words],
    fix: bool,
    unsafe: bool,
) -> Annotated:
    before, data = data, writer.withdrawn(data, result)
    if fix:
        fixed = put_right(data, path, check, unsafe)
        data, result = fixed.data, fixed.last
        said.append(Words(f"改正了{fixed.count}处。", f"Fixed {counted(fixed.count, 'finding')}."))
        if fixed.left:
            said.append(fixed.left)
    done = writer.written(data, path, result, lang)
    if done.data != before and is_signed(done.data):
        said.append(SIGNED)
    if done.left:
        said.append(
            Words(f"问题过多，有{done.left}条没有写入。", f"Too many findings: {done.left} were not written.")
        )
    return Annotated(result, done.data, done.new, done.handled, said=said)


def _writer(kind: str) -> Any:
    try:
        return importlib.import_module(f"govlint.annotating.{_WRITERS[kind][0]}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("govlint"):
            raise
        raise UsageError(
            f"缺少 {error.name}，请安装：pip install 'govlint[{kind}]' / notes in such a file need the extra {kind}"
        ) from error


def _fitting(kind: str, path: str, suffix: str) -> None:
    """Raises UsageError for a kind of file that takes no notes, or for the suffix of another kind."""
    if kind not in _WRITERS:
        raise UsageError(
            "这种文件里不能写批注。可以写批注的有 Word（.docx）、网页（.html）和 PDF；请另存为 .docx，"
            "或用 -o 写成 .html 网页报告。 / such a file takes no notes: save it as .docx, or write a page (-o X.html)"
        )
    allowed = _WRITERS[kind][1]
    own = Path(path).suffix.lower()
    if own in allowed and kind == "docx":  # the type is stated within, and programs compare
        allowed = (own,)
    if suffix not in allowed:
        names = "、".join(allowed[:2])
        raise UsageError(
            f"批注写在文件的副本里，输出应为 {names}，或写成 .html 网页报告。"
            f" / the copy must be {' or '.join(allowed[:2])}, or a page (.html)"
        )


def _converted(data: bytes, kind: str, said: list[Words]) -> bytes:
    """A file of another program's as .docx. Raises Unreadable."""
    from govlint.readers.office import legacy, libreoffice

    made, suffix = (libreoffice.convert(data, ".odt"), ".odt") if kind == "odt" else legacy.as_docx(data)
    said.append(
        Words(
            f"{suffix} 已由 LibreOffice 转换为 .docx，版式请与原文件核对。",
            f"The {suffix} file was converted to .docx by LibreOffice: compare its layout with the original.",
        )
    )
    return made


def _report_page(data: bytes, path: str, check: Check, lang: str, fix: bool) -> Annotated:
    """The findings as a page of their own, for files that take no notes."""
    if fix:
        raise UsageError(
            "网页报告里没有改正后的文件，请用 govlint check --fix。 / a page holds no fixed file: use check --fix"
        )
    result = check(data, path)
    out = io.StringIO()
    outputs.load("html", outputs.FORMATS).write([result], out, lang)
    words = Words("写成了单独的网页报告。", "Written as a page of its own.")
    return Annotated(result, out.getvalue().encode("utf-8"), len(result.findings), page=True, said=[words])
