"""The settings file: its keys, how each is read, and what is said of a mistake in it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from govlint.agencies.deadlines import STATUTORY
from govlint.config import paths
from govlint.document import Words
from govlint.errors import UsageError, cannot_read, hint
from govlint.files import read_regular
from govlint.readers.limits import LIMITS
from govlint.rule import SEVERITIES

_SECTION = "tool.govlint"
_SIZE = re.compile(r"(\d{1,12})\s*([kKmMgG]?)[bB]?")
"""As in ``20MB``."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`|]+")
"""As in ``https://example.gov.cn/a.html``."""
_LARGEST = 1_000_000_000_000
_LONGEST_CHAIN = 20
"""Files that extend each other."""
_DEEPEST = 5
"""Parts of a dotted key: ``tool.govlint.severity.N003``."""
_TOKEN = re.compile(
    r'#[^\n]*|"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|[\[\]{}\n]',
    re.DOTALL,
)
"""What may hold or end a statement of TOML; all else stands between: ``# 注``."""
_UNITS = {"": 1, "k": 1000, "m": 1_000_000, "g": 1_000_000_000}


Schema = Mapping[str, Any]
RULE: Schema = {"$ref": "#/$defs/rule"}
PATTERN: Schema = {"type": "string", "pattern": "[^/. ]"}


class Kind(Struct, frozen=True):
    """What a setting may be: how it is read, and its JSON Schema for editors."""

    read: Callable[[Any, Path], Any]
    """From TOML, by the folder of the file, to the value; raises ValueError that says what would be right."""
    schema: Schema

    def __call__(self, value: Any, folder: Path) -> Any:
        return self.read(value, folder)


def _kind(**schema: Any) -> Callable[[Callable[[Any, Path], Any]], Kind]:
    return lambda read: Kind(read, schema)


class Key(NamedTuple):
    read: Kind
    default: Any
    words: Words
    table: bool = False
    """A table whose entries are values of their own."""
    names: Schema | None = None
    """What the names of a table's entries are."""


class Exemption(NamedTuple):
    """Rules that do not apply to some paths: ``[per-path-ignores]``."""

    folder: Path
    pattern: str
    codes: tuple[str, ...]

    def fits(self, path: Path) -> bool:
        try:
            relative = path.relative_to(self.folder).as_posix()
        except ValueError:
            return False
        return paths.fits(self.pattern, relative)


class Exclusion(NamedTuple):
    """What is passed over where folders are walked: ``exclude``. A pattern that ends with ``/`` means folders alone."""

    folder: Path
    pattern: str

    def fits(self, path: str, is_folder: bool) -> bool:
        """Whether it means an entry of a folder, by its absolute path."""
        if self.pattern.endswith("/") and not is_folder:
            return False
        pattern = self.pattern.rstrip("/")
        if "/" not in pattern:
            return paths.fits(pattern, os.path.basename(path))
        try:
            relative = Path(path).relative_to(self.folder).as_posix()
        except ValueError:
            return False
        return paths.fits(pattern.removeprefix("./"), relative)


@_kind(type="array", items=PATTERN)
def exclusions(value: Any, folder: Path) -> tuple[Exclusion, ...]:
    """Patterns relative to a folder. Raises ValueError that says what would be right."""
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise ValueError('应为路径的列表，如 ["drafts/", "*.tmp.docx"] / should be a list of paths')
    for pattern in value:
        paths.check(pattern)
    return tuple(Exclusion(folder, pattern) for pattern in value)


