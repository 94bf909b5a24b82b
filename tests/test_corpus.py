"""What fuzzing found stays mended, and each target holds for what it is given by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import govlint

FUZZ = Path(__file__).parents[1] / "fuzz"
sys.path.insert(0, str(FUZZ))
try:
    import inputs
    from targets import TARGETS
finally:
    sys.path.remove(str(FUZZ))

CASES = sorted(path for path in (FUZZ / "corpus").glob("*/*") if path.is_file())


def test_what_is_changed_is_right_to_begin_with(tmp_path: Path) -> None:
    seeds = {
        "a.txt": inputs.texts(),
        "a.html": inputs.webs(),
        "a.mht": [inputs.mail(page) for page in inputs.webs()],
        "a.docx": inputs.words_files()[:1],
        "a.xlsx": inputs.books()[:1],
        "a.odt": inputs.open_documents(),
    }
    for name, files in seeds.items():
        assert [govlint.check(data, name=name, config=None).status for data in files] == ["checked"] * len(
            files
        )
    for name, text in {"govlint.toml": inputs.SETTINGS, "agencies.csv": inputs.CSV, "base.toml": ""}.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "rules").mkdir()
    settings = govlint.configure().settings(tmp_path / "a.txt")
    assert settings.unfixable == ("W",)
    assert settings.register is not None


def test_there_is_a_target_for_every_folder() -> None:
    assert CASES
    assert {path.parent.name for path in CASES} <= set(TARGETS)


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_found_cases_stay_mended(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")  # without LibreOffice
    TARGETS[path.parent.name](path.read_bytes())
