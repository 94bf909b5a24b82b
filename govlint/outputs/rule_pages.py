"""A page of Markdown for each rule, and a list of them: ``python -m govlint.outputs.rule_pages`` writes ``docs/rules`` anew.

The pages are made of what the rules themselves hold; a test says when they are stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from govlint.linting.registry import all_rules
from govlint.outputs.parts.basis import basis_of, cite, scope
from govlint.outputs.parts.counts import SEVERITY
from govlint.rule import Example, Rule

_ARGUMENT = re.compile(r"\{[^{}]*\}")
"""As in ``{actual}``."""
_MADE = "<!-- 由规则生成，不要手改 · made from the rules: python -m govlint.outputs.rule_pages -->"
INDEX = "README.md"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name to text, the list of all rules among them."""
    return {INDEX: _index(rules)} | {f"{rule.code}.md": "\n".join(_page(rule)) + "\n" for rule in rules}


def _index(rules: Sequence[Rule]) -> str:
    lines = [_MADE, "", "# 规则 / Rules", "", "| | | 级别 severity | 模板 templates |", "|---|---|---|---|"]
    lines += [
        f"| [{rule.code}]({rule.code}.md) {rule.name} | {rule.title.zh}<br>{rule.title.en} "
        f"| {_severity(rule)} | {_templates(rule)} |"
        for rule in rules
    ]
    return "\n".join(lines) + "\n"


def _severity(rule: Rule) -> str:
    words = SEVERITY[rule.severity]
    off = "" if rule.default else "，默认关闭 · off by default"
    return f"{words.zh} {words.en}{off}"


def _templates(rule: Rule) -> str:
    return "、".join(f"`{name}`" for name in scope(rule)) or "全部 all"


def _page(rule: Rule) -> Iterator[str]:
    yield from (_MADE, "", f"# {rule.code} {rule.name}", "", f"{rule.title.zh} · {rule.title.en}", "")
    yield f"* 级别 / severity: {_severity(rule)}"
    yield f"* 模板 / templates: {_templates(rule)}"
    basis = dict.fromkeys(cite(basis_of(rule), lang) for lang in ("zh", "en"))
    yield f"* 依据 / legal basis: {' / '.join(basis)}"
    for heading, words in (
        ("报告什么 / What it reports", rule.message),
        ("为什么 / Why it matters", rule.why),
    ):
        yield from ("", f"## {heading}", "")
        yield from (_ARGUMENT.sub("…", words.zh), "", _ARGUMENT.sub("…", words.en))
    for heading, examples in (("错误示例 / Bad", rule.bad), ("正确示例 / Good", rule.good)):
        if examples:
            yield from ("", f"## {heading}")
        for example in examples:
            yield from _example(example)


def _example(example: Example) -> Iterator[str]:
    yield ""
    if example.text.strip():
        yield from _fenced(example.text)
    else:
        yield "（删去 / left out）"
    if example.instead_of not in ("", example.text):
        yield from ("", "原文 / in the place of", "")
        yield from _fenced(example.instead_of)
    for beside in example.beside:
        yield from ("", f"与之比较 / beside it: `{beside.name}`", "")
        yield from _fenced(beside.told or "（其余相同 / otherwise the same）")
    if example.register:
        yield from ("", "机关名录 / register", "")
        yield from _fenced(example.register)
    if example.cells:
        yield from ("", "单元格 / cells: " + ", ".join(f"`{cell}`" for cell in example.cells))


def _fenced(text: str) -> Iterator[str]:
    yield from ("```text", text.strip("\n"), "```")


def main(folder: str = "docs/rules") -> None:
    """Write all pages into a folder, and remove those of rules that are no more."""
    out = Path(folder)
    out.mkdir(parents=True, exist_ok=True)
    made = pages(all_rules())
    for name, text in made.items():
        (out / name).write_text(text, "utf-8", newline="\n")
    for path in out.glob("*.md"):
        if path.name not in made:
            path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
