"""Results as bytes and back: what goes between processes, and into the cache.

Rules, templates and settings are the same on both sides: a rule goes as its code, a template as its id. The bytes are
plain data, never objects that load as code. What is dear to restore, and often not asked for, is restored when it is:
the text with its places, the cells, the sections.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from msgspec import Struct
from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import astuple, replace

from govlint.document import Document, Span, Words
from govlint.linting import registry
from govlint.linting.settings import Settings
from govlint.report import Cell, Coverage, Departure, Report, Section
from govlint.result import Result, Status, Suppressed
from govlint.rule import Finding, Rule, Unchecked
from govlint.template.loader import load

FORM = 3
"""Changes with the form of the bytes."""
_COMPRESSED = b"x"
"""What compressed bytes begin with, and no others here."""
_LARGEST = 2**63
"""No number of msgpack is as large."""


class _Finding(Finding, frozen=True, array_like=True):
    """A finding, with the code of its rule."""

    rule: str  # type: ignore[assignment]


class _Report(Struct, array_like=True):
    """What of a report is restored with the result; and packed, what is when it is asked for."""

    template: str
    agency: str | None
    year: int | None
    published: date | None
    title: str | None
    title_span: Span | None
    agency_span: Span | None
    year_span: Span | None
    published_span: Span | None
    preamble: Span
    unrecognised: bool
    tables_only: bool
    coverage: Coverage
    later: bytes
    cells: bytes


class _Result(Struct, array_like=True):
    form: int
    sha256: str
    status: Status
    error: Words | None
    findings: Sequence[_Finding]
    unchecked: Sequence[Unchecked]
    suppressed: Sequence[tuple[_Finding, str]]
    known: Sequence[_Finding]
    settled: bool
    notes: Sequence[Words]
    report: _Report | None
    document: bytes | None


_KEPT = tuple(name for name in _Report.__struct_fields__ if name in Report.__struct_fields__)[1:-1]
"""The fields of a report that stand there as they are: all between its template and its cells."""
_Later = tuple[
    dict[str, Section],
    dict[str, Span],
    dict[str, tuple[tuple[int, ...], ...]],
    frozenset[str],
    tuple[Departure, ...],
]
_LATER = ("sections", "tables", "readings", "outdated", "departures")
_ENCODER = Encoder(enc_hook=dict)  # of the mappings that nobody can change


@cache
def _decoder(kind: Any) -> Decoder[Any]:
    return Decoder(kind)


def dumps(result: Result, small: bool = False) -> bytes:
    """A result as bytes, compressed where they are to be ``small``.

    The document's path is left out: it may be no text that UTF-8 holds. Raises ValueError for what a plugin's rule
    put into the result that is no plain data.
    """
    document, report = result.document, result.report
    return _packed(
        _Result(
            FORM,
            result.sha256,
            result.status,
            result.error,
            list(map(_without_rule, result.findings)),
            result.unchecked,
            [(_without_rule(finding), reason) for finding, reason in result.suppressed],
            list(map(_without_rule, result.known)),
            result.settled,
            result.notes,
            _of_report(report, small) if report is not None else None,
            _packed(replace(document, path=""), small) if document is not None else None,
        )
    )


def _without_rule(finding: Finding) -> _Finding:
    kept = _Finding(finding.rule.code, *astuple(finding)[1:])
    suggestion = kept.suggestion
    if suggestion is not None and not all(
        -_LARGEST < value < _LARGEST for value in suggestion.cells.values()
    ):
        cells = {address: Decimal(value) for address, value in suggestion.cells.items()}
        kept = replace(kept, suggestion=replace(suggestion, cells=cells))
    return kept


def _of_report(report: Report, small: bool) -> _Report:
    return _Report(
        template=report.template.id,
        coverage=report.coverage(),
        later=_packed([getattr(report, name) for name in _LATER], small),
        cells=_packed(list(report.cells.values()), small),
        **{name: getattr(report, name) for name in _KEPT},
    )


def loads(data: bytes, path: str, settings: Settings) -> Result:
    """The result in bytes of :func:`dumps`, of a document at ``path`` checked by ``settings``.

    Raises an exception of any kind for other bytes.
    """
    kept: _Result = _unpacked(data, _Result)
    if kept.form != FORM:
        raise ValueError("of another form")
    rules = _by_code(settings.rule_folders)
    document = _Document(kept.document, path)

    def finding(kept: _Finding) -> Finding:
        return Finding(rules[kept.rule], *astuple(kept)[1:])

    result = _Restored(
        path,
        kept.sha256,
        kept.status,
        kept.error,
        report=_restored_report(kept.report, document, settings) if kept.report is not None else None,
        findings=list(map(finding, kept.findings)),
        unchecked=kept.unchecked,
        fail_on=settings.fail_on,
        suppressed=[Suppressed(finding(each), reason) for each, reason in kept.suppressed],
        known=list(map(finding, kept.known)),
        docs_url=settings.docs_url,
        settled=kept.settled,
    )
    result.__dict__.update(document_later=document, notes_kept=kept.notes)
    return result


class _Restored(Result, dict=True):
    @property  # type: ignore[misc]
    def document(self) -> Document | None:  # type: ignore[override]
        later: _Document = self.__dict__["document_later"]
        return later.whole

    @property
    def notes(self) -> Sequence[Words]:
        found: Sequence[Words] = self.__dict__["notes_kept"]
        return found


def _restored_report(kept: _Report, document: _Document, settings: Settings) -> Report:
    report = _RestoredReport(
        document=None,  # type: ignore[arg-type]
        template=load(kept.template, settings.template_folders),
        as_of=settings.as_of,
        deadlines=settings.deadlines,
        register=settings.register,
        **{name: getattr(kept, name) for name in _KEPT},
    )
    report.__dict__.update(document_later=document, kept=kept, frozen=True)
    return report


def _later(name: str) -> Any:
    """A field that is restored, with others, when one of them is asked for."""

    def restored(report: _RestoredReport) -> Any:
        value = report.whole[name]
        return MappingProxyType(value) if isinstance(value, dict) else value

    return property(restored)


class _RestoredReport(Report, dict=True):
    sections = _later("sections")
    tables = _later("tables")
    readings = _later("readings")
    outdated = _later("outdated")
    departures = _later("departures")

    @cached_property
    def whole(self) -> Mapping[str, Any]:
        return dict(zip(_LATER, _unpacked(self.__dict__["kept"].later, _Later), strict=True))

    @property  # type: ignore[misc]
    def document(self) -> Document:  # type: ignore[override]
        later: _Document = self.__dict__["document_later"]
        return cast(Document, later.whole)

    @cached_property  # type: ignore[misc]
    def cells(self) -> Mapping[str, Cell]:  # type: ignore[override]
        listed: list[Cell] = _unpacked(self.__dict__["kept"].cells, list[Cell])
        return MappingProxyType({cell.address: cell for cell in listed})

    def coverage(self) -> Coverage:
        found: Coverage = self.__dict__["kept"].coverage
        return found


class _Document:
    """A document that is restored when it is asked for, once for the result and its report."""

    def __init__(self, packed: bytes | None, path: str) -> None:
        self.packed, self.path = packed, path

    @cached_property
    def whole(self) -> Document | None:
        if self.packed is None:
            return None
        document: Document = _unpacked(self.packed, Document)
        document.path = self.path
        document.freeze()
        return document


def _packed(value: Any, small: bool = False) -> bytes:
    try:
        data = _ENCODER.encode(value)
    except (TypeError, UnicodeEncodeError, OverflowError) as error:
        raise ValueError(str(error)) from None
    return zlib.compress(data, 1) if small else data


def _unpacked(data: bytes, kind: Any) -> Any:
    return _decoder(kind).decode(zlib.decompress(data) if data[:1] == _COMPRESSED else data)


@cache
def _by_code(folders: tuple[Path, ...]) -> Mapping[str, Rule]:
    return {rule.code: rule for rule in registry.all_rules(folders)}
