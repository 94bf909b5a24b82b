"""``govlint serve STORE``: an archive in the desk, from its numbers to documents, findings and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from archive.test_audit import put, run
from starlette.testclient import TestClient

from govlint import api
from govlint.archive import browse
from govlint.archive.store import Store
from govlint.cli.commands import main
from govlint.desk.app import make
from govlint.linting.examples import model_report

MODEL = model_report("ogi-2021")
HERE = "http://127.0.0.1:8020"
HOSTILE = "坏<script>&%'.docx"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    put(folder / "in", "2021.txt", MODEL.replace("2023", "2021").replace("2022", "2021"))
    put(folder / "in", "2022.txt", MODEL.replace("行政许可 | 156", "行政许可 | 156件"))
    put(folder / "in", "2022 又.txt", MODEL.replace("电话：0555-6120001", "身份证11010519491231002X"))
    put(folder / "in", HOSTILE, b"PK\x03\x04")
    run(folder / "in", folder / "store")
    return folder / "store"


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    app = make(api.configure(config=None), workers=1, store=Store(str(store)))
    with TestClient(app, HERE) as opened:
        yield opened


def links(answer: Any) -> set[str]:
    tree = lxml.html.fromstring(answer.content)
    found = tree.xpath("//main//a/@href") + re.findall(r'xlink:href="([^"]*)"', answer.text)
    return {each.replace("&amp;", "&") for each in found}


def test_every_link_leads_somewhere_and_to_every_document_and_finding(
    client: TestClient, store: Path
) -> None:
    seen: dict[str, Any] = {}
    waiting = ["/"]
    while waiting:
        where = waiting.pop()
        seen[where] = answer = client.get(where)
        assert answer.status_code == 200, where
        waiting += links(answer) - set(seen) - set(waiting)
    database = Store(str(store)).connect()
    pages = [answer for where, answer in seen.items() if where.startswith("/archive/document?")]
    shown = "".join(lxml.html.fromstring(answer.content).text_content() for answer in pages)
    for (message,) in database.execute("SELECT message FROM findings").fetchall():
        assert message in shown
    assert len(pages) == 4
    assert {where[-4:] for where in seen if "/rule/" in where} == {
        code for (code,) in database.execute("SELECT DISTINCT code FROM findings").fetchall()
    }


def test_numbers_are_those_of_the_store(client: TestClient) -> None:
    assert "4 份文档" in client.get("/").text
    assert "<h1>档案检查结果</h1>" in client.get("/").text
    failed = client.get("/archive/documents?verdict=fail&year=2022").text
    assert "2022.txt" in failed
    assert "2021.txt" not in failed
    assert "检查政府信息公开工作年度报告" in client.get("/check").text
    assert client.get("/?lang=en").text.count("What was found in the archive") == 2


def test_long_numbers_of_persons_are_not_repeated(client: TestClient) -> None:
    text = client.get("/archive/document", params={"path": "2022 又.txt"}).text
    assert "P002" in text
    assert "11010519491231002X" not in text


def test_many_rows_are_turned_over(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browse, "AT_ONCE", 3)
    first = client.get("/archive/documents")
    assert "1 / 2" in first.text
    assert "/archive/documents?page=2" in links(first)
    last = client.get("/archive/documents?page=2&lang=en")
    assert "2 / 2" in last.text
    assert client.get("/archive/documents?page=99999999999999999999").status_code == 200


def test_it_guards_itself_as_the_desk_does(client: TestClient) -> None:
    answer = client.get("/")
    policy = answer.headers["Content-Security-Policy"]
    assert "'unsafe" not in policy
    assert policy.count("'sha256-") == len(re.findall("<style", answer.text)) > 0
    assert not re.search(r"\sstyle=|<script|javascript:", answer.text)
    assert HOSTILE not in answer.text
    for page in ("/archive/documents", "/archive/document?path=2022.txt"):
        assert "'unsafe" not in client.get(page).headers["Content-Security-Policy"]
    assert client.get("/archive/documents", headers={"host": "evil.example"}).status_code == 421
    assert client.post("/archive/documents", headers={"origin": "http://evil.example"}).status_code == 403


@pytest.mark.parametrize(
    "where",
    [
        "/archive/document?path=../../etc/passwd",
        "/archive/document",
        "/archive/rule/X001",
        "/archive/rule/'%20OR%20true%20--",
        "/archive",
    ],
)
def test_what_is_not_there(client: TestClient, where: str) -> None:
    assert client.get(where).status_code == 404


def test_filters_are_values_not_queries(client: TestClient) -> None:
    for value in ("' OR 1=1 --", "fail' UNION SELECT 1", "%00"):
        answer = client.get("/archive/documents", params={"verdict": value, "year": "x; DROP"})
        assert answer.status_code == 200
        assert "2022.txt" not in answer.text


def test_what_is_no_store_is_said_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(MODEL, "utf-8")
    for where in (tmp_path, tmp_path / "none"):
        assert main(["serve", str(where), "--no-open", "--port", "0"]) == 2
        assert "结果" in capsys.readouterr().err
