"""Results as bytes and back: what goes between processes, and into the cache.

Rules, templates and settings are the same on both sides: a rule goes as its code, a template as its id. The bytes are
plain data (``marshal``), never objects that load as code. What is dear to restore, and often not asked for, is restored
when it is: the text with its places, the cells.
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

from govlint.document import Comment, Document, Edit, Note, Origin, Span, Unread, Words
from govlint.linting import registry
from govlint.report import Cell, Coverage, Departure, Report, Section
from govlint.result import Result, Suppressed
from govlint.rule import Finding, Reference, Related, Rule, Suggestion, Unchecked
from govlint.template.loader import load

if TYPE_CHECKING:
    from govlint.linting.settings import Settings

FORM = 1
"""Changes with the form of the bytes."""
_KINDS: Sequence[type] = (
    *(Comment, Departure, Edit, Finding, Note, Origin, Reference, Related),
    *(Section, Span, Suggestion, Suppressed, Unchecked, Unread, Words),
)
_BY_NAME = {kind.__name__: kind for kind in _KINDS}


def _names(kind: type) -> tuple[str, ...]:
    named = getattr(kind, "_fields", None)
    return named if named is not None else kind.__struct_fields__  # type: ignore[attr-defined, no-any-return]


_NAMES = {kind: _names(kind) for kind in _KINDS}
_RESULT = tuple(
    name for name in _names(Result) if name not in ("path", "document", "report", "fail_on", "docs_url")
)
_DOCUMENT = tuple(name for name in _names(Document) if name not in ("path", "origins"))
_GIVEN = ("previous", "as_of", "deadlines", "register", "worked_out")
"""What a report has of the settings, or makes anew."""
_LATER = ("sections", "tables", "readings", "outdated", "departures")
_REPORT = tuple(
    name for name in _names(Report) if name not in ("document", "template", "cells", *_LATER, *_GIVEN)
)


def dumps(result: Result) -> bytes:
    """A result as bytes. Raises ValueError for what a plugin's rule put into it that is no plain data."""
    document, report = result.document, result.report
    parts = (
        FORM,
        _values(result, _RESULT),
        _node(tuple(result.notes)),
        _packed(_document(document)) if document is not None else None,
        _report(report) if report is not None else None,
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
    later = _Later(document, path, restore)
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
        later: _Later = self.__dict__["document_later"]
        return later.whole

    @property
    def notes(self) -> Sequence[Words]:
        found: Sequence[Words] = self.__dict__["notes_kept"]
        return found


def _restored_report(packed: Any, document: _Later, settings: Settings, restore: _Restoring) -> Report:
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
        kept=lambda: dict(zip(_LATER, map(restore, later), strict=True)),
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
        found: Mapping[str, Any] = self.__dict__["kept"]()
        return found

    @property  # type: ignore[misc]
    def document(self) -> Document:  # type: ignore[override]
        later: _Later = self.__dict__["document_later"]
        return cast(Document, later.whole)

    @cached_property  # type: ignore[misc]
    def cells(self) -> Mapping[str, Cell]:  # type: ignore[override]
        listed = marshal.loads(zlib.decompress(self.__dict__["cells_kept"]))
        return MappingProxyType(
            {
                address: Cell(address, state, _number(value), raw, Span(start, end), uncertain)
                for address, state, value, raw, start, end, uncertain in listed
            }
        )

    def coverage(self) -> Coverage:
        found: Coverage = self.__dict__["coverage_kept"]
        return found


class _Later:
    """A document that is restored when it is asked for, once for the result and its report."""

    def __init__(self, packed: bytes | None, path: str, restore: _Restoring) -> None:
        self.path = path
        self._packed, self._restore = packed, restore

    @cached_property
    def whole(self) -> Document | None:
        if self._packed is None:
            return None
        values, origins = marshal.loads(zlib.decompress(self._packed))
        document = Document(
            self.path,
            origins=[(at, Origin._make(origin)) for at, origin in origins],
            **dict(zip(_DOCUMENT, map(self._restore, values), strict=True)),
        )
        document.freeze()
        return document


def _packed(value: Any) -> bytes:
    return zlib.compress(marshal.dumps(value), 1)


def _document(document: Document) -> tuple[Any, Any]:
    return _values(document, _DOCUMENT), [(at, tuple(origin)) for at, origin in document.origins]


def _report(report: Report) -> tuple[Any, ...]:
    cells = [
        (cell.address, cell.state, _plain(cell.value), cell.raw, *cell.span, cell.uncertain)
        for cell in report.cells.values()
    ]
    whole, later = _values(report, _REPORT), _values(report, _LATER)
    return report.template.id, whole, tuple(report.coverage()), later, _packed(cells)


# Values as plain data: what is no tuple is itself; a tuple begins with its kind


def _values(holder: object, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(_node(getattr(holder, name)) for name in names)


def _node(value: Any) -> Any:
    kind = type(value)
    if value is None or kind in (str, int, bool, float, Decimal):
        return _plain(value)
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


def _plain(number: Any) -> Any:
    return ("decimal", str(number)) if type(number) is Decimal else number


def _number(plain: Any) -> Any:
    return Decimal(plain[1]) if type(plain) is tuple else plain


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
