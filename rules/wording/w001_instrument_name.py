"""W001: a law, regulation or document named wrongly, or one no longer in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache

from msgspec import Struct, field

from govlint.checks.articles import grounds_astray
from govlint.checks.wordlists import word_list
from govlint.document import Edit, Span, Words
from govlint.prose.lines import Passage, holding, passages
from govlint.report import Report
from govlint.rule import REGULATION, Certainty, Example, Finding, Reference, Rule, Suggestion
from govlint.text.folding import compact, fold
from govlint.text.phrases import Phrases

rule = Rule(
    code="W001",
    name="instrument-name",
    title=Words("文件名称或文号有误", "a law or document named wrongly or no longer in force"),
    severity="warning",
    message=Words(
        "引用的文件名称“{actual}”有误，应为“{expected}”。",
        "No law or document is called “{actual}”; its name is “{expected}”.",
    ),
    why=Words(
        "报告引用的法律、法规和文件是工作的依据，名称、文号有误或已经失效，读者就查不到依据。",
        "What a report cites is the basis of the work; under a wrong name or number, or repealed, it cannot be found.",
    ),
    reference=Reference(REGULATION, "第五十条"),
)

_NUMBER = Words(
    "《{title}》的文号“{actual}”有误，应为“{expected}”。",
    "The number of 《{title}》 is “{expected}”, not “{actual}”.",
)
_OUTDATED = Words(
    "《{title}》的“{actual}”不适用于{year}年度报告，现行文号为“{expected}”。",
    "“{actual}” of 《{title}》 no longer applies to a report on {year}; “{expected}” does.",
)
_REPEALED = Words(
    "“{actual}”自{until}起已不再施行，{year}年度报告的依据应为《{expected}》。",
    "“{actual}” ceased to apply on {until}; the basis of a report on {year} is 《{expected}》.",
)
_REPLACED = Words(
    "《{title}》（{actual}）不适用于{year}年度报告，现行的是《{instead}》（{expected}）。",
    "《{title}》 ({actual}) does not apply to a report on {year}; 《{instead}》 ({expected}) does.",
)

_ARTICLE = Words(
    "年度报告的依据不是《中华人民共和国政府信息公开条例》{actual}，而是{expected}。",
    "An annual report rests on {expected} of the Regulation on Open Government Information, not on {actual}.",
)

_TITLE = re.compile(r"《([^《》]{2,80})》")
"""As in ``《政府信息公开条例》``."""
_INNER = re.compile(r"[〈<]([^〈〉<>]{2,60})[〉>]")
"""As in ``〈年度报告格式〉``."""
_ISSUER = re.compile(
    r"(?:(?:中共中央办公厅、?)?国务院办公厅(?:政府信息与政务公开办公室|秘书局)?|国办公开办|国务院|中共中央办公厅)?"
    r"(?:关于(?:印发|发布|修订|公布|转发)?|印发)?"
)
"""As in ``国务院办公厅关于印发``."""
_REMARK = re.compile(r"\((?:试行|修订|新修订|\d{4}年?(?:修订|修正)?(?:版|本)?)\)$")
"""As in ``(试行)``."""
_PLACED = re.compile(r"(?!中华)[㐀-鿿]{1,8}?(?:省|市|县|区|州|盟|旗|镇|乡|局|厅|委)|北京|上海|天津|重庆")
"""As in ``云溪县``."""
_ORDER = re.compile(r"国务院\s*令?\s*第?\s*(\d{1,4})\s*号(?:\s*令)?")
"""As in ``国务院令第711号``."""
_DOCUMENT = re.compile(
    r"(国办[㐀-鿿]{0,4}函|国办发|国发|中办发)\s*[\[(]\s*(\d{4})\s*[\])]\s*第?\s*(\d{1,4})\s*号"
)
"""As in ``国办发[2022]18号``."""
_BROKEN = re.compile(r"(国办[㐀-鿿]{0,4}函)\s*[\[(]?\s*(20\d\d)\s*[\])]?\s*(\d{1,3})\s*号")
"""As in ``国办公开办函[202130号``."""
_BRACKET = re.compile(r"(?:的通知|通知|的决定)?》?\s*[（(]")
"""As in ``的通知》(``."""
_GROUND = re.compile(r"(?:根据|按照|依据|依照|贯彻|落实|执行|遵循|遵照|对照|符合|严格)[^，。；,;]{0,24}$")
"""As in ``根据``."""
_LISTED = re.compile(r"(?:《[^《》]{1,80}》(?:[（(][^（）()]{1,40}[）)])?(?:[、，,和及与]|以及)*)+$")
"""Documents named before one, in the list to which it belongs: ``《政府信息公开条例》和``."""
_FORMER = re.compile(r"(?:原|旧|修订前|修改前|废止|失效|废除|替代|取代)[^，。；,;]{0,8}$")
"""As in ``原``."""
_ABOUT = re.compile(
    r"关于(?:认真|深入|进一步|切实)*(?:贯彻|落实|做好|实施|施行|宣传|学习|开展)[^，。；,;《]{0,12}$"
)
"""As in ``关于做好``."""
_BEFORE, _BEHIND = 40, 60
"""Characters before a title in which its context, and behind it in which its number is looked for."""


class _Instrument(Struct, frozen=True):
    title: str
    short: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    in_force: date = date.min
    until: date | None = None
    numbers: Mapping[str, list[date]] = field(default_factory=dict)
    reports: Mapping[str, list[int]] = field(default_factory=dict)
    instead: str = ""

    def outdated(self, number: str, year: int) -> bool:
        """Whether a number that this instrument once had was not its number in a report's year."""
        if number in self.reports:
            return year > self.reports[number][1]
        dates = self.numbers[number]
        return len(dates) > 1 and dates[1] <= date(year, 1, 1)

    def current(self) -> str:
        return list(self.numbers)[-1]

    def meant(self, number: str) -> str:
        """The number of its own that one with a slip in its words was to be; the current one where it is none of them."""
        year = number.partition("〔")[2]
        digits = re.sub(r"\D", "", number)
        same = (
            own for own in self.numbers if (year and own.endswith(year)) or re.sub(r"\D", "", own) == digits
        )
        return next(same, self.current())

    def out_of_force(self, year: int) -> bool:
        """Whether it was no ground any more for a report on that year."""
        last = max((years[1] for years in self.reports.values()), default=None)
        if last is not None:
            return year > last
        return self.until is not None and self.until <= date(year, 1, 1)


@cache
def _known() -> tuple[dict[str, _Instrument], dict[str, _Instrument]]:
    """Instruments by the proper names that they go by, and by names that are wrong."""
    proper: dict[str, _Instrument] = {}
    wrong: dict[str, _Instrument] = {}
    for entry in word_list("wording/instruments")["instrument"]:
        instrument = _Instrument(**entry)
        trial = "(试行)" if instrument.title.endswith("(试行)") else ""
        proper |= {_plain(name) + trial: instrument for name in (instrument.title, *instrument.short)}
        wrong |= dict.fromkeys(instrument.wrong, instrument)
    return proper, wrong


@cache
def _wrong() -> Phrases:
    return Phrases(list(_known()[1]))


def _named(title: str, behind: str = "") -> _Instrument | None:
    """The instrument of a title; its (试行) may stand in it or right behind its 》."""
    proper = _known()[0]
    trial = "(试行)" in compact(title + behind[:4])
    return (proper.get(_plain(title) + "(试行)") if trial else None) or proper.get(_plain(title))


def _plain(title: str) -> str:
    """A title as it is compared: without the issuing body, the notice around it, and remarks behind it."""
    inner = _INNER.search(title)
    text = compact(inner.group(1) if inner else title)
    text = text[match.end() :] if (match := _ISSUER.match(text)) else text
    text = text.removesuffix("的通知").removesuffix("通知")
    return _REMARK.sub("", text).replace("、", "")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    text = report.document.text
    if not any(word in text for word in ("《", "条例", "试行", "号")):
        return
    lines = passages(report)
    seen: set[tuple[str, str]] = set()
    cited = (*_misnamed(report, lines), *_cited(report, lines), *_trial(report, lines))
    for finding in (*cited, *_by_number(report, lines), *_by_article(report)):
        key = (finding.actual or "", finding.expected or "")
        if key not in seen:  # the same slip all through a report is one
            seen.add(key)
            yield finding


def _misnamed(report: Report, lines: list[Passage]) -> Iterator[Finding]:
    """Names that nothing bears, in or out of 《》."""
    text = report.document.text
    standing = set(_wrong().within(text))
    found = [name for name in _known()[1] if name in standing]
    for name in found:
        instrument = _known()[1][name]
        for match in re.finditer(re.escape(name), text):
            line = holding(lines, match.start())
            if line is not None and not any(name in other and name != other for other in found):
                yield _renamed(Span(*match.span()), name, instrument, line.section, "certain")
                break


def _renamed(
    span: Span, actual: str, instrument: _Instrument, section: str | None, certainty: Certainty
) -> Finding:
    full = actual.startswith("中") or not instrument.short
    expected = instrument.title if full else instrument.short[0]
    return rule.finding(
        span,
        section=section,
        expected=expected,
        actual=actual,
        suggestion=Suggestion(text=expected, edits=(Edit(span, expected),)),
        certainty=certainty,
    )


def _cited(report: Report, lines: list[Passage]) -> Iterator[Finding]:
    wrong = _known()[1]
    for line in lines:
        for match in _TITLE.finditer(line.text) if "《" in line.text else ():
            name = match.group(1)
            instrument = _named(name, line.text[match.end() :])
            if instrument is not None:
                numbered = list(_number(report, line, match, instrument))
                yield from numbered or _repealed(report, line, match, instrument)
            elif name not in wrong and (near := _resembled(name)) is not None:
                span = Span(line.start + match.start(1), line.start + match.end(1))
                sure: Certainty = "certain" if len(name) >= 8 else "likely"
                yield _renamed(span, name, near, line.section, sure)


_TRIAL = re.compile(r"(?<!《)(?<!国)(?:政府信息公开(?:工作)?)?年度报告格式[（(]试行[）)]")
"""As in ``年度报告格式（试行）``."""


def _trial(report: Report, lines: list[Passage]) -> Iterator[Finding]:
    """The format for trial use, named without 《》."""
    instrument = _known()[0]["政府信息公开工作年度报告格式(试行)"]
    if report.year is None or not instrument.out_of_force(report.year):
        return
    for line in lines if "年度报告格式" in report.document.text else ():
        for match in _TRIAL.finditer(line.text):
            opened = line.text.rfind("《", 0, match.start())
            if opened <= line.text.rfind("》", 0, match.start()) and not _stands_behind(_FORMER, line, match):
                span = Span(line.start + match.start(), line.start + match.end())
                yield rule.finding(
                    span,
                    message=_REPEALED,
                    section=line.section,
                    expected=instrument.instead,
                    actual=match.group(),
                    suggestion=Suggestion(text=instrument.instead),
                    certainty="likely",
                    until=instrument.until.isoformat() if instrument.until else "",
                    year=report.year,
                )


_NUMBERED = re.compile(r"[（(\[〔]$|》[^，。；,;]{0,12}$")
"""Before a number that stands behind a title, to which it belongs: ``》（``."""


def _by_number(report: Report, lines: list[Passage]) -> Iterator[Finding]:
    """A format of the report that was not in force, cited by its number alone as the ground of this one."""
    formats = [each for each in _known()[0].values() if each.reports and not each.until]
    for line in lines if report.year else ():
        for number, (start, end) in _written(line.text, _DOCUMENT) if "号" in line.text else ():
            before = line.text[max(0, start - _BEFORE) : start]
            known = next((each for each in formats if number in each.reports), None)
            if known is None or report.year is None or not known.outdated(number, report.year):
                continue
            if _GROUND.search(before) and not _FORMER.search(before) and not _NUMBERED.search(before):
                span, expected = Span(line.start + start, line.start + end), known.current()
                yield rule.finding(
                    span,
                    message=_OUTDATED,
                    section=line.section,
                    expected=expected,
                    actual=report.text(span),
                    suggestion=Suggestion(text=expected, edits=(Edit(span, expected),)),
                    title=known.title,
                    year=report.year,
                )


def _by_article(report: Report) -> Iterator[Finding]:
    """An article of the Regulation cited as the ground of the report, and about something else."""
    for span, said in grounds_astray(report):
        yield rule.finding(
            span, message=_ARTICLE, expected="第四十九条、第五十条", actual=said, certainty="likely"
        )


def _resembled(name: str) -> _Instrument | None:
    """The instrument whose title is written with a slip; never one title for another of its kind."""
    plain = _plain(name)
    if len(plain) < 7 or _PLACED.match(plain) or "〈" in name:
        return None
    from rapidfuzz.distance import Levenshtein

    for title, instrument in _known()[0].items():
        slips = 1 if len(title) < 14 else 2
        if abs(len(title) - len(plain)) <= slips and len(title) >= 7:
            distance = Levenshtein.distance(title, plain, score_cutoff=slips)
            if distance <= slips and not _other_kind(title, plain):
                return instrument
    return None


_KINDS = re.compile(
    r"法|条例|案例|办法|规定|细则|意见|格式|指引|指标|要点|通知|方案|[0-9一二三四五六七八九十]|地方|中国"
)
"""As in ``条例``."""


def _other_kind(title: str, name: str) -> bool:
    """Whether a name is that of something else: another kind of document, another year, another law."""
    if not title.endswith(("条例", "办法", "法")) and not title.startswith("中华人民共和国"):
        return True  # notices and work plans have many names alike
    if title in name or (title[-1] != name[-1] and title[-2] != name[-2]):
        return True
    if re.findall(r"\d", title) != re.findall(r"\d", name):
        return True
    if title[-2:] != name[-2:] and _KINDS.search(name[-2:]):
        return True
    # Laws are told apart by two or three characters: 行政处罚法, 刑事诉讼法.
    return title.endswith("法") and len(title.removeprefix("中华人民共和国")) < 8 and title[:7] == name[:7]


def _stands_behind(words: re.Pattern[str], line: Passage, match: re.Match[str]) -> bool:
    return bool(words.search(line.text, max(0, match.start() - _BEFORE), match.start()))


def _number(
    report: Report, line: Passage, match: re.Match[str], instrument: _Instrument
) -> Iterator[Finding]:
    bracket = _BRACKET.match(line.text, match.end())
    if bracket is None or not instrument.numbers or _stands_behind(_ABOUT, line, match):
        return
    behind = re.split(r"[。；;《]", line.text[bracket.end() : bracket.end() + _BEHIND])[0]
    kind = _ORDER if next(iter(instrument.numbers)).startswith("国务院令") else _DOCUMENT
    written = _written(behind, kind) or _torn(behind, instrument)
    found = [number for number, _ in written]
    if not found or any(
        number in instrument.numbers and not (report.year and instrument.outdated(number, report.year))
        for number in found
    ):
        return
    number, (start, end) = written[0]
    if _stands_behind(_FORMER, line, match):
        return
    successor = _known()[0].get(_plain(instrument.instead)) if instrument.instead else None
    if successor and number in successor.numbers and number not in instrument.numbers:
        yield rule.finding(  # the number is right, the name is of what it took the place of
            Span(line.start + match.start(1), line.start + match.end(1)),
            section=line.section,
            expected=successor.title,
            actual=match.group(1),
            suggestion=Suggestion(text=successor.title),
            certainty="likely",
        )
        return
    outdated = number in instrument.numbers
    instead = successor if outdated else None
    expected = (instead or instrument).meant(number) if not outdated else (instead or instrument).current()
    span = Span(line.start + bracket.end() + start, line.start + bracket.end() + end)
    yield rule.finding(
        span,
        message=_REPLACED if instead else _OUTDATED if outdated else _NUMBER,
        section=line.section,
        expected=expected,
        actual=report.text(span),
        # Another document is not put right by its number alone.
        suggestion=Suggestion(text=expected, edits=() if instead else (Edit(span, expected),)),
        title=match.group(1),
        instead=instrument.instead,
        year=report.year,
    )


def _written(text: str, kind: re.Pattern[str]) -> list[tuple[str, tuple[int, int]]]:
    """The numbers in a text in their official form, with where they stand."""
    found = []
    for match in kind.finditer(fold(text)):
        if kind is _ORDER:
            found.append((f"国务院令第{match.group(1)}号", match.span()))
        else:
            prefix, year, number = match.groups()
            found.append((f"{prefix}〔{year}〕{int(number)}号", match.span()))
    return found


def _torn(text: str, instrument: _Instrument) -> list[tuple[str, tuple[int, int]]]:
    """A number of the instrument's own without one of its brackets, as written: 国办公开办函〔202130号."""
    for match in _BROKEN.finditer(fold(text)):
        if f"{match[1]}〔{match[2]}〕{match[3]}号" in instrument.numbers:
            return [(match.group(), match.span())]
    return []


def _repealed(
    report: Report, line: Passage, match: re.Match[str], instrument: _Instrument
) -> Iterator[Finding]:
    """Only where it is cited as the ground of this year's work: reports may tell of the past."""
    if instrument.until is None or report.year is None or not instrument.out_of_force(report.year):
        return
    before = _LISTED.sub("", line.text[: match.start()])[-_BEFORE:]
    if not _GROUND.search(before) or _stands_behind(_FORMER, line, match):
        return
    span = Span(line.start + match.start(1), line.start + match.end(1))
    yield rule.finding(
        span,
        message=_REPEALED,
        section=line.section,
        expected=instrument.instead,
        actual=match.group(1),
        suggestion=Suggestion(text=instrument.instead),
        certainty="likely",
        until=instrument.until.isoformat(),
        year=report.year,
    )


_OPENING = "根据《中华人民共和国政府信息公开条例》"
rule.bad += [
    Example(
        text="根据《中华人民共和国信息公开条例》", instead_of=_OPENING, marks="中华人民共和国信息公开条例"
    ),
    Example(
        text="根据《中华人民共和国政府信息公开条列》",
        instead_of=_OPENING,
        marks="中华人民共和国政府信息公开条列",
    ),
    Example(text=f"{_OPENING}（国务院令第492号）", instead_of=_OPENING, marks="国务院令第492号"),
    Example(
        text="国办公开办函〔2021〕13号",
        instead_of="国办公开办函〔2021〕30号",
        marks="国办公开办函〔2021〕13号",
    ),
    Example(
        text="\n按照国办公开办函〔2019〕60号文件的要求编制。",
        section="overview",
        marks="国办公开办函〔2019〕60号",
    ),
    Example(text=f"{_OPENING}第三十二条", instead_of=_OPENING, marks="第三十二条"),
    Example(text="\n依据《合同法》规范印刷服务采购。", section="overview", marks="合同法"),
]
rule.good += [
    Example(text="根据新修订的《条例》和《云溪县政府信息公开管理办法》", instead_of=_OPENING),
    Example(text=f"{_OPENING}（国务院令第711号）第四十九条、第五十条", instead_of=_OPENING),
]
