"""Attack govlint for a while: python fuzz/run.py [--seconds 30] [--seed 0] [--times] [TARGET...]

What is found is made as small as it gets and stands in ``fuzz/corpus/TARGET``, from where the tests run it ever after.
Exit status 1 where something was found.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tests"), str(HERE.parent)]

from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402
from inputs import INPUTS  # noqa: E402
from targets import SLOW, TARGETS  # noqa: E402

CORPUS = HERE / "corpus"
SLOW_INPUTS = HERE.parent / "build/fuzz-slow"
_SLOW = 2.0
"""Seconds of CPU above which an input is kept to be looked at."""
_ROUND = 25
"""Inputs between two looks at the clock."""


class Hunt:
    """One target: how many inputs it was given, the slowest, and what ended it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.count = 0
        self.slowest = 0.0
        self.slow = b""
        self.last = b""
        self.failure = ""

    def one(self, data: bytes) -> None:
        self.last = data
        self.count += 1
        before = time.process_time()
        TARGETS[self.name](data)
        took = time.process_time() - before
        if took > self.slowest:
            self.slowest, self.slow = took, data

    def go(self, seconds: float, start: int) -> None:
        """Attack for some seconds of the clock, or until something is found."""
        end = time.monotonic() + seconds
        number = start
        while time.monotonic() < end and not self.failure:
            test = settings(
                max_examples=_ROUND,
                deadline=None,
                database=None,
                phases=(Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            )(seed(number)(given(INPUTS[self.name])(self.one)))
            try:
                test()
            except (Exception, ExceptionGroup):
                self.failure = "\n".join(line[:300] for line in traceback.format_exc().splitlines()[-25:])
            number += 1

    def kept(self) -> Path:
        """The smallest input that did it, in the corpus."""
        path = CORPUS / self.name / hashlib.sha256(self.last).hexdigest()[:12]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.last)
        return path


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("target", nargs="*", choices=[*TARGETS, []], default=[])
    parser.add_argument("--seconds", type=float, default=30.0, help="of the clock, in all")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.environ["PATH"] = ""  # LibreOffice is not what is attacked
    names = given.target or [name for name in TARGETS if name not in SLOW]
    found = False
    for name in names:
        hunt = Hunt(name)
        hunt.go(given.seconds / len(names), given.seed * 1_000_000)
        print(f"{name:14} {hunt.count:7} inputs, slowest {hunt.slowest:.2f} s CPU", flush=True)
        if hunt.slowest > _SLOW:
            SLOW_INPUTS.mkdir(parents=True, exist_ok=True)
            (SLOW_INPUTS / name).write_bytes(hunt.slow)
            print(f"{'':14} slow: {SLOW_INPUTS / name}", flush=True)
        if hunt.failure:
            found = True
            print(f"{hunt.failure}\nkept: {hunt.kept()}", file=sys.stderr, flush=True)
    return int(found)


if __name__ == "__main__":
    sys.exit(main())
