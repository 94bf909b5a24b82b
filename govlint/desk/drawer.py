"""What the desk holds between requests: in memory alone, bounded in number and size, for as long as it is used."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.desk.work import Paper
from govlint.document import Words


class Bounds(NamedTuple):
    """What a desk holds and takes."""

    request: int = 50_000_000
    """Bytes of one upload."""
    files: int = 500
    """Files of one upload."""
    held: int = 400_000_000
    """Bytes of all drafts."""
    things: int = 2_000
    """Drafts and folders."""
    idle: float = 3_600.0
    """Seconds after which what nobody looked at is let go."""


BOUNDS = Bounds()
_UNDO = 50
"""Versions that can be gone back."""


def _identity() -> str:
    """A name that nobody guesses: who knows it may read the draft."""
    return secrets.token_urlsafe(16)


def _is_made(task: asyncio.Task[Any]) -> bool:
    return task.done() and not task.cancelled() and task.exception() is None


class Draft(Struct):
    """A paper and its earlier versions, the newest last. ``shown`` is what was made of this one, by language."""

    paper: Paper
    identity: str = field(default_factory=_identity)
    folder: str = ""
    """The folder it came with."""
    earlier: list[bytes] = field(default_factory=list)
    turn: int = 0
    """Grows with every change."""
    notice: Words | None = None
    """Said once, on the next page."""
    shown: dict[str, asyncio.Task[Any]] = field(default_factory=dict)

    @property
    def where(self) -> str:
        return f"/draft/{self.identity}"

    @property
    def back(self) -> str:
        """Where its folder is looked at; empty where it came alone."""
        return f"/folder/{self.folder}" if self.folder else ""

    @property
    def size(self) -> int:
        previous = sum(len(data) for _, data in self.paper.previous)
        made = sum(len(task.result().article) for task in self.shown.values() if _is_made(task))
        return len(self.paper.data) + sum(map(len, self.earlier)) + previous + made

    def change(self, paper: Paper) -> None:
        """Put another paper in its place, and forget what was made of the one before."""
        self.close()
        self.paper = paper
        self.turn += 1

    def write(self, data: bytes) -> None:
        self.earlier = [*self.earlier, self.paper.data][-_UNDO:]
        self.change(replace(self.paper, data=data))

    def undo(self) -> None:
        if self.earlier:
            self.change(replace(self.paper, data=self.earlier.pop()))

    def close(self) -> None:
        for task in self.shown.values():
            task.cancel()
        self.shown.clear()


class Folder(Struct):
    """Drafts that came together; ``rows`` by language are those of the table, each as it is made."""

    drafts: list[Draft]
    identity: str = field(default_factory=_identity)
    notice: Words | None = None
    rows: dict[str, list[asyncio.Task[Any]]] = field(default_factory=dict)
    turns: int = -1
    """What the rows are about: the turns of all drafts."""

    @property
    def where(self) -> str:
        return f"/folder/{self.identity}"

    size = 0

    def close(self) -> None:
        for tasks in self.rows.values():
            for task in tasks:
                task.cancel()
        self.rows.clear()


class Drawer:
    """Drafts and folders by identity, the longest unused first."""

    def __init__(self, bounds: Bounds = BOUNDS, clock: Callable[[], float] = time.monotonic) -> None:
        self.bounds, self.clock = bounds, clock
        self._things: OrderedDict[str, tuple[Draft | Folder, float]] = OrderedDict()

    def put(self, thing: Draft | Folder) -> None:
        """Hold a thing, or one that has grown; the longest unused make room."""
        self._things[thing.identity] = (thing, self.clock())
        self._things.move_to_end(thing.identity)
        self.tidy()

    def draft(self, identity: str) -> Draft | None:
        found = self._get(identity)
        return found if isinstance(found, Draft) else None

    def folder(self, identity: str) -> Folder | None:
        found = self._get(identity)
        return found if isinstance(found, Folder) else None

    def _get(self, identity: str) -> Draft | Folder | None:
        self.tidy()
        if identity not in self._things:
            return None
        thing, _ = self._things[identity]
        self._things[identity] = (thing, self.clock())
        self._things.move_to_end(identity)
        if isinstance(thing, Folder):
            for draft in thing.drafts:
                if draft.identity in self._things:
                    self._things[draft.identity] = (draft, self.clock())
        return thing

    def drop(self, identity: str) -> None:
        if identity in self._things:
            thing, _ = self._things.pop(identity)
            thing.close()
            if isinstance(thing, Draft):  # which its folder would hold on to
                self.drop(thing.folder)

    def tidy(self) -> None:
        """Let go what is too old, too much or too many."""
        now = self.clock()
        for identity in [name for name, (_, used) in self._things.items() if now - used > self.bounds.idle]:
            self.drop(identity)
        held = sum(thing.size for thing, _ in self._things.values())
        while self._things and (held > self.bounds.held or len(self._things) > self.bounds.things):
            identity, (thing, _) = next(iter(self._things.items()))
            held -= thing.size
            self.drop(identity)

    def close(self) -> None:
        for identity in list(self._things):
            self.drop(identity)
