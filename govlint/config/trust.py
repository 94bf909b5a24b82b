"""Whose rules are run. Rules are code, so a settings file that was merely found never brings any.

They come from installed plugins, from ``--rule-folder``, from the file named with ``--config``, and from settings in
folders that the user's own settings list: ``trusted-folders`` in ``govlint/settings.toml`` of the user's configuration
folder (``$XDG_CONFIG_HOME``, else ``~/.config``; ``%APPDATA%`` on Windows).
"""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from govlint.config.file import CODES, ConfigError, SettingsFile, Value
from govlint.document import Words
from govlint.errors import cannot_read
from govlint.files import read_regular
from govlint.linting import registry
from govlint.rule import Rule

KEY = "rule-folders"
_LISTED = 20
"""Files of rules named in a message."""


def own_settings() -> Path | None:
    """Where the user's own settings stand; None where there is no home. A relative folder is none."""
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        if os.path.isabs(base := os.environ.get(name, "")):
            return Path(base) / "govlint" / "settings.toml"
    try:
        return Path("~/.config/govlint/settings.toml").expanduser()
    except RuntimeError:
        return None


def trusted_folders() -> Sequence[Path]:
    """The folders whose settings may bring rules. Raises ConfigError for own settings that are wrong."""
    path = own_settings()
    if path is None or not os.path.isfile(path):
        return ()
    if _may_be_anothers(path) or _may_be_anothers(path.parent):
        raise ConfigError(
            f"{path}: 可被他人改写，不能据以信任任何文件夹；请改为只有自己可写 / others may write it: make it yours alone"
        )
    try:
        stated = tomllib.loads(read_regular(path).decode("utf-8-sig"))
    except OSError as error:
        raise cannot_read(path, error, kind=ConfigError) from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: 不是正确的 TOML / not TOML: {error}") from error
    listed = stated.pop("trusted-folders", [])
    if stated or not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ConfigError(f'{path}: 应为 trusted-folders = ["/文件夹"] / should be a list of folders')
    folders = [Path(os.path.expanduser(each)) for each in listed]
    if wrong := [each for each in folders if not each.is_absolute()]:
        raise ConfigError(f"{path}: {wrong[0]} 应为完整路径 / should be an absolute path")
    return [Path(os.path.realpath(each)) for each in folders]


def _may_be_anothers(path: Path) -> bool:
    if os.name != "posix":
        return False
    status = path.stat()
    return status.st_uid not in (0, os.getuid()) or bool(status.st_mode & (stat.S_IWGRP | stat.S_IWOTH))


def brings_code(file: SettingsFile) -> bool:
    """Whether a settings file that was found names rules and lies in no trusted folder."""
    if KEY not in file.values or not file.values[KEY].value:
        return False
    place = Path(os.path.realpath(file.path))
    return not any(place.is_relative_to(folder) for folder in trusted_folders())


def without_code(file: SettingsFile, rules: Sequence[Rule]) -> SettingsFile:
    """A settings file without its folders of rules, and without the codes that none of ``rules`` has."""
    values: dict[str, Value] = {}
    for key, value in file.values.items():
        name = key.partition(".")[0]
        if name in CODES:
            value = value._replace(value=tuple(code for code in value.value if _known(code, rules)))
        elif name == "per-path-ignores":
            codes = tuple(code for code in value.value.codes if _known(code, rules))
            value = value._replace(value=value.value._replace(codes=codes))
        elif name == "severity" and not _known(key.partition(".")[2], rules):
            continue
        if key != KEY:
            values[key] = value
    return replace(file, values=values)


def _known(code: str, rules: Sequence[Rule]) -> bool:
    return any(registry.fit(rule, (code,)) for rule in rules)


def left_out(file: SettingsFile) -> Words:
    """Which rules a settings file would have brought, and how to trust it."""
    folders, place = file.values[KEY]
    names = [str(path) for folder in folders for path in registry.files(folder)]
    more = [f"… (+{len(names) - _LISTED})"] if len(names) > _LISTED else []
    listed = "、".join([*names[:_LISTED], *more]) or "、".join(map(str, folders))
    return Words(
        f"{place}：其中的规则是会被执行的程序，未加载：{listed}。其余规则照常检查。"
        f"如信任它们，请用 --config {file.path} 或 --rule-folder",
        f"{place}: its rules are code and were left out: {listed}. The others are applied. "
        f"If you trust them, use --config {file.path} or --rule-folder",
    )
