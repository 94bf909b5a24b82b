"""What officials read: no identifiers, each thing once, the most severe first, and what to do next."""

from __future__ import annotations

import io
import re
from pathlib import Path

import msgspec
import pytest

from govlint import outputs
from govlint.api import check
from govlint.document import counted
from govlint.linting.examples import apply_example
from govlint.linting.linter import check_bytes
from govlint.linting.registry import all_rules, named
from govlint.linting.settings import Settings
from govlint.outputs.catalogue import write_rule
from govlint.outputs.parts.basis import cite
from govlint.outputs.parts.counts import totals
from govlint.outputs.parts.records import Summary
from govlint.result import Result
from govlint.template import load_all

EXAMPLES = Path(__file__).parents[2] / "examples"
FOR_PEOPLE = ("rich", "markdown", "html")


def example(name: str = "mistakes-bordered") -> Result:
    return check(EXAMPLES / f"{name}.txt", config=None)


def written(format: str, *results: Result, lang: str = "zh") -> str:
    out = io.StringIO()
    outputs.load(format).write(results, out, lang)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format", FOR_PEOPLE)
def test_no_identifiers(format: str, lang: str) -> None:
    names = [rule.name for rule in all_rules() if "-" in rule.name] + list(load_all())
    text = written(format, example(), example("mistakes-run-together"), lang=lang)
    assert [name for name in names if name in text] == []
    assert re.search(r"\b(?:applications|proactive|review_litigation)\.[a-z_]+", text) is None


def test_no_finding_says_its_place_or_its_words_twice() -> None:
    text = re.sub(r"\s", "", written("rich", example()))
    for finding in text.split("依据"):
        for place in re.findall(r"第.部分表格“[^“”]+”行“[^“”]+”列", finding):
            assert finding.count(place) == 1
    assert "应为截至" not in text
    assert text.count("4+0+0+0+0+0=4≠5") == 1


def test_zeros_are_left_out_of_long_sums_alone() -> None:
    text = written("rich", example())
    assert "5+2+1+1+1+4+1+1+1+1=18≠17" in text
    assert "4+0+0+0+0+0=4≠5" in text


@pytest.mark.parametrize("format", ["rich", "markdown"])
def test_the_verdict_stands_first_and_the_next_step_last(format: str) -> None:
    text = written(format, example())
    assert text.index("不通过：2 处必须改，5 处建议改") < text.index("P001")
    codes = re.findall(r"(?:必须改|建议改) ([A-Z]\d{3})", text.replace("*", ""))
    assert codes == ["P001", "N001", "W004", "C001", "T005", "S003", "D002"]
    assert "1 处可自动改正" in "".join(text.replace("\\", "").split("\n")[-3:])


@pytest.mark.parametrize("format", FOR_PEOPLE)
def test_fixes_are_offered_only_where_they_can_be_made(format: str) -> None:
    """Not for standard input, not for a file that was just put right, not for a format that cannot be written."""
    data = (EXAMPLES / "mistakes-bordered.txt").read_bytes()
    assert "--fix" in written(format, check(data, name="a.txt", config=None)).replace("\\", "")
    assert "--fix" not in written(format, check(data, config=None)).replace("\\", "")
    done, other = example(), example()
    done.settled = True
    assert other.document is not None
    other.document = msgspec.structs.replace(other.document, format="pdf")
    assert "--fix" not in written(format, done, other).replace("\\", "")


def test_every_document_is_counted_once() -> None:
    """An incomplete one that fails is one that failed, and said to be incomplete too."""
    text = (EXAMPLES / "clean-bordered.txt").read_text("utf-8").partition("四、政府信息公开行政复议")[0]
    draft = check(text.encode(), name="b.txt", config=None)
    assert (draft.verdict, bool(draft.unchecked)) == ("fail", True)
    last = written("rich", example("clean-bordered"), draft, check(b"PK\x03\x04", name="c.docx", config=None))
    assert (
        "共 3 份文档：1 份通过，1 份不通过，1 份未检查完（其中 1 份不能读取，1 份未能全部检查）"
        in last.replace("\n", "")
    )


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_the_basis_is_told_in_english(rule: object) -> None:
    for template in load_all().values():
        told = cite(rule.reference.under(template.document), "en")  # type: ignore[attr-defined]
        own = re.sub(r"“[^”]*”|\(国[^()]*\)", "", told)
        assert re.search(r"[\u4e00-\u9fff]", own) is None, told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_message_is_a_sentence(lang: str) -> None:
    for name in ("mistakes-bordered", "mistakes-run-together"):
        for finding in example(name).findings:
            words = finding.words.say(lang)
            assert words[-1] in "。."
            assert words[0] == words[0].upper()


@pytest.mark.parametrize(
    ("data", "fail_on", "said"),
    [
        ((EXAMPLES / "mistakes-bordered.txt").read_bytes(), "error", False),
        ((EXAMPLES / "mistakes-bordered.txt").read_bytes(), "never", True),
        (b"PK\x03\x04broken", "error", False),  # unreadable: nobody set a level that lets it pass
        ((EXAMPLES / "clean-bordered.txt").read_bytes(), "never", False),
    ],
    ids=["fails", "let pass", "unreadable", "clean"],
)
def test_a_level_is_named_where_it_lets_errors_pass(data: bytes, fail_on: str, said: bool) -> None:
    summary = Summary()
    summary.add(check_bytes(data, "a.txt", Settings(fail_on=fail_on)))  # type: ignore[arg-type]
    assert ("按所设的级别" in totals(summary, "zh")) == said


def test_what_no_law_asks_cites_none() -> None:
    said = {code: io.StringIO() for code in ("E001", "N001")}
    for code, out in said.items():
        write_rule(named(code), out, width=80)
    assert ["依据" in out.getvalue() for out in said.values()] == [False, True]
    assert "…\n" not in said["E001"].getvalue()


_CHINESE_STOP = re.compile(r"(?<![\u4e00-\u9fff])[、；，：]|[、；，：](?![\u4e00-\u9fff])")
"""Outside of what is quoted in Chinese."""


def test_english_has_no_chinese_stops_between_its_own_words() -> None:
    wrong = {}
    for rule in all_rules():
        for shown in rule.bad:
            if shown.beside:
                continue
            for finding in check_bytes(apply_example(shown).encode(), "a.txt", Settings()).findings:
                for words in (finding.words, *finding.evidence):
                    if _CHINESE_STOP.search(re.sub("“[^”]*”|《[^》]*》", "…", words.en)):
                        wrong[finding.code] = words.en
    assert wrong == {}


@pytest.mark.parametrize(("number", "said"), [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_one_is_not_many(number: int, said: str) -> None:
    assert counted(number, "file") == said
