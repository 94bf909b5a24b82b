"""Mandated templates, loaded from their grammars: sections, tables, rows, columns and the mandated words.

A grammar is the only place where a template's words stand; what is known of it here follows from its rules (see the
conventions at the head of each ``.lark`` file). The built grammars are kept in the user's cache folder.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from govlint.document import Words
from govlint.identities import Identity
from govlint.identities import load as load_identities

if TYPE_CHECKING:
    from lark import Lark

GRAMMARS = Path(__file__).with_name("grammars")
if not GRAMMARS.is_dir():  # a checkout: the grammars stand beside the package
    GRAMMARS = Path(__file__).parents[1] / "grammars"

LandmarkKind = Literal["section", "group", "column", "row"]
FIGURES = ("COUNTS", "COUNT", "CHANGE", "AMOUNT", "WORDS", "CHOICE")
"""Terminals of what a row holds: one for all its cells, or one a cell."""
CellKind = Literal["COUNT", "CHANGE", "AMOUNT", "WORDS", "CHOICE"]
"""A whole number; one that may be negative; one that may have decimals; words; one of several boxes."""
TEXTS = ("WORDS", "CHOICE")
ALONE = "value"
"""The column of a row that stands under no header."""
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\."
)
_DIRECTIVE = re.compile(r"^// (\w+): (.+)$", re.MULTILINE)


def split_ordinal(label: str) -> tuple[str, str]:
    """A mandated label as (ordinal, words): ``一、总体情况`` is ``("一、", "总体情况")``."""
    match = _ORDINAL.match(label)
    return (match.group(), label[match.end() :]) if match else ("", label)


def split_unit(label: str) -> str:
    """A label without its unit: ``信息发布（单位：条）`` is ``信息发布``."""
    return label.partition("（单位")[0]


@dataclass(frozen=True, slots=True)
class Landmark:
    """A mandated word of the grammar: its terminal, and the address of what it names."""

    terminal: str
    label: str
    kind: LandmarkKind
    address: str
    """``overview`` · ``applications.*.business`` · ``applications.granted`` · the table's key for a group."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    key: str
    heading: str
    """The mandated words with their ordinal: ``一、总体情况``."""
    table: str | None
    """Key of the table that the section holds."""

    @property
    def ordinal(self) -> str:
        return split_ordinal(self.heading)[0]

    @property
    def words(self) -> str:
        return split_ordinal(self.heading)[1]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A row of figures. ``label`` is what a person calls it; ``labelled`` False where figures stand alone (table 4)."""

    key: str
    label: str
    columns: tuple[str, ...]
    labelled: bool = True
    kinds: tuple[CellKind, ...] = ()
    """What each cell holds, column by column."""
    rule: str = ""
    """The grammar's rule for the row."""
    group: str = ""
    """The words that stand before this row and its neighbours."""
    groups: tuple[str, ...] = ()
    """All such words, outer ones first."""


@dataclass(frozen=True, slots=True)
class TableSpec:
    key: str
    section: str
    rows: Mapping[str, RowSpec]
    columns: Mapping[str, str]
    """Key to mandated label, in the order of the figures."""


