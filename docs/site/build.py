"""Build the documentation site, Chinese and English, without a network: python docs/site/build.py [FOLDER]

The pages are those of ``docs/``, each in one language, the ones written for the site in ``docs/site/zh`` and ``en``,
and what the program says of itself: rules, commands, schemas. A link that leads nowhere ends the build.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from links import wrong_links
from made import commands_page, rule_index, rule_pages, schema_page
from sources import ROOT, Pages

HERE = Path(__file__).parent
LANGUAGES = {"zh": "中文", "en": "English"}
NAV: Sequence[tuple[str, str, Sequence[tuple[str, str, str]]]] = (
    ("开始", "Start", (
        ("index.md", "govlint", "govlint"),
        ("start.md", "五分钟", "Five minutes"),
        ("staff.md", "写报告的人", "For staff"),
        ("engineers.md", "工程师", "For engineers"),
        ("auditors.md", "检查和审计的人", "For auditors"),
    )),
    ("使用", "Use", (
        ("commands.md", "命令", "Commands"),
        ("settings.md", "设置、忽略、基线", "Settings"),
        ("fixing.md", "自动改正", "Fixing"),
        ("annotate.md", "批注", "Comments"),
        ("desk.md", "网页工作台", "The web desk"),
        ("browser.md", "在浏览器里检查", "Inside the browser"),
        ("archives.md", "档案", "Archives"),
        ("queries.md", "查询", "Queries"),
        ("ci.md", "持续集成", "CI"),
        ("editors.md", "编辑器", "Editors"),
        ("api.md", "Python", "Python"),
    )),
    ("数据", "Data", (
        ("formats.md", "输出格式", "Output formats"),
        ("readers.md", "能读什么", "What is read"),
        ("schema.md", "JSON", "JSON"),
    )),
    ("扩展", "Extend", (
        ("writing-rules.md", "写规则", "Writing rules"),
        ("templates.md", "模板", "Templates"),
    )),
    ("关于", "About", (
        ("architecture.md", "结构", "Architecture"),
        ("quality.md", "检出质量", "Quality"),
        ("speed.md", "速度", "Speed"),
        ("scale.md", "规模", "Scale"),
        ("testing.md", "测试", "Tests"),
        ("security.md", "安全", "Security"),
        ("changelog.md", "变更", "Changes"),
    )),
)  # fmt: skip
FAMILIES = {
    "S": ("结构", "structure"),
    "T": ("表格", "tables"),
    "N": ("数字", "numbers"),
    "C": ("文字与表格", "prose against tables"),
    "D": ("公开内容", "disclosure"),
    "P": ("公布", "publication"),
    "W": ("文字", "wording"),
    "H": ("与上年", "against last year"),
    "A": ("档案", "across an archive"),
    "E": ("文档本身", "the document itself"),
}
FROM = {
    "staff.md": {"zh": "docs/for-staff.md"},
    "index.md": {"zh": "README.zh-CN.md", "en": "README.md"},
    "writing-rules.md": {"en": "CONTRIBUTING.md"},
    "architecture.md": {"en": "docs/architecture.md"},
    "speed.md": {"zh": "benchmarks/README.md", "en": "benchmarks/README.md"},
    "changelog.md": {"zh": "CHANGELOG.md", "en": "CHANGELOG.md"},
}
"""Pages that stand elsewhere than under their own name in ``docs/site/LANG`` or ``docs``."""


def main(target: str = "build/site") -> None:
    """Build both languages into a folder. Raises SystemExit that says what is wrong."""
    if missing := left_out():
        raise SystemExit(f"not in the site: {', '.join(missing)}")
    out = Path(target).absolute()
    shutil.rmtree(out, ignore_errors=True)
    for lang in LANGUAGES:
        work = out.parent / f"{out.name}-source" / lang
        shutil.rmtree(work, ignore_errors=True)
        write_sources(work, lang)
        run = subprocess.run(
            [
                sys.executable,
                "-m",
                "zensical",
                "build",
                "--strict",
                "--config-file",
                str(work / "mkdocs.yml"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if run.returncode:
            raise SystemExit(f"{run.stdout}{run.stderr}")
        shutil.move(work / "site", out / lang)
    (out / "index.html").write_text(ENTRANCE, "utf-8")
    if wrong := wrong_links(out):
        raise SystemExit("\n".join(wrong))
    print(f"{out}: {sum(1 for _ in out.rglob('*.html'))} pages")


def write_sources(work: Path, lang: str) -> None:
    """The Markdown of one language, and its configuration."""
    pages = Pages(
        work / "docs", lang, {name: _source(name, lang) for name in _names() if _source(name, lang)}
    )
    made = {
        "commands.md": commands_page(lang),
        "schema.md": schema_page(lang),
        "rules/index.md": rule_index(lang),
    }
    for name, text in (made | rule_pages(lang)).items():
        pages.write(name, text)
    pages.copy_all()
    for schema in (ROOT / "docs/schema").glob("*.json"):
        pages.copy(schema, f"schema/{schema.name}")
    (work / "mkdocs.yml").write_text(_configuration(lang, sorted(rule_pages(lang))), "utf-8")


def left_out() -> list[str]:
    """Pages of ``docs`` that the site does not have."""
    used = {path for path in FROM.values() for path in path.values()}
    pages = {f"docs/{name}" for name in _names()} | used
    return sorted(name for path in (ROOT / "docs").glob("*.md") if (name := f"docs/{path.name}") not in pages)


def _names() -> list[str]:
    return [name for _, _, entries in NAV for name, _, _ in entries]


def _source(name: str, lang: str) -> Path | None:
    """Where a page is written; None where the program makes it."""
    for path in (FROM.get(name, {}).get(lang), f"docs/site/{lang}/{name}", f"docs/{name}"):
        if path and (ROOT / path).is_file():
            return ROOT / path
    return None


def _configuration(lang: str, rules: Sequence[str]) -> str:
    at = 0 if lang == "zh" else 1
    lines = [
        "site_name: govlint",
        f"site_description: {'政府信息公开工作年度报告检查' if lang == 'zh' else 'A linter for mandated annual reports'}",
        "docs_dir: docs",
        "site_dir: site",
        "use_directory_urls: false",  # it is read from a folder, too
        "theme:",
        f"  language: {'zh' if lang == 'zh' else 'en'}",
        "  font: false",  # no request to anybody
        "  features: [navigation.sections, navigation.top, navigation.footer, content.code.copy, search.highlight]",
        "markdown_extensions: [tables, attr_list, toc, admonition, pymdownx.superfences]",
        "extra:",
        "  generator: false",
        "  alternate:",
    ]
    for name, told in LANGUAGES.items():
        lines += [f"    - {{name: {told}, link: ../{name}/index.html, lang: {name}}}"]
    lines.append("nav:")
    for head in NAV:
        lines.append(f"  - {head[at]}:")
        lines += [f"    - {entry[1 + at]}: {entry[0]}" for entry in head[2]]
        if head[1] == "Start":
            lines.append(f"  - {('规则', 'Rules')[at]}:")
            lines.append(f"    - {('全部规则', 'All rules')[at]}: rules/index.md")
            for letter, told in FAMILIES.items():
                lines.append(f"    - {letter} {told[at]}:")
                lines += [
                    f"      - {Path(name).stem}: {name}" for name in rules if Path(name).stem[0] == letter
                ]
    return "\n".join(lines) + "\n"


ENTRANCE = """<!DOCTYPE html><html lang="zh"><meta charset="utf-8"><title>govlint</title>
<meta http-equiv="refresh" content="0; url=zh/index.html">
<p><a href="zh/index.html">中文</a> · <a href="en/index.html">English</a></p></html>
"""

if __name__ == "__main__":
    os.chdir(ROOT)
    main(*sys.argv[1:])
