"""Rules that cannot be loaded or are none: said in one line, whatever the code does, and nothing of them is used."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from govlint.errors import UsageError
from govlint.linting import guarding, registry

RULE = """
import sys
from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule("X001", "odd", Words("怪", "odd"), "warning", Words("怪", "odd"), Words("", ""), Reference("", ""))

class Mute(BaseException):
    def __repr__(self):
        raise SystemExit(0)

@rule.check
def check(report):
    yield rule.finding(None)

print("loud")
print("louder", file=sys.__stdout__)
"""
WRONG = r"""
sys.exit(0)
__import__("os")._exit(0)
1 / 0
raise GeneratorExit
raise BaseException("x")
raise Mute
def f(: pass
while True: pass
rule.code = "N001"
rule.name = "row-total"
rule.code = 5
rule.code = None
rule.code = ""
rule.code = "x001"
rule.code = "X 1\n"
rule.code = "../../x"
rule.code = "\ud800"
rule.name = 5
rule.name = "a b\x1b"
rule.title = "x"
rule.title = Words(1, "x")
rule.severity = "fatal"
rule.severity = None
rule.message = 5
rule.why = None
rule.reference = ("a", "b")
rule.subject = "all"
rule.needs = "x"
rule.templates = "ogi-2021"
rule.templates = 5
rule.instead_of = ["T006"]
rule.apply = 5
rule.good.append("x")
rule.bad = ()
rule.default = "no"
rule.private = None
rule = [rule]
rule = Rule
""".strip().splitlines()


@pytest.mark.parametrize("way", ["folder", "module", "package"])
@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_rule_is_refused(
    wrong: str, way: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "SECONDS", 0.2)
    inside = tmp_path / "odd_plugin" if way == "package" else tmp_path
    inside.mkdir(exist_ok=True)
    (inside / ("x001.py" if way == "package" else "odd_plugin.py")).write_text(RULE + wrong + "\n", "utf-8")
    if way == "package":
        (inside / "__init__.py").touch()
    if way != "folder":
        info = tmp_path / "odd-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: odd\nVersion: 1\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[{registry.GROUP}]\nodd = odd_plugin\n", "utf-8")
        monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UsageError) as error:
        registry.all_rules.__wrapped__((tmp_path,) if way == "folder" else ())
    assert "\n" not in str(error.value)
    assert capsys.readouterr().out == ""
    for name in [name for name in sys.modules if name.partition(".")[0] == "odd_plugin"]:
        del sys.modules[name]
