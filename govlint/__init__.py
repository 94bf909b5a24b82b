"""A linter for mandated annual reports on open government information (政府信息公开工作年度报告)."""

from __future__ import annotations

import sys

if (
    getattr(sys, "argv", [])[:1] == ["-m"]
    and any(each.removeprefix("-m").partition(".")[0] == "govlint" for each in sys.orig_argv[1:])
    and not sys.flags.safe_path
):
    # `python -m govlint` has put the working folder first, where documents may lie beside a typing.py; this is the
    # first of govlint that runs. `-m` is all of the arguments that there is while Python looks for the module.
    import os

    if os.path.abspath(sys.path[0] or ".") != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
        del sys.path[0]

from govlint.version import __version__

TYPE_CHECKING = False  # without loading typing
if TYPE_CHECKING:
    from govlint.api import all_rules, check, check_many, configure
    from govlint.config.configuration import Configuration
    from govlint.config.file import ConfigError
    from govlint.document import Document, Span, Words
    from govlint.errors import UsageError
    from govlint.linting.settings import Settings
    from govlint.report import Report
    from govlint.result import Result
    from govlint.rule import Finding, Rule

__all__ = [
    "ConfigError",
    "Configuration",
    "Document",
    "Finding",
    "Report",
    "Result",
    "Rule",
    "Settings",
    "Span",
    "UsageError",
    "Words",
    "__version__",
    "all_rules",
    "check",
    "check_many",
    "configure",
]

_HOMES = {
    "api": ("all_rules", "check", "check_many", "configure"),
    "config.configuration": ("Configuration",),
    "config.file": ("ConfigError",),
    "document": ("Document", "Span", "Words"),
    "errors": ("UsageError",),
    "linting.settings": ("Settings",),
    "report": ("Report",),
    "result": ("Result",),
    "rule": ("Finding", "Rule"),
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Names are imported when they are first asked for, so that ``import govlint`` costs nothing."""
        from importlib import import_module

        for module, names in _HOMES.items():
            if name in names:
                value = getattr(import_module(f"{__name__}.{module}"), name)
                globals()[name] = value
                return value
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
