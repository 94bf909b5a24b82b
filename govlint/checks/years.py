"""The years that a report's words claim for themselves: its period, its own name, the work told, the next steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from govlint.document import Span
from govlint.report import Report
from govlint.text.numerals import to_year
from govlint.text.stretches import Sentence, Stretch, without_titles

ClaimKind = Literal["period", "self", "opening", "statement", "until", "carried", "plan", "basis"]
"""From the strongest to the weakest."""
SURE: tuple[ClaimKind, ...] = ("period", "self")
"""Claims of the report's year that can mean nothing else."""


class Claim(NamedTuple):
    """A year as written where the report's year, or one counted from it, belongs."""

    kind: ClaimKind
    written: int
    means: int
    """The report year that it implies."""
    span: Span
    section: str
    plain: bool
    """Written in digits."""


_Y = r"(20\d\d|二[〇○零0O][〇○零一二三四五六七八九O]{2})"
_ANY_YEAR = re.compile(_Y + r"[年.]")
"""As in ``2024年``."""
_DASH = r"(?:至|到|-{1,2}|—{1,2}|–|―|~)"
_PERIOD = re.compile(
    rf"{_Y}年0?1月(?:0?1日)?(?:起|零时|0时|,){{0,2}}{_DASH}(?:{_Y}年|当年|同年)?12月(?:31日)?"
    rf"|{_Y}\.0?1\.0?1{_DASH}{_Y}\.12\.31"
)
"""As in ``2024年1月1日至12月31日``."""
_STATISTICAL = re.compile(
    r"(?:统计|起止|所列|报告|填报|采用)(?:的)?(?:数据|指标|信息)?(?:的)?(?:统计|起止)?"
    r"(?:期限|时限|时间段?|周期|时段|期间|区间|范围|日期|数据|期)[^。;\x1e较比]{0,24}?" + _Y + "年"
)
"""As in ``统计期限为2024年``."""
_NEAR_PERIOD = re.compile(r"统计|期限|时限|数据|报告期|本报告|年报|本年度报告")
_SELF = re.compile(
    _Y + r"年(?:度)?(?:的)?(?:本级|本?单位|全[市县区镇乡旗州省])?政府(?:信息|政务)(?:与政务|和政务)?公开"
    r"(?:工作)?(?:情况)?的?(?:年度)?(?:工作)?(?:情况)?的?(?:报告|年报)"
)
"""As in ``2024年政府信息公开年度报告``."""
_SELF_BEFORE = re.compile(
    r"现(?:将|就|公|发|向|予|特|编|在)|特(?:向|编|制|公|此)|向社会(?:公布|公开|发布)|兹|编制|编写|形成|撰写|本报告|制定"
)
"""As in ``现将``."""
_SELF_AFTER = re.compile(
    r"(?:编制|编写|编发|填报|报送|公布|发布|有关|相关)?(?:和|及|与)?[^,。]{0,6}(?:工作|事项)?的?(?:通知|函|要求)|格式|编"
)
"""As in ``年度报告编制工作的通知``."""
_AS_FOLLOWS = re.compile(
    rf"现(?:将|就|把)[^。;\x1e]{{0,40}}?{_Y}年[^。;\x1e]{{0,40}}?(?:如下|公布|公开|通报)"
)
"""As in ``现将2024年政府信息公开工作情况公布如下``."""
_WE = (
    r"(?:(?:我|本|全)(?:局|镇|乡|委|办|厅|县|市|区|旗|州|省|街道?|单位|机关|部门|中心|院|所)"
    r"|[㐀-鿿]{2,20}(?:局|委|委员会|办|办公室|厅|镇|乡|街道|政府|办事处|中心|管委会|县|市|区))"
)
_IN_SHORT = re.compile(rf"{_Y}年(?:度)?(?:政府|政务)信息公开(?:工作)?[^。;\x1e]{{0,24}}如下")
"""As in ``2024年度政府信息公开工作情况报告如下``."""
_NUMBER = r"(?:\(?[一二三四五六七八九十]{1,3}[)、.]|\(?\d{1,2}[)、.])"
_HEADED = rf"(?:{_NUMBER}[^,。:;\d]{{0,22}}:?)?(?:[㐀-鿿]{{2,10}}(?:情况|方面)[:.]?)?"
_OPENS = re.compile(rf"{_HEADED}(?:{_WE})?{_Y}年(?:度)?(?P<since>以来|来)?(?P<next>.?)")
"""As in ``一、总体情况:2024年政``."""
_NEXT_OPENS = re.compile(rf"{_HEADED}(?:{_WE})?(\d{{4}})年")
"""As in ``我局2024年``."""
_BEGINNING = re.compile(rf"(?:{_HEADED})(?:自|从|在)?")
"""As in ``(一)主动公开:``."""
_TELLS = re.compile(
    rf"[,:](?:[我本](?:机关|单位|部门|[局镇乡委办厅院所县市区街]道?))?{_Y}年(?:度)?(?:,?(?:全[市县区镇乡旗年]|[我本][局镇乡委办厅院所县市区街]道?|,{_WE}))?"
    r"(?P<does>共(?!有|计划)|累计|新收|收到|受理|未收到|没有收到|主动公开|收取|未收取|没有收取|未发生|办结|办理)"
)
"""As in ``,2024年收到``."""
_NO_YEAR_OF_WORK = re.compile(r"[\d一二三四五六七八九十底末初起前后至到\-—~、和与及以第上下结遗]")
_TOLD = re.compile(
    r",|[我本全][局镇乡委办厅县市区旗州省街单机部年]|共|累计|主动|未|没有|收到|受理|办理|收取|发布(?!的)|公开(?!的)"
)
"""What follows the year of a sentence that tells of work, and not the year in a document's or project's name: ``共``."""
_EXPLAINED = re.compile(
    r"上一?年|去年|往年|前年|历年|近年|同比|相比|比(?![较例如])|(?<!比)较(?![快慢少多大小高低单为好差弱强长短重深浅窄广])|增长|下降|结转|转结|遗留|转入|整改|反馈|截[至止]|规划|十[三四五]五"
    r"|年[底末]|今年|本年|部门?[预决]算|预决算|评为|获评|荣获|表彰|表扬|优秀|先进|排名|名列|位列"
)
"""As in ``同比``."""
_CARRYING = re.compile(r"上一?年度?结转|结转(?:至|到)?下一?年度?|无结转")
"""Said of any year's applications: ``结转下年度``."""
_WORK = re.compile(
    r"共|累计|主动|收到|受理|办理|发布|公开|制发|制定|收取|未发生|坚持|认真|扎实|围绕|深入|严格|积极|全面|持续"
)
_DONE = re.compile(r"(?:组织|开展|举办|召开|印发|培训)[^。]{0,20}?\d")
"""As in ``组织业务培训2次``."""
_FUTURE = re.compile(
    r"将(?:会)?(?:进一步|继续|从以下|从以上|从下|重点|着力|不断|认真|持续|切实|主要|紧紧|围绕|按照|严格|加大|加强|坚持|全面|积极)|计划|拟|打算"
)
"""As in ``将进一步``."""
_TAKING = re.compile(r"将[^,。;]{1,30}(?:作为|纳入|列为|列入|摆在|放在|融入)")
"""As in ``将政务公开作为``."""
_UNTIL = re.compile(rf"截[至止]到?{_Y}年(?:度)?(?:12月(?:31日|底|份)?|年?[底末])")
"""As in ``截至2024年12月31日``."""
_CARRIED_TO = re.compile(rf"(?:结转|转结|转入)(?:到|至|入)?{_Y}年(?:度)?(?:继续|再)?(?:办理|办结|处理|答复)")
"""As in ``结转2025年办理``."""
_CARRIED_FROM = re.compile(rf"(?<![至到入转]){_Y}年(?:度)?结转(?:到|至|的|过来|政府|依申请|申请|办理|件)")
"""As in ``2023年结转的``."""
_BASIS = re.compile(
    r"《[^《》]{0,40}?(?:做好|开展|组织|报送|编制|编报|公布|发布|填报)[^《》]{0,12}?"
    + _Y
    + r"年度?[^《》\d]{0,8}?"
    r"政府信息公开(?:工作)?(?:年度报告|年报)[^《》]{0,24}?(?:的?通知|的?函)》"
)
"""The notice by which a year's reports are made: 《关于做好2024年度政府信息公开工作年度报告编制工作的通知》: ``《关于做好2024年度政府信息公开工作年度报告编制工作的通知》``."""
_FROM_BEFORE = re.compile(r"上一?年|去年|20\d\d年|上期|以前")
"""As in ``上一年``."""


