"""The arguments of the command that is called most often, read without typer, which takes longer to load than a check.

Only what is plainly right is read here; anything else (a misspelt option, a missing value, ``--help``) is left to
typer, which says what is wrong. Both go by the same declarations.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import EnumType
from types import UnionType
from typing import Annotated, Any, get_args, get_origin

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from govlint.cli.options import Option

COMPLETING = "_GOVLINT_COMPLETE"
"""Set in the environment where a shell asks for completions."""


class _Field(Struct, frozen=True):
    """A parameter: the group that it is a field of, its name, and its type without None."""

    group: str
    name: str
    kind: Any
    many: bool
    declared: Option | None
    required: bool


class _Odd(Exception):
    """Something for typer."""


def arguments(command: Callable[..., Any], given: Sequence[str]) -> dict[str, Any] | None:
    """The keyword arguments for a command; None where anything about what was given is out of the ordinary."""
    listed = list(_fields(command))
    variables = {each.declared.variable for each in listed if each.declared} - {None}
    if not os.environ.keys().isdisjoint({COMPLETING, *variables}):
        return None
    values: dict[_Field, Any] = {}
    try:
        _read(listed, given, values)
    except (_Odd, ValueError):
        return None
    if any(each.required and each not in values for each in listed):
        return None
    return _called(command, values)


def _parameters(command: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """Names and types; ``inspect`` would tell them too, and takes as long to load as a check."""
    return ((name, kind) for name, kind in command.__annotations__.items() if name != "return")


def _fields(command: Callable[..., Any]) -> Iterator[_Field]:
    code = command.__code__
    positional = code.co_varnames[: code.co_argcount]
    required = positional[: len(positional) - len(command.__defaults__ or ())]
    for name, kind in _parameters(command):
        if not isinstance(kind, type):
            yield _field("", name, kind, name in required)
            continue
        for each in fields(kind):
            yield _field(name, each.name, each.type, each.default is NODEFAULT)


def _field(group: str, name: str, hint: Any, required: bool) -> _Field:
    assert get_origin(hint) is Annotated
    kind, declared = get_args(hint)
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not type(None))
    many = get_origin(kind) is list
    option = declared if isinstance(declared, Option) else None
    return _Field(group, name, get_args(kind)[0] if many else kind, many, option, required)


def _read(listed: Sequence[_Field], given: Sequence[str], values: dict[_Field, Any]) -> None:
    named = {flag: each for each in listed if each.declared for flag in each.declared.flags}
    (unnamed,) = (each for each in listed if each.declared is None)
    rest = iter(given)
    for argument in rest:
        if argument == "-" or not argument.startswith("-"):
            _put(values, unnamed, argument)
            continue
        flag, joined, value = argument.partition("=")
        each = named.get(flag)
        if each is None or (joined and (each.kind is bool or not flag.startswith("--"))):
            raise _Odd
        if each.kind is bool:
            values[each] = True
            continue
        if not joined:
            value = next(rest, "-")
            if value.startswith("-"):
                raise _Odd
        _put(values, each, value)


def _put(values: dict[_Field, Any], each: _Field, text: str) -> None:
    """Raises ValueError for what is not of the parameter's type."""
    if isinstance(each.kind, EnumType) and text not in list(each.kind):
        raise _Odd
    value = each.kind(text)
    if each.declared and each.declared.least is not None and value < each.declared.least:
        raise _Odd
    if each.many:
        values.setdefault(each, []).append(value)
    else:
        values[each] = value


def _called(command: Callable[..., Any], values: Mapping[_Field, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {each.name: value for each, value in values.items() if not each.group}
    for name, group in _parameters(command):
        if isinstance(group, type):
            found[name] = group(**{each.name: value for each, value in values.items() if each.group == name})
    return found
