"""What typer says of a wrong command line, in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ZH: Mapping[str, str] = {
    r"No such command '(.*?)'\.(?: Did you mean (.*)\?)?": "没有名为 {0} 的命令{1}",
    r"No such option: (\S+)(?: \(?(?:Possible options:|Did you mean) (.*?)[)?])?": "没有 {0} 选项{1}",
    r"Missing argument '(.*)'\.": "缺少参数 {0}",
    r"Missing option '(.*)'\.": "缺少选项 {0}",
    r"Option '(.*)' requires an argument\.": "选项 {0} 后面要写值",
    r"Option '(.*)' requires (\d+) arguments\.": "选项 {0} 后面要写{1}个值",
    r"Option '(.*)' does not take a value\.": "选项 {0} 后面不写值",
    r"Invalid value for (.*): '(.*)' is not one of (.*)\.": "{0} 不能是 {1}，可用：{2}",
    r"Invalid value for (.*): '(.*)' is not a valid int(?:eger)?(?: range)?\.": "{0} 应为整数，不能是 {1}",
    r"Invalid value for (.*): (.*) is not in the range (.*)\.": "{0} 不能是 {1}，应在 {2} 之内",
    r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)": "多出了参数 {0}",
}
"""Pattern of an English message to the Chinese one, which takes the pattern's groups without quotes."""

_ARGUMENTS = {"paths": "文件或文件夹", "code": "规则代码"}


def said(error: Any) -> str:
    """``没有名为 chek 的命令，是否指 check？ / No such command 'chek'…``, then where the usage is told."""
    english: str = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":  # its message is the help, in the language asked for
        return english
    lines = [f"govlint: {in_chinese(english)} / {english}"]
    context = getattr(error, "ctx", None)
    if context is not None:
        lines.append(f"用法见 / usage: {context.command_path} --help")
    return "\n".join(lines)


def in_chinese(english: str) -> str:
    for pattern, chinese in _ZH.items():
        if match := re.fullmatch(pattern, english, re.DOTALL):
            groups = [(group or "").replace("'", "") for group in match.groups()]
            groups[0] = _ARGUMENTS.get(groups[0], groups[0])
            if "{0} 的命令" in chinese or "{0} 选项{1}" in chinese:
                groups[1] = f"，是否指 {groups[1].replace(', ', '、')}？" if groups[1] else ""
            return chinese.format(*groups)
    return "用法不对"
