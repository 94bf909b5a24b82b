"""Results kept from one run to the next: the same output to the byte, and nothing kept that is not so any more."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from making.corpus import corpus, sample
from making.office import excel, saved, saved_book, word

from govlint import outputs
from govlint.cli.commands import main
from govlint.linting import linter
from govlint.linting.examples import model_report
from govlint.runs import results_cache

MODEL = model_report("ogi-2021")
EXAMPLES = Path(__file__).parents[2] / "examples"
RULE = """
from govlint.document import Words
from govlint.rule import Reference, Rule

rule = Rule("X001", "own", Words("", ""), "error", Words("TITLE", ""), Words("", ""), Reference("", ""))

@rule.check
def check(report):
    yield rule.finding(None)
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("GOVLINT_NO_CACHE")
    return tmp_path


def files() -> list[Path]:
    return sorted(Path("cache").rglob("results/*/*.data"))


def run(*arguments: str) -> tuple[int, bytes]:
    code = main([*arguments, "--output", "out"])
    return code, Path("out").read_bytes()


def unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on nothing is checked but what was not."""

    def fail(*arguments: object) -> None:
        raise AssertionError("a document was checked anew")

    monkeypatch.setattr(linter, "check_bytes", fail)


def many() -> None:
    """Every example, some layouts, Word, Excel, a web page, comments that set aside, what is no report."""
    shutil.copytree(EXAMPLES, "r")
    for at, (_, _, text) in enumerate(corpus(4, 11)):
        Path(f"r/c{at}.txt").write_text(text, "utf-8")
    wrong = MODEL.replace("行政许可 | 156", "行政许可 | 156件").replace("\n规章 ", "\n规章　 ")
    Path("r/wrong.html").write_text(f"<title>年报</title><body><pre>{wrong}</pre></body>", "utf-8")
    Path("r/aside.md").write_text(
        wrong.replace("156件", "156件 <!-- govlint: ignore T006 已核对 -->"), "utf-8"
    )
    Path("r/blank.txt").write_text(MODEL.replace("| 156", "|  "), "gb18030")
    document = word(sample(3))
    document.paragraphs[5].add_run("截止12月31日没有结转。")
    document.tables[-2].rows[4].cells[4].paragraphs[0].runs[0].text = "77"
    Path("r/a.docx").write_bytes(saved(document))
    Path("r/a.xlsx").write_bytes(saved_book(excel(sample(4))))


@pytest.mark.external
def test_the_same_to_the_byte_in_every_format(monkeypatch: pytest.MonkeyPatch) -> None:
    many()
    checks = [("check", "--format", name) for name in outputs.FORMATS]
    checks += [
        ("check", "--format", "rich", "--color", "always"),
        ("check", "--lang", "en"),
        ("check", "--statistics"),
    ]
    checks += [
        ("check", "--diff"),
        ("check", "--diff", "--unsafe-fixes"),
        ("check", "--baseline", "base.json"),
    ]
    extracts = [
        ("extract", "--format", name) for name in outputs.EXTRACTS if name != "xlsx"
    ]  # holds the time
    run("check", "r", "--no-cache", "--write-baseline", "base.json")
    Path("r/c0.txt").write_text(MODEL.replace("156", "157"), "utf-8")
    command = {way: [way[0], "r", *way[1:]] for way in (*checks, *extracts)}
    plain = {way: run(*command[way], "--no-cache") for way in command}
    assert files() == []
    first = {
        way: run(*command[way], "--jobs", "3") if "--diff" not in way else run(*command[way])
        for way in command
    }
    count = len(files())
    unasked(monkeypatch)
    again = {way: run(*command[way]) for way in command if "--diff" not in way}
    assert len(files()) == count > 20
    assert first == plain
    assert again == {way: plain[way] for way in again}


def test_what_was_put_right_is_checked_anew() -> None:
    text = MODEL.replace("行政许可 | 156", "行政许可 | １５６")
    for name in ("a", "b"):
        Path(f"{name}.txt").write_text(text, "utf-8")
    run("check", "b.txt")
    for name in ("a", "b"):
        run("check", f"{name}.txt", "--unsafe-fixes")
    assert Path("a.txt").read_text("utf-8") == Path("b.txt").read_text("utf-8") != text


# What it depends on


def _settings(text: str) -> Callable[[], object]:
    return lambda: Path("govlint.toml").write_text(text, "utf-8")


CHANGES: dict[str, tuple[Callable[[], object], list[str]]] = {
    "the document": (lambda: Path("a.txt").write_text(MODEL, "utf-8"), []),
    "its name": (lambda: Path("a.txt").rename("a.md"), []),
    "rules in force": (lambda: None, ["--ignore", "T006"]),
    "the day": (lambda: None, ["--as-of", "2099-01-01"]),
    "last year's report": (lambda: None, ["--previous", "old.txt"]),
    "the template": (lambda: None, ["--template", "ogi-2019"]),
    "severities": (_settings('[severity]\nT006 = "info"'), []),
    "exemptions": (_settings('[per-path-ignores]\n"a.txt" = ["T006"]'), []),
    "limits": (_settings("[limits]\ncharacters = 10"), []),
    "deadlines": (_settings('[deadlines]\nother = "12-31"\ndepartment = "12-31"'), []),
    "corrections": (_settings('unfixable = ["S003"]'), []),
    "the register": (_settings('agencies = "register.csv"'), []),
    "the fail level": (_settings('fail-on = "never"'), []),
    "rules of one's own": (lambda: Path("own/x001.py").write_text(RULE, "utf-8"), ["--rule-folder", "own"]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_checked_anew(what: str) -> None:
    wrong = MODEL.replace("行政许可 | 156", "行政许可 | 156件").replace("一、总体情况", "一、总体的情况")
    Path("a.txt").write_text(wrong.replace("2023-01-16", "2023-03-20"), "utf-8")
    Path("b.txt").write_text(wrong.replace("发布时间：2023-01-16", ""), "utf-8")
    Path("old.txt").write_text(MODEL.replace("2023", "2022").replace("2022", "2021"), "utf-8")
    Path("register.csv").write_text("name,kind,level\n云溪县农业农村局,government,county\n", "utf-8")
    Path("own").mkdir()
    Path("own/x001.py").write_text(RULE.replace("TITLE", "old"), "utf-8")
    change, options = CHANGES[what]
    before = ["--rule-folder", "own"] if "own" in options else []
    first = run("check", ".", *before)
    change()
    from govlint.linting import registry
    from govlint.runs import as_data, depends

    for each in (registry.all_rules, as_data._by_code, depends._digest):  # as in a process of its own
        each.cache_clear()
    found = run("check", ".", *options)
    assert found == run("check", ".", *options, "--no-cache")
    assert found != first


def test_a_copy_in_another_folder_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(f"{name}/r.txt").write_text(MODEL, "utf-8")
    run("check", "a")
    unasked(monkeypatch)
    assert b'"path": "b/r.txt"' in run("check", "b", "--format", "json")[1]


def test_what_may_be_otherwise_next_time_is_not_kept() -> None:
    Path("own").mkdir()
    Path("own/x001.py").write_text(RULE.replace("yield rule.finding(None)", "raise OSError"), "utf-8")
    Path("a.txt").write_text(MODEL, "utf-8")
    Path("b.docx").write_bytes(b"PK\x03\x04 damaged")
    assert run("check", "a.txt", "--rule-folder", "own")[0] == 4
    assert run("check", "b.docx")[0] == 3
    assert files() == []


# The files


def _swap() -> None:
    one, other = (file.read_bytes() for file in files()[:2])
    files()[0].write_bytes(other)
    files()[1].write_bytes(one)


ODD: dict[str, Callable[[], object]] = {
    "empty": lambda: [file.write_bytes(b"") for file in files()],
    "cut off": lambda: [file.write_bytes(file.read_bytes()[:-3]) for file in files()],
    "other bytes": lambda: [file.write_bytes(b"0000" + bytes(range(200))) for file in files()],
    "each other's": _swap,
    "a folder": lambda: [(file.unlink(), file.mkdir()) for file in files()],
    "a pipe": lambda: [(file.unlink(), os.mkfifo(file)) for file in files()],
    "a link": lambda: [
        (file.rename(f"{file.name}.x"), file.symlink_to(Path(f"{file.name}.x").absolute()))
        for file in files()
    ],
    "anybody's": lambda: [file.chmod(0o666) for file in files()],
    "anybody's folder": lambda: Path("cache/govlint").chmod(0o777),
    "no folder": lambda: (shutil.rmtree("cache"), Path("cache").write_text("")),
}


@pytest.mark.skipif(os.name != "posix", reason="modes of files")
@pytest.mark.parametrize("how", ODD)
def test_odd_files_are_made_anew(how: str) -> None:
    for name, text in (("a", MODEL), ("b", MODEL.replace("156", "156件"))):
        Path(f"{name}.txt").write_text(text, "utf-8")
    first = run("check", ".")
    assert len(files()) == 2
    ODD[how]()
    assert run("check", ".") == first
    assert run("check", ".") == first


def test_the_oldest_go(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(MODEL, "utf-8")
    run("check", "a.txt")
    monkeypatch.setattr(results_cache, "BOUND", results_cache._SHELVES * 3 * files()[0].stat().st_size + 999)
    files()[0].unlink()
    cache = results_cache.opened()
    assert cache is not None
    result = linter.check_file(Path("a.txt"), "a.txt", results_cache.Settings())
    for number in range(20):
        cache.put(f"00{number:061}0", result)
        for age, file in enumerate(sorted(files(), reverse=True)):
            os.utime(file, (1000 - age, 1000 - age))
    assert [int(file.stem) // 10 for file in files()] == [17, 18, 19]


@pytest.mark.external
def test_two_runs_at_once() -> None:
    many()
    command = [sys.executable, "-m", "govlint", "check", "r", "--format", "json", "--jobs", "2"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(2)]
    texts = [each.communicate()[0] for each in runs]
    assert texts[0] == texts[1]
    assert len(texts[0]) > 1000
