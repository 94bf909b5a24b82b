"""The agency register: what the user says of agencies whose names do not tell their kind, level or superior.

CSV with a header (``name``, and any of ``kind``, ``level``, ``aliases`` parted by ``;``, ``parent``, ``merged`` parted
by ``;``, ``since``), or TOML with one ``[[agency]]`` an agency and the same keys, ``aliases`` and ``merged`` as lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from govlint.agencies.names import Body, Kind, Level, classify
from govlint.document import Unreadable
from govlint.errors import UsageError, cannot_read, hint
from govlint.files import read_regular
from govlint.text.folding import compact

FIELDS = ("name", "kind", "level", "aliases", "parent", "merged", "since")
_LISTS = ("aliases", "merged")


class Agency(Struct, frozen=True):
    name: str
    body: Body
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    """The government or body that it belongs to, by name."""
    merged: tuple[str, ...] = ()
    """The bodies that were merged into it, by name."""
    since: int | None = None
    """The first year for which it reports in their place."""


class Register:
    """Agencies by name and alias; white space and full-width forms make no difference."""

    def __init__(self, agencies: Iterable[Agency] = ()) -> None:
        self.agencies = tuple(agencies)
        self._by_name = {
            compact(name): agency for agency in self.agencies for name in (agency.name, *agency.aliases)
        }

    def find(self, name: str | None) -> Agency | None:
        return self._by_name.get(compact(name)) if name else None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Register) and self.agencies == other.agencies

    def __hash__(self) -> int:
        return hash(self.agencies)


def load(path: Path) -> Register:
    """Raises UsageError with file and line for what is wrong in it."""
    try:
        data = read_regular(path)
    except OSError as error:
        raise cannot_read(path, error, "机关名录") from error
    rows = _toml_rows(path, data) if path.suffix.lower() == ".toml" else _csv_rows(path, data)
    agencies: list[Agency] = []
    taken: dict[str, str] = {}
    for place, row in rows:
        agency = _agency(place, row)
        for name in (agency.name, *agency.aliases):
            if taken.setdefault(compact(name), place) != place:
                raise UsageError(f"{place}: “{name}”已见于 {taken[compact(name)]} / listed twice")
        agencies.append(agency)
    return Register(agencies)


def _csv_rows(path: Path, data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import csv
    import io

    from govlint.text.encoding import decode

    try:
        text = decode(data).text
    except Unreadable as error:
        raise UsageError(f"{path}: {error.words.zh} / not text") from error
    reader = csv.DictReader(io.StringIO(text, newline=""))
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        raise UsageError(f"{path}:{reader.line_num}: {error} / not CSV") from error
    _known(f"{path}:1", [name.strip() for name in reader.fieldnames or ()])
    for line, row in rows:
        if any(cell.strip() for cell in row.pop(None, ())):
            raise UsageError(f"{path}:{line}: 格数多于表头 / more cells than the header")
        values = {key.strip(): (value or "").strip() for key, value in row.items()}
        if any(values.values()):
            listed = {key: values.get(key, "").replace("；", ";").split(";") for key in _LISTS}
            named = {key: [name.strip() for name in names if name.strip()] for key, names in listed.items()}
            yield f"{path}:{line}", values | named


def _toml_rows(path: Path, data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    import tomllib

    try:
        stated = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise UsageError(f"{path}: {error}") from error
    except RecursionError as error:
        raise UsageError(f"{path}: 嵌套过深 / nested too deeply") from error
    listed = stated.pop("agency", [])
    if stated or not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
        raise UsageError(f"{path}: 每个机关应写作一节 [[agency]] / one [[agency]] for each")
    for number, row in enumerate(listed, 1):
        place = f"{path}: 第 {number} 个 [[agency]]"
        _known(place, row)
        yield place, row


def _known(place: str, names: Iterable[str]) -> None:
    listed = list(names)
    for name in listed:
        if name not in FIELDS:
            raise UsageError(f"{place}: 名录中没有“{name}”这一项，{hint(name, FIELDS)} / unknown field")
        if listed.count(name) > 1:
            raise UsageError(f"{place}: “{name}”有两列 / a column twice")
    if "name" not in listed:
        raise UsageError(f"{place}: 缺少 name（机关名称） / no name")


_YEAR = re.compile(r"(?:19|20)\d\d")
"""As in ``2024``."""


def _agency(place: str, row: Mapping[str, Any]) -> Agency:
    name = row.get("name")
    aliases, merged = (_names(place, key, _given(row, key)) for key in _LISTS)
    if not isinstance(name, str) or not name.strip():
        raise UsageError(f"{place}: name 应为机关名称 / name should be the agency's name")
    since = _given(row, "since")
    if bool(merged) != bool(since):
        raise UsageError(f"{place}: merged 和 since 应同时写明 / merged and since go together")
    if since is not None and not _YEAR.fullmatch(str(since)):
        raise UsageError(f"{place}: since 应为年份，如 2024 / since should be a year")
    parent = _given(row, "parent")
    if parent is not None and not isinstance(parent, str):
        raise UsageError(f"{place}: parent 应为名称 / parent should be a name")
    told = classify(name)
    kind = _one_of(place, "kind", _given(row, "kind"), get_args(Kind)) or told.kind
    level = _one_of(place, "level", _given(row, "level"), get_args(Level)) or told.level
    body = Body(kind, level)  # type: ignore[arg-type]
    return Agency(name.strip(), body, aliases, parent, merged, int(str(since)) if since else None)


def _given(row: Mapping[str, Any], field: str) -> object:
    """None where it is absent or left blank."""
    value = row.get(field)
    return None if value in ("", []) else value


def _names(place: str, field: str, value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(name, str) and name.strip() for name in value):
        raise UsageError(f"{place}: {field} 应为名称的列表 / {field} should be a list of names")
    return tuple(value)


def _one_of(place: str, field: str, value: object, allowed: tuple[str, ...]) -> str | None:
    if value is None:
        return None
    if value not in allowed:
        raise UsageError(f"{place}: {field} 不能是“{value}”，{hint(str(value), allowed)} / no such {field}")
    return str(value)