def claims(report: Report, year: int) -> list[Claim]:
    """Every claim of another year than the report's, in the order of the text."""
    return sorted(_read(report, year), key=lambda claim: claim.span)


def title_at_fault(report: Report, year: int, found: Sequence[Claim]) -> int | None:
    """The year that period, text and date of publication agree on, where the title alone gives another."""
    day = report.published
    meant = {claim.means for claim in found}
    plain = any(claim.kind in (*SURE, "opening", "statement") for claim in found)
    if len(meant) != 1 or not plain or day is None or report.year_span is None:
        return None
    (means,) = meant
    if not _fits(day, means) or _fits(day, year):
        return None
    own = re.compile(rf"{year}年(?!\d{{1,2}}月)")
    spoken = [stretch.text for stretch in report.stretches if stretch.section == "overview"]
    return None if any(own.search(text) for text in spoken) else means


def _fits(day: date, year: int) -> bool:
    """Whether a report on ``year`` may be of that day."""
    return date(year, 12, 1) <= day <= date(year + 1, 9, 30)


def _read(report: Report, year: int) -> Iterator[Claim]:
    first_of_overview = True
    for stretch in report.stretches:
        # A year to look at: any but the report's own, and in plans that one too.
        other = any(to_year(match[1]) != year for match in _ANY_YEAR.finditer(stretch.text))
        if other or stretch.section == "problems" or "转" in stretch.text:
            yield from _in_stretch(report, stretch, year, first_of_overview)
        if stretch.section == "overview":
            first_of_overview = False


