"""What other packages add to govlint: entry points of its groups, as packages declare them when they are installed."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from msgspec import Struct

OWN = "govlint"


class Plugin(Struct, frozen=True):
    """An entry point: its name, and the module, or object in a module, that it names."""

    name: str
    value: str

    def load(self) -> Any:
        """Raises whatever the plugin's own code raises, ImportError and AttributeError."""
        module, _, attributes = self.value.partition(":")
        found = import_module(module.strip())
        for attribute in filter(None, attributes.strip().split(".")):
            found = getattr(found, attribute)
        return found


def plugins(group: str) -> Sequence[Plugin]:
    """The entry points of a group that other packages declare, in the order of ``importlib.metadata``."""
    if not _may_declare(group):
        return ()
    from importlib.metadata import entry_points  # slow to load, and hardly ever wanted

    found = entry_points(group=group)
    return [Plugin(each.name, each.value) for each in found if each.dist is None or each.dist.name != OWN]


def _may_declare(group: str) -> bool:
    """Whether a package other than govlint may declare entry points of the group."""
    finders = [finder for finder in sys.meta_path if hasattr(finder, "find_distributions")]
    if [getattr(finder, "__name__", "") for finder in finders] != ["PathFinder"]:
        return True  # packages may stand elsewhere than in folders
    return any(_declared_in(path or ".", f"[{group}]".encode()) for path in sys.path)


def _declared_in(folder: str, group: bytes) -> bool:
    try:
        with os.scandir(folder) as entries:
            packages = [
                entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info", ".egg"))
            ]
    except NotADirectoryError:
        return True  # an archive: not looked into here
    except OSError:
        return False
    for package in packages:
        if re.match(rf"{OWN}(-\d|\.egg-info)", os.path.basename(package)):
            continue
        if package.endswith(".egg"):
            return True
        with contextlib.suppress(OSError), open(os.path.join(package, "entry_points.txt"), "rb") as file:
            if group in file.read().replace(b" ", b""):
                return True
    return False
