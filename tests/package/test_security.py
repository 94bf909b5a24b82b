"""The threat model names tests that exist, and checking talks to nobody."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from making.corpus import sample
from making.office import saved, word

ROOT = Path(__file__).parents[2]
MODEL, _, _ = (ROOT / "docs/security.md").read_text("utf-8").partition("## 依赖")
ROWS = [line for line in MODEL.splitlines() if line.startswith("|") and not re.match(r"\|(-|.*威胁 ·)", line)]
WATCHED = """
import sys
import govlint

def watch(event, arguments):
    if event.startswith(("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec")):
        raise SystemExit(f"{event} {arguments}")

sys.addaudithook(watch)
for path in sys.argv[1:]:
    print(govlint.check(path).status)
"""


def test_every_line_names_tests_that_exist() -> None:
    assert len(ROWS) > 30
    tests: dict[str, set[str]] = {}
    for row in ROWS:
        named = re.findall(r"`(tests/[^:`]+)::(\w+)`", row)
        assert named, row
        for file, test in named:
            if file not in tests:
                tree = ast.parse((ROOT / file).read_text("utf-8"))
                tests[file] = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
            assert test in tests[file], f"{file}::{test}"


def test_checking_opens_no_connection_and_starts_nothing(tmp_path: Path) -> None:
    outside = (
        '<img src="http://a.example/x.png"><link rel="stylesheet" href="//a.example/x.css"><iframe src="http://a.example">'
        '</iframe><object data="http://a.example"></object><script src="http://a.example/x.js"></script><meta http-equiv='
        '"refresh" content="0;url=http://a.example">'
    )
    text = (ROOT / "examples/mistakes-bordered.txt").read_text("utf-8")
    (tmp_path / "a.txt").write_text(text, "utf-8")
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    (tmp_path / "a.html").write_text(f"<html><body>{outside}{body}</body></html>", "utf-8")
    (tmp_path / "a.docx").write_bytes(saved(word(sample(1))))
    paths = [str(tmp_path / name) for name in ("a.txt", "a.html", "a.docx")]
    run = subprocess.run([sys.executable, "-c", WATCHED, *paths], capture_output=True, text=True, cwd=ROOT)
    assert (run.stdout.split(), run.stderr) == (["checked"] * 3, "")
