"""Whether tests notice a change of the code: python benchmarks/mutation.py [--mutants 100] [--seed 0] [--only MODULE] [PART...]

A copy of the checkout is changed in one place at a time by cosmic-ray, and the tests of that part are run, those that are
nearest first. So many mutants are drawn from those of each part, or of some of its modules (``--only forms --only usual``);
those that no test notices are shown. Nothing of the checkout itself changes. Changes of types are not drawn.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
NEEDED = ("pytest", "hypothesis", "cosmic-ray", "jsonschema")
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "*.egg-info", ".*_cache", "__pycache__", ".hypothesis"
)
_SECONDS = 300.0
"""For the tests of one mutant: what loops for ever is noticed."""


class Part(NamedTuple):
    modules: Sequence[str]
    tests: Sequence[str]


PARTS: Mapping[str, Part] = {
    "numbers": Part(
        ["govlint/numbers"],
        ["test_readings.py", "test_identities.py", "test_localise.py", "test_certainty.py", "../rules/test_identities_broken.py"],
    ),
    "parsing": Part(
        ["govlint/parsing"],
        [
            "test_forms.py", "test_row_values.py", "test_places.py", "test_mutations.py", "test_headings.py",
            "test_editions.py", "test_variations.py", "test_wild_tables.py", "test_website_form.py", "test_whose.py",
            "test_layouts.py", "test_properties.py",
        ],
    ),
    "rules": Part(["rules", "govlint/checks"], ["."]),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("part", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--mutants", type=int, default=100, help="of each part")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", action="append", default=[], help="a module of the part, by its name")
    parser.add_argument("--in-copy", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if not given.in_copy:
        return _in_a_copy(sys.argv[1:])
    for name in given.part or PARTS:
        _measure(name, given.mutants, given.seed, given.only)
    return 0


def _in_a_copy(arguments: Sequence[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        copy, env = Path(folder) / "copy", Path(folder) / "env"
        shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
        venv.create(env, with_pip=True)
        install = [env / "bin/python", "-m", "pip", "install", "-q", "-e", copy, *NEEDED]
        subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
        clean = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PATH": ""}  # nor LibreOffice
        run = [env / "bin/python", copy / "benchmarks/mutation.py", "--in-copy", *arguments]
        return subprocess.run(run, cwd=copy, env=clean, check=False).returncode


def _measure(name: str, mutants: int, seed: int, only: Sequence[str]) -> None:
    from cosmic_ray.mutating import mutate_and_test
    from cosmic_ray.work_item import TestOutcome

    part = PARTS[name]
    paths = [
        path for each in part.modules for path in _files(Path(each)) if path.stem in (only or [path.stem])
    ]
    subprocess.run(_tests(name), shell=True, check=True, stdout=subprocess.DEVNULL)  # right to begin with
    all_of_them = list(_mutations(paths))
    drawn = random.Random(seed).sample(all_of_them, min(mutants, len(all_of_them)))
    print(f"## {name}: {len(drawn)} of {len(all_of_them)}\n", flush=True)
    noticed = endless = 0
    for mutation in drawn:
        command = _tests(name, mutation.module_path)
        result = mutate_and_test([mutation], f"/bin/sh -c '{command}'", _SECONDS)
        endless += result.output == "timeout"
        if result.test_outcome == TestOutcome.SURVIVED:
            print(f"{mutation.operator_name}\n{result.diff}\n", flush=True)
        else:
            noticed += 1
    print(f"{name}: {len(drawn)} mutants, {noticed} noticed ({endless} by taking too long)\n", flush=True)


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("[a-z]*.py")) if path.is_dir() else [path]


def _tests(name: str, changed: Path | None = None) -> str:
    """The tests of a part as a command; those of a rule that was changed come before all others'."""
    pytest = f'{sys.executable} -m pytest -x -q -p no:cacheprovider -p no:xdist -m "not external"'
    files = " ".join(os.path.normpath(f"tests/{name}/{each}") for each in PARTS[name].tests)
    if changed is None or not changed.is_relative_to("rules"):
        return f"{pytest} {files}"
    code = changed.stem.partition("_")[0].upper()
    return f"{pytest} -k {code} tests/rules/test_rules.py && {pytest} {files}"


def _mutations(paths: Sequence[Path]) -> Iterator[Any]:
    """Every change that cosmic-ray knows of these modules, in an order of its own."""
    from cosmic_ray.commands import init
    from cosmic_ray.work_db import use_db

    with tempfile.TemporaryDirectory() as folder, use_db(str(Path(folder) / "session.sqlite")) as work:
        init(paths, work, {})
        found = [mutation for item in work.work_items for mutation in item.mutations]
    silent = {path: _silent_lines(path) for path in paths}
    for mutation in sorted(
        found, key=lambda one: (str(one.module_path), one.start_pos, one.operator_name, one.occurrence)
    ):
        of_types = "BitOr" in mutation.operator_name
        if not (of_types and mutation.start_pos[0] in silent[Path(mutation.module_path)]):
            yield mutation


def _silent_lines(path: Path) -> set[int]:
    """Lines of types: no code that runs, and mypy's to notice."""
    return {
        line
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        for hint in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if hint is not None
        for line in range(hint.lineno, (hint.end_lineno or hint.lineno) + 1)
    }


if __name__ == "__main__":
    sys.exit(main())