@_kind(type="array", items=RULE)
def _codes(value: Any, folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
        raise ValueError('应为规则代码的列表，如 ["N003", "W"] / should be a list of rule codes')
    return tuple(code.strip() for code in value)


def _choice(*allowed: str) -> Kind:
    @_kind(enum=list(allowed))
    def read(value: Any, folder: Path) -> str:
        if value not in allowed:
            raise ValueError(
                f"不能是 {value!r}，{hint(str(value), allowed)} / should be one of {', '.join(allowed)}"
            )
        return str(value)

    return read


@_kind(type="string", minLength=1)
def _text(value: Any, folder: Path) -> str:
    if not isinstance(value, str):
        raise ValueError(f"应为文字，而不是 {value!r} / should be text")
    return value


@_kind(type="array", items={"type": "string"})
def _folders(value: Any, folder: Path) -> tuple[Path, ...]:
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise ValueError('应为文件夹的列表，如 ["rules"] / should be a list of folders')
    found = tuple(Path(os.path.normpath(folder / name)) for name in value)
    for path in found:
        if not path.is_dir():
            raise ValueError(f"没有文件夹 {path} / no such folder")
    return found


@_kind(type="string", minLength=1)
def _file(value: Any, folder: Path) -> Path:
    path = Path(os.path.normpath(folder / _text(value, folder)))
    if not path.is_file():
        raise ValueError(f"没有文件 {path} / no such file")
    return path


@_kind(type="integer", minimum=1, maximum=_LARGEST)
def _count(value: Any, folder: Path) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"应为正整数，而不是 {value!r} / should be a positive integer")
    if value > _LARGEST:
        raise ValueError(f"不能超过 {_LARGEST} / should be at most that")
    return value


@_kind(
    anyOf=[
        {"type": "integer", "minimum": 1, "maximum": _LARGEST},
        {"type": "string", "pattern": rf"^\s*(?=0*[1-9]){_SIZE.pattern}\s*$"},
    ]
)
def _size(value: Any, folder: Path) -> int:
    if isinstance(value, str) and (match := _SIZE.fullmatch(value.strip())):
        value = int(match[1]) * _UNITS[match[2].lower()]
    if isinstance(value, str):
        raise ValueError(
            f'应为字节数或 "50MB" 这样的大小，而不是 {value!r} / should be a size such as "50MB"'
        )
    return int(_count(value, folder))


@_kind(
    type="string",
    pattern=r"^((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)|02-(0[1-9]|1\d|2[0-8]))$",
)
def _day(value: Any, folder: Path) -> tuple[int, int]:
    from datetime import date

    try:
        # A year that has no February 29: the day must be there every year.
        day = date.fromisoformat(f"2001-{value}")
    except ValueError as error:
        raise ValueError(
            f'应为 "03-31" 这样的月和日，而不是 {value!r} / should be a month and day'
        ) from error
    return day.month, day.day


@_kind(type="string", pattern=f"^{_ADDRESS.pattern}$")
def _docs_url(value: Any, folder: Path) -> str:
    address = _text(value, folder)
    if not _ADDRESS.fullmatch(address):
        raise ValueError(
            f'应为 "https://…/{{code}}/" 这样的网址，而不是 {value!r} / should be an http or https address'
        )
    return address if "{code}" in address else f"{address.rstrip('/')}/{{code}}/"


