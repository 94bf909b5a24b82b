"""What a store is shown as: page, workbook, JSON, and the queries of the documentation."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from archive.test_audit import put, run
from making.archives import archive

from govlint.archive.store import Store

QUERIES = (Path(__file__).parents[2] / "docs" / "queries.md").read_text("utf-8")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    for document in archive(12, range(2021, 2024), seed=2, mistakes=0.8):
        put(folder / "in", document.path, document.text)
    put(folder / "in", "坏<script>.docx", b"PK\x03\x04")
    run(folder / "in", folder / "store")
    return folder / "store"


def write(store: Path, out: Path) -> Path:
    command = [sys.executable, "-m", "govlint", "report", str(store), "-o", str(out)]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return out


def count(store: Path, query: str) -> int:
    return int(Store(str(store)).connect().execute(query).fetchall()[0][0])


def test_the_page_holds_itself_and_its_numbers_lead_to_findings(store: Path, tmp_path: Path) -> None:
    page = write(store, tmp_path / "page.html").read_text("utf-8")
    assert page.count("<svg") >= 3
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert not re.search(r"url\((?!#)|@import", page)
    links = set(re.findall(r'xlink:href="#([A-Z]\d{3})"', page))
    assert links
    assert links <= set(re.findall(r'id="([A-Z]\d{3})"', page))
    message = (
        Store(str(store)).connect().execute("SELECT message FROM findings WHERE code = 'H002'").fetchall()
    )
    assert message
    assert all(text in page for (text,) in message)
    assert "坏&lt;script&gt;.docx" in page


def test_json_counts_what_the_store_holds(store: Path, tmp_path: Path) -> None:
    record = json.loads(write(store, tmp_path / "r.json").read_text("utf-8"))
    assert record["documents"] == count(store, "SELECT count(*) FROM documents")
    assert record["complete"]
    assert sum(rule["findings"] for rule in record["rules"]) == count(store, "SELECT count(*) FROM findings")
    assert record["unreadable"]["documents"][0]["path"] == "坏<script>.docx"


def test_the_workbook_has_a_row_for_each_report_in_one_sheet_a_table(store: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    book = load_workbook(write(store, tmp_path / "r.xlsx"), read_only=True)
    assert book.sheetnames[:2] == ["汇总", "问题"]
    assert len(book.sheetnames) == 5
    reports = count(store, "SELECT count(*) FROM documents WHERE status = 'checked'")
    sheet = next(book[name] for name in book.sheetnames if name.endswith("applications"))
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == reports + 1
    column = next(at for at, head in enumerate(rows[0]) if "本年新收" in head and "总计" in head)
    total = sum(row[column] for row in rows[1:])
    cells = "SELECT sum(value)::INT FROM cells WHERE cell = 'applications.new_received.total'"
    assert total == count(store, cells)
    assert sum(1 for _ in book["问题"].iter_rows()) == count(store, "SELECT count(*) FROM findings") + 1


@pytest.mark.parametrize(
    "query", re.findall(r"```sql\n(.*?)```", QUERIES, re.DOTALL), ids=re.findall(r"## (\d+)\.", QUERIES)
)
def test_queries_of_the_documentation_run(store: Path, query: str) -> None:
    import duckdb

    found = duckdb.connect().execute(query.replace("STORE", str(store))).fetchall()
    assert found or "P001" in query


def test_there_are_ten_queries() -> None:
    assert QUERIES.count("```sql") == 10
