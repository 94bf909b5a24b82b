"""Baselines: what was found before is known and fails no more; what is new does.

A finding is known by its document and its fingerprint (code, cells, words), never by its line, and as many times as
the baseline has it. A document that was moved or renamed takes the entries of the one that it was.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

from msgspec import Meta, MsgspecError, Struct, convert

from govlint.errors import UsageError, cannot_read, cannot_write
from govlint.files import read_regular, replace
from govlint.result import Result
from govlint.rule import Finding
from govlint.runs.sources import Source

VERSION = 1
_LARGEST = 1_000_000_000
"""Bytes."""
_NEVER = ("E001", "E003")
"""A document that was not checked is not known to be as it was."""


class Entry(Struct, frozen=True, order=True):
    code: str
    cells: tuple[str, ...]
    fingerprint: str
    message: str
    """For people who read the file."""
    count: Annotated[int, Meta(ge=1, le=1_000_000_000)] = 1

    def record(self) -> Mapping[str, object]:
        more = {"count": self.count} if self.count > 1 else {}
        return {
            "code": self.code,
            "cells": list(self.cells),
            "message": self.message,
            "fingerprint": self.fingerprint,
            **more,
        }


class Baseline:
    """The entries of a baseline file, and how the run at hand compares with them."""

    def __init__(self, path: Path, sources: Iterable[Source], entries: Mapping[str, list[Entry]]) -> None:
        self.folder = Path(os.path.abspath(path)).parent
        self.entries = dict(entries)
        self.gone = {key: listed for key, listed in self.entries.items() if not (self.folder / key).exists()}
        """Documents that are no longer where they were: moved, or deleted."""
        for source in sources if self.gone else ():
            self.gone.pop(self.key(source.shown), None)
        self.known = self.new = self.stale = 0

    def key(self, shown: str) -> str:
        """How a document is named: its path from the baseline's folder, the same on every system."""
        if shown == "-":
            return shown
        return Path(os.path.relpath(shown, self.folder)).as_posix()

    def applied(self, results: Iterable[Result]) -> Iterator[Result]:
        """Each result with its known findings set apart; the counts are complete when all have passed."""
        for result in results:
            if result.status != "unreadable":
                self._apply(result)
            yield result
        self.stale += sum(entry.count for listed in self.gone.values() for entry in listed)

    def summary(self, lang: str) -> str:
        """What a run came to against the baseline, on one line."""
        if lang == "en":
            stale = f", {self.stale} no longer found (write it anew to prune)" if self.stale else ""
            return f"baseline: {self.known} known, {self.new} new{stale}"
        stale = f"，{self.stale} 个已不再出现（重写基线即可去掉）" if self.stale else ""
        return f"基线：已知问题 {self.known} 个，新问题 {self.new} 个{stale}"

    def _apply(self, result: Result) -> None:
        left = self._left(result)
        known: list[Finding] = []
        new: list[Finding] = []
        for finding in result.findings:
            if finding.code not in _NEVER and left[finding.fingerprint] > 0:
                left[finding.fingerprint] -= 1
                known.append(finding)
            else:
                new.append(finding)
        result.findings, result.known = new, known
        self.known += len(known)
        self.new += len(new)
        self.stale += left.total()

    def _left(self, result: Result) -> Counter[str]:
        """How often each fingerprint is known in a document."""
        key = self.key(result.path)
        listed = self.entries.get(key)
        if listed is None:
            listed = self.gone.pop(self._moved_from(key, result), [])
        return Counter({entry.fingerprint: entry.count for entry in listed})

    def _moved_from(self, key: str, result: Result) -> str:
        """The vanished document that this one was, by name and by what was found in it; empty where there is none."""
        found = Counter(finding.fingerprint for finding in result.findings)

        def likeness(old: str) -> tuple[int, bool]:
            entries = Counter({entry.fingerprint: entry.count for entry in self.gone[old]})
            common = (entries & found).total()
            same_name = Path(old).name == Path(key).name
            return (common if same_name or common * 2 >= entries.total() else 0), same_name

        best = max(sorted(self.gone), key=likeness, default="")
        return best if best and likeness(best)[0] else ""


def load(path: Path, sources: Iterable[Source]) -> Baseline:
    """Raises UsageError for a file that is no baseline."""
    try:
        stated = json.loads(read_regular(path, _LARGEST))
        if not isinstance(stated, dict) or stated.get("baseline") != VERSION:
            raise UsageError(f"{path}: 不是第 {VERSION} 版的基线文件 / not a baseline of version {VERSION}")
        entries = convert(stated.get("documents"), dict[str, list[Entry]])
    except OSError as error:
        raise cannot_read(path, error, "基线文件") from error
    except (ValueError, MsgspecError, RecursionError) as error:
        raise UsageError(
            f"{path}: 基线文件已损坏，请用 --write-baseline 重写（{error}） / damaged baseline: write it anew"
        ) from error
    return Baseline(path, sources, entries)


class Writer:
    """Collects what a run found and writes it as a baseline; what it found is then known."""

    def __init__(self, path: Path, sources: Iterable[Source]) -> None:
        self.path = path
        self.names = Baseline(path, sources, {})
        self._before()  # what is wrong with it is said before the work
        self.entries: dict[str, list[Entry]] = {}
        self.written = 0

    def _before(self) -> Mapping[str, list[Entry]]:
        """What was known when last written, of documents that there still are."""
        before = load(self.path, ()).entries if os.path.lexists(self.path) else {}
        return {
            key: listed
            for key, listed in before.items()
            if os.path.lexists(self.names.folder / key) or key == "-"
        }

    def applied(self, results: Iterable[Result]) -> Iterator[Result]:
        """Each result with all that was found known; the file is written when all have passed."""
        for result in results:
            if result.status != "unreadable":
                self._collect(result)
            yield result
        self._write()

    def _collect(self, result: Result) -> None:
        findings = [finding for finding in result.findings if finding.code not in _NEVER]
        result.known = sorted(
            [*result.known, *findings], key=lambda found: (found.span or (0, 0), found.code)
        )
        result.findings = [finding for finding in result.findings if finding.code in _NEVER]
        counts = Counter(finding.fingerprint for finding in result.known)
        first = {finding.fingerprint: finding for finding in reversed(result.known)}
        key = self.names.key(result.path)
        self.written += len(result.known)
        self.entries[key] = [
            Entry(found.code, found.cells, mark, found.words.zh, counts[mark])
            for mark, found in first.items()
        ]

    def _write(self) -> None:
        # What was not looked at this time stays as it was known, also by a run that has ended meanwhile.
        entries = {**self._before(), **self.entries}
        documents = {
            key: [entry.record() for entry in sorted(entries[key])] for key in sorted(entries) if entries[key]
        }
        text = json.dumps({"baseline": VERSION, "documents": documents}, ensure_ascii=False, indent=1)
        text = text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
        try:
            replace(self.path, text.encode("utf-8"))
        except OSError as error:
            raise cannot_write(self.path, error) from error
