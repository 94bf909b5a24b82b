"""What is said between documents of a store: registers, renames, unread files, settings; last year's from a store."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive.test_audit import put, run
from making.engines import Here

from govlint import api
from govlint.archive.audit import audit
from govlint.archive.previous import against
from govlint.archive.store import Store
from govlint.errors import UsageError
from govlint.linting import registry
from govlint.linting.examples import apply_example, beside_text, model_report

MODEL = model_report("ogi-2021")
CARRIED_OUT = "四、结转下年度继续办理 | 1 | 0 | 0 | 0 | 0 | 0 | 1"


def of_year(year: int, text: str = MODEL) -> str:
    return text.replace("2023", str(year + 1)).replace("2022", str(year))


def said(folder: Path, families: str = "HA", **settings: object) -> list[tuple[str, str]]:
    """(path, code) of what is said between the documents of a folder."""
    store = folder.parent / f"{folder.name}-store"
    run(folder, store, **settings)
    found = Store(str(store)).connect().execute("SELECT path, code FROM findings ORDER BY ALL").fetchall()
    return [(path, code) for path, code in found if code[0] in families]


@pytest.mark.parametrize("code", ["H001", "H002", "H003", "H004", "A001", "A002", "A003", "A004", "A005"])
@pytest.mark.parametrize("kind", ["bad", "good"])
def test_examples_in_a_store(tmp_path: Path, code: str, kind: str) -> None:
    """A store says what the rule says of the same documents in memory."""
    for number, example in enumerate(getattr(registry.named(code), kind)):
        folder = tmp_path / str(number)
        put(folder, "model.txt", apply_example(example))
        for beside in example.beside:
            put(folder, beside.name, beside_text(beside))
        settings: dict[str, object] = {"select": (code,)}
        if example.register:
            put(tmp_path, "register.csv", example.register)
            settings["agencies"] = tmp_path / "register.csv"
        found = [path for path, _ in said(folder, **settings)]
        assert ("model.txt" in found) == (kind == "bad")


def test_a_register_joins_the_years_of_a_renamed_agency(tmp_path: Path) -> None:
    renamed = of_year(2021).replace("云溪县农业农村局", "云溪县农业局")
    put(tmp_path, "in/2021.txt", renamed)
    put(tmp_path, "in/2022.txt", MODEL)
    put(tmp_path, "register.csv", "name,aliases\n云溪县农业农村局,云溪县农业局\n")
    assert ("2022.txt", "H001") not in said(tmp_path / "in")
    assert ("2022.txt", "H001") in said(tmp_path / "in", agencies=tmp_path / "register.csv")


_MERGED = {
    "农业局": "1 | 0 | 0 | 0 | 0 | 0 | 1",
    "畜牧局": "2 | 0 | 0 | 0 | 0 | 0 | 2",
    "农业农村局": "0 | 0 | 0 | 0 | 0 | 0 | 0",
}


@pytest.mark.parametrize(
    ("filed", "taken", "told"),
    [
        ("农业局 畜牧局", 3, set()),
        ("农业局 畜牧局", 2, {"H001"}),
        ("农业局", 3, {"unchecked"}),
        ("农业局 畜牧局 农业农村局", 3, set()),  # two bodies were taken into a third, which went on
    ],
)
def test_a_register_joins_the_years_of_merged_agencies(
    tmp_path: Path, filed: str, taken: int, told: set[str]
) -> None:
    for body in filed.split():
        text = of_year(2021).replace("农业农村局", body)
        put(tmp_path, f"in/2021/{body}.txt", text.replace(CARRIED_OUT.partition(" | ")[2], _MERGED[body]))
    row = "申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2"
    assert row in MODEL
    after = MODEL.replace(row, row.replace("2", str(taken)))
    put(tmp_path, "in/2022.txt", after)
    put(tmp_path, "register.csv", "name,merged,since\n云溪县农业农村局,云溪县农业局；云溪县畜牧局,2022\n")
    settings = {"agencies": tmp_path / "register.csv", "select": ("H001", "A005")}
    found = {code for path, code in said(tmp_path / "in", **settings) if path == "2022.txt"}
    unchecked = Store(str(tmp_path / "in-store")).connect().execute(
        "SELECT code FROM unchecked WHERE path = '2022.txt' AND why LIKE '%畜牧局%'"
    )  # fmt: skip
    assert found | {"unchecked" for _ in unchecked.fetchall()} == told
    configuration = api.configure(config=None, agencies=tmp_path / "register.csv", select=("H001",))
    alone = api.check(
        tmp_path / "in/2022.txt", configuration=against(configuration, str(tmp_path / "in-store"))
    )
    assert {each.code for each in alone.findings} | {"unchecked" for _ in alone.unchecked} == told


@pytest.mark.parametrize(
    ("name", "missing"), [("2021.docx", False), ("2019.docx", True), ("扫描件.pdf", False)]
)
def test_what_may_be_an_unread_file_is_not_called_missing(tmp_path: Path, name: str, missing: bool) -> None:
    put(tmp_path, "in/局/2020.txt", of_year(2020))
    put(tmp_path, "in/局/2022.txt", MODEL)
    put(tmp_path, f"in/局/{name}", b"PK\x03\x04 damaged")
    assert (("局/2022.txt", "A001") in said(tmp_path / "in", "A")) == missing
    told = Store(str(tmp_path / "in-store")).connect().execute("SELECT path, code FROM unchecked").fetchall()
    assert (("局/2022.txt", "A001") in told) == (not missing)


def test_figures_that_were_not_read_with_certainty_are_not_compared(tmp_path: Path) -> None:
    put(tmp_path, "in/2021.txt", of_year(2021).replace(CARRIED_OUT, CARRIED_OUT.replace("1", " ")))
    put(tmp_path, "in/2022.txt", MODEL)
    assert ("2022.txt", "H001") not in said(tmp_path / "in")


def test_rules_between_documents_obey_the_settings(tmp_path: Path) -> None:
    put(tmp_path, "in/2021.txt", of_year(2021))
    put(tmp_path, "in/2022.txt", MODEL)
    assert {code for _, code in said(tmp_path / "in")} == {"H001", "H002", "H003"}
    assert {code for _, code in said(tmp_path / "in", ignore=("H",))} == set()
    put(
        tmp_path, "in/govlint.toml", '[per-path-ignores]\n"2022.txt" = ["H003"]\n[severity]\nH002 = "error"\n'
    )
    store = tmp_path / "by-file"
    audit([str(tmp_path / "in")], str(store), api.configure(), Here())
    found = Store(str(store)).connect().execute(
        "SELECT code, severity FROM findings WHERE code[1] = 'H' ORDER BY 1"
    )  # fmt: skip
    assert found.fetchall() == [("H001", "error"), ("H002", "error")]


# One report against a store


_ROW, _OTHER, _TITLE = "二、上年结转", "一、本年新收", "云溪县"
SET_ASIDE = {
    "甲": (_ROW, "<!-- govlint: ignore H001 已核对 -->", False),
    "乙": (_ROW, "<!-- govlint: ignore H 已核对 -->", False),
    "丙": (_ROW, "<!-- govlint: ignore H002 已核对 -->", True),  # another rule
    "丁": (_OTHER, "<!-- govlint: ignore H001 已核对 -->", True),  # another row
    "戊": (_ROW, "<!-- govlint: ignore H001 -->", True),  # without a reason
    "己": (_TITLE, "<!-- govlint: ignore H001 已核对 -->\n", False),  # the whole document
    "庚": (_TITLE, "", True),
}
"""By county: where a comment stands, what it says, and whether H001 is still said."""


def test_comments_severities_and_the_legal_basis_of_what_is_said_between_documents(tmp_path: Path) -> None:
    for county, (at, comment, _) in SET_ASIDE.items():
        start = MODEL.index(at)
        end = start if at == _TITLE else MODEL.index("\n", start)
        put(tmp_path, f"in/{county}/2021.txt", of_year(2021).replace("云溪县", f"云{county}县"))
        put(
            tmp_path,
            f"in/{county}/2022.txt",
            (MODEL[:end] + comment + MODEL[end:]).replace("云溪县", f"云{county}县"),
        )
        before = against(api.configure(config=None), str(tmp_path / f"in/{county}/2021.txt"))
        alone = api.check(tmp_path / f"in/{county}/2022.txt", configuration=before)
        assert any(each.code == "H001" for each in alone.findings) == SET_ASIDE[county][2], county
    put(tmp_path, "in/庚/govlint.toml", '[severity]\nH001 = "info"\n"A" = "error"\n')
    audit([str(tmp_path / "in")], str(tmp_path / "store"), api.configure(), Here())
    query = "SELECT path[:1], severity, reference FROM findings WHERE code = 'H001'"
    found = Store(str(tmp_path / "store")).connect().execute(query).fetchall()
    assert {county for county, _, _ in found} == {county for county, case in SET_ASIDE.items() if case[2]}
    assert all((severity == "info") == (county == "庚") for county, severity, _ in found)
    assert all("〔2021〕30号" in basis for _, _, basis in found)


def test_a_report_is_held_against_last_years_in_a_store(tmp_path: Path) -> None:
    put(tmp_path, "in/2021.txt", of_year(2021))
    run(tmp_path / "in", tmp_path / "store")
    put(tmp_path, "new.txt", MODEL)
    configuration = against(api.configure(config=None), str(tmp_path / "store"))
    result = api.check(tmp_path / "new.txt", configuration=configuration)
    assert [finding.code for finding in result.findings] == ["H003", "H002", "H001"]
    first = api.check(tmp_path / "in" / "2021.txt", configuration=configuration)
    assert {code for code, _ in first.unchecked} == {"H001", "H002", "H003", "H004"}
    assert first.verdict == "incomplete"


@pytest.mark.parametrize(
    ("text", "why"),
    [(of_year(2020), "不是上一年"), (of_year(2021).replace("农业农村局", "水务局"), "名录")],
)
def test_another_report_is_not_last_years(tmp_path: Path, text: str, why: str) -> None:
    put(tmp_path, "old.txt", text)
    put(tmp_path, "new.txt", MODEL)
    result = api.check(
        tmp_path / "new.txt", configuration=against(api.configure(config=None), str(tmp_path / "old.txt"))
    )
    assert [code for code, words in result.unchecked if why in words.zh] == ["H001", "H002", "H003", "H004"]


def test_last_year_must_be_a_report_or_a_store(tmp_path: Path) -> None:
    put(tmp_path, "readme.md", "# 说明\n")
    for where in (tmp_path / "nothing.txt", tmp_path, tmp_path / "readme.md"):
        with pytest.raises(UsageError):
            against(api.configure(config=None), str(where))
