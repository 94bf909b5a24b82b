"""docs/quality.md: the tables of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.quality.cases import BY_NAME, HABIT_BY_NAME, LAYOUT_BY_NAME
from benchmarks.quality.score import METADATA, Outcome
from benchmarks.quality.tally import Count, by, by_rule, readings, total


class Run(NamedTuple):
    """What the page's head says of the run."""

    command: str
    day: str
    version: str
    skipped: Sequence[str]
    """Layouts that were not made, for want of their programs or because they were not asked for."""


_HEAD = """\
# 检出质量 / Quality

由下列命令写成，不手工修改。Written by the command below, never by hand.

    {command}

{day}, govlint {version}: {documents} documents, {wrong} with {expected} mistakes of {kinds} kinds put into them \
(one, or two to four at once), {clean} clean ones, {harmless} with one of {habits} harmless habits.

报告、机关和文字都是虚构的，数据先按格式的勾稽关系生成，再注入一种或几种错误；错误依条例和格式编写，不看 govlint 的规则。
The reports are invented and consistent; mistakes are put into them from what the regulation and the form demand, \
without a look at how the rules work. One mistake is to give one finding: every other finding is a false alarm, \
whatever its severity.

**Made reports are kinder than published ones.** These figures say what govlint does with mistakes that somebody \
thought of, in layouts that somebody drew. They are no measure of the reports of a province, and govlint was mended by what earlier runs missed: `--seed` makes other reports of the same kinds.

| | |
|---|---|
| recall: mistakes found | {recall} ({found} of {expected}) |
| precision: findings that are right | {precision} ({alarms} false alarms) |
| clean reports with a false alarm | {alarmed} of {clean} |
| clean reports with the verdict `pass` | {passed} of {clean} |
| reports with a harmless habit and a false alarm | {harmless_alarmed} of {harmless} |
| found, and at the right cells or words | {placed} |
| right value told, where there is one | {values} |
| cells read right | {cells} |
"""

_TERMS = """
**Terms.** *recall*: of the mistakes put in, those for which a finding of the right rule was made. *precision*: of \
the findings, those that answer a mistake. *placed*: of those found, the ones that name the cells at fault first and \
no other, or stand at the words at fault. *value*: the advised value is the one that stood there before the mistake \
(mistakes whose right value is known). *unsure*: read wrong, and said to be uncertain. A dash: nothing to measure.
"""

_NOT_MEASURED = """
## What is not measured

* H and A rules (last year's report, archives), E003 to E007, T008: they need more than one document, or are no mistake of a report.
* Run-together text: a wrong figure counts as missed here even where another reading of the digits makes every sum right, \
so that nobody could see it; T008 is no false alarm there.
* Beside a figure left blank, a broken sum is no false alarm: a blank counts as 0 in the sums, and both are true.
* Files as offices really leave them: scans, text boxes, tables pasted as pictures, pages behind scripts.
"""


def write_page(run: Run, outcomes: Sequence[Outcome]) -> str:
    parts = [_head(run, outcomes), _TERMS, "\n## By rule\n\n", _rules(outcomes)]
    parts += ["\n## By layout\n\n", _layouts(outcomes)]
    if run.skipped:
        parts.append(f"\nNot made in this run: {', '.join(run.skipped)}.\n")
    parts += ["\n## Reading\n\n", _reading(outcomes)]
    parts += ["\n## Missed\n\n", _missed(outcomes), "\n## False alarms\n\n", _alarms(outcomes)]
    parts += ["\n## All kinds of mistakes\n\n", _kinds(outcomes, "single")]
    parts += ["\n## All harmless habits\n\n", _habits(outcomes), _NOT_MEASURED]
    return "".join(parts)


def _head(run: Run, outcomes: Sequence[Outcome]) -> str:
    groups = Counter(outcome.case.group for outcome in outcomes)
    everything, habits = total(outcomes), [o for o in outcomes if o.case.group == "habit"]
    read = readings(outcomes).values()
    cells = sum((reading.cells for reading in read), Counter[str]())
    return _HEAD.format(
        command=run.command,
        day=run.day,
        version=run.version,
        documents=len(outcomes),
        wrong=groups["single"] + groups["several"],
        kinds=len({name for o in outcomes if o.case.group == "single" for name in o.case.names}),
        clean=groups["clean"],
        harmless=len(habits),
        habits=len({name for o in habits for name in o.case.names}),
        expected=everything.expected,
        found=everything.found,
        recall=_share(everything.recall),
        precision=_share(everything.precision),
        alarms=everything.alarms,
        alarmed=sum(reading.alarmed for reading in read),
        passed=sum(reading.passed for reading in read),
        harmless_alarmed=sum(bool(o.alarms) for o in habits),
        placed=_share(everything.placed),
        values=_share(everything.right_values),
        cells=f"{_share(cells['right'] / cells.total() if cells else None)} ({_other(cells)})",
    )


