"""Documents held against each other: agencies' series of years, versions of one report, bodies of a government.

Everything here is given Filings and knows no store. What is said of a filing comes back with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from govlint.agencies.names import same_body
from govlint.agencies.register import Register
from govlint.checks.overlap import Overlap, Text, overlap, stock_shingles
from govlint.document import Words
from govlint.filing import Filing
from govlint.linting.applying import fault
from govlint.rule import Finding, Rule, Subject, Unchecked
from govlint.text.folding import compact


class Told(NamedTuple):
    """What a rule says of a filing."""

    filing: Filing
    outcome: Finding | Unchecked


Rules = Sequence[Rule]
Skip = Callable[[Rule, Filing], bool]
"""Whether a rule is not to be applied to a filing: by the settings that hold for it."""


def never(rule: Rule, filing: Filing) -> bool:
    return False


def series_of(agency: str, register: Register | None) -> str:
    """The name under which an agency's years stand together: as registered, else its own."""
    registered = register.find(agency) if register else None
    return compact(registered.name if registered else agency)


def told(rules: Rules, subject: Subject, filing: Filing, *others: Any, skip: Skip = never) -> Iterator[Told]:
    """What the rules of a subject say at a filing; one that fails is E003 there."""
    for rule in rules:
        if rule.subject != subject or rule.apply is None or skip(rule, filing):
            continue
        if rule.templates and filing.template.id not in rule.templates:
            continue
        before, behind = (others[:1], others[1:])
        try:
            yield from [Told(filing, outcome) for outcome in rule.apply(*before, filing, *behind)]
        except Exception as error:
            yield Told(filing, fault(rule, error))
            words = Words(f"规则执行出错：{error!r}", f"the rule failed: {error!r}")
            yield Told(filing, rule.unchecked(words))


def agreed(versions: Sequence[Filing]) -> Filing:
    """Versions of one report as one: the figures on which all that state them agree."""
    if len(versions) == 1:
        return versions[0]
    figures = {}
    for address in dict.fromkeys(address for version in versions for address in version.figures):
        stated = {version.figures[address] for version in versions if address in version.figures}
        if len(stated) == 1:
            figures[address] = stated.pop()
    return replace(versions[0], figures=figures)


class Merger(Struct, frozen=True):
    """What the register says of an agency that others were merged into."""

    since: int
    """The first year for which it reports in their place."""
    names: Sequence[str]
    """Their series."""
    filings: Mapping[str, Sequence[Filing]] = field(default_factory=dict)
    """By series, what they filed for the year before."""

    def before(self, own: Sequence[Filing], existed: bool) -> Filing | list[str]:
        """The year before the merger as one, its figures summed up; or the names of those whose report is not there."""
        parts = {name: self.filings.get(name, ()) for name in self.names}
        if existed:
            parts[""] = own
        if absent := [name for name, filings in parts.items() if not filings]:
            return absent
        each = [agreed(filings) for filings in parts.values()]
        common = [address for address in each[0].figures if all(address in one.figures for one in each)]
        figures = {address: sum(one.figures[address] for one in each) for address in common}
        return replace(each[0], figures=figures, prose=())

    @property
    def said(self) -> Words:
        names = "、".join(self.names)
        return Words(
            f"名录写明{self.since}年起{names}并入本机关，上年数是合并前各机关之和",
            f"by the register {names} were merged into it from {self.since}: last year's figures are the sums of all",
        )


def mergers(register: Register | None) -> dict[str, Merger]:
    """By series: what was merged into it, without their filings."""
    return {
        series_of(agency.name, register): Merger(
            agency.since, [series_of(name, register) for name in agency.merged]
        )
        for agency in (register.agencies if register else ())
        if agency.since is not None
    }


def of_series(
    filings: Iterable[Filing],
    unread: Sequence[str],
    rules: Rules,
    skip: Skip = never,
    pairs: Callable[[Filing, Filing], None] | None = None,
    merger: Merger | None = None,
) -> Iterator[Told]:
    """One agency's filings of one family of templates. ``pairs`` is given the neighbours whose words are to be compared."""
    years: dict[int, list[Filing]] = {}
    for filing in filings:
        if filing.year is not None:
            years.setdefault(filing.year, []).append(filing)
    now = [rule for rule in rules if not (rule.prose and pairs is not None)]
    for _, versions in sorted(years.items()):
        for filing in versions:
            name = compact(filing.agency or "")
            others = [each for each in versions if each is not filing and compact(each.agency or "") == name]
            if others:
                yield from told(now, "versions", filing, others, skip=skip)
    for last, this in pairwise(sorted(years)):
        before = agreed(years[last])
        if this - last > 1:
            first = min(years[this], key=lambda filing: filing.path)
            yield from told(now, "series", first, before, unread, skip=skip)
            continue
        if merger is not None and this == merger.since:
            continue
        for after in years[this]:
            yield from told(now, "years", after, before, skip=skip)
            if pairs is not None:
                pairs(before, after)
    if merger is not None:
        yield from _merged(years, merger, [rule for rule in now if not rule.prose], skip)


