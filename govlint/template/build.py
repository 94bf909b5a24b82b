"""A grammar's text to a :class:`Template`: what its rules say of sections, tables, rows and columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.errors import UsageError
from govlint.template import lalr
from govlint.template.identity_language import load as load_identities
from govlint.template.model import (
    ALONE,
    FIGURES,
    Block,
    CellKind,
    Group,
    Landmark,
    LandmarkKind,
    RowSpec,
    SectionSpec,
    Source,
    TableSpec,
    Template,
    split_unit,
)

if TYPE_CHECKING:
    from lark import Lark

_DIRECTIVE = re.compile(r"^//[ ]*(\w+)[ ]*[:：][ ]*(.+?)[ ]*$", re.MULTILINE)
"""As in ``// years: 2021-``."""
_HINT = re.compile(r"^(\w+)[ ]*:.*[ ]//[ ]*(.+?)[ ]*$", re.MULTILINE)
"""A comment behind a rule: ``has_media: "是否有移动新媒体" CHOICE  // □是 □否``."""
_YEARS = re.compile(r"(\d{4})-(\d{4})?|(\d{4})")
"""As in ``2019-2020``."""


def _kinds(rule: str, held: Sequence[str], columns: int) -> tuple[CellKind, ...]:
    """What each cell of a row holds: one terminal goes for all, several are one a cell."""
    kinds = ["COUNT" if terminal == "COUNTS" else terminal for terminal in held]
    if len(kinds) == 1:
        kinds *= columns
    if len(kinds) != columns:
        raise ValueError(
            f"{rule} 一行有{len(kinds)}格，而它前面的表头有{columns}列 / {len(kinds)} cells in a row of {columns} columns"
        )
    return cast("tuple[CellKind, ...]", tuple(kinds))


def _told_apart(rows: Mapping[str, RowSpec]) -> dict[str, RowSpec]:
    """Rows of one label named with their group: 信息发布总数, 办件量总数."""
    count = Counter(row.label for row in rows.values())
    return {
        key: replace(row, label=row.group + row.label) if row.labelled and count[row.label] > 1 else row
        for key, row in rows.items()
    }


class _Walk:
    """Reads a template out of a compiled grammar's rules."""

    def __init__(self, lark: Lark) -> None:
        self.strings = {terminal.name: terminal.pattern.value for terminal in lark.terminals}
        for terminal in lark.terminals:
            if terminal.pattern.type != "str":
                raise ValueError(
                    f"名称应写在引号内，而不是正则式 /{terminal.pattern.value}/ / a pattern is no label"
                )
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

    def choices(self, name: str) -> list[str]:
        """The members of a rule that is a choice of single words or columns; empty where it is none."""
        found = self.alternatives.get(name, [])
        single = len(found) > 1 and all(len(symbols) == 1 for symbols in found)
        return [symbols[0] for symbols in found] if single else []

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
            for symbol in self.choices(name) or self.longest(name):
                yield from self.sequence(symbol)

    def mark(self, terminal: str, kind: LandmarkKind, address: str) -> str:
        label = self.strings[terminal]
        landmark = Landmark(terminal, label, kind, address)
        self.landmarks.append(landmark)
        part = address if kind == "section" else f"{address.split('.')[0]}_table"
        self.read.setdefault(part, []).append(landmark)
        return label

    def all_owners(self, sequences: Mapping[str, Sequence[str]]) -> dict[str, tuple[Landmark | None, ...]]:
        return {key: tuple(self.owners(key, sequence)) for key, sequence in sequences.items()}

    def owners(self, key: str, sequence: Sequence[str]) -> Iterator[Landmark | None]:
        """What each terminal of a sequence names: they were marked in the same order."""
        names = self.longest(key)
        parts = [key, *names] if key != "start" else names
        marks = iter([mark for part in parts for mark in self.read.get(part, ())])
        for terminal in sequence:
            yield next(marks) if terminal in self.strings else None

    def section(self, key: str) -> SectionSpec:
        heading, *body = self.longest(key)
        if heading not in self.strings:
            raise ValueError(f"{key} 应以引号内的标题开头 / {key} must begin with its heading in quotes")
        table = next((name.removesuffix("_table") for name in body if name.endswith("_table")), None)
        return SectionSpec(key, self.mark(heading, "section", key), table)

    def table(self, key: str, section: str) -> TableSpec:
        if f"{key}_table" not in self.alternatives:
            raise ValueError(f"没有 {key}_table 这条规则 / no rule {key}_table")
        table = _Table(self, key)
        for symbol in self.longest(f"{key}_table"):
            table.walk(symbol)
        if not table.rows:
            raise ValueError(f"{key}_table 没有一行 / {key}_table has no row")
        blocks = [Block(each.banner, each.header, tuple(each.members)) for each in table.blocks]
        return TableSpec(
            key, section, _told_apart(table.rows), table.columns, tuple(b for b in blocks if b.members)
        )


