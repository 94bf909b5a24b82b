"""Templates by id: those of govlint, of installed plugins and of a user's folders, built once and cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from msgspec.structs import replace

from govlint.errors import UsageError, cannot_read
from govlint.files import read_regular
from govlint.folders import GRAMMARS
from govlint.numbers.identities import Identity, Term
from govlint.plugins import plugins
from govlint.template import meanings
from govlint.template.built import cached
from govlint.template.lalr import Tables
from govlint.template.meanings import Meaning
from govlint.template.model import Block, Group, Landmark, RowSpec, SectionSpec, Source, TableSpec, Template

GROUP = "govlint.templates"


def _with_foreign(template: Template, others: Sequence[Template]) -> Template:
    own = {landmark.label for landmark in template.landmarks}
    groups = {landmark.label for landmark in template.landmarks if landmark.kind == "group"}
    foreign: dict[str, str] = {}
    regrouped: dict[str, str] = {}
    lacking: dict[str, str] = {}
    for other in others:
        if other.title != template.title or other.id == template.id:
            continue
        lacking |= dict.fromkeys(_rows_of(template) - _rows_of(other), other.id)
        for landmark in other.landmarks:
            if landmark.label not in own and landmark.kind != "section":
                foreign[landmark.label] = other.id
            elif landmark.kind == "row" and landmark.label in groups - _rows_of(template):
                regrouped[landmark.label] = other.id
    return replace(
        template,
        foreign=tuple(foreign.items()),
        regrouped=tuple(regrouped.items()),
        lacking=tuple(sorted(lacking.items())),
    )


def _rows_of(template: Template) -> set[str]:
    return {landmark.label for landmark in template.landmarks if landmark.kind == "row"}


_CODE = (
    "template.model",
    "template.build",
    "template.identity_language",
    "template.meanings",
    "template.lalr",
    "numbers.identities",
)
"""What the built templates depend on beside their sources."""


_KINDS = (Template, SectionSpec, RowSpec, TableSpec, Group, Block, Landmark, Identity, Term, Tables, Meaning)


def installed() -> tuple[Path, ...]:
    """The folders of templates that other packages bring: entry points of the group ``govlint.templates``.

    Raises UsageError where one cannot be loaded.
    """
    folders = []
    for plugin in plugins(GROUP):
        try:
            module = plugin.load()
            folders.append(Path(next(iter(module.__path__))))
        except Exception as error:
            raise UsageError(
                f"模板插件 {plugin.name}（{plugin.value}）不能加载：{error!r} / the plugin cannot be loaded"
            ) from error
    return tuple(folders)


def _sources(folders: Sequence[Path]) -> dict[str, Source]:
    """By template id, later folders before earlier ones of the same id."""
    found: dict[str, Source] = {}
    for folder in (GRAMMARS, *folders):
        if not folder.is_dir():
            raise UsageError(f"模板文件夹不存在：{folder} / no such folder of templates")
        for path in sorted(folder.glob("*.lark")):
            grammar = _text(path)
            if folder == GRAMMARS and "// document:" not in grammar:
                continue  # the language of identities mandates nothing
            beside = path.with_suffix(".identities")
            found[path.stem] = Source(
                str(path), grammar, *map(_beside, (beside, path.with_suffix(".meanings")))
            )
    return found


def _beside(path: Path) -> str:
    return _text(path) if path.exists() else ""


def _text(path: Path) -> str:
    try:
        return read_regular(path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"{path}: 第{line}行不是 UTF-8 编码 / line {line} is not UTF-8") from None
    except OSError as error:
        raise cannot_read(path, error) from None


@cache
def load_all(folders: tuple[Path, ...] = ()) -> Mapping[str, Template]:
    """Every template by id: those of govlint, of installed plugins and of the folders given.

    Raises UsageError, which says the file and what is wrong, where a grammar or its identities are.
    """
    sources = _sources((*installed(), *folders))
    return cached(
        "templates",
        sorted(sources.items()),
        _CODE,
        _KINDS,
        lambda: _built(sources),
        partial(_are_of, set(sources)),
    )


def _are_of(names: set[str], found: object) -> bool:
    """Whether something is a template for each of the names."""
    return (
        isinstance(found, dict)
        and set(found) == names
        and all(isinstance(each, Template) and each.id == name for name, each in found.items())
    )


def _built(sources: Mapping[str, Source]) -> Mapping[str, Template]:
    from govlint.template.build import build

    built = [_meant(build(name, source), sources) for name, source in sources.items()]
    return {template.id: _with_foreign(template, built) for template in built}


def _meant(template: Template, sources: Mapping[str, Source]) -> Template:
    """With what its file of meanings says. Raises UsageError, which says the file and what is wrong in it."""
    source = sources[template.id]
    texts = {name: other.meanings for name, other in sources.items() if name != template.id}
    try:
        return replace(template, meanings=meanings.load(source.meanings, texts))
    except ValueError as error:
        path = Path(source.path).with_suffix(".meanings")
        raise UsageError(f"{path}: {error}") from None


def load(name: str, folders: tuple[Path, ...] = ()) -> Template:
    """One template by id. Raises KeyError where there is none of that name."""
    return load_all(folders)[name]
