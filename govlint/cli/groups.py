"""Commands as typer wants them: made of functions whose options are declared without it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import typer
from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from govlint.cli.options import Argument, Option


def flat(command: Callable[..., Any]) -> Callable[..., Any]:
    """A command whose parameters that are structs are replaced by their fields, each with an option of typer's."""
    hints = get_type_hints(command, include_extras=True)
    groups: dict[str, type[Struct]] = {}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        kind = hints[name]
        if isinstance(kind, type) and issubclass(kind, Struct):
            groups[name] = kind
            parameters += _parameters(kind)
        else:
            option = parameter.replace(annotation=_typed(kind), kind=inspect.Parameter.KEYWORD_ONLY)
            parameters.append(option)

    @wraps(command)
    def taken(**given: Any) -> Any:
        for name, kind in groups.items():
            given[name] = kind(**{each: given.pop(each) for each in kind.__struct_fields__})
        return command(**given)

    del taken.__wrapped__  # its signature is not the one to be seen
    taken.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    taken.__annotations__ = {each.name: each.annotation for each in parameters}
    return taken


def _parameters(group: type[Struct]) -> Iterator[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    for each in fields(group):
        default = inspect.Parameter.empty if each.default is NODEFAULT else each.default
        yield inspect.Parameter(
            each.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=_typed(hints[each.name])
        )


def _typed(hint: Any) -> Any:
    """The same with typer's own word for an option or argument."""
    if get_origin(hint) is not Annotated:
        return hint
    kind, *declared = get_args(hint)
    for at, each in enumerate(declared):
        if isinstance(each, Argument):
            declared[at] = typer.Argument(metavar=each.metavar, help=each.help)
        elif isinstance(each, Option):
            declared[at] = typer.Option(
                *each.flags,
                metavar=each.metavar,
                help=each.help,
                min=each.least,
                max=each.most,
                envvar=each.variable,
                show_envvar=False,
            )
    return Annotated[kind, *declared]