class _Block(Struct):
    banner: str = ""
    header: tuple[Group | str, ...] = ()
    members: list[Group | str] = field(default_factory=list)


_Words = tuple[str, ...]
"""What stands before the rows now read, outer words first."""


class _Table:
    """One table, read rule by rule in the order of the grammar."""

    def __init__(self, walk: _Walk, key: str) -> None:
        self.grammar, self.key = walk, key
        self.rows: dict[str, RowSpec] = {}
        self.columns: dict[str, str] = {}
        self.blocks = [_Block()]
        self.current: tuple[str, ...] = ()
        """The columns of the last header."""

    def local(self, name: str) -> str:
        return name.removeprefix(f"{self.key}_")

    def walk(self, name: str, into: list[Group | str] | None = None, within: _Words = ()) -> None:
        """One symbol; ``into`` are the members of the group that it stands in, ``within`` the words before it."""
        grammar = self.grammar
        into = self.blocks[-1].members if into is None else into
        if name in grammar.strings:
            into.append(Group(grammar.mark(name, "group", self.key), ()))
        elif grammar.is_row(name):
            key = self.local(name)
            self.rows[key] = self.row(name, within)
            into.append(key)
        elif grammar.is_header(name):
            self.begin(tuple(self.header(member) for member in grammar.header(name)))
        else:
            self.rule(grammar.longest(name), into, within)

    def rule(self, symbols: list[str], into: list[Group | str], within: _Words) -> None:
        """A rule of several symbols: a group where it begins with words, across the table where a header follows."""
        grammar = self.grammar
        if symbols[0] not in grammar.strings:
            for symbol in symbols:
                self.walk(symbol, None if into is self.blocks[-1].members else into, within)
            return
        words = grammar.mark(symbols[0], "group", self.key)
        if len(symbols) > 1 and grammar.is_header(symbols[1]):
            self.blocks.append(_Block(words))
            for symbol in symbols[1:]:
                self.walk(symbol, None, (*within, split_unit(words)))
            return
        members: list[Group | str] = []
        for symbol in symbols[1:]:
            self.walk(symbol, members, (*within, split_unit(words)))
        into.append(Group(words, tuple(members)))

    def begin(self, header: tuple[Group | str, ...]) -> None:
        """A header: of the block just begun, of a new one, or the same once more."""
        self.current = tuple(_columns(header))
        block = self.blocks[-1]
        if block.header and block.header != header:
            self.blocks.append(_Block())
        self.blocks[-1].header = header

    def header(self, name: str) -> Group | str:
        """Words, words over columns, or a column."""
        grammar = self.grammar
        if name in grammar.strings:
            return Group(grammar.mark(name, "group", self.key), ())
        choices = grammar.choices(name)
        if choices:
            first, *rest = choices
            if first not in grammar.strings:
                raise ValueError(f"{name} 应以引号内的文字开头 / {name} must begin with words in quotes")
            words = grammar.mark(first, "group", self.key)
            return Group(words, tuple(self.header(member) for member in rest))
        column = self.local(name)
        self.columns[column] = grammar.mark(grammar.longest(name)[0], "column", f"{self.key}.*.{column}")
        return column

    def row(self, name: str, within: _Words) -> RowSpec:
        grammar, key = self.grammar, self.local(name)
        symbols = grammar.longest(name)
        held = [symbol for symbol in symbols if symbol in FIGURES]
        first = symbols[0] not in FIGURES
        labelled = first and len(grammar.alternatives[name]) == 1
        label = grammar.mark(symbols[0], "row", f"{self.key}.{key}") if first else ""
        if not self.current:
            self.columns[ALONE] = ""
        under = self.current or (ALONE,)
        return RowSpec(
            key,
            label,
            under,
            labelled,
            _kinds(name, held, len(under)),
            name,
            within[-1] if within else "",
            within,
        )


