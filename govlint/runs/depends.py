"""What a result depends on beside the document itself: govlint, what it runs on, and the settings in force."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import govlint
from govlint.folders import GRAMMARS, RULES
from govlint.linting.settings import Settings
from govlint.text.digest import sha256
from govlint.version import __version__

_ELSEWHERE = ("fail_on", "lang", "docs_url", "previous", "register", "rule_folders", "template_folders")
"""Settings that a result does not depend on, or that are not looked at by their words."""
_STATED = tuple(name for name in Settings.__struct_fields__ if name not in _ELSEWHERE)
_TEMPLATE = (".lark", ".identities", ".meanings", ".txt")
_MOST = 10_000
"""Files of a plugin or folder of rules that are looked at."""


def environment() -> str:
    """What of govlint and the system decides how documents are read: changes with every installation."""
    own = sorted({Path(govlint.__file__).parent, GRAMMARS, RULES})
    parts: list[object] = [__version__, sys.version, sys.platform]
    parts += [_times(str(folder)) for folder in own]
    if getattr(sys, "frozen", False):  # the code stands in the program itself
        parts.append(os.stat(sys.executable).st_mtime_ns)
    # Installing or removing a package changes the folder that it stands in.
    places = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    parts += [(path, os.stat(path).st_mtime_ns) for path in places if os.path.isdir(path)]
    return repr([*parts, *_programs()])


def _programs() -> Iterator[tuple[str, int]]:
    """LibreOffice, wherever a command of its name stands; ``shutil``, which finds it, takes longer to load."""
    for folder in os.get_exec_path():
        for name in ("soffice", "libreoffice", "soffice.exe"):
            with contextlib.suppress(OSError):
                yield name, os.stat(os.path.join(folder, name)).st_mtime_ns


def stated(settings: Settings) -> str:
    """What settings say in so many words, but for the files that they name; the register by its content."""
    register = settings.register.agencies if settings.register else None
    return repr([*(getattr(settings, name) for name in _STATED), register])


def digest_of(settings: Settings) -> str | None:
    """A digest of all that settings say of how a document is checked; None where that cannot be told."""
    previous = ""
    if settings.previous is not None:
        told = getattr(
            settings.previous, "digest", None
        )  # a store may be written to at any time: it has none
        if told is None:
            return None
        previous = told()
    said = "\n".join([stated(settings), previous])
    return _digest(said, settings.rule_folders, settings.template_folders)


@cache
def _digest(said: str, rules: tuple[Path, ...], templates: tuple[Path, ...]) -> str:
    from govlint.linting import registry
    from govlint.template.loader import installed

    files = [file for folder in rules for depth in ("*.py", "*/*.py") for file in sorted(folder.glob(depth))]
    files += [file for folder in templates for file in _templates(folder)]
    foreign = {Path(rule.source) for rule in registry.all_rules(rules)}
    plugins = {_package(path) for path in foreign if not path.is_relative_to(RULES) and path not in files}
    for folder in sorted({*plugins, *map(_package, installed())}):
        files += [folder] if folder.is_file() else sorted(_below(folder))
    return sha256("\n".join([said, *_contents(files)]))


def _times(folder: str) -> list[tuple[str, int, int]]:
    """The files of govlint in a folder and below, as they were last written."""
    found: list[tuple[str, int, int]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    found += _times(entry.path)
            elif not entry.name.endswith(".pyc"):
                status = entry.stat()
                found.append((entry.path, status.st_mtime_ns, status.st_size))
    return sorted(found)


def _templates(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in _TEMPLATE)


def _package(path: Path) -> Path:
    """The whole package that a module or folder belongs to."""
    found = path
    while (found.parent / "__init__.py").is_file():
        found = found.parent
    return found


def _below(folder: Path) -> Iterator[Path]:
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(base, name) for name in names)


def _contents(files: Iterable[Path]) -> Iterator[str]:
    for count, file in enumerate(files):
        if count >= _MOST:
            return
        yield f"{file.name} {sha256(file.read_bytes())}"