@dataclass(frozen=True, eq=False)
class Template:
    id: str
    title: str
    document: str
    """The document that mandates it."""
    years: tuple[int, int | None]
    """First and last report year; None where it is still in force."""
    sections: Mapping[str, SectionSpec]
    tables: Mapping[str, TableSpec]
    landmarks: Sequence[Landmark]
    sequences: Mapping[str, tuple[str, ...]]
    """The terminals in mandated order, optional ones included: of each section by key, or of ``start``."""
    identities: tuple[Identity, ...] = ()
    foreign: Sequence[tuple[str, str]] = ()
    """(label, template id) of words that only other editions of the same report have."""
    regrouped: Sequence[tuple[str, str]] = ()
    """(label, template id) of groups of rows that are one row of figures in other editions."""
    owners: Mapping[str, tuple[Landmark | None, ...]] = field(default_factory=dict)
    """For each terminal of ``sequences`` what it names there; None for figures and prose."""
    saved: bytes = field(default=b"", repr=False)

    @cached_property
    def parser(self) -> Lark:
        """The LALR parser of the template, over tokens that the scanner makes."""
        from lark import Lark

        return Lark.load(io.BytesIO(self.saved))

    @cached_property
    def addresses(self) -> Sequence[str]:
        """Every cell of the template, in the order of the document."""
        return [
            f"{table.key}.{row.key}.{column}"
            for table in self.tables.values()
            for row in table.rows.values()
            for column in row.columns
        ]

    @cached_property
    def texts(self) -> frozenset[str]:
        """The rows that hold words and no figure, by address."""
        return frozenset(
            f"{table.key}.{row.key}"
            for table in self.tables.values()
            for row in table.rows.values()
            if row.kinds and row.kinds[0] in TEXTS
        )

    @cached_property
    def repeated(self) -> frozenset[str]:
        """Terminals that are the label of several rows."""
        from collections import Counter

        count = Counter(mark.terminal for mark in self.landmarks if mark.kind == "row")
        return frozenset(terminal for terminal, rows in count.items() if rows > 1)

    @cached_property
    def rows_by_rule(self) -> Mapping[str, tuple[TableSpec, RowSpec]]:
        return {row.rule: (table, row) for table in self.tables.values() for row in table.rows.values()}

    @cached_property
    def kinds(self) -> Mapping[str, CellKind]:
        """What each cell holds, by address."""
        return {
            f"{table.key}.{row.key}.{column}": kind
            for table in self.tables.values()
            for row in table.rows.values()
            for column, kind in zip(row.columns, row.kinds, strict=True)
        }

    def kind(self, address: str) -> CellKind:
        """What the cell of an address holds."""
        return self.kinds[address]

    def states_unit(self, address: str) -> bool:
        """Whether the label of the row or column says in which unit its figures are."""
        return "单位" in self.row_label(address) + self.column_label(address)

    def in_force(self, year: int) -> bool:
        first, last = self.years
        return first <= year and (last is None or year <= last)

    def row_label(self, address: str) -> str:
        """What a person calls the row of an address, without its ordinal unless nothing else tells it apart."""
        table, row = address.split(".")[:2]
        return self.tables[table].rows[row].label

    def column_label(self, address: str) -> str:
        table, _, column = address.split(".")
        return self.tables[table].columns[column]

    def describe(self, address: str) -> Words:
        """A section, table, row or cell in the template's own words."""
        parts = address.split(".")
        if parts[0] not in self.tables:
            spec = self.sections.get(parts[0])
            name = spec.heading if spec else address
            return Words(f"“{name}”", f"“{name}”")
        table = self.tables[parts[0]]
        section = self.sections.get(table.section)
        zh = f"第{section.ordinal.rstrip('、')}部分表格" if section else "表格"
        en = f"table of “{section.heading}”" if section else "table"
        if len(parts) > 1 and parts[1] != "*":
            zh += f"“{self.row_label(address)}”行"
            en += f", row “{self.row_label(address)}”"
        if len(parts) > 2 and len(table.columns) > 1:
            zh += f"“{self.column_label(address)}”列"
            en += f", column “{self.column_label(address)}”"
        return Words(zh, en)


def _kinds(rule: str, held: Sequence[str], columns: int) -> tuple[CellKind, ...]:
    """What each cell of a row holds: one terminal goes for all, several are one a cell."""
    kinds = ["COUNT" if terminal == "COUNTS" else terminal for terminal in held]
    if len(kinds) == 1:
        kinds *= columns
    if len(kinds) != columns:
        raise ValueError(f"{rule}: {len(kinds)} cells in the row, {columns} columns in the header before it")
    return cast("tuple[CellKind, ...]", tuple(kinds))


def _told_apart(rows: Mapping[str, RowSpec]) -> dict[str, RowSpec]:
    """Rows of one label named with their group: 信息发布总数, 办件量总数."""
    from collections import Counter

    count = Counter(row.label for row in rows.values())
    return {
        key: replace(row, label=row.group + row.label) if row.labelled and count[row.label] > 1 else row
        for key, row in rows.items()
    }


