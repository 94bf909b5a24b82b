"""What is attacked: each takes bytes and raises where govlint did what it never may, whatever the bytes."""

from __future__ import annotations

import io
import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from functools import partial
from pathlib import Path

import govlint
from govlint import outputs
from govlint.config.configuration import Configuration
from govlint.errors import UsageError
from govlint.fixing.fixes import fix
from govlint.result import Result
from govlint.runs.sources import Source

PLAIN = govlint.configure(config=None)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What no output may hold as it is: it moves the cursor, turns the text round, or cannot be written."""
_SHOWN = ("rich", "markdown", "html", "github", "gitlab", "junit", "sarif", "json", "jsonl")


def document(name: str, data: bytes) -> None:
    """A document is checked, told in every format and put right, and nothing of it ends a run."""
    result = _checked(data, name)
    for format in _SHOWN:
        out = io.StringIO()
        outputs.load(format, outputs.FORMATS).write([result], out, "zh")
        if held := _CONTROL.search(out.getvalue()):
            raise AssertionError(f"{format} holds {held.group()!r}")
        if format == "json":
            json.loads(out.getvalue())
    for format in ("json", "csv"):
        outputs.load(format, outputs.EXTRACTS).write([result], io.StringIO(), "en")
    if result.findings and result.document is not None:
        once = fix(data, name, _checked, unsafe=True)
        assert fix(once.data, name, _checked, unsafe=True).data == once.data, "fixing again changes more"


def _checked(data: bytes, name: str) -> Result:
    result = govlint.check(data, name=name, configuration=PLAIN)
    assert not result.faulted, [found.words.en for found in result.findings if found.code == "E003"]
    assert result.status != "checked" or result.report is not None
    assert result.verdict != "pass" or result.status == "checked"
    length = len(result.document.text) if result.document else 0
    for finding in result.findings:
        assert finding.words.zh, finding.code
        assert finding.words.en, finding.code
        assert finding.span is None or 0 <= finding.span.start <= finding.span.end <= length, finding
    return result


@contextmanager
def refusing() -> Iterator[None]:
    """What is wrong with a file beside documents is said, and nothing else is raised."""
    try:
        yield
    except UsageError as error:
        if not str(error):
            raise AssertionError("refused without a word") from error


def settings(name: str, data: bytes) -> None:
    """Settings beside a document are used or refused with their place."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "rules").mkdir()
        (Path(folder) / "agencies.csv").write_text("name\n云溪护林站\n", "utf-8")
        (Path(folder) / "base.toml").write_text('ignore = ["T008"]', "utf-8")
        (Path(folder) / name).write_bytes(data)
        with refusing(), redirect_stderr(io.StringIO()):
            Configuration().settings(Path(folder) / "a.txt")


def register(name: str, data: bytes) -> None:
    """A register of agencies likewise, and what it holds can be looked up."""
    from govlint.agencies.register import load

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        with refusing():
            load(path)


def baseline(data: bytes) -> None:
    from govlint.runs import baseline as baselines

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baseline.json"
        path.write_bytes(data)
        with refusing():
            known = baselines.load(path, [Source("a.txt", Path(folder) / "a.txt")])
            list(known.applied([govlint.check(b"", name="a.txt", configuration=PLAIN)]))


def template(data: bytes) -> None:
    """A grammar of one's own is used or refused; it never runs."""
    from govlint.linting.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "own.lark").write_bytes(data)
        with refusing():
            Settings(template_folders=(Path(folder),), template="own").templates()


def server(data: bytes) -> None:
    """The language server answers whatever is asked of whatever text: ``{"text": ..., "asked": [[l, c, l, c]...]}``."""
    from lsprotocol import types
    from pygls.workspace import Workspace

    from govlint.lsp import make_server

    try:
        given = json.loads(data)
        text, asked = str(given["text"]), [tuple(map(int, each)) for each in given["asked"]]
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return
    served = make_server(PLAIN)
    said: list[object] = []
    served.text_document_publish_diagnostics = said.append  # type: ignore[method-assign]
    served.protocol._workspace = Workspace(None)
    uri = "file:///a.txt"
    served.workspace.put_text_document(types.TextDocumentItem(uri, "plaintext", 1, text))
    served.check(uri)
    assert said
    named = types.TextDocumentIdentifier(uri)
    features = served.protocol.fm.features
    features[types.TEXT_DOCUMENT_DOCUMENT_SYMBOL](types.DocumentSymbolParams(named))
    for each in asked:
        if len(each) != 4 or not all(0 <= number < 2**31 for number in each):
            continue  # no positions: pygls refuses them
        begin, end = types.Position(*each[:2]), types.Position(*each[2:])
        features[types.TEXT_DOCUMENT_HOVER](types.HoverParams(named, begin))
        context = types.CodeActionContext([])
        features[types.TEXT_DOCUMENT_CODE_ACTION](
            types.CodeActionParams(named, types.Range(begin, end), context)
        )


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    **{
        suffix: partial(document, f"报告.{suffix}")
        for suffix in ("txt", "md", "html", "mht", "docx", "xlsx", "odt", "pdf", "rtf")
    },
    "settings": partial(settings, "govlint.toml"),
    "pyproject": partial(settings, "pyproject.toml"),
    "register": partial(register, "agencies.csv"),
    "register-toml": partial(register, "agencies.toml"),
    "baseline": baseline,
    "template": template,
    "server": server,
}
SLOW = frozenset(["pdf"])
"""A process for each that fails: left out where nothing is named."""
