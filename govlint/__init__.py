"""A linter for mandated annual reports on open government information (政府信息公开工作年度报告)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govlint.version import __version__

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