def _merged(
    years: Mapping[int, Sequence[Filing]], merger: Merger, rules: Rules, skip: Skip
) -> Iterator[Told]:
    """The first year after a merger against the sums of those that were merged."""
    existed = any(year < merger.since for year in years)
    before = merger.before(years.get(merger.since - 1, ()), existed)
    for after in years.get(merger.since, ()):
        if isinstance(before, Filing):
            for filing, outcome in told(rules, "years", after, before, skip=skip):
                if isinstance(outcome, Finding):
                    outcome = replace(outcome, evidence=(*outcome.evidence, merger.said))
                yield Told(filing, outcome)
            continue
        names = "、".join(name or after.agency or "" for name in before)
        words = Words(
            f"合并前的机关中，{names}上年的报告没有读到，不能与上年核对",
            f"of the bodies that were merged, {names} have no report that was read for the year before",
        )
        for rule in rules:
            if rule.subject == "years" and not skip(rule, after):
                yield Told(after, rule.unchecked(words))


def roll_up(
    government: Sequence[Filing], bodies: Mapping[str, Sequence[Filing]], rules: Rules, skip: Skip = never
) -> Iterator[Told]:
    """A government's versions of one year, and by name what its bodies filed for it."""
    held = {name: agreed(filings) if filings else None for name, filings in bodies.items()}
    for filing in government:
        yield from told(rules, "roll-up", filing, held, skip=skip)


def may_be_renamed(name: str, other: str) -> bool:
    """Whether two names may be of one body of one place: 金山区水务局, 金山区水利局."""
    return same_body(compact(name), compact(other)) in ("same", "variant")


def earlier_first(one: Filing, two: Filing) -> tuple[Filing, Filing]:
    """By the date of publication where both tell it, then by path."""
    if one.published and two.published and one.published != two.published:
        return (one, two) if one.published < two.published else (two, one)
    return (one, two) if one.path <= two.path else (two, one)


def copied(one: Filing, two: Filing, stock: frozenset[str] = frozenset()) -> tuple[Filing, Filing, Overlap]:
    """The earlier and the later of two filings, and what they share."""
    earlier, later = earlier_first(one, two)
    return earlier, later, overlap(Text(earlier.prose), Text(later.prose), stock | stock_shingles())


# All of it, for a few documents in memory


def compare(
    filings: Sequence[Filing], rules: Rules, register: Register | None = None, unread: Sequence[str] = ()
) -> Iterator[Told]:
    """Everything that the rules between documents say of some filings."""
    series: dict[tuple[str, str], list[Filing]] = {}
    for filing in filings:
        if filing.agency:
            key = (series_of(filing.agency, register), filing.template.title)
            series.setdefault(key, []).append(filing)
    joined = mergers(register)
    for (name, title), listed in series.items():
        merger = joined.get(name)
        if merger is not None:
            theirs = {
                each: [one for one in series.get((each, title), ()) if one.year == merger.since - 1]
                for each in merger.names
            }
            merger = replace(merger, filings=theirs)
        yield from of_series(listed, unread, rules, merger=merger)
    for (name, title), listed in series.items():
        stated = joined[name].names if name in joined else ()
        yield from _renamed(name, title, listed, series, rules, stated)
        yield from _copies(name, listed, series, rules)
    for name, bodies in members(register).items():
        for (own, title), listed in series.items():
            if own == name:
                yield from _rolled_up(listed, {body: series.get((body, title), []) for body in bodies}, rules)


def members(register: Register | None) -> dict[str, list[str]]:
    """By government: the names of the series that the register says belong to it."""
    found: dict[str, list[str]] = {}
    for agency in register.agencies if register else ():
        if agency.parent:
            parent = series_of(agency.parent, register)
            found.setdefault(parent, []).append(series_of(agency.name, register))
    return found


def _rolled_up(
    listed: Sequence[Filing], bodies: Mapping[str, Sequence[Filing]], rules: Rules
) -> Iterator[Told]:
    for year in dict.fromkeys(filing.year for filing in listed):
        own = [filing for filing in listed if filing.year == year]
        theirs = {name: [each for each in filed if each.year == year] for name, filed in bodies.items()}
        yield from roll_up(own, theirs, rules)


def _renamed(
    name: str,
    title: str,
    listed: Sequence[Filing],
    series: Mapping[tuple[str, str], Sequence[Filing]],
    rules: Rules,
    stated: Sequence[str],
) -> Iterator[Told]:
    """``stated`` are those of which the register says what became of them."""
    first = min((filing for filing in listed if filing.year), key=lambda filing: filing.year or 0)
    for (other, kind), theirs in series.items():
        last = max((filing for filing in theirs if filing.year), key=lambda filing: filing.year or 0)
        next_year = (last.year or 0) + 1 == first.year
        if other in stated:
            continue
        if other != name and kind == title and next_year and may_be_renamed(other, name):
            yield from told(rules, "renames", first, last)


def _copies(
    name: str, listed: Sequence[Filing], series: Mapping[tuple[str, str], Sequence[Filing]], rules: Rules
) -> Iterator[Told]:
    for filing in listed:
        for (other, _), theirs in series.items():
            for each in theirs:
                if other < name:
                    earlier, later, shared = copied(each, filing)
                    yield from told(rules, "copies", later, earlier, shared)