def _columns(header: Sequence[Group | str]) -> Iterator[str]:
    """The columns of a header in the order of the figures."""
    for member in header:
        if isinstance(member, Group):
            yield from _columns(member.members)
        else:
            yield member


def build(name: str, source: Source) -> Template:
    """One template from its sources. Raises UsageError, which says the file and what is wrong."""
    from lark.exceptions import LarkError

    try:
        template, walk = _build(name, source.grammar)
    except LarkError as error:
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        raise UsageError(
            f"{source.path}: 语法有误：{'；'.join(lines[:3])[:300]} / the grammar is wrong"
        ) from None
    except ValueError as error:
        raise UsageError(f"{source.path}: {error}") from None
    except (RecursionError, LookupError, StopIteration, RuntimeError):
        raise UsageError(
            f"{source.path}: 只有表头可以用 ( … )+，其余规则不能重复或引用自己"
            " / only a header may be repeated, and no rule may name itself"
        ) from None
    try:
        identities = load_identities(source.identities, template.tables)
    except ValueError as error:
        path = re.sub(r"\.lark$", ".identities", source.path)
        said = "；".join(filter(None, map(str.strip, str(error).removeprefix("identities, ").splitlines())))
        raise UsageError(f"{path}: {said}") from None
    return replace(template, identities=identities, owners=walk.all_owners(template.sequences))


def _build(name: str, grammar: str) -> tuple[Template, _Walk]:
    directives = dict(reversed(_DIRECTIVE.findall(grammar)))
    for wanted in ("document", "title", "years"):
        if wanted not in directives:
            raise ValueError(f"缺少“// {wanted}: …”一行 / no line “// {wanted}: …”")
    walk = _Walk(lalr.compiled(grammar))
    keys = walk.longest("start")
    sections = {key: walk.section(key) for key in keys if not key.endswith("_table")}
    holders = {spec.table: key for key, spec in sections.items() if spec.table}
    holders |= {key.removesuffix("_table"): "" for key in keys if key.endswith("_table")}
    tables = {key: walk.table(key, section) for key, section in holders.items()}
    # Each section also by itself, for those that stand where they should not.
    parsing = lalr.tables(lalr.compiled(grammar, ["start", *sections]))
    template = Template(
        id=name,
        title=directives["title"],
        document=directives["document"],
        years=_years(directives["years"]),
        attested=directives.get("certainty") != "likely",
        sections=sections,
        tables=tables,
        landmarks=tuple(dict.fromkeys(walk.landmarks)),
        sequences={key: tuple(walk.sequence(key)) for key in (sections or ["start"])},
        hints=_hints(grammar, sections, tables),
        parsing=parsing,
    )
    return template, walk


def _hints(
    grammar: str, sections: Mapping[str, SectionSpec], tables: Mapping[str, TableSpec]
) -> dict[str, str]:
    """The comments behind the rules of sections, by key, and of rows, by address."""
    rows = {row.rule: f"{table.key}.{row.key}" for table in tables.values() for row in table.rows.values()}
    written: dict[str, str] = dict(_HINT.findall(grammar))
    return {rows.get(rule, rule): hint for rule, hint in written.items() if rule in {*rows, *sections}}


def _years(written: str) -> tuple[int, int | None]:
    match = _YEARS.fullmatch(written.replace(" ", ""))
    if not match:
        raise ValueError(
            f"years 应写作 2021- 或 2019-2020，而不是“{written}” / years are written 2021- or 2019-2020"
        )
    first, last, only = match.groups()
    return int(only or first), int(only) if only else int(last) if last else None
