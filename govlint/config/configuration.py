"""What is in force for a document: the command line over its settings file over defaults.

Settings files are ``govlint.toml`` and ``[tool.govlint]`` of ``pyproject.toml``. The nearest one upward from a document
holds for it, alone: files are merged only where one says ``extend``. Every value knows where it came from. A mistake
is a :class:`ConfigError` with file, line and the nearest right name.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from govlint.config.file import CODES, FILE, KEYS, PYPROJECT, ConfigError, Value, key_lines, key_place
from govlint.document import Words
from govlint.errors import cannot_read, hint
from govlint.files import StrPath, read_regular
from govlint.linting import registry
from govlint.linting.settings import Settings
from govlint.readers.limits import Limits
from govlint.rule import Rule
from govlint.text.visible import visible

if TYPE_CHECKING:
    from govlint.config.file import Exclusion, SettingsFile


_OVERRULED = {"select": "ignore", "fixable": "unfixable"}
"""Option to the key of the file that it takes the place of too."""
_ADDED = ("ignore", "extend-select", "unfixable", "rule-folders", "exclude")
"""Options that add to what the file says."""


def _upper(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.upper() for code in codes)


def find(folder: Path) -> Path | None:
    """The nearest settings file in a folder or above it."""
    for place in (folder, *folder.parents):
        if os.path.lexists(own := place / FILE):  # what cannot be read is said, not passed over
            return own
        if os.path.isfile(shared := place / PYPROJECT) and _has_section(shared):
            return shared
    return None


_TABLE = re.compile(rb"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*([\w-]+)")
"""As in ``[tool.govlint]``."""


def _has_section(path: Path) -> bool:
    """Raises ConfigError for a file that cannot be read: what it says would be passed over in silence."""
    try:
        data = read_regular(path)
    except OSError as error:
        raise cannot_read(path, error, "设置文件", ConfigError) from error
    tables = {name.decode("ascii", "replace") for name in _TABLE.findall(data)}
    if "govlint" in tables:
        return True
    if b"govlint" not in data and not any(map(_is_misspelt, tables)):
        return False
    import tomllib

    try:
        text = data.decode("utf-8-sig")
        tool = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError):  # of another tool, which may say so
        return False
    tools = [each for each in (tool if isinstance(tool, list) else [tool]) if isinstance(each, dict)]
    for name, stated in (item for each in tools for item in each.items()):
        if _is_misspelt(name) and isinstance(stated, dict) and stated and _SETTINGS.issuperset(stated):
            place = key_place(path, f"tool.{name}", key_lines(text))
            raise ConfigError(
                f"{place}: 没有 [tool.{name}] 这一节，{hint(name, ['govlint'])} / no such table"
            )
    return any("govlint" in each for each in tools)


_SETTINGS = frozenset(key.partition(".")[0] for key in KEYS)


def _is_misspelt(name: str) -> bool:
    """Whether a table's name is govlint's but for one slip."""
    from govlint.numbers.localise import is_slip

    folded = name.casefold()
    return name != "govlint" and (folded == "govlint" or is_slip(folded, "govlint"))


def working_folder() -> Path | None:
    """None where it has been deleted."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None


def _load(path: Path) -> SettingsFile:
    from govlint.config.file import load

    return load(path)


