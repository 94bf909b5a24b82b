"""What of Python goes into the page: govlint without its commands, and of other packages what a check needs."""

from __future__ import annotations

import gzip
import importlib.metadata
import importlib.util
import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

from govlint.errors import UsageError
from govlint.folders import GRAMMARS, RULES

_PACKAGE = Path(__file__).parents[2]
_OWN = frozenset([".py", ".lark", ".identities", ".meanings", ".txt", ".json", ".toml", ".css"])
_WITHOUT = ("cli/", "lsp.py", "readers/paper/ocr.py", "desk/browser/site.py", "desk/browser/runtime.py")
"""Of govlint: what nobody can ask for inside a page."""
CORE: Mapping[str, Sequence[str]] = {
    "lark": ("*.py", "parsers/*.py", "grammars/*.lark"),
    "rapidfuzz": ("*.py", "distance/*.py"),  # it does without its compiled half
    "rich": ("__init__.py", "_extension.py", "cells.py", "_unicode_data/*.py"),
}
"""Packages to the files of them that are needed."""
EXCEL: Mapping[str, Sequence[str]] = {"openpyxl": ("**/*.py",), "et_xmlfile": ("**/*.py",)}
PDF: Mapping[str, Sequence[str]] = {"pypdf": ("**/*.py",)}
_TIME = (2020, 1, 1, 0, 0, 0)
_INSIDE_WHEELS = ("msgspec/", "pypdfium2/", "pypdfium2_raw/", "pypdfium2_cfg/")


Files = dict[str, bytes]
"""By name, as they stand in an installation."""


def govlint() -> Files:
    """The files of govlint. Raises UsageError in a program that has none."""
    if not (_PACKAGE / "__init__.py").is_file():
        raise UsageError(
            "这个程序不带源文件，不能写网页；请用 pip 安装的 govlint。 / this program has no sources"
        )
    found: Files = {}
    for folder, into in (
        (_PACKAGE, ""),
        (GRAMMARS, "grammars/"),
        (RULES, "rules/"),
    ):  # the last two also in the first
        for path in sorted(folder.rglob("*")):
            name = f"{into}{path.relative_to(folder).as_posix()}"
            if path.suffix in _OWN and "__pycache__" not in path.parts and not name.startswith(_WITHOUT):
                found[f"govlint/{name}"] = path.read_bytes()
    return found


def installed(packages: Mapping[str, Sequence[str]]) -> Files:
    """Files of packages as they are installed here. Raises UsageError for one that is not."""
    found: Files = {}
    for package, patterns in packages.items():
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise UsageError(f"缺少 {package}，请安装。 / {package} is not installed")
        folder = Path(next(iter(spec.submodule_search_locations)))
        for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
            if "__pycache__" not in path.parts:
                found[f"{package}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return found


def is_installed(packages: Mapping[str, Sequence[str]]) -> bool:
    return all(importlib.util.find_spec(package) for package in packages)


def of_wheel(wheel: bytes) -> Files:
    """What of a package built for browsers is loaded."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as opened:
        return {
            name: opened.read(name)
            for name in sorted(opened.namelist())
            if name.startswith(_INSIDE_WHEELS) and not name.endswith((".pyi", "/"))
        }


def zipped(files: Files) -> bytes:
    """Not compressed: the bundle around it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name, _TIME), content)
    return out.getvalue()


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Files in one, as ``worker.js`` takes them apart: gzip of a length (4 bytes), a list of names and sizes, the bytes."""
    head = json.dumps([[name, len(content)] for name, content in files.items()]).encode()
    return gzip.compress(b"".join([len(head).to_bytes(4, "little"), head, *files.values()]), 9, mtime=0)


def licences(packages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Name and version of a package, and the text of its licence where its installation has it."""
    for package in packages:
        try:
            about = importlib.metadata.distribution(package)
        except importlib.metadata.PackageNotFoundError:
            continue
        files = [
            each for each in about.files or () if PurePosixPath(each).stem.upper() in ("LICENSE", "LICENCE")
        ]
        texts = [Path(str(each.locate())).read_text("utf-8", "replace") for each in files]
        yield f"{package} {about.version}", "\n\n".join(texts)
