"""Rules that misbehave: a fault of theirs is said, and everything else stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import govlint
from govlint.cli.commands import main
from govlint.linting import guarding
from govlint.linting.examples import model_report

UNIT = model_report("ogi-2021").replace("行政许可 | 156", "行政许可 | 156件")
RULE = """
from msgspec.structs import replace
from govlint.document import Edit, Span, Words
from govlint.rule import Reference, Related, Rule, Suggestion, Unchecked

rule = Rule("X001", "odd", Words("怪", "odd"), "warning", Words("怪", "odd"), Words("", ""), Reference("", ""))
good = rule.finding(None)

class Mute(Exception):
    def __str__(self):
        raise ValueError

class Loud(Exception):
    def __str__(self):
        raise SystemExit(0)

class Speaker(Words):
    def say(self, lang):
        raise SystemExit(0)

class Cells(dict):
    def items(self):
        raise SystemExit(0)

@rule.check
def check(report):
    yield good
    {}
"""
WRONG = """
raise SystemExit(0)
__import__("os")._exit(0)
__import__(__import__("os").name)._exit(0)
raise GeneratorExit
raise MemoryError
raise StopIteration
raise Mute
raise Loud
raise BaseException("x")
check(report).send(1)
(lambda f: f(f))(lambda f: f(f))
yield 5
yield "x"
yield None
yield "E001", "x"
yield replace(good, severity="fatal")
yield replace(good, certainty="maybe")
yield replace(good, evidence=(lambda: 1,))
yield replace(good, evidence=[Words("a", "b")])
yield replace(good, words="x")
yield replace(good, words=Speaker("a", "b"))
yield replace(good, section=type("Text", (str,), {})("overview"))
yield replace(good, words=Words(1, 2))
yield replace(good, span=(0, 1))
yield replace(good, span=Span(-1, 1))
yield replace(good, span=Span(0, 10**9))
yield replace(good, cells=("no.such.cell",))
yield replace(good, cells=("applications.granted.nobody",))
yield replace(good, cells=(1,))
yield replace(good, expected=1)
yield replace(good, actual=b"x")
yield replace(good, suggestion="x")
yield replace(good, suggestion=Suggestion(Cells()))
yield replace(good, suggestion=Suggestion({"applications.granted.total": "5"}))
yield replace(good, suggestion=Suggestion({"applications.granted.total": 10**5000}))
yield replace(good, suggestion=Suggestion({"applications.granted.total": __import__("decimal").Decimal("NaN")}))
yield replace(good, suggestion=Suggestion(edits=(Edit(Span(0, 10**9), ""),)))
yield replace(good, related=(Related("x", None, Span(5, 1)),))
yield replace(good, reference=("a", "b"))
yield replace(good, rule=None)
yield Unchecked("N001", Words("", ""))
yield Unchecked("X001", "x")
report.cells.clear()
report.cells = dict()
report.year = 1999
report.departures.clear()
report.sections.popitem()
report.tables.update(x=1)
report.outdated.add("applications")
report.document.text = ""
report.document.comments = ()
next(iter(report.cells.values())).value = 1
next(iter(report.sections.values())).heading = ""
next(iter(report.departures)).certain = False
while True: pass
""".strip().splitlines()


@pytest.fixture(scope="module", autouse=True)
def _everything_is_loaded() -> None:
    """What the first check loads is not on a rule's time."""
    govlint.check(UNIT.encode(), name="a.txt", config=None)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_rule_that_misbehaves_is_the_only_one_that_fails(
    wrong: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guarding, "SECONDS", 1.0)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/x001_odd.py").write_text(RULE.format("print('loud')\n    " + wrong), "utf-8")
    (tmp_path / "a.txt").write_text(UNIT, "utf-8")
    (tmp_path / "b.txt").write_text(UNIT, "utf-8")
    options = ["--rule-folder", str(tmp_path / "own"), "--format", "json"]
    assert main(["check", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), *options]) == 4
    out, error = capfd.readouterr()
    for document in json.loads(out)["documents"]:
        assert sorted(found["code"] for found in document["findings"]) == ["E003", "T006", "X001"]
        assert document["verdict"] == "incomplete"
        assert [each["code"] for each in document["unchecked"]] == ["X001"]
    assert "loud" in error