class Configuration:
    """What is in force for each document: options of the command line over its settings file over defaults.

    ``options`` are by the keys of :data:`KEYS`, each with the option's name as its origin; a ``file`` named takes the
    place of those found. With ``search`` False no file is looked for.
    """

    def __init__(
        self,
        options: Mapping[str, Value] | None = None,
        file: Path | None = None,
        *,
        search: bool = True,
        base: Settings | None = None,
    ) -> None:
        """``base`` holds what has no key: the day of the check, last year's report."""
        self.options = dict(options or {})
        self.base = base or Settings()
        self.named = _load(file) if file is not None else None
        self.search = search and file is None
        self._found: dict[str, Path | None] = {}
        """By folder."""
        self._files: dict[Path, SettingsFile] = {}
        self._settings: dict[Path | None, Settings] = {}
        self._exclusions: dict[str, Sequence[Exclusion]] = {}
        self._told: set[Path] = set()
        """Settings files of which was said that their rules were left out."""

    def anew(self) -> Configuration:
        """The same, with every settings file read again."""
        again = self.over(self.base)
        again._told = self._told
        return again

    def over(self, base: Settings) -> Configuration:
        """The same options and files over another base."""
        file = self.named.path if self.named else None
        return Configuration(self.options, file, search=self.search, base=base)

    def file(self, path: StrPath | None) -> SettingsFile | None:
        """The settings file that holds for a document (None: standard input). Raises ConfigError."""
        if not self.search:
            return self.named
        folder = os.path.dirname(os.path.abspath(path)) if path is not None else str(working_folder() or "")
        if not folder:
            return None
        if folder not in self._found:
            _bound(self._found)
            self._found[folder] = find(Path(folder))
        found = self._found[folder]
        if found is None:
            return None
        if found not in self._files:
            self._files[found] = self._without_code(_load(found))
        return self._files[found]

    def _without_code(self, file: SettingsFile) -> SettingsFile:
        """A file that was found, without the rules that it would bring if it is not trusted; that is said once."""
        from govlint.config import trust

        if not trust.brings_code(file):
            return file
        if file.path not in self._told:
            self._told.add(file.path)
            words = trust.left_out(file)
            print(f"govlint: {visible(words.zh)} / {visible(words.en)}", file=sys.stderr)
        named = self.options.get(trust.KEY, Value(()))
        return trust.without_code(file, registry.all_rules(named.value))

    def values(self, path: StrPath | None) -> Mapping[str, Value]:
        """Every setting by dotted key, with where it came from; entries of tables only where there are any."""
        from govlint.config.file import KEYS

        file = self.file(path)
        stated = dict(file.values) if file else {}
        # Who selects on the command line is not held back by what the file ignores, nor who leaves a correction out
        # by what it corrects.
        for over, under in _OVERRULED.items():
            if over in self.options:
                stated.pop(under, None)
        if (more := self.options.get("extend-select")) and (ignored := stated.get("ignore")):
            remaining = tuple(
                code for code in ignored.value if not code.upper().startswith(_upper(more.value))
            )
            stated["ignore"] = ignored._replace(value=remaining)
        values = {key: Value(spec.default) for key, spec in KEYS.items() if not spec.table}
        values |= stated
        for key, option in self.options.items():
            before = values[key]
            if key in _ADDED and before.value:
                option = Value((*before.value, *option.value), f"{before.origin}, {option.origin}")
            values[key] = option
        return values

    def settings(self, path: StrPath | None) -> Settings:
        """The settings for a document. Raises ConfigError, and ValueError for an option that is wrong."""
        file = self.file(path)
        key = file.path if file else None
        if key not in self._settings:
            # Nothing stated is the usual case, in which the keys need not even be loaded.
            stated = bool(file or self.options)
            made = self._made(self.values(path)) if stated else self.base
            made.rules()  # what is wrong with a plugin is said before the first document
            made.templates()
            self._settings[key] = made
        settings = self._settings[key]
        if file is None or path is None:
            return settings
        absolute = Path(os.path.abspath(path))
        exempt = tuple(
            code
            for _, (exemption, _) in file.table("per-path-ignores")
            if exemption.fits(absolute)
            for code in exemption.codes
        )
        return replace(settings, exempt=exempt) if exempt else settings

    def exclusions(self, folder: str) -> Sequence[Exclusion]:
        """What is passed over in a folder, by the settings that hold in it."""
        if folder not in self._exclusions:
            _bound(self._exclusions)
            path = Path(folder, "-")
            stated = self.options or self.file(path)  # else the keys need not be loaded
            self._exclusions[folder] = self.values(path)["exclude"].value if stated else ()
        return self._exclusions[folder]

    def prepare(self, paths: Iterable[StrPath | None]) -> None:
        """Raise what is wrong in any settings file before the first document is checked."""
        for path in paths:
            self.settings(path)

    def _made(self, values: Mapping[str, Value]) -> Settings:
        plain = {key: value.value for key, value in values.items()}
        register = None
        if plain["agencies"] is not None:
            from govlint.agencies.register import load as load_register

            register = load_register(plain["agencies"])
        from govlint.agencies.deadlines import Deadlines

        settings = replace(
            self.base,
            select=plain["select"],
            extend_select=plain["extend-select"],
            ignore=plain["ignore"],
            fixable=plain["fixable"],
            unfixable=plain["unfixable"],
            severity=tuple(
                (key.partition(".")[2], value.value)
                for key, value in values.items()
                if key.startswith("severity.")
            ),
            template=plain["template"],
            fail_on=plain["fail-on"],
            docs_url=plain["docs-url"] or self.base.docs_url,
            lang=plain["language"],
            rule_folders=plain["rule-folders"],
            template_folders=plain["template-folders"],
            limits=Limits(plain["limits.size"], plain["limits.characters"]),
            deadlines=Deadlines(*(plain[f"deadlines.{name}"] for name in Deadlines._fields)),
            register=register,
        )
        _known(values, settings)
        return settings