class _Walk:
    """Reads a template out of a compiled grammar's rules."""

    def __init__(self, lark: Lark) -> None:
        self.strings = {terminal.name: terminal.pattern.value for terminal in lark.terminals}
        self.alternatives: dict[str, list[list[str]]] = {}
        for rule in sorted(lark.rules, key=lambda rule: rule.order):
            symbols = [symbol.name for symbol in rule.expansion]
            self.alternatives.setdefault(rule.origin.name, []).append(symbols)
        self.landmarks: list[Landmark] = []
        self.read: dict[str, list[Landmark]] = {}
        """The landmarks of each section's heading and each table, in the order of the grammar."""

    def longest(self, name: str) -> list[str]:
        """A rule with every optional part present."""
        return max(self.alternatives[name], key=len)

    def is_row(self, name: str) -> bool:
        return name in self.alternatives and self.longest(name)[-1] in FIGURES

    def header(self, name: str) -> list[str]:
        """The members of a header rule (one or more of several words in any order), in their declared order."""
        helper = self.alternatives[name][0][0]
        return [symbols[0] for symbols in self.alternatives[helper] if len(symbols) == 1]

    def is_header(self, name: str) -> bool:
        found = self.alternatives.get(name, [[]])
        return len(found) == 1 and found[0][0].startswith("__") and found[0][0] in self.alternatives

    def sequence(self, name: str) -> Iterator[str]:
        """The terminals of a rule in order; the words of a header once each."""
        if name not in self.alternatives:
            yield name
        elif self.is_header(name):
            for member in self.header(name):
                yield from self.sequence(member)
        else:
            for symbol in self.longest(name):
                yield from self.sequence(symbol)

    def mark(self, terminal: str, kind: LandmarkKind, address: str) -> str:
        label = self.strings[terminal]
        landmark = Landmark(terminal, label, kind, address)
        self.landmarks.append(landmark)
        part = address if kind == "section" else f"{address.split('.')[0]}_table"
        self.read.setdefault(part, []).append(landmark)
        return label

    def owners(self, key: str, sequence: Sequence[str]) -> Iterator[Landmark | None]:
        """What each terminal of a sequence names: they were marked in the same order."""
        names = self.longest(key)
        parts = [key, *names] if key != "start" else names
        marks = iter([mark for part in parts for mark in self.read.get(part, ())])
        for terminal in sequence:
            yield next(marks) if terminal in self.strings else None

    def section(self, key: str) -> SectionSpec:
        heading, *body = self.longest(key)
        table = next((name.removesuffix("_table") for name in body if name.endswith("_table")), None)
        return SectionSpec(key, self.mark(heading, "section", key), table)

    def table(self, key: str, section: str) -> TableSpec:
        rows: dict[str, RowSpec] = {}
        columns: dict[str, str] = {}
        current: tuple[str, ...] = ()
        groups: list[str] = []
        """The words that stand before the rows now read, outer ones first."""

        def local(name: str) -> str:
            return name.removeprefix(f"{key}_")

        def walk(name: str) -> None:
            nonlocal current
            if name in self.strings:
                groups.append(split_unit(self.mark(name, "group", key)))
            elif self.is_row(name):
                rows[local(name)] = row(name)
            elif self.is_header(name):
                current = tuple(header(name))
            else:
                depth = len(groups)
                for symbol in self.longest(name):
                    walk(symbol)
                del groups[depth:]

        def row(name: str) -> RowSpec:
            symbols = self.longest(name)
            held = [symbol for symbol in symbols if symbol in FIGURES]
            first = symbols[0] not in FIGURES
            labelled = first and len(self.alternatives[name]) == 1
            label = self.mark(symbols[0], "row", f"{key}.{local(name)}") if first else ""
            if not current:
                columns[ALONE] = ""
            under = current or (ALONE,)
            within = groups[-1] if groups else ""
            return RowSpec(
                local(name),
                label,
                under,
                labelled,
                _kinds(name, held, len(under)),
                name,
                within,
                tuple(groups),
            )

        def header(name: str) -> Iterator[str]:
            for member in self.header(name):
                if member in self.strings:
                    self.mark(member, "group", key)
                else:
                    column = local(member)
                    columns[column] = self.mark(self.longest(member)[0], "column", f"{key}.*.{column}")
                    yield column

        for symbol in self.longest(f"{key}_table"):
            walk(symbol)
        return TableSpec(key, section, _told_apart(rows), columns)