KEYS: Mapping[str, Key] = {
    "extend": Key(_text, None, Words("先读另一个设置文件", "another settings file, read before this one")),
    "select": Key(_codes, (), Words("只用这些规则", "only these rules")),
    "extend-select": Key(_codes, (), Words("另外再用这些规则", "these rules besides")),
    "ignore": Key(_codes, (), Words("不用这些规则", "not these rules")),
    "fixable": Key(
        _codes, (), Words("只自动改正这些规则的问题", "corrections of these rules alone are applied")
    ),
    "unfixable": Key(
        _codes, (), Words("不自动改正这些规则的问题", "corrections of these rules are not applied")
    ),
    "severity": Key(
        _choice(*SEVERITIES), {}, Words("改变规则的级别", "other severities, by rule"), True, RULE
    ),
    "per-path-ignores": Key(
        _codes, {}, Words("某些路径不用的规则", "rules not to apply to some paths"), True, PATTERN
    ),
    "exclude": Key(
        exclusions, (), Words("文件夹中略过的路径", "what is passed over where folders are walked")
    ),
    "template": Key(_text, "auto", Words("模板，auto 为自动", "template id, or auto")),
    "fail-on": Key(
        _choice(*SEVERITIES, "never"), "error", Words("何种问题算不通过", "the severity that fails")
    ),
    "language": Key(_choice("zh", "en"), "zh", Words("消息的语言", "language of messages")),
    "rule-folders": Key(
        _folders, (), Words("自备规则的文件夹（会被执行）", "folders of rules of your own (code)")
    ),
    "template-folders": Key(_folders, (), Words("自备模板的文件夹", "folders of templates of your own")),
    "docs-url": Key(
        _docs_url,
        None,
        Words("规则说明的网址，{code} 代表规则代码", "where the rules' pages stand, {code} for the code"),
    ),
    "agencies": Key(_file, None, Words("机关名录", "the agency register")),
    "limits.size": Key(_size, LIMITS.size, Words("文件大小的上限", "largest file, in bytes")),
    "limits.characters": Key(_count, LIMITS.characters, Words("字数的上限", "longest text, in characters")),
    "deadlines.department": Key(_day, STATUTORY.department, Words("部门公布期限", "departments publish by")),
    "deadlines.government": Key(_day, STATUTORY.government, Words("政府公布期限", "governments publish by")),
    "deadlines.township": Key(
        _day, STATUTORY.township, Words("乡镇、街道公布期限", "townships and streets publish by")
    ),
    "deadlines.other": Key(_day, STATUTORY.other, Words("其他机关公布期限", "other bodies publish by")),
}
"""Every key of a settings file by its dotted name."""
CODES = ("select", "extend-select", "ignore", "fixable", "unfixable")
"""The keys that list rules."""


class SettingsFile(Struct, frozen=True):
    """A settings file as read, with what it extends; values by dotted key."""

    path: Path
    values: Mapping[str, Value]
    files: tuple[Path, ...]
    """Itself and the files it extends."""

    def table(self, name: str) -> Iterator[tuple[str, Value]]:
        for key, value in self.values.items():
            if key.startswith(name + "."):
                yield key.removeprefix(name + "."), value


_AT_LINE = re.compile(r"line (\d+)")
"""As in ``(at line 3, column 1)``."""


def load(path: Path, seen: tuple[Path, ...] = (), origin: str = "") -> SettingsFile:
    """Read and validate a settings file and what it extends. Raises ConfigError.

    ``origin`` is the place that names it, after those ``seen``.
    """
    path = Path(os.path.abspath(path))
    if path in seen or len(seen) >= _LONGEST_CHAIN:
        raise ConfigError(f"{origin}: extend 兜圈子 / extends itself: {' → '.join(map(str, (*seen, path)))}")
    text, stated = _toml(path, origin)
    prefix = _SECTION + "." if path.name == PYPROJECT else ""
    lines = key_lines(text) if stated else {}
    for part in _SECTION.split(".") if prefix else ():
        stated = stated.get(part, {})
        if not isinstance(stated, dict):
            place = key_place(path, _SECTION[: _SECTION.index(part) + len(part)], lines)
            raise ConfigError(f"{place}: {part} 应为一节 [{_SECTION}] / should be a table")
    own = dict(_validated(stated, path, prefix, lines))
    if "extend" not in own:
        return SettingsFile(path, own, (path,))
    base = load(path.parent / own["extend"].value, (*seen, path), own["extend"].origin)
    return SettingsFile(path, {**base.values, **own}, (path, *base.files))


def _toml(path: Path, origin: str) -> tuple[str, Mapping[str, Any]]:
    """A file's text, and what it states."""
    import tomllib

    try:
        text = read_regular(path).decode("utf-8-sig")
    except OSError as error:
        named = f"{origin}: extend {path}" if origin else path
        raise cannot_read(named, error, "设置文件", ConfigError) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ConfigError(f"{path}:{line}: 不是正确的 TOML / not TOML: {error}") from error
    try:
        return text, tomllib.loads(text)
    except ValueError as error:
        stopped = _AT_LINE.search(str(error))
        line = int(stopped[1]) if stopped else text.rstrip().count("\n") + 1
        raise ConfigError(f"{path}:{line}: 不是正确的 TOML / not TOML: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{path}:{_deepest(text)}: 嵌套过深 / nested too deeply") from error