def _in_stretch(report: Report, stretch: Stretch, year: int, begins: bool) -> Iterator[Claim]:
    taken: set[int] = set()

    def claim(
        kind: ClaimKind, match: re.Match[str], group: int, at: int, means: int | None = None
    ) -> Iterator[Claim]:
        start = at + match.start(group)
        written = to_year(match[group])
        implied = written if means is None else means
        span = stretch.span(start, at + match.end(group))
        own_title = report.title_span and report.title_span.start <= span.start < report.title_span.end
        if implied != year and start not in taken and not own_title and abs(implied - year) <= 9:
            taken.add(start)
            yield Claim(kind, written, implied, span, stretch.section, match[group].isdigit())

    text = without_titles(stretch.text, "报告")
    for match in _PERIOD.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        before = re.split("[。;\x1e]", before)[-1]
        if stretch.section in ("", "overview") and (_NEAR_PERIOD.search(before) or _is_ours(before)):
            yield from (c for g in (1, 2, 3, 4) if match[g] for c in claim("period", match, g, 0))
    if stretch.section in ("", "overview"):
        for match in _STATISTICAL.finditer(text):
            yield from claim("period", match, 1, 0)
    if stretch.section in ("", "overview"):
        for match in _BASIS.finditer(stretch.text):
            if to_year(match[1]) < year:
                yield from (each._replace(plain=False) for each in claim("basis", match, 1, 0))
    for number, sentence in enumerate(stretch.sentences):
        words = text[sentence.start : sentence.start + len(sentence.text)]
        if "年" in words:
            opening = begins and stretch.section == "overview" and number == 0
            if opening and _looks_back(stretch, year):
                continue
            for kind, match, means in _in_sentence(stretch.section, sentence, words, year, opening):
                yield from claim(kind, match, 1, sentence.start, means)


def _looks_back(stretch: Stretch, year: int) -> bool:
    """Whether the overview begins with the year before and goes on with its own: 2023年，……。2024年，……."""
    behind = stretch.sentences[1:2]
    begins = _OPENS.match(stretch.sentences[0].text)
    if begins is None or begins["since"]:
        return False
    named = (_NEXT_OPENS.match(sentence.text) for sentence in behind)
    return any(match and int(match[1]) == year for match in named)


