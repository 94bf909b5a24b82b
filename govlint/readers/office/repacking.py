"""A package written again with some of its parts changed or added; the others stay byte for byte."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import copy

from govlint.readers.office.archive import Archive


def repacked(archive: Archive, changed: Mapping[str, bytes]) -> bytes:
    """The package with ``changed`` parts by name; those that it did not have stand at its end.

    Raises Unreadable where another part is damaged and cannot be carried over.
    """
    left = dict(changed)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.comment = archive.comment
        for member in archive.members:
            content = left.pop(member.filename, None)
            if content is None:
                content = archive.raw(member)
            target.writestr(copy(member), content, member.compress_type)
        for name, content in left.items():
            target.writestr(_member(name), content)
    return out.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    """A new part, dated as packages that are always the same are: the run's clock is no part of a document."""
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o600 << 16
    return member