def key_lines(text: str) -> Mapping[str, int]:
    """The line of every dotted key."""
    import tomllib

    found: dict[str, int] = {}
    table = ""
    for start, chunk in _statements(text):
        stated = tomllib.loads(chunk)
        header = chunk.lstrip().startswith("[")
        for key in _dotted(stated):
            full = key if header or not table else f"{table}.{key}"
            found.setdefault(full, start)
            if header:
                table = full
    return found


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """The statements of what is TOML, each with the line at which it begins: in time by its length."""
    depth = begin = 0
    start = number = 1
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in "[{":
            depth += 1
        elif token in "]}":
            depth -= 1
        elif token == "\n" and not depth:
            yield start, text[begin : match.end()]
            begin, start = match.end(), number + 1
        number += token.count("\n")
    yield start, text[begin:]


def _deepest(text: str) -> int:
    """The line with the most brackets or dots: where what is nested too deeply must be."""
    lines = text.split("\n")
    return 1 + max(
        range(len(lines)), key=lambda at: lines[at].count("[") + lines[at].count(".") + lines[at].count("{")
    )


def _dotted(values: Mapping[str, Any], depth: int = _DEEPEST) -> Iterator[str]:
    for key, value in values.items():
        yield key
        if isinstance(value, list) and value and isinstance(value[0], dict):
            value = value[0]
        if isinstance(value, dict) and depth:
            yield from (f"{key}.{inner}" for inner in _dotted(value, depth - 1))


def _validated(
    stated: Mapping[str, Any], path: Path, prefix: str, lines: Mapping[str, int]
) -> Iterator[tuple[str, Value]]:
    tables = {key.split(".")[0] for key, spec in KEYS.items() if "." in key or spec.table}
    for name, value in stated.items():
        if name not in tables:
            # A quoted name with a dot in it is none of a table's.
            yield _read(name, f'"{name}"' if "." in name else name, value, path, prefix, lines)
            continue
        if not isinstance(value, dict):
            place = key_place(path, prefix + name, lines)
            raise ConfigError(f"{place}: {name} 应为一节 [{prefix}{name}] / should be a table")
        for inner, entry in value.items():
            yield _read(
                f"{name}.{inner}", name if name in KEYS else f"{name}.{inner}", entry, path, prefix, lines
            )


def _read(
    key: str, spec: str, value: Any, path: Path, prefix: str, lines: Mapping[str, int]
) -> tuple[str, Value]:
    place = key_place(path, prefix + key, lines)
    if spec not in KEYS:
        parent = spec.rpartition(".")[0]
        known = [name.rpartition(".")[2] for name in KEYS if name.rpartition(".")[0] == parent]
        if not known:
            known = [name for name in KEYS if "." not in name]
            known += sorted({name.split(".")[0] for name in KEYS if "." in name})
        raise ConfigError(
            f"{place}: 没有“{key}”这一项设置，{hint(spec.rpartition('.')[2], known)} / no such setting"
        )
    try:
        read = KEYS[spec].read(value, path.parent)
        if spec == "per-path-ignores":
            paths.check(key.partition(".")[2])
    except ValueError as error:
        raise ConfigError(f"{place}: {key} {error}") from error
    if spec == "per-path-ignores":
        read = Exemption(path.parent, key.partition(".")[2], read)
    return key, Value(read, place)


def key_place(path: Path, key: str, lines: Mapping[str, int]) -> str:
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return f"{path}:{lines[key]}" if key else str(path)


FILE = "govlint.toml"
PYPROJECT = "pyproject.toml"


class ConfigError(UsageError):
    """A mistake in a settings file: exit status 2."""


class Value(NamedTuple):
    value: Any
    origin: str = "default"
    """``default``, ``file:line`` or the command line's option."""
