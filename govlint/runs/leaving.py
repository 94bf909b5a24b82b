"""What is passed over where folders are walked: by ``.gitignore``, by ``exclude``, and what govlint itself wrote.

A file or folder that is named is looked at whatever these say; they hold for what lies below it.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from govlint.document import Words
from govlint.errors import cannot_read
from govlint.files import read_regular
from govlint.runs import own_files

if TYPE_CHECKING:
    from govlint.config.configuration import Configuration

_IGNORE = ".gitignore"
_LARGEST = 1_000_000
"""Bytes of a ``.gitignore``."""
_STARS = re.compile(r"(?<!\*)\*(?!\*)")
"""As in ``*.pdf``."""
_MOST_STARS = 3
"""In one name of a pattern: with more of them a hostile name could take pathspec hours."""

BY_GITIGNORE = Words("按 .gitignore 略过", "ignored by .gitignore")
BY_EXCLUDE = Words("按 exclude 略过", "excluded")
APART = Words("本次运行要写的文件", "written by this run")


class Left(NamedTuple):
    path: str
    why: Words


_NAMED = 100


class PassedOver:
    """What was passed over: how many, and the first of them; all of them where they are to be listed."""

    def __init__(self, listed: bool) -> None:
        self.count = 0
        self.some: list[Left] = []
        self._most = sys.maxsize if listed else _NAMED

    def add(self, path: str, why: Words) -> None:
        self.count += 1
        if len(self.some) < self._most:
            self.some.append(Left(path, why))


class _Ignoring(NamedTuple):
    """A ``.gitignore``: its folder, absolute, and its patterns (a ``pathspec.GitIgnoreSpec``)."""

    folder: str
    patterns: Any


class Leaving:
    """Decides what is passed over below the folders of one command; ``left`` is what was, ``own`` what govlint wrote.

    ``strange`` is what a ``.gitignore`` named that is of no repository: one that came with the documents may hide some.
    ``apart`` are files that this run itself writes. With ``listed`` each of what was passed over is kept.
    """

    def __init__(
        self,
        configuration: Configuration,
        apart: Iterable[Path | None] = (),
        gitignore: bool = True,
        listed: bool = False,
    ) -> None:
        self.configuration = configuration
        self.gitignore = gitignore
        self.apart = {os.path.realpath(path) for path in apart if path is not None}
        self.left = PassedOver(listed)
        self.own = PassedOver(listed)
        self.strange = PassedOver(listed)
        self._ignoring: dict[str, tuple[_Ignoring, ...]] = {}
        """By folder, absolute, of the one at hand and those above it: what holds in it, the nearest last."""
        self._in_repository: dict[str, bool] = {}

    def enter(self, base: str, folders: list[str], names: Sequence[str]) -> list[str]:
        """Of the ``folders`` and documents (``names``) of a folder on the way: take away those to be passed over."""
        here = os.path.abspath(base)
        if self.gitignore:
            self._look(here)
        folders[:] = [name for name in folders if not self._why(base, here, name, True)]
        remaining = [name for name in names if not self._why(base, here, name, False)]
        written = own_files.among(Path(base), remaining)
        for name, why in written.items():
            self.own.add(os.path.join(base, name), why)
        return [name for name in remaining if name not in written]

    def _why(self, base: str, here: str, name: str, folder: bool) -> bool:
        """Whether an entry is passed over; notes why."""
        path = os.path.join(here, name)
        why = None
        if not folder and self.apart and os.path.realpath(path) in self.apart:
            why = APART
        elif any(each.fits(path, folder) for each in self.configuration.exclusions(here)):
            why = BY_EXCLUDE
        elif self._ignored(here, path, folder):
            why = BY_GITIGNORE
        if why is not None:
            self.left.add(os.path.join(base, name), why)
        if why is BY_GITIGNORE and not self._in_repository[here]:
            self.strange.add(os.path.join(base, name), why)
        return why is not None

    # .gitignore

    def _look(self, here: str) -> None:
        """Read what holds in a folder: what holds above it, and its own."""
        above, _, _ = here.rpartition(os.sep)
        before: tuple[_Ignoring, ...]
        if above in self._ignoring:
            before, inside = self._ignoring[above], self._in_repository[above]
        else:
            top = _top(here)
            before, inside = _above(here, top), top is not None
        for known in [each for each in self._ignoring if not here.startswith(os.path.join(each, ""))]:
            del self._ignoring[known], self._in_repository[known]
        self._in_repository[here] = inside
        self._ignoring[here] = (*before, *_read(here, os.path.join(here, _IGNORE)))

    def _ignored(self, here: str, path: str, folder: bool) -> bool:
        for place, patterns in reversed(self._ignoring.get(here, ())):
            relative = os.path.relpath(path, place).replace(os.sep, "/") + ("/" if folder else "")
            said = patterns.check_file(relative).include
            if said is not None:
                return bool(said)
        return False


def _top(here: str) -> Path | None:
    """The top of the repository that a folder is in."""
    folder = Path(here)
    return next((each for each in (folder, *folder.parents) if os.path.lexists(each / ".git")), None)


def _above(here: str, top: Path | None) -> tuple[_Ignoring, ...]:
    """What holds from above the first folder: up to the top of its repository; nothing outside of one."""
    if top is None:
        return ()
    between = [each for each in reversed(Path(here).parents) if each.is_relative_to(top)]
    found = [*_read(str(top), os.path.join(top, ".git", "info", "exclude"))]
    for each in between:
        found += _read(str(each), os.path.join(each, _IGNORE))
    return tuple(found)


def _read(folder: str, file: str) -> Sequence[_Ignoring]:
    if not os.path.isfile(file):
        return ()
    try:
        lines = os.fsdecode(read_regular(Path(file), _LARGEST)).splitlines()
    except OSError as error:
        print(f"govlint: {cannot_read(file, error)}", file=sys.stderr)
        return ()
    from pathspec import GitIgnoreSpec

    remaining = []
    for line in lines:
        if any(len(_STARS.findall(name)) > _MOST_STARS for name in line.split("/")):
            print(f"govlint: {file}: 星号过多，不用：{line[:80]} / too many stars", file=sys.stderr)
            continue
        try:
            GitIgnoreSpec.from_lines([line])
        except (ValueError, re.error):  # git passes over such a line too
            continue
        remaining.append(line)
    return (_Ignoring(folder, GitIgnoreSpec.from_lines(remaining)),) if remaining else ()
