"""Results as bytes and back: what goes between processes, and into the cache.

Rules, templates and settings are the same on both sides: a rule goes as its code, a template as its id. The bytes are
plain data, never objects that load as code. What is dear to restore, and often not asked for, is restored when it is:
the text with its places, the cells, the sections.
"""

from __future__ import annotations

import marshal
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from msgspec.msgpack import Decoder, Encoder
from msgspec.structs import replace

from govlint.document import Document, Edit, Span, Words
from govlint.linting import registry
from govlint.report import Cell, Coverage, Departure, Report, Section
from govlint.result import Result, Suppressed
from govlint.rule import Finding, Reference, Related, Rule, Suggestion, Unchecked
from govlint.template.loader import load

if TYPE_CHECKING:
    from govlint.linting.settings import Settings

FORM = 2
"""Changes with the form of the bytes."""
_KINDS: Sequence[type] = (
    *(Edit, Finding, Reference, Related, Span, Suggestion, Suppressed, Unchecked, Words),
)
_BY_NAME = {kind.__name__: kind for kind in _KINDS}


def _names(kind: type) -> tuple[str, ...]:
    named = getattr(kind, "_fields", None)
    return named if named is not None else kind.__struct_fields__  # type: ignore[attr-defined, no-any-return]


_NAMES = {kind: _names(kind) for kind in _KINDS}
_RESULT = tuple(
    name for name in _names(Result) if name not in ("path", "document", "report", "fail_on", "docs_url")
)
_GIVEN = ("previous", "as_of", "deadlines", "register", "worked_out")
"""What a report has of the settings, or makes anew."""
_Later = tuple[
    dict[str, Section],
    dict[str, Span],
    dict[str, tuple[tuple[int, ...], ...]],
    frozenset[str],
    tuple[Departure, ...],
]
_LATER = ("sections", "tables", "readings", "outdated", "departures")
_REPORT = tuple(
    name for name in _names(Report) if name not in ("document", "template", "cells", *_LATER, *_GIVEN)
)
_ENCODER = Encoder(enc_hook=dict)  # of the mappings that nobody can change
_COMPRESSED = b"x"
"""What compressed bytes begin with, and no others here."""


@cache
def _decoder(kind: Any) -> Decoder[Any]:
    return Decoder(kind)


def dumps(result: Result, small: bool = False) -> bytes:
    """A result as bytes, compressed where they are to be ``small``.

    The document's path is left out: it may be no text that UTF-8 holds. Raises ValueError for what a plugin's rule
    put into the result that is no plain data.
    """
    document, report = result.document, result.report
    parts = (
        FORM,
        _values(result, _RESULT),
        _node(tuple(result.notes)),
        _packed(replace(document, path=""), small) if document is not None else None,
        _report(report, small) if report is not None else None,
    )
    return marshal.dumps(parts)


def loads(data: bytes, path: str, settings: Settings) -> Result:
    """The result in bytes of :func:`dumps`, of a document at ``path`` checked by ``settings``.

    Raises an exception of any kind for other bytes.
    """
    form, values, notes, document, report = marshal.loads(data)
    if form != FORM:
        raise ValueError("of another form")
    restore = _Restoring(settings.rule_folders)
    later = _Document(document, path)
    result = _Restored(
        path,
        report=_restored_report(report, later, settings, restore) if report is not None else None,
        fail_on=settings.fail_on,
        docs_url=settings.docs_url,
        **dict(zip(_RESULT, map(restore, values), strict=True)),
    )
    result.__dict__.update(document_later=later, notes_kept=restore(notes))
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


def _restored_report(packed: Any, document: _Document, settings: Settings, restore: _Restoring) -> Report:
    template, values, coverage, later, cells = packed
    report = _RestoredReport(
        document=None,  # type: ignore[arg-type]
        template=load(template, settings.template_folders),
        as_of=settings.as_of,
        deadlines=settings.deadlines,
        register=settings.register,
        **dict(zip(_REPORT, map(restore, values), strict=True)),
    )
    report.__dict__.update(
        document_later=document,
        coverage_kept=Coverage(*coverage),
        later_kept=later,
        cells_kept=cells,
        frozen=True,
    )
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
        return dict(zip(_LATER, _unpacked(self.__dict__["later_kept"], _Later), strict=True))

    @property  # type: ignore[misc]
    def document(self) -> Document:  # type: ignore[override]
        later: _Document = self.__dict__["document_later"]
        return cast(Document, later.whole)

    @cached_property  # type: ignore[misc]
    def cells(self) -> Mapping[str, Cell]:  # type: ignore[override]
        listed: list[Cell] = _unpacked(self.__dict__["cells_kept"], list[Cell])
        return MappingProxyType({cell.address: cell for cell in listed})

    def coverage(self) -> Coverage:
        found: Coverage = self.__dict__["coverage_kept"]
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


def _packed(value: Any, small: bool) -> bytes:
    try:
        data = _ENCODER.encode(value)
    except (TypeError, UnicodeEncodeError) as error:
        raise ValueError(str(error)) from None
    return zlib.compress(data, 1) if small else data


def _unpacked(data: bytes, kind: Any) -> Any:
    return _decoder(kind).decode(zlib.decompress(data) if data[:1] == _COMPRESSED else data)


def _report(report: Report, small: bool) -> tuple[Any, ...]:
    later = [getattr(report, name) for name in _LATER]
    return (
        report.template.id,
        _values(report, _REPORT),
        tuple(report.coverage()),
        _packed(later, small),
        _packed(list(report.cells.values()), small),
    )


# Values as plain data: what is no tuple is itself; a tuple begins with its kind


def _values(holder: object, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_node(getattr(holder, name)) for name in names)


def _node(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, bool, float):
        return value
    if kind is Decimal:
        return "decimal", str(value)
    if kind in _NAMES:
        return (kind.__name__, *(_node(getattr(value, name)) for name in _NAMES[kind]))
    if isinstance(value, Rule):
        return "rule", value.code
    if isinstance(value, Mapping):
        return ("dict", *(part for pair in value.items() for part in map(_node, pair)))
    if kind is date:
        return "date", value.isoformat()
    if kind in (set, frozenset):
        return ("set", *map(_node, sorted(value)))
    if kind in (tuple, list):
        return (kind.__name__, *map(_node, value))
    raise ValueError(f"{kind.__name__} is no plain data")


class _Restoring:
    """Restores nodes; rules are those that a document's settings have."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def __call__(self, node: Any) -> Any:
        if type(node) is not tuple:
            return node
        name, *parts = node
        if name in _BY_NAME:
            return _BY_NAME[name](*map(self, parts))
        if name == "rule":
            return _by_code(self._folders)[parts[0]]
        return _CONTAINERS[name](map(self, parts))


def _dict(parts: Iterator[Any]) -> dict[Any, Any]:
    return dict(zip(parts, parts, strict=True))


_CONTAINERS: Mapping[str, Callable[[Iterator[Any]], Any]] = {
    "dict": _dict,
    "tuple": tuple,
    "list": list,
    "set": frozenset,
    "date": lambda parts: date.fromisoformat(next(parts)),
    "decimal": lambda parts: Decimal(next(parts)),
}


@cache
def _by_code(folders: tuple[Path, ...]) -> Mapping[str, Rule]:
    return {rule.code: rule for rule in registry.all_rules(folders)}
