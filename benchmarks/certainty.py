"""Whether what is said to be certain is right: python benchmarks/certainty.py [--tables 250] [--seed 0]

Figures of consistent tables are made wrong at random, and the corrections are held to what stood there. Nothing is shown
of tables with so many wrong figures that there is no correction.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT)]

from making.corpus import figures  # noqa: E402

from govlint.numbers.localise import localise  # noqa: E402
from govlint.template.loader import load  # noqa: E402

TEMPLATES = ("ogi-2021", "ogi-2021", "ogi-2019")
WRONG = (1, 2, 3, 4, 5, 6, 8, 10, 12)


def misread(draw: random.Random, value: int) -> int:
    """With one digit changed."""
    digits = str(value)
    at = draw.randrange(len(digits))
    other = draw.choice([digit for digit in "0123456789" if digit != digits[at]])
    return int(digits[:at] + other + digits[at + 1 :])


def mistyped(draw: random.Random, value: int) -> int:
    """With a digit left out, added or changed, or two swapped."""
    digits = str(value)
    at = draw.randrange(len(digits))
    slips = [digits[:at] + draw.choice("0123456789") + digits[at:], str(misread(draw, value))]
    if len(digits) > 1:
        slips.append(digits[:at] + digits[at + 1 :])
        slips.append(
            digits[: at - 1] + digits[at] + digits[at - 1] + digits[at + 1 :] if at else digits[::-1]
        )
    return int(draw.choice(slips))


def miscounted(draw: random.Random, value: int) -> int:
    """One or two more or less, none, or any small number."""
    return draw.choice([value + 1, max(0, value - 1), value + 2, draw.randrange(20), 0])


KINDS: Mapping[str, Callable[[random.Random, int], int]] = {
    each.__name__: each for each in (misread, mistyped, miscounted)
}


def table(kind: str, wrong: int, seed: str) -> Counter[tuple[bool, bool]]:
    """The corrections in one table: (said to be certain, right)."""
    draw = random.Random(f"{kind}/{wrong}/{seed}")
    name = draw.choice(TEMPLATES)
    template = load(name)
    cells = figures(draw, draw.choice([6, 12, 30, 60, 300]), name)
    right = {address: int(cells.get(address, 0)) for address in template.addresses}
    filled = [c for c, v in right.items() if c.startswith("applications.") and (v or draw.random() < 0.1)]
    if len(filled) < wrong:
        return Counter()
    values = right | {cell: KINDS[kind](draw, right[cell]) for cell in draw.sample(filled, wrong)}
    return Counter(
        (fault.certain, all(right[cell] == value for cell, value in fault.corrections[0].items()))
        for fault in localise(template.identities, values)
        if fault.corrections
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=int, default=250, help="of each kind and number of wrong figures")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    print("| wrong figures | corrections | certain | of them wrong | likely | of them right |")
    print("|---|---|---|---|---|---|")
    total: Counter[tuple[bool, bool]] = Counter()
    for wrong in WRONG:
        found: Counter[tuple[bool, bool]] = Counter()
        for kind in KINDS:
            for number in range(given.tables):
                found += table(kind, wrong, f"{given.seed}/{number}")
        show(str(wrong), found)
        total += found
    show("all", total)
    return 0


def show(name: str, found: Counter[tuple[bool, bool]]) -> None:
    certain, likely = (found[each, True] + found[each, False] for each in (True, False))
    row = (found.total(), certain, found[True, False], likely, found[False, True])
    print(f"| {name} | {' | '.join(f'{each:,}' for each in row)} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
