"""Prose that does not agree with the tables, with itself, or with whose report it is: C001 to C006."""

from __future__ import annotations

import random
from decimal import ROUND_DOWN

from benchmarks.quality.agencies import draw_agency
from benchmarks.quality.defects.kind import Defect, Expected, Injected, defect, pick
from benchmarks.quality.facts import BOUND, SHARES, bound, percent
from benchmarks.quality.model import Report


def _table(slot: str) -> str:
    return BOUND[slot][1][0].split(".")[0]


def _misstated(slot: str) -> Defect:
    """Another number in the prose than in the table; the table is right."""

    def inject(report: Report, draw: random.Random) -> Injected:
        place = pick(draw, report.said(slot))
        if place is None or (report.said("share") and slot in ("granted", "handled")):
            return None
        _, said = place
        code, cells = bound(slot, report.edition)
        right = sum(int(report.figures[cell]) for cell in cells)
        # No sum of two figures of the tables, so that no reading of the sentence makes it true.
        totals = [int(value) for address, value in report.figures.items() if value == int(value)]
        told = {*totals, *(a + b for a in set(totals) for b in set(totals))}
        wrong = [n for n in range(max(0, right - 30), right + 60) if n not in told and n > 1]
        if not wrong:
            return None
        said.text = str(draw.choice(wrong))
        return [Expected(code, [dict.fromkeys(cells)], at=said.text, value=str(right))]

    touches = f"{_table(slot)} overview " + ("requests" if _table(slot) != "proactive" else "documents")
    return defect(f"prose-{slot}", f"the prose states another number: {slot}", touches)(inject)


def _claimed(name: str, does: str, sentence: str, slots: tuple[str, ...], code: str, cell: str) -> Defect:
    """A sentence put in that the table belies; the prose says nothing else on the matter."""

    def inject(report: Report, draw: random.Random) -> Injected:
        topics = [p for p in report.section("overview").paragraphs if p.topic == "requests"]
        if report.said(*slots) or not topics or report.figures[cell] == (13 if "{n}" in sentence else 0):
            return None
        if "{n}" in sentence and report.figures["applications.new_received.total"]:
            return None
        if any(word in p.text for p in topics for word in ("未收到", "没有收到", "没有因")):
            return None
        topics[-1].append(sentence.format(n=13))
        return [Expected(code, at=sentence.format(n=13))]

    return defect(name, does, f"{cell.split('.')[0]} overview requests")(inject)


def _percentage(slot: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        place = pick(draw, report.said(slot))
        if place is None:
            return None
        _, said = place
        facts = [next(int(f.text) for f in place[0].said(part)) for part in SHARES[slot]]
        right = float(said.text)
        wrong = right + draw.choice([-4.6, -2.3, 1.9, 3.4, 11.2])
        if not 0 < wrong < 100:
            return None
        said.text = f"{wrong:.1f}"
        return [
            Expected("C004", at=said.text, value="|".join({percent(*facts), percent(*facts, ROUND_DOWN)}))
        ]

    return defect(
        f"percentage-{slot}",
        f"a percentage that does not follow from its numbers: {slot}",
        "overview requests",
    )(inject)


def _last_years(report: Report, text: str) -> str:
    return text.replace(str(report.year), str(report.year - 1))


@defect("period-last-year", "the statistical period of the year before", "preamble")
def period(report: Report, draw: random.Random) -> Injected:
    dates = report.said("from", "until")
    if not dates:
        return None
    for _, said in dates:
        said.text = _last_years(report, said.text)
    return [Expected("C005", at=dates[0][1].text)]


@defect("period-end-last-year", "the statistical period ends before it begins", "preamble")
def period_end(report: Report, draw: random.Random) -> Injected:
    ends = [said for _, said in report.said("until") if str(report.year) in said.text]
    if not ends:
        return None
    ends[0].text = _last_years(report, ends[0].text)
    return [Expected("C005", at=ends[0].text)]


def _year_in(name: str, does: str, topic: str) -> Defect:
    """The year before in a sentence that tells this year's work."""

    def inject(report: Report, draw: random.Random) -> Injected:
        years = [said for p, said in report.said("year") if p.topic == topic]
        said = pick(draw, years)
        if said is None:
            return None
        said.text = str(report.year - 1)
        return [Expected("C005", at=said.text)]

    touches = {
        "preamble": "preamble",
        "requests": "overview requests",
        "fee": "other",
        "problems": "problems",
    }
    return defect(name, does, touches.get(topic, "overview"))(inject)


@defect("notice-other-year", "drawn up by the notice for another year's reports", "preamble")
def notice(report: Report, draw: random.Random) -> Injected:
    if not report.preamble:
        return None
    name = f"关于做好{report.year - 1}年度政府信息公开工作年度报告编制发布工作的通知"
    report.preamble[0].parts.insert(0, f"按照《{name}》要求，")
    return [Expected("C005", at=name)]


def _other_body(report: Report) -> str:
    """Another body of the same kind, elsewhere."""
    draw = random.Random(report.agency.name)
    while True:
        other = draw_agency(draw)
        if other.kind == report.agency.kind and other.name[:3] != report.agency.name[:3]:
            return other.name


@defect("other-agency-preamble", "the preamble names another body as reporting", "preamble")
def other_agency(report: Report, draw: random.Random) -> Injected:
    names = [said for _, said in report.said("agency")]
    if not names:
        return None
    names[0].text = _other_body(report)
    return [Expected("C006", at=names[0].text, value=report.agency.name)]


@defect("other-agency-overview", "the overview tells what another body did", "overview")
def other_agency_overview(report: Report, draw: random.Random) -> Injected:
    places = [said for p, said in report.said("we") if p.topic == "opening"]
    if not places:
        return None
    places[0].text = _other_body(report)
    return [Expected("C006", at=places[0].text, value=report.agency.name)]


DEFECTS: list[Defect] = [
    *map(_misstated, BOUND),
    _claimed("prose-denies-requests", "no application received, says the prose", "本年度未收到政府信息公开申请。",
             ("new", "handled", "carried_in", "carried_out"), "C001", "applications.new_received.total"),
    _claimed("prose-invents-requests", "the prose tells of applications that the table does not have", "全年共收到政府信息公开申请{n}件。",
             ("new", "handled", "carried_in", "carried_out"), "C001", "applications.new_received.total"),
    _claimed("prose-denies-reviews", "no review, says the prose", "全年没有发生因政府信息公开申请引起的行政复议。",
             ("reviews", "suits"), "C002", "review_litigation.review.total"),
    _percentage("share"),
    _percentage("growth"),
    period,
    period_end,
    _year_in("year-preamble", "last year's report announced", "preamble"),
    _year_in("year-opening", "the overview begins with the year before", "opening"),
    _year_in("year-requests", "the applications of the year before told", "requests"),
    _year_in("year-fee", "the fees of the year before told", "fee"),
    _year_in("year-problems", "the shortcomings of the year before told as this year's", "problems"),
    notice,
    other_agency,
    other_agency_overview,
]  # fmt: skip
