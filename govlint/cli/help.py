"""``--help`` in one language at a time. Texts are written as ``中文 · English`` and one half is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_BETWEEN = " · "
_ZH = {
    "Usage: ": "用法：",
    "Arguments:": "参数：",
    "Options:": "选项：",
    "Commands:": "命令：",
}
_OWN = {
    "Show this message and exit.": "显示本说明。",
    "Install completion for the current shell.": "为当前的 shell 安装命令补全。",
    "Show completion for the current shell, to copy it or customize the installation.": "显示补全脚本，以便复制或改动。",
}
"""What typer itself says."""


def help_language(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """As ``--lang`` says, else the locale if it is English or Chinese, else Chinese, like the messages."""
    for argument, value in zip(arguments, (*arguments[1:], ""), strict=False):
        stated = value if argument == "--lang" else argument.removeprefix("--lang=")
        if argument.startswith("--lang") and stated in ("zh", "en"):
            return stated
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "en" if locale.lower().startswith("en") else "zh"
    return "zh"


def pick(text: str | None, lang: str) -> str | None:
    """The half of a text that is in the language; the whole where it has but one."""
    if not text:
        return text
    if lang == "zh" and text in _OWN:
        return _OWN[text]
    zh, between, en = text.partition(_BETWEEN)
    return (en if lang == "en" else zh).strip() if between else text


def help_in(lang: str, command: Any) -> Any:
    """A click command, and those below it, with its help in one language."""
    command.help = pick(command.help, lang)
    command.short_help = pick(command.short_help, lang)
    for parameter in command.params:
        parameter.help = pick(getattr(parameter, "help", None), lang)
    for below in getattr(command, "commands", {}).values():
        help_in(lang, below)
    if lang == "zh":
        _translate(command)
    return command


def _translate(command: Any) -> None:
    """The headings and the help option that typer adds."""
    get_help, get_help_option = command.get_help, command.get_help_option

    def translated(context: Any) -> str:
        return "\n".join(_line(line) for line in get_help(context).split("\n"))

    def help_option(context: Any) -> Any:
        option = get_help_option(context)
        if option is not None:
            option.help = pick(option.help, "zh")
        return option

    command.get_help, command.get_help_option = translated, help_option


def _line(line: str) -> str:
    for english, chinese in _ZH.items():
        if line.startswith(english):
            return chinese + line.removeprefix(english)
    return line
