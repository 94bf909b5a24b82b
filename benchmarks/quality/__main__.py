"""Measure govlint on invented reports and write docs/quality.md: python -m benchmarks.quality"""

from __future__ import annotations

import argparse
import shlex
import sys
import time
from datetime import date
from pathlib import Path

import govlint
from benchmarks.quality.cases import Case, Sizes, cases, make
from benchmarks.quality.layouts import LAYOUTS
from benchmarks.quality.page import Run, write_page
from benchmarks.quality.run import damaged, run, usable
from benchmarks.quality.score import Outcome
from benchmarks.quality.tally import total

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"


def main() -> None:
    options = _options()
    names = options.layouts or [layout.name for layout in LAYOUTS if options.paper or not layout.needs]
    layouts = [layout for layout in LAYOUTS if layout.name in names and usable(layout)]
    sizes = Sizes(options.clean, options.each, options.each, options.several)
    planned = list(cases(layouts, sizes, options.seed, options.only))
    start, outcomes = time.monotonic(), []
    for outcome in run(planned, options.jobs):
        outcomes.append(outcome)
        if options.misses:
            _tell(outcome)
        if len(outcomes) % 200 == 0:
            print(f"{len(outcomes)} of {len(planned)}, {time.monotonic() - start:.0f} s", file=sys.stderr)
    if options.keep:
        _keep(options.keep, outcomes)
    if options.output:
        skipped = [layout.name for layout in LAYOUTS if layout not in layouts]
        command = shlex.join(["python", "-m", "benchmarks.quality", *sys.argv[1:]])
        page = write_page(Run(command, date.today().isoformat(), govlint.__version__, skipped), outcomes)
        options.output.write_text(page, encoding="utf-8")
    count = total(outcomes)
    print(f"{len(outcomes)} documents, {count.found} of {count.expected} found, {count.alarms} false alarms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--seed", default="1", help="another seed makes other reports")
    parser.add_argument(
        "--each", type=int, default=Sizes.single, help="documents of every defect and habit in every layout"
    )
    parser.add_argument(
        "--several", type=int, default=Sizes.several, help="documents with several defects in every layout"
    )
    parser.add_argument("--clean", type=int, default=Sizes.clean, help="clean documents in every layout")
    parser.add_argument(
        "--paper", action="store_true", help="PDF, .odt and .doc too, where their programs are installed"
    )
    parser.add_argument(
        "--layouts", nargs="*", help="these layouts alone", choices=[layout.name for layout in LAYOUTS]
    )
    parser.add_argument(
        "--only", nargs="*", default=(), help="defects and habits whose names begin so, alone"
    )
    parser.add_argument("--jobs", type=int, help="processes; as many as there are cores")
    parser.add_argument("--misses", action="store_true", help="tell every miss and false alarm as it comes")
    parser.add_argument("--keep", type=Path, help="a folder for the documents with a miss or a false alarm")
    parser.add_argument("--output", type=Path, default=PAGE, help="where the page is written")
    return parser.parse_args()


def _failed(outcome: Outcome) -> bool:
    return bool(outcome.alarms) or not all(hit.found for hit in outcome.hits)


def _tell(outcome: Outcome) -> None:
    where = f"{outcome.case.layout} {'+'.join(outcome.case.names) or outcome.case.group}"
    for hit in outcome.hits:
        if not hit.found:
            print(f"missed  {hit.code} {where}")
        elif hit.located is False or hit.valued == "wrong":
            print(f"place   {hit.code} {where} located {hit.located} value {hit.valued}")
    for alarm in outcome.alarms:
        print(f"alarm   {alarm.code} {where}: {alarm.message}")
    if outcome.cells["wrong"]:
        print(f"reading {outcome.cells['wrong']} cells wrong {where}")
    for name, answer in outcome.metadata.items():
        if answer != "right":
            print(f"about   {name} {answer} {where}")


def _keep(folder: Path, outcomes: list[Outcome]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    by_name = {layout.name: layout for layout in LAYOUTS}
    for number, outcome in enumerate(outcomes):
        if _failed(outcome):
            case: Case = outcome.case
            made, layout = make(case), by_name[case.layout]
            (data,) = layout.draw([made.report])
            name = f"{number:05}-{layout.name}-{'+'.join(case.names) or case.group}"[:120]
            (folder / (name + layout.suffix)).write_bytes(damaged(made, data))


if __name__ == "__main__":
    main()
