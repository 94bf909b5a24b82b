"""Whether tests notice a change of the code: python benchmarks/mutation.py [--mutants 60] [--seed 0] [PART...]

A copy of the checkout is changed in one place at a time by cosmic-ray, and the tests of that part are run. So many
mutants are drawn from those of each part; those that no test notices are shown. Nothing of the checkout itself changes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
NEEDED = ("pytest", "hypothesis", "cosmic-ray", "jsonschema")
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "*.egg-info", ".*_cache", "__pycache__", ".hypothesis"
)
_SECONDS = 60.0


class Part(NamedTuple):
    modules: Sequence[str]
    tests: str


PARTS: Mapping[str, Part] = {
    "numbers": Part(["govlint/numbers/localise.py", "govlint/numbers/readings.py", "govlint/numbers/identities.py"], "tests/numbers"),
    "parsing": Part(
        ["govlint/parsing/row_values.py", "govlint/parsing/cells.py", "govlint/parsing/repair.py", "govlint/parsing/headings.py"],
        "tests/parsing",
    ),
    "rules": Part(["rules/numbers", "rules/consistency", "rules/publication", "rules/wording"], "tests/rules"),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--mutants", type=int, default=60, help="of each part")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        venv.create(Path(folder) / "env", with_pip=True)
        python = Path(folder) / "env/bin/python"
        subprocess.run(
            [python, "-m", "pip", "install", "-q", "-e", str(copy), *NEEDED],
            check=True,
            stderr=subprocess.DEVNULL,
        )
        for name in given.part or PARTS:
            _measure(name, python, copy, given.mutants, given.seed)
    return 0


def _measure(name: str, python: Path, copy: Path, mutants: int, seed: int) -> None:
    part = PARTS[name]
    modules = [str(path.relative_to(copy)) for each in part.modules for path in _files(copy / each)]
    test = f"{python} -m pytest -x -q -p no:cacheprovider -p no:xdist -m 'not external' {part.tests}"
    config = copy / f"{name}.toml"
    config.write_text(
        f"[cosmic-ray]\nmodule-path = {modules!r}\ntimeout = {_SECONDS}\nexcluded-modules = []\n"
        f'test-command = """{test}"""\n[cosmic-ray.distributor]\nname = "local"\n',
        "utf-8",
    )
    session = copy / f"{name}.sqlite"
    run = [str(python), "-c", _DRAW, str(config), str(session), str(mutants), str(seed)]
    subprocess.run(run, cwd=copy, check=True, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PATH": ""})
    told = subprocess.run(
        [str(python), "-c", _TELL, str(session)], cwd=copy, check=True, capture_output=True, text=True
    ).stdout
    print(f"## {name}\n\n{told}", flush=True)


def _files(path: Path) -> list[Path]:
    return sorted(path.glob("[a-z]*.py")) if path.is_dir() else [path]


_DRAW = """
import ast, random, sys
from pathlib import Path
from cosmic_ray.commands import execute, init
from cosmic_ray.config import load_config
from cosmic_ray.work_db import use_db

config = load_config(sys.argv[1])
paths = [Path(each) for each in config["module-path"]]
types = {}
with use_db(sys.argv[2]) as db:
    init(paths, db, {})
    for path in paths:
        types[str(path)] = {
            line
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            for hint in (getattr(node, "annotation", None), getattr(node, "returns", None))
            if hint is not None
            for line in range(hint.lineno, hint.end_lineno + 1)
        }
    items = sorted(db.work_items, key=lambda item: str([(m.module_path, m.start_pos, m.operator_name, m.occurrence) for m in item.mutations]))
    # A type is no code that runs: who changes it is mypy's to notice.
    items = [
        item
        for item in items
        if not any("BitOr" in m.operator_name and m.start_pos[0] in types[str(m.module_path)] for m in item.mutations)
    ]
    print(len(items), "mutants of which are drawn", sys.argv[3], flush=True)
    kept = random.Random(int(sys.argv[4])).sample(items, min(int(sys.argv[3]), len(items)))
    db.clear()
    db.add_work_items(kept)
    execute(db, config)
"""
_TELL = """
import sys
from cosmic_ray.work_db import use_db, WorkDB
from cosmic_ray.work_item import TestOutcome

with use_db(sys.argv[1], WorkDB.Mode.open) as db:
    done = dict(db.results)
    items = {item.job_id: item for item in db.work_items}
    survived = [job for job, result in done.items() if result.test_outcome == TestOutcome.SURVIVED]
    print(f"{len(done)} mutants, {len(done) - len(survived)} noticed, {len(survived)} not")
    for job in survived:
        for mutation in items[job].mutations:
            print()
            print(f"{mutation.module_path}:{mutation.start_pos[0]} {mutation.operator_name}")
        print(done[job].diff)
"""

if __name__ == "__main__":
    sys.exit(main())
