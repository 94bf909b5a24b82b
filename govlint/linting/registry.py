"""Where rules are found: the entry-point group ``govlint.rules`` and folders named in the settings."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import ModuleType

from govlint.errors import UsageError, described
from govlint.folders import modules
from govlint.linting import guarding
from govlint.linting.well_formed import wrong_rule
from govlint.plugins import plugins
from govlint.rule import Rule, Severity
from govlint.template.model import Template

GROUP = "govlint.rules"


@cache
def all_rules(folders: tuple[Path, ...] = ()) -> tuple[Rule, ...]:
    """Every rule once, by code. An entry point names a package of rule modules, a module, or a rule.

    Raises UsageError where two rules have one code or name, or a file in a folder holds no rule or cannot be loaded.
    """
    found: dict[str, Rule] = {}
    names: dict[str, Rule] = {}
    for rule in (*_installed(), *(rule for folder in folders for rule in _in_folder(folder))):
        for taken, key in ((found, rule.code), (names, rule.name)):
            if (other := taken.setdefault(key, rule)) is not rule:
                raise UsageError(
                    f"{rule.source}: 规则的代码或名称 {key} 已由 {other.source} 使用 / the code or name is taken"
                )
    return tuple(found[code] for code in sorted(found, key=_order))


def named(code: str, rules: Sequence[Rule] | None = None) -> Rule:
    """One of ``rules`` (the installed ones), by code or name. Raises UsageError where there is none."""
    rules = all_rules() if rules is None else rules
    for rule in rules:
        if code.upper() == rule.code or code == rule.name:
            return rule
    raise _no_rule(code, rules)


def _no_rule(code: str, rules: Sequence[Rule]) -> UsageError:
    import difflib

    names = [name for rule in rules for name in (rule.code, rule.name)]
    near = difflib.get_close_matches(code, names, 1)
    hint = f"，是否指 {near[0]}？" if near else "，用 govlint rules 查看全部规则。"
    return UsageError(f"没有名为 {code} 的规则{hint} / no rule {code}")


def _order(code: str) -> tuple[int, str]:
    families = "ESTNCDPWHA"
    return (families.index(code[0]) if code[0] in families else len(families), code)


def _installed() -> Iterator[Rule]:
    yield from _rules_in(importlib.import_module("govlint.rules"))
    for plugin in plugins(GROUP):
        with _loading(f"规则插件 {plugin.name}（{plugin.value}）不能加载", "the plugin cannot be loaded"):
            target = plugin.load()
            rules = [_checked(target)] if isinstance(target, Rule) else list(_rules_in(target))
            if not rules:
                raise ValueError("没有名为 rule 的规则 / no rule in it")
        yield from rules


def _rules_in(module: ModuleType) -> Iterator[Rule]:
    """The rule of a module, or those of all modules and folders of a package."""
    if not hasattr(module, "__path__"):
        yield from _rules_of(module)
        return
    for folder in module.__path__:
        for name in modules(folder):
            yield from _rules_in(importlib.import_module(f"{module.__name__}.{name}"))


def files(folder: Path) -> Sequence[Path]:
    """The files of rules in a folder."""
    return sorted(path for path in folder.glob("*.py") if not path.name.startswith("_"))


def _in_folder(folder: Path) -> Iterator[Rule]:
    for path in files(folder):
        spec = importlib.util.spec_from_file_location(f"govlint_rules_{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        with _loading(f"{path}: 规则文件不能加载", "cannot be loaded"):
            spec.loader.exec_module(module)
            rules = list(_rules_of(module))
        if not rules:
            raise UsageError(f"{path}: 文件中没有名为 rule 的规则 / no rule in it")
        yield from rules


def _rules_of(module: ModuleType) -> Iterator[Rule]:
    rule = getattr(module, "rule", None)
    if isinstance(rule, Rule):
        rule.source = rule.source or module.__file__ or module.__name__
        yield _checked(rule)


def _checked(rule: Rule) -> Rule:
    """Raises ValueError for a rule that is none, or fails where its messages are to be filled in."""
    if wrong := wrong_rule(rule):
        raise ValueError(wrong)
    return rule


@contextlib.contextmanager
def _loading(zh: str, en: str) -> Iterator[None]:
    """A plugin's code is loaded within. Raises UsageError whatever it raises, but for Ctrl-C."""
    try:
        with guarding.guarded():
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise UsageError(f"{zh}：{described(error)} / {en}") from error


def matching(code: str, rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules that a code, a prefix of codes or a name means. Raises UsageError where there is none."""
    found = [rule for rule in rules if fit(rule, (code,))]
    if not found:
        raise _no_rule(code, rules)
    return found


def fit(rule: Rule, codes: Sequence[str]) -> int:
    """How closely a rule is meant by the best of some codes, prefixes and names: 0 not at all."""
    return max(
        (len(rule.code) if code == rule.name else len(code) for code in codes if _means(code, rule)),
        default=0,
    )


def severity_of(rule: Rule, severities: Sequence[tuple[str, Severity]]) -> Severity | None:
    """The severity that settings give to a rule, by codes, prefixes or names; the closest decides."""
    meant = [(fit(rule, (code,)), severity) for code, severity in severities]
    best = max(meant, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] else None


def _means(code: str, rule: Rule) -> bool:
    return bool(code) and (rule.code.startswith(code.upper()) or code == rule.name)


@cache
def chosen(
    rules: tuple[Rule, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    exempt: tuple[str, ...] = (),
    extend: tuple[str, ...] = (),
) -> tuple[Rule, ...]:
    """The rules that a selection leaves, by codes, prefixes or names; the longest prefix that fits decides.

    ``extend`` adds to what is selected, or to what is on by default. What is ``exempt`` is left out whatever is
    selected. Raises UsageError for what no rule is meant by.
    """
    for code in (*select, *ignore, *exempt, *extend):
        matching(code, rules)
    meant = (*select, *extend)
    return tuple(
        rule
        for rule in rules
        if (fit(rule, meant) or (rule.default and not select))
        and fit(rule, ignore) <= (fit(rule, meant) - 1 if fit(rule, ignore) else 0)
        and not fit(rule, exempt)
    )


@lru_cache(64)
def applicable(rules: tuple[Rule, ...], template: Template | None, known: tuple[Rule, ...]) -> Sequence[Rule]:
    """Those of ``rules`` that apply to reports of a template: see :func:`applies`."""
    return [rule for rule in rules if applies(rule, template, known)]


def applies(rule: Rule, template: Template | None, rules: Sequence[Rule]) -> bool:
    """Whether a rule looks at anything in reports of a template (None: in documents that are no report).

    ``rules`` are all there are: an identity whose code is no rule's is for the rule that checks those of forms.
    """
    if rule.needs == "document" or template is None:
        return rule.needs == "document"
    if rule.templates and template.id not in rule.templates:
        return False
    match rule.needs:
        case "sections":
            return bool(template.sections)
        case "tables":
            return bool(template.tables)
        case "editions":
            return bool(template.foreign)
        case "identities":
            declared = {identity.code for identity in template.identities}
            others = declared - {other.code for other in rules}
            return rule.code in declared or (rule.name == "form-identity" and bool(others))
    return True