_REMEMBERED = 500


def _bound(by_folder: dict[Any, Any]) -> None:
    """Documents come folder by folder: what is known of many folders before is not needed."""
    if len(by_folder) >= _REMEMBERED:
        by_folder.clear()


def _known(values: Mapping[str, Value], settings: Settings) -> None:
    """Every code, prefix, name and template that the settings mention exists."""
    with _at(values["rule-folders"].origin):
        rules = registry.all_rules(settings.rule_folders)
    for key, (value, origin) in values.items():
        name = key.partition(".")[0]
        codes: Sequence[str] = ()
        if name in CODES:
            codes = value
        elif name == "severity":
            codes = [key.partition(".")[2]]
        elif name == "per-path-ignores":
            codes = value.codes
        for code in codes:
            with _at(origin):
                registry.matching(code, rules)
    own = values["template-folders"]
    with _at(own.origin if own.value else values["template"].origin):
        settings.templates()


@contextmanager
def _at(origin: str) -> Iterator[None]:
    """Put the place of a setting before what is wrong with it."""
    try:
        yield
    except ValueError as error:
        raise ConfigError(f"{origin}: {error}") from error


class Verdict(NamedTuple):
    """Whether a rule is applied, and which setting decides."""

    rule: Rule
    on: bool
    why: Words


def decide(code: str, configuration: Configuration, path: Path | None) -> Verdict:
    """Why a rule is applied to a document or not. Raises ValueError where there is no such rule."""
    settings = configuration.settings(path)
    values = configuration.values(path)
    rules = registry.all_rules(settings.rule_folders)
    rule = registry.named(code, rules)
    on = rule in settings.rules()
    file = configuration.file(path)
    for _, (exemption, origin) in file.table("per-path-ignores") if file and path else ():
        if exemption.fits(Path(os.path.abspath(path or ""))) and registry.fit(rule, exemption.codes):
            where = f"per-path-ignores “{exemption.pattern}” ({origin})"
            return Verdict(rule, on, Words(where, where))
    ignored, selected, more = (
        registry.fit(rule, values[key].value) for key in ("ignore", "select", "extend-select")
    )
    if on and more > selected and not (rule.default and not values["select"].value):
        where = f"extend-select ({values['extend-select'].origin})"
    elif on and selected:
        where = f"select ({values['select'].origin})"
    elif not on and ignored:
        where = f"ignore ({values['ignore'].origin})"
    elif not on and values["select"].value:
        where = f"select ({values['select'].origin})"
        return Verdict(rule, on, Words(f"不在 {where} 之中", f"not in {where}"))
    elif not on:
        return Verdict(rule, on, Words("默认不用，须用 select 点名", "off unless selected"))
    else:
        return Verdict(rule, on, Words("默认使用", "on by default"))
    return Verdict(rule, on, Words(where, where))
