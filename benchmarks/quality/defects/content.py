"""What a report must tell, when it is published, and what it must not show: D001 to D004, P001 to P003."""

from __future__ import annotations

import random
import re
from datetime import date

from benchmarks.quality import sentences
from benchmarks.quality.defects.kind import Defect, Expected, Injected, defect
from benchmarks.quality.model import Paragraph, Report

_MARK = re.compile(r"（[一二三四五]）|[1-5][.、]|[一二三四五]是")
_NUMERALS = "一二三四五"


def _remove(report: Report, key: str, topic: str) -> bool:
    section = report.section(key)
    kept = [block for block in section.body if not (isinstance(block, Paragraph) and block.topic == topic)]
    removed, section.body = len(kept) < len(section.body), kept
    return removed


def _count_anew(paragraphs: list[Paragraph]) -> None:
    """Sub-headings counted without a gap."""
    at = 0
    for paragraph in paragraphs:
        first = paragraph.parts[0]
        if isinstance(first, str) and (mark := _MARK.match(first)):
            old = mark.group()
            new = re.sub("[1-5]", str(at + 1), re.sub("[一二三四五]", _NUMERALS[at], old))
            paragraph.parts[0] = new + first[len(old) :]
            at += 1


def _without_aspect(topic: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        if topic == "supervision" and report.agency.is_government:
            return None
        if not _remove(report, "overview", topic):
            return None
        _count_anew(report.section("overview").paragraphs)
        return [Expected("D001", section="overview")]

    return defect(
        f"aspect-missing-{topic}", f"the overview says nothing of {topic}", "overview requests documents"
    )(inject)


def _no_fee(name: str, does: str, text: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        if report.edition != "ogi-2021":
            return None  # the rules on the fee are in force since 2021-01-01
        report.section("other").body = [Paragraph([text])]
        return [Expected("D002", section="other")]

    return defect(name, does, "other")(inject)


def _half(topic: str, other: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        _remove(report, "problems", topic)
        _count_anew(report.section("problems").paragraphs)
        return [Expected("D003", section="problems")]

    return defect(f"{topic}-missing", f"{other} without {topic}", "problems")(inject)


@defect(
    "supervision-results-missing",
    "a government's report without assessment, public review, accountability",
    "overview",
)
def no_supervision(report: Report, draw: random.Random) -> Injected:
    if not report.agency.is_government:
        return None
    removed = [
        p.replace(text, "") for p in report.section("overview").paragraphs for text, _ in sentences.GOVERNMENT
    ]
    return [Expected("D004")] if any(removed) else None


def _late(name: str, does: str, kinds: str, month: int, years: int = 1) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        if report.agency.kind not in kinds.split():
            return None
        report.published = date(report.year + years, month, draw.randint(4, 26))
        return [Expected("P001")]

    return defect(name, does, "published")(inject)


def identity_number(draw: random.Random) -> str:
    """An identity-card number with its check digit, of an area that does not exist."""
    digits = f"3499{draw.randint(1, 99):02}19{draw.randint(60, 99)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{draw.randint(0, 999):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    remainder = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[remainder]


def card_number(draw: random.Random) -> str:
    """A bank-card number of 19 digits that passes the Luhn check."""
    digits = "622848" + "".join(str(draw.randrange(10)) for _ in range(12))
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if at % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def _private(name: str, does: str, sentence: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        given = {
            "identity": identity_number(draw),
            "mobile": f"199{draw.randint(10**7, 10**8 - 1)}",
            "card": card_number(draw),
        }
        text = sentence.format(**given)
        report.section("problems").paragraphs[-1].append(text)
        return [Expected("P002", at=text)]

    return defect(name, does, "problems")(inject)


def _marked(name: str, does: str, mark: str, where: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        if where == "front":
            report.meta.insert(0, mark)
        elif where == "end":
            report.tail.append(mark)
        else:
            report.section("overview").paragraphs[0].parts.insert(0, mark)
        return [Expected("P003", at=mark)]

    touches = {"front": "title", "end": "published", "text": "overview"}[where]
    return defect(name, does, touches)(inject)


DEFECTS: list[Defect] = [
    *map(_without_aspect, ("proactive", "requests", "management", "platform", "supervision")),
    _no_fee("fee-none", "无 in the place of the fee statement", "无。"),
    _no_fee("fee-other-task", "another matter in the place of the fee statement", "年度政务公开工作要点所列任务均已完成。"),
    _no_fee("fee-administrative", "the fees of table 2 in the place of the fee statement", "本年度收取的行政事业性收费均按规定缴入国库。"),
    _half("improvements", "problems"),
    _half("problems", "improvements"),
    no_supervision,
    _late("late-department", "a department's report published in February or March", "department", 2),
    _late("late-department-summer", "a department's report published in summer", "department", 7),
    _late("late-government", "a government's report published after March", "government", 4),
    _late("late-town", "a town's report published in May", "town street", 5),
    _late("late-a-year", "published in the second January after the year", "government department town street office", 1, 2),
    _private("private-identity", "an identity-card number", "群众代表（身份证号{identity}）提出的建议已采纳。"),
    _private("private-mobile", "a mobile-phone number", "意见建议可反馈给王科长，手机{mobile}。"),
    _private("private-card", "a bank-card number", "退费账户为{card}，请核对。"),
    _marked("marking-internal", "内部资料 at the start of the first paragraph", "内部资料，注意保存。", "text"),
    _marked("marking-secret", "a secrecy marking above the text", "机密★一年", "front"),
    _marked("marking-use", "an internal-only note at the end", "仅供内部使用，不得外传", "end"),
]  # fmt: skip
