"""One document of an archive, and how to come by its bytes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import NamedTuple

from govlint.readers import weights

PACKED = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")


class Located(NamedTuple):
    """A document, and how to come by its bytes."""

    path: str
    """As the store names it."""
    file: str
    """The file, or the archive that holds it: a path of this machine, or a URL."""
    member: str = ""
    """Its name inside the archive; empty for a plain file."""

    @property
    def local(self) -> Path | None:
        """The file whose place decides which settings hold."""
        return None if "://" in self.file else Path(self.file)


def is_document(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in weights()


def is_packed(name: str) -> bool:
    return name.lower().endswith(PACKED)
