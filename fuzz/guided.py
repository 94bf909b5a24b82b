"""Attack one target guided by what code it reaches: python fuzz/guided.py TARGET [-max_total_time=60]

Needs atheris (``pip install atheris``: Linux, no Python newer than it knows). Other options are libFuzzer's. What is found stands in
``fuzz/corpus/TARGET``.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests"), str(HERE.parent)]

import atheris  # noqa: E402

with atheris.instrument_imports(include=["govlint"]):
    from targets import TARGETS

import inputs  # noqa: E402

SEEDS = {
    "txt": inputs.texts,
    "md": inputs.texts,
    "html": inputs.webs,
    "docx": inputs.words_files,
    "xlsx": inputs.books,
    "odt": inputs.open_documents,
    "pdf": inputs.prints,
    "settings": lambda: [inputs.SETTINGS.encode()],
    "register": lambda: [inputs.CSV.encode()],
    "register-toml": lambda: [inputs.TOML.encode()],
    "baseline": lambda: [inputs.BASELINE.encode()],
}


def main() -> None:
    name, *options = sys.argv[1:]
    os.environ["PATH"] = ""
    kept = HERE / "corpus" / name
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for at, data in enumerate(SEEDS.get(name, lambda: [])()):
            (Path(folder) / str(at)).write_bytes(data)
        atheris.Setup([sys.argv[0], folder, f"-artifact_prefix={kept}/", *options], TARGETS[name])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