def _build(name: str, grammar: str, identities: str) -> Template:
    """Compile one template from its grammar's text and its identities' text (empty where it has none)."""
    from lark import Lark

    from govlint.lexing import Scanned

    directives = dict(_DIRECTIVE.findall(grammar))
    lark = Lark(grammar, parser="lalr", lexer=Scanned, maybe_placeholders=False, keep_all_tokens=True)
    walk = _Walk(lark)
    keys = walk.longest("start")
    sections = {key: walk.section(key) for key in keys if not key.endswith("_table")}
    holders = {spec.table: key for key, spec in sections.items() if spec.table}
    holders |= {key.removesuffix("_table"): "" for key in keys if key.endswith("_table")}
    tables = {key: walk.table(key, section) for key, section in holders.items()}
    if sections:  # each section by itself, for those that stand where they should not
        lark = Lark(
            grammar,
            parser="lalr",
            lexer=Scanned,
            start=["start", *sections],
            maybe_placeholders=False,
            keep_all_tokens=True,
        )
    sequences = {key: tuple(walk.sequence(key)) for key in (sections or ["start"])}
    saved = io.BytesIO()
    lark.save(saved)
    first, _, last = directives.get("years", "0-").partition("-")
    return Template(
        id=name,
        title=directives.get("title", name),
        document=directives.get("document", ""),
        years=(int(first or 0), int(last) if last else None),
        sections=sections,
        tables=tables,
        landmarks=tuple(dict.fromkeys(walk.landmarks)),
        sequences=sequences,
        owners={key: tuple(walk.owners(key, sequence)) for key, sequence in sequences.items()},
        identities=load_identities(identities, tables),
        saved=saved.getvalue(),
    )


def _with_foreign(template: Template, others: Sequence[Template]) -> Template:
    own = {landmark.label for landmark in template.landmarks}
    groups = {landmark.label for landmark in template.landmarks if landmark.kind == "group"}
    foreign: dict[str, str] = {}
    regrouped: dict[str, str] = {}
    for other in others:
        if other.title != template.title or other.id == template.id:
            continue
        for landmark in other.landmarks:
            if landmark.label not in own and landmark.kind != "section":
                foreign[landmark.label] = other.id
            elif landmark.kind == "row" and landmark.label in groups - _rows_of(template):
                regrouped[landmark.label] = other.id
    return replace(template, foreign=tuple(foreign.items()), regrouped=tuple(regrouped.items()))


def _rows_of(template: Template) -> set[str]:
    return {landmark.label for landmark in template.landmarks if landmark.kind == "row"}


def _sources(folders: Sequence[Path]) -> dict[str, tuple[str, str]]:
    """Template id to (grammar, identities), later folders before earlier ones of the same id."""
    found: dict[str, tuple[str, str]] = {}
    for folder in (GRAMMARS, *folders):
        for path in sorted(folder.glob("*.lark")):
            grammar = path.read_text("utf-8")
            if "// document:" in grammar:  # other grammars beside the templates mandate nothing
                beside = path.with_suffix(".identities")
                found[path.stem] = grammar, beside.read_text("utf-8") if beside.exists() else ""
    return found


def _cache_file(sources: Mapping[str, tuple[str, str]]) -> Path:
    from govlint import __version__

    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA") or "~/.cache"
    key = repr(
        (__version__, sys.version_info[:3], sorted(sources.items()), Path(__file__).stat().st_mtime_ns)
    )
    digest = hashlib.sha256(key.encode()).hexdigest()[:20]
    return Path(base).expanduser() / "govlint" / f"templates-{digest}.pickle"


@cache
def load_all(folders: tuple[Path, ...] = ()) -> Mapping[str, Template]:
    """Every template by id: those of govlint and those of the folders given.

    Raises ValueError where a grammar or its identities are wrong.
    """
    sources = _sources(folders)
    kept = _cache_file(sources)
    try:
        return _trusted(kept)
    except Exception:  # absent, damaged, written by another user or version: build anew
        pass
    built = [_build(name, *texts) for name, texts in sources.items()]
    templates = {template.id: _with_foreign(template, built) for template in built}
    try:
        kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = kept.with_suffix(f".{os.getpid()}")
        temporary.write_bytes(pickle.dumps(templates))
        temporary.replace(kept)
    except OSError:  # a read-only home costs time, nothing else
        pass
    return templates


def _trusted(path: Path) -> Mapping[str, Template]:
    if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
        raise PermissionError(path)
    templates: Mapping[str, Template] = pickle.loads(path.read_bytes())
    return templates


def load(name: str, folders: tuple[Path, ...] = ()) -> Template:
    """One template by id. Raises KeyError where there is none of that name."""
    return load_all(folders)[name]


def describe_scope(ids: Sequence[str]) -> Words:
    names = "、".join(ids)
    return Words(names or "全部模板", ", ".join(ids) or "all templates")