def _share(value: float | None) -> str:
    """Cut off, never rounded up to 1."""
    return "–" if value is None else f"{int(value * 1000) / 1000:.3f}"


def _other(cells: Counter[str]) -> str:
    return f"{cells['wrong']} wrong, {cells['unread']} unread, {cells['unsure']} unsure, of {cells.total()}"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _count(count: Count) -> list[object]:
    return [
        count.expected,
        count.found,
        count.alarms,
        _share(count.recall),
        _share(count.precision),
        _share(count.placed),
        _share(count.right_values),
    ]


_COLUMNS = ("mistakes", "found", "false alarms", "recall", "precision", "placed", "value")


def _rules(outcomes: Sequence[Outcome]) -> str:
    counts = by_rule(outcomes)
    return _table(("rule", *_COLUMNS), ([code, *_count(count)] for code, count in counts.items()))


def _layouts(outcomes: Sequence[Outcome]) -> str:
    counts = by(outcomes, lambda outcome: outcome.case.layout)
    rows = [[f"`{name}` {LAYOUT_BY_NAME[name].what}", c.documents, *_count(c)] for name, c in counts.items()]
    return _table(("layout", "documents", *_COLUMNS), rows)


def _reading(outcomes: Sequence[Outcome]) -> str:
    rows = []
    for name, reading in readings(outcomes).items():
        cells = [reading.cells[how] for how in ("right", "wrong", "unread", "unsure")]
        about = [
            f"{c['right']} / {c['wrong']} / {c['none']}" for c in (reading.metadata[key] for key in METADATA)
        ]
        rows.append([f"`{name}`", *cells, *about, f"{reading.alarmed} of {reading.clean}", reading.passed])
    head = (
        "layout",
        "cells right",
        "wrong",
        "unread",
        "unsure",
        *METADATA,
        "clean with alarm",
        "clean passed",
    )
    return "Metadata: right / wrong / not read.\n\n" + _table(head, rows)


def _missed(outcomes: Sequence[Outcome]) -> str:
    """Kinds of which a single one was missed, the worst first, with the layouts."""
    singles = [outcome for outcome in outcomes if outcome.case.group == "single"]
    rows = []
    for name, count in by(singles, lambda o: o.case.names[0]).items():
        if count.found < count.expected:
            where = Counter(
                o.case.layout for o in singles if o.case.names[0] == name and not all(h.found for h in o.hits)
            )
            codes = sorted({hit.code for o in singles if o.case.names[0] == name for hit in o.hits})
            rows.append(
                [_share(count.recall), f"`{name}`", BY_NAME[name].does, " ".join(codes), _places(where)]
            )
    return _table(("recall", "kind", "", "rule", "missed in"), sorted(rows)) if rows else "Nothing.\n"


def _places(where: Counter[str]) -> str:
    shown = ", ".join(f"{name} {n}" if n > 1 else name for name, n in where.most_common(4))
    return shown + (f" and {len(where) - 4} more layouts" if len(where) > 4 else "")


def _alarms(outcomes: Sequence[Outcome]) -> str:
    """By rule and what was in the document, the most frequent first."""
    counts: Counter[tuple[str, str]] = Counter()
    shown: dict[tuple[str, str], str] = {}
    for outcome in outcomes:
        group = outcome.case.group
        what = f"`{outcome.case.names[0]}`" if group in ("single", "habit") else group
        for alarm in outcome.alarms:
            counts[alarm.code, what] += 1
            shown.setdefault((alarm.code, what), alarm.message)
    rows = [[n, code, what, _short(shown[code, what])] for (code, what), n in counts.most_common()]
    return _table(("times", "rule", "beside", "for one"), rows) if rows else "None.\n"


def _short(message: str, most: int = 60) -> str:
    message = message.replace("|", "¦").replace("\n", " ")
    return message if len(message) <= most else message[:most] + "…"


def _kinds(outcomes: Sequence[Outcome], group: str) -> str:
    rows = []
    for name, count in by((o for o in outcomes if o.case.group == group), lambda o: o.case.names[0]).items():
        rows.append([f"`{name}`", BY_NAME[name].does, *_count(count)])
    return _table(("kind", "what is done", *_COLUMNS), rows)


def _habits(outcomes: Sequence[Outcome]) -> str:
    counts = by((o for o in outcomes if o.case.group == "habit"), lambda o: o.case.names[0])
    rows = [[f"`{name}`", HABIT_BY_NAME[name].does, c.documents, c.alarms] for name, c in counts.items()]
    return _table(("habit", "", "documents", "false alarms"), rows)
