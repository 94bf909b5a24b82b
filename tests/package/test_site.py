"""The documentation site: one language of pages in two, and links that lead somewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SITE = Path(__file__).parents[2] / "docs/site"
sys.path.insert(0, str(SITE))
try:
    from links import wrong_links
    from sources import in_language
finally:
    sys.path.remove(str(SITE))

BOTH = """# 设置 · Settings

设置写在 `govlint.toml`。
Settings are kept in `govlint.toml`.

只有中文 with some Latin。

Only English.

| 威胁 · Threat | `x` |
|---|---|
| 没有<br>none | `a · b` |

```toml
select = ["S"]   # 只用
# and these
```
"""


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("zh", "# 设置\n\n设置写在 `govlint.toml`。\n\n只有"),
        ("en", "# Settings\n\nSettings are kept in `govlint.toml`.\n\n只有"),
    ],
)
def test_one_language_of_two(lang: str, expected: str) -> None:
    text = in_language(BOTH, lang)
    assert text.startswith(expected)
    assert "Only English." in text
    assert text.endswith(BOTH[BOTH.index("```toml") :])
    assert ("威胁" in text, "Threat" in text, "没有" in text, "none" in text) == (
        lang == "zh",
        lang == "en",
        lang == "zh",
        lang == "en",
    )
    assert "`a · b`" in text


@pytest.mark.parametrize(
    ("markup", "wrong"),
    [
        ('<a href="b.html">', ""),
        ('<a href="b.html#there">', ""),
        ('<a href="https://a.example/">', ""),
        ('<a href="c.html">', "leads nowhere"),
        ('<a href="../b.html">', "leads nowhere"),
        ('<a href="b.html#here">', "no such place"),
        ('<img src="x.png">', "leads nowhere"),
        ('<img src="https://a.example/x.png">', "elsewhere"),
        ('<script src="//a.example/x.js"></script>', "elsewhere"),
        ('<link rel="stylesheet" href="https://a.example/x.css">', "elsewhere"),
    ],
)
def test_links(markup: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f"<html><body>{markup}</body></html>", "utf-8")
    (tmp_path / "b.html").write_text("<html><body><p id=there>x</p></body></html>", "utf-8")
    found = wrong_links(tmp_path)
    assert bool(found) == bool(wrong)
    assert all(wrong in each for each in found)


@pytest.mark.external
def test_the_site_is_built_and_every_rule_has_its_page(tmp_path: Path) -> None:
    pytest.importorskip("zensical")
    out = tmp_path / "site"
    subprocess.run([sys.executable, str(SITE / "build.py"), str(out)], check=True, capture_output=True)
    codes = {path.stem for path in (SITE.parent / "rules").glob("[A-Z]???.md")}
    for lang in ("zh", "en"):
        assert {path.stem for path in (out / lang / "rules").glob("*.html")} == codes | {"index"}
        assert (out / lang / "schema/settings.schema.json").is_file()
