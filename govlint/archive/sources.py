"""Where the documents of an archive are: in folders, below globs, inside ``.zip`` and ``.tar`` files, in remote stores.

A document's ``path`` is relative to the folder given, with ``/``; one inside an archive has the archive's own path
before it. Nothing is read here but directories.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from govlint.archive.located import Located, is_document, is_packed
from govlint.archive.needs import needed
from govlint.archive.packed import members, read_member
from govlint.document import Unreadable, Words
from govlint.errors import UsageError
from govlint.readers import read_bytes
from govlint.readers.limits import Limits, too_large

if TYPE_CHECKING:
    from govlint.config.file import Exclusion


class Without(NamedTuple):
    """What of folders is no document of the archive: the store itself, and what the settings there exclude."""

    store: Path | None = None
    exclusions: Callable[[str], Sequence[Exclusion]] = lambda folder: ()

    def leaves_out(self, path: str, is_folder: bool) -> bool:
        if is_folder and self.store is not None and _same(path, self.store):
            return True
        path = os.path.abspath(path)
        return any(each.fits(path, is_folder) for each in self.exclusions(os.path.dirname(path)))


def _same(path: str, other: Path) -> bool:
    try:
        return os.path.samefile(path, other)
    except OSError:
        return False


WHOLE = Without()


def located(paths: Sequence[str], without: Without = WHOLE) -> Iterator[Located]:
    """The documents, in a stable order.

    Raises UsageError for a path that does not exist, and where two documents would have one name.
    """
    seen: dict[str, str] = {}
    files: set[tuple[str, str]] = set()
    for path in paths:
        for each in _expand(path, without):
            found = each._replace(path=_printable(each.path))
            if len(paths) > 1:  # within one folder names differ by themselves
                same = (os.path.realpath(found.file), found.member)
                if same in files:  # below two of the paths
                    continue
                files.add(same)
                other = seen.setdefault(found.path, found.file)
                if other != found.file:
                    raise UsageError(
                        f"{other} 和 {found.file} 在结果库中会同名（{found.path}），请改为给出它们的上级文件夹"
                        " / two documents of one name: give the folder above them"
                    )
            yield found


def _printable(name: str) -> str:
    r"""A name as a store can hold it: bytes that are no UTF-8 as ``\xff``, so that two names stay two."""
    return name if name.isascii() else os.fsencode(name).decode("utf-8", "backslashreplace")


def _expand(path: str, without: Without) -> Iterator[Located]:
    if "://" in path:
        yield from _remote(path)
        return
    if not path:
        raise UsageError("有一个路径是空的 / a path is empty")
    target = Path(path)
    if target.is_dir():
        yield from _below(target, "", without)
    elif target.exists() or target.is_symlink():
        # Of an archive given by itself the documents are named as in it.
        yield from _file(target, "" if is_packed(path) else target.as_posix())
    elif glob.has_magic(path):
        yield from _globbed(path, without.store)
    else:
        raise UsageError(f"路径不存在：{path} / no such file or directory")


def _below(folder: Path, prefix: str, without: Without) -> Iterator[Located]:
    """Documents below a folder, name by name. Links to folders are not followed: they may lead back."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:  # what it holds is not known: reading it says why
        yield Located(prefix.rstrip("/") or folder.name, str(folder))
        return
    for entry in entries:
        if entry.name.startswith((".", "~$")):
            continue
        name = prefix + entry.name
        is_folder = entry.is_dir(follow_symlinks=False)
        if without.leaves_out(entry.path, is_folder):
            continue
        if is_folder:
            yield from _below(Path(entry.path), f"{name}/", without)
        elif is_document(entry.name) or is_packed(entry.name):
            yield from _file(Path(entry.path), name)


def _file(path: Path, name: str) -> Iterator[Located]:
    if is_packed(path.name) and path.is_file():
        yield from members(str(path), name)
    else:
        yield Located(name, str(path))


def _globbed(pattern: str, leave_out: Path | None) -> Iterator[Located]:
    """What a pattern names, relative to the folder before its first wildcard."""
    parts = Path(pattern).parts
    fixed = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:fixed])
    found = False
    for name in sorted(glob.glob(pattern, recursive=True)):
        path = Path(name)
        if path.is_file() and (is_document(path.name) or is_packed(path.name)):
            if leave_out is not None and leave_out.resolve() in path.resolve().parents:
                continue
            found = True
            yield from _file(path, path.relative_to(base).as_posix())
    if not found:
        raise UsageError(f"没有与 {pattern} 相符的文件 / nothing matches")


def _remote(url: str) -> Iterator[Located]:
    files, root = needed("fsspec").core.url_to_fs(url)
    single = files.isfile(root)
    for name in [root] if single else sorted(files.find(root)):
        if not (is_document(name) or is_packed(name)):
            continue
        shown = PurePosixPath(name).name if single else str(name)[len(root) :].lstrip("/")
        address = str(files.unstrip_protocol(name))
        if is_packed(name):
            yield from members(address, "" if single else shown)
        else:
            yield Located(shown, address)


def read(document: Located, limits: Limits) -> bytes:
    """The bytes of a document. Raises Unreadable."""
    if document.member:
        return read_member(document.file, document.member, limits)
    if "://" in document.file:
        return read_remote(document.file, limits)
    if os.path.isdir(document.file):
        raise Unreadable(
            Words(
                "无法打开这个文件夹，其中的文件没有检查。请查看它的权限。",
                "This folder cannot be opened, and the files in it were not checked. See its permissions.",
            )
        )
    return read_bytes(Path(document.file), limits)


def read_remote(url: str, limits: Limits) -> bytes:
    """The bytes behind a URL. Raises Unreadable."""
    files, name = needed("fsspec").core.url_to_fs(url)
    try:
        size = files.size(name)
        if size is not None and size > limits.size:
            raise too_large(size, limits.size)
        data: bytes = files.cat_file(name)
        return data
    except OSError as error:
        raise Unreadable(Words(f"无法读取：{error}。", f"It cannot be read: {error}.")) from error