def _is_ours(before: str) -> bool:
    """Whether a period is said to be that of the report's own figures: nothing before it but ``自`` or ``从``."""
    return _BEGINNING.fullmatch(before) is not None


_Seen = tuple[ClaimKind, re.Match[str], "int | None"]


def _in_sentence(section: str, sentence: Sentence, words: str, year: int, opening: bool) -> Iterator[_Seen]:
    if section in ("", "overview"):
        yield from _names_itself(words)
    for match in _CARRIED_TO.finditer(words):
        written = to_year(match[1])
        if not _from_before(words[max(0, match.start() - 24) : match.start()]):
            yield "carried", match, written - 1
    for match in _CARRIED_FROM.finditer(words):
        if (written := to_year(match[1])) < year - 1:
            yield "carried", match, written + 1
    if section == "problems":
        yield from _plans(words, year)
    for match in _UNTIL.finditer(words):
        if to_year(match[1]) < year and section == "overview" and not _speaks_of(words, year):
            yield "until", match, None
    yield from _speaks_of_work(section, words, year, opening)
    if section not in ("", "problems"):
        yield from _tells_of_work(words, year)


def _from_before(before: str) -> bool:
    """Whether what is carried came from a year before: ``上年结转2022年办理``, ``2021年收到，结转2022年答复``."""
    clauses = re.split("[,;]", before)
    said = clauses[-1] or (clauses[-2] if len(clauses) > 1 else "")
    return _FROM_BEFORE.search(said) is not None


def _names_itself(words: str) -> Iterator[_Seen]:
    for match in _SELF.finditer(words):
        before, after = (
            words[max(0, match.start() - 45) : match.start()],
            words[match.end() : match.end() + 30],
        )
        if _SELF_BEFORE.search(before) and not _SELF_AFTER.match(after) and "关于" not in before[-30:]:
            yield "self", match, None
    for match in _AS_FOLLOWS.finditer(words):
        if not _EXPLAINED.search(match.group()):
            yield "self", match, None
    for match in _IN_SHORT.finditer(words):
        if not _EXPLAINED.search(words) and "通知" not in match.group():
            yield "opening", match, None


def _plans(words: str, year: int) -> Iterator[_Seen]:
    """``2023年，我局将进一步…`` belongs to the report for 2022."""
    match = _OPENS.match(words)
    if match is None or match["since"]:
        return
    written = to_year(match[1])
    head = words[match.start("next") : match.start("next") + 40]
    if written <= year and _FUTURE.search(head) and not _TAKING.search(head) and not _EXPLAINED.search(words):
        yield "plan", match, written - 1


def _speaks_of(words: str, year: int) -> bool:
    return f"{year}年" in words or f"{year}-" in words


def _speaks_of_work(section: str, words: str, year: int, opening: bool) -> Iterator[_Seen]:
    """A sentence that tells the year's work and begins with another year, which nothing in it explains."""
    match = _OPENS.match(words)
    if match is None:
        return
    written = to_year(match[1])
    if not year - 5 <= written <= year + 1 or written == year or (match["since"] and not opening):
        return
    rest = _CARRYING.sub("", words[match.start("next") :])
    if not match["since"] and _NO_YEAR_OF_WORK.match(rest):
        return
    if _EXPLAINED.search(rest) or _speaks_of(rest, year):
        return
    told = _TOLD.match(rest) and (_WORK.search(rest) or _DONE.search(rest))
    if section != "problems" and not (told or (opening and _WORK.search(rest))):
        return
    if written > year and (_FUTURE.search(rest) or "将" in rest):
        return
    if section == "problems" and (written > year or not re.search(r"但|成效|成绩|进展|不足|差距", rest)):
        return
    if section:
        yield "opening" if opening else "statement", match, None


def _tells_of_work(words: str, year: int) -> Iterator[_Seen]:
    """A clause that gives figures of another year, with nothing in its sentence to explain it."""
    for match in _TELLS.finditer(words):
        rest = _CARRYING.sub("", words[: match.start()] + words[match.end(1) :])
        if (
            year - 5 <= to_year(match[1]) < year
            and not _EXPLAINED.search(rest)
            and not _speaks_of(words, year)
            and match["does"] not in words[: match.start()]  # the year's own figure, and then another's
        ):
            yield "statement", match, None
