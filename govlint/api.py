"""The Python interface: ``import govlint`` gives these names. The command line uses nothing else to check.

Names and arguments here keep their meaning; what is not named in ``__all__`` of :mod:`govlint` may change.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack

from msgspec.structs import replace

from govlint.config.configuration import Configuration
from govlint.config.file import Exclusion, Value, exclusions
from govlint.errors import UsageError
from govlint.files import StrPath
from govlint.linting import registry
from govlint.linting.settings import Settings
from govlint.result import FailLevel, Result
from govlint.rule import Rule
from govlint.runs.checking import check_source
from govlint.runs.leaving import Leaving
from govlint.runs.sources import Source, Sources, collect

if TYPE_CHECKING:
    from govlint.runs.results_cache import Cache

Config = StrPath | Literal["auto"] | None
"""A settings file; ``"auto"``: found upward from each document; None: none is read."""


class Options(TypedDict, total=False):
    """The arguments of :func:`configure`."""

    config: Config
    select: Sequence[str] | None
    ignore: Sequence[str] | None
    extend_select: Sequence[str] | None
    fixable: Sequence[str] | None
    unfixable: Sequence[str] | None
    template: str | None
    fail_on: FailLevel | None
    lang: Literal["zh", "en"] | None
    as_of: date | None
    agencies: StrPath | None
    rule_folders: Sequence[StrPath]
    exclude: Sequence[str]


def configure(
    *,
    config: Config = "auto",
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    extend_select: Sequence[str] | None = None,
    fixable: Sequence[str] | None = None,
    unfixable: Sequence[str] | None = None,
    template: str | None = None,
    fail_on: FailLevel | None = None,
    lang: Literal["zh", "en"] | None = None,
    as_of: date | None = None,
    agencies: StrPath | None = None,
    rule_folders: Sequence[StrPath] = (),
    exclude: Sequence[str] = (),
) -> Configuration:
    """What is in force, from arguments, settings files and defaults; an argument that is None leaves it to those.

    ``agencies`` is a register of agencies. The rules in ``rule_folders`` are code that is run; a settings file that was
    found brings none unless the user's own settings trust its folder. ``exclude`` are patterns of paths, relative to the
    working folder, that are passed over where folders are walked.
    Raises ConfigError for a mistake in the file.
    """
    stated = {
        "select": (tuple(select) if select else None, "--select"),
        "ignore": (tuple(ignore) if ignore else None, "--ignore"),
        "extend-select": (tuple(extend_select) if extend_select else None, "--extend-select"),
        "fixable": (tuple(fixable) if fixable else None, "--fixable"),
        "unfixable": (tuple(unfixable) if unfixable else None, "--unfixable"),
        "template": (template, "--template"),
        "fail-on": (fail_on, "--fail-on"),
        "language": (lang, "--lang"),
        "agencies": (Path(agencies) if agencies is not None else None, "--register"),
        "rule-folders": (_folders(rule_folders), "--rule-folder"),
        "exclude": (_exclusions(exclude), "--exclude"),
    }
    options = {key: Value(value, option) for key, (value, option) in stated.items() if value is not None}
    file = None if config is None or config == "auto" else Path(config)
    base = replace(Settings(), as_of=as_of)
    return Configuration(options, file, search=config == "auto", base=base)


def _exclusions(patterns: Sequence[str]) -> tuple[Exclusion, ...] | None:
    if not patterns:
        return None
    try:
        found: tuple[Exclusion, ...] = exclusions(list(patterns), Path(os.path.abspath(".")))
    except ValueError as error:
        raise UsageError(f"--exclude：{error}") from error
    return found


def _folders(paths: Sequence[StrPath]) -> tuple[Path, ...] | None:
    folders = tuple(Path(os.path.abspath(path)) for path in paths)
    if missing := [folder for folder in folders if not folder.is_dir()]:
        raise UsageError(f"--rule-folder：没有文件夹 {missing[0]} / no such folder")
    return folders or None


def check(
    source: StrPath | bytes,
    *,
    name: str = "",
    configuration: Configuration | None = None,
    **options: Unpack[Options],
) -> Result:
    """Check one document: a path, or the bytes of a file whose ``name`` gives its suffix.

    ``options`` are those of :func:`configure`.

    Never raises for what is in the document: what cannot be read has the status ``unreadable`` and says why.
    Raises ConfigError for wrong settings and ValueError for unknown rules or templates. A ``configuration`` made by
    :func:`configure` takes the place of the other arguments and saves work over many documents.
    """
    configuration = configuration or configure(**options)
    if isinstance(source, bytes):
        return check_source(Source(name or "-", name or None, source), configuration)
    file = str(Path(source))
    return check_source(Source(name or str(source), file), configuration)


def check_many(
    paths: Iterable[StrPath | Source],
    *,
    configuration: Configuration | None = None,
    jobs: int | None = 1,
    cache: bool = False,
) -> Iterator[Result]:
    """Check files and folders (searched recursively), each result as it is asked for, in the order of the paths.

    Of folders is passed over what ``.gitignore`` and ``exclude`` name and what govlint itself wrote.
    ``jobs`` processes share the work; None takes as many as pay off. With ``cache`` results of before are taken from
    the user's cache folder, and those made are left there. Raises UsageError for a path that does not exist.
    """
    configuration = configuration or configure()
    sources = paths if isinstance(paths, Sources) else _sources(paths, configuration)
    configuration.prepare(source.file for source in sources)
    count = min(len(sources), _jobs(sources) if jobs is None else jobs)
    stored = results_cache() if cache else None
    if count < 2:
        return (check_source(source, configuration, stored) for source in sources)
    from govlint.runs.batch import check_in_parallel

    return check_in_parallel(sources, configuration, count, stored)


def _sources(paths: Iterable[StrPath | Source], configuration: Configuration) -> Sources:
    sources = Sources()
    for path in paths:
        more = [path] if isinstance(path, Source) else collect([os.fspath(path)], Leaving(configuration))
        for source in more:
            sources.add(source)
    return sources


def results_cache() -> Cache | None:
    """The results kept in the user's cache folder; None where there is no folder to be trusted."""
    from govlint.runs.results_cache import opened

    return opened()


def all_rules(configuration: Configuration | None = None) -> Sequence[Rule]:
    """Every rule there is, by code, those of the settings' own rule folders included."""
    folders = configuration.settings(None).rule_folders if configuration else ()
    return registry.all_rules(folders)


# How many processes


_WORTH = 60
"""Cost from which starting workers pays off."""


def _jobs(sources: Iterable[Source]) -> int:
    """As many processes as pay off: all cores, or this one alone."""
    from govlint import readers

    weights = readers.weights()
    cost = 0.0
    for source in sources:
        cost += weights.get(Path(source.shown).suffix.lower(), 1)
        if cost >= _WORTH:
            from govlint.runs.batch import cores

            return cores()
    return 1
