"""Title, agency, report year and date of publication, from title, metadata lines, statistical period and signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

from msgspec import Struct

from govlint.document import Document, Span
from govlint.parsing.garbled_title import TITLE_FIELD, garbled_title
from govlint.parsing.preamble import agency_in_preamble
from govlint.patterns import lasting
from govlint.text.folding import compact
from govlint.text.numerals import numeral, to_year

_YEAR = r"(?:20\d\d|二[〇○零0O][〇○零一二三四五六七八九0O]{2})"
_SUBJECT = re.compile(
    rf"政府信息公开(?:工作)?(?:(?:{_YEAR})?年度(?:工作)?报告|年报|情况的?(?:年度)?报告|工作(?:情况)?的?(?:年度)?报告)"
    r"|(?<!政府)信息公开工作年度报告"
)
"""As in ``政府信息公开工作年度报告``."""
_TITLE_YEAR = re.compile(rf"({_YEAR})(?:年度|年|度)?")
"""As in ``2024年度``."""
_NOT_IN_TITLE = re.compile(
    r"根据|按照|依据|(?<!机构)编制|报送|上报|印发|转发|现将|现公布|现发布|现予|本报告|撰写|《"
    r"|公布|特(?:向|此|编)|向社会|(?:现|特|予以?)发布|发布了|贯彻|落实|做好|要求|网站|首页|电子版|下载|当前位置|页面|字体|栏目|专栏|通过"
)
"""As in ``现将``."""
_BEFORE_TITLE = re.compile(r"[>»›→:;。,!?]")
_CRUMBS = tuple(">»›→")
_TAG = re.compile(r"\[[㐀-鿿]{1,8}\]")
"""As in ``[公告]``."""
_ABOUT_ONE = re.compile(
    r"的?\(?(?:政策|图文|文字|图片)?(?:解读|图解|解析|问答)|的?(?:编制|编写|编报|填报|报送|公布|发布)[^:。]{0,8}的?(?:通知|要求|方案|函)"
)
"""Behind the words of a title: what explains or asks for reports, and is none: ``解读``."""
_SHORT_REST = 20
_SHORT_LINE = 20
"""Compact characters of the lines of a title that is broken into four."""
_AFTER_TITLE = re.compile(rf"\(?{_YEAR}年?度?\)?")
"""As in ``(2024年度)``."""
_DATE = re.compile(r"(20\d\d)[ ]?[-/.年][ ]?(\d{1,2})[ ]?[-/.月][ ]?(\d{1,2})日?")
"""As in ``2025年1月20日``."""
_HAN_DATE = re.compile(
    r"(二[〇○零]{1,2}[〇○零一二三四五六七八九]{1,2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
"""As in ``二〇二五年一月二十日``."""
_PUBLISHED = (
    "发布时间",
    "发布日期",
    "公布时间",
    "公布日期",
    "公开时间",
    "公开日期",
    "发文日期",
    "印发日期",
    "成文日期",
    "生成日期",
    "日期",
    "时间",
)
_AGENCY = (
    "发布机构",
    "发布部门",
    "发布单位",
    "公开主体",
    "所属机构",
    "发文机关",
    "制发机关",
    "填报单位",
    "信息来源",
    "来源",
)
_TIME = re.compile(r"\d{1,2}\s?:\s?\d\d(?:\s?:\s?\d\d)?")
"""As in ``10:24``."""
_BESIDE_DATE = re.compile(
    r"(?:作者|编辑|责任编辑|责编|审核|来源|信息来源|发布人|字号|字体|点击[数量率]?|浏览(?:次数|量)?|阅读(?:次数|量)?|访问(?:次数|量)?)"
    r"\s*:[^:|\x1f]{0,12}?(?=\s|$|[|\x1f])|[次大中小]|打印|分享|收藏|佚名|本站"
)
"""What a page says beside the bare date of its text: ``来源:云溪县水务局 ``."""
_OWN = re.compile(r"[我本](局(?!限)|委(?![托派任])|厅|镇|乡(?!村)|街)")
"""What a body calls itself: ``我局``."""
_UNPLACED = re.compile(r"(?:人民)?政府(?:办公[室厅]|办)?|办公[室厅]|(?:党政|综合|党政综合)办(?:公室)?")
"""A body of whatever place: ``人民政府办公室``."""
_NO_BODY = re.compile(
    r"(?:日期|时间|文号|字号|索引号|次数|分类|类别|关键词|有效性|状态|方式|名称|标题|格式|网|网站|本站|平台|公众号|原创|转载)$"
)
"""The label of the next field, where this one is empty, or a site: ``发布日期``."""
_PAGE = re.compile(r"[A-Za-z\d]{1,12}[-—_]+")
"""What a viewer puts before the title of a page: ``A01-``."""
_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起|零时)?(?:至|到|-|—|~)(?:20\d\d年)?(?:当年)?12月31日")
"""As in ``2024年1月1日至12月31日``."""
_BODY_ENDS = re.compile(
    r"(?:人民政府|政府|办公室|办公厅|委员会|办事处|局|厅|委|办|中心|管委会|法院|检察院|院|署|总站|支队|大队|公司|集团|大学|学校)$"
)
"""As in ``云溪县水务局``."""
_HEAD = 4000
"""Characters of the front in which title and metadata lines are looked for."""
_TAIL = 600


class Metadata(Struct):
    """What was found, each with its span in the text where it stands there."""

    title: str | None = None
    title_span: Span | None = None
    agency: str | None = None
    agency_span: Span | None = None
    year: int | None = None
    year_span: Span | None = None
    published: date | None = None
    published_span: Span | None = None


@cache
def subject_of(title: str) -> re.Pattern[str]:
    """The words of a template's title, in the forms in which they are found."""
    return _SUBJECT if _SUBJECT.fullmatch(title) else re.compile(re.escape(compact(title)))


def read_metadata(document: Document, folded: str, first_heading: int | None, title: str = "") -> Metadata:
    """Title and metadata of a document; ``first_heading`` is where section one begins, if it does.

    ``title`` are the words that the template mandates.
    """
    found = Metadata()
    front = min(first_heading if first_heading is not None else _HEAD, _HEAD)
    _read_title(found, document, folded, front, compact(title))
    if found.year is None:
        _read_year(found, folded, front)
    if found.agency is None:
        other = None if not title or _SUBJECT.fullmatch(compact(title)) else re.escape(compact(title))
        if named := agency_in_preamble(folded, first_heading, found.year, other):
            found.agency, found.agency_span = named
    _read_fields(found, document, folded, front)
    _read_signature(found, document, folded)
    if found.published is None and (stated := document.metadata.get("published")):
        match = _DATE.search(stated)
        found.published = _date(*match.groups()) if match else None
    if found.agency is None:
        found.agency = document.metadata.get("agency") or None
    return found


def _title_in(lines: list[str], wanted: re.Pattern[str]) -> str | None:
    """The title that ends in the last of some compact lines, and begins in the first; furniture cut off."""
    joined = "".join(lines)[:200]
    if joined[:1] == "《" and joined[-1] == "》" and joined.count("《") == 1:
        joined, lines = joined[1:-1], [lines[0].removeprefix("《"), *lines[1:]]
        lines[-1] = lines[-1].removesuffix("》")
    subjects = list(wanted.finditer(joined))
    if not subjects:
        return None
    subject = subjects[0]
    if len(subjects) > 1 and not _TITLE_YEAR.search(joined, 0, subject.end()):  # a column's name before it
        joined, subject = joined[subject.end() :], subjects[1]
        subject = wanted.search(joined) or subject
    if _ABOUT_ONE.match(joined, subject.end()) and len(joined) - subject.end() <= _SHORT_REST:
        return None
    if subject.end() <= len(joined) - len(lines[-1]) and not _AFTER_TITLE.fullmatch(lines[-1]):
        return None
    start = max((match.end() for match in _BEFORE_TITLE.finditer(joined, 0, subject.start())), default=0)
    if joined[:start].endswith((",", ";", "一篇:", "一条:")):  # named in a sentence, or the page's neighbour
        return None
    if start >= len(lines[0]) and len(lines) > 1:
        return None
    if tag := _TAG.match(joined, start):
        start = tag.end()
    if field := TITLE_FIELD.match(joined, start):
        start = field.end()
    after = _AFTER_TITLE.match(joined, subject.end())
    title = joined[start : after.end() if after else subject.end()]
    if joined[start - 1 : start] in _CRUMBS and split_title(title, wanted)[0] is None:
        return None  # 首页 > 政府信息公开年报: a menu
    others = title.replace(subject.group(), "")  # the mandated words are a title's, whatever they are
    return None if len(title) > 90 or _NOT_IN_TITLE.search(others) else title


def split_title(title: str, wanted: re.Pattern[str] = _SUBJECT) -> tuple[str | None, str | None]:
    """(agency, year as written) of a compact title; None where it names none."""
    subject = wanted.search(title)
    head = title[: subject.start()] if subject else title
    years = list(_TITLE_YEAR.finditer(title))
    year = next((match for match in years if match.end() > match.end(1)), years[0] if years else None)
    if year and year.start() < len(head):
        before, after = head[: year.start()], head[year.end() :]
    else:
        before, after = head, ""
    before, after = _TITLE_YEAR.sub("", before), _TITLE_YEAR.sub("", after)
    agency = (before if len(_strip_about(before)) >= 2 else after).strip()
    if agency.endswith("人民") and subject and subject.group().startswith("政府"):
        agency += "政府"  # 柳林镇人民政府信息公开工作年度报告: said once, meant twice
    agency = _PAGE.sub("", _strip_about(agency), count=1) if _PAGE.match(agency) else _strip_about(agency)
    return agency or None, year.group(1) if year else None


def _strip_about(text: str) -> str:
    """As in 关于云溪县水务局的."""
    name = text.strip("():：-—_ ·").removeprefix("关于").removesuffix("的").removesuffix("关于").strip()
    return name + ")" if name.count("(") > name.count(")") else name


def _lines(folded: str, end: int, at: int = 0) -> Iterator[tuple[Span, str]]:
    """The cells of the lines between two offsets, without white space around them."""
    for line in folded[at:end].split("\n"):
        for cell in re.finditer(r"[^|\x1f]+", line):
            text = cell.group().strip(" \r")
            if text:
                start = at + cell.start() + len(cell.group()) - len(cell.group().lstrip(" \r"))
                yield Span(start, start + len(text)), text
        at += len(line) + 1


def _read_title(found: Metadata, document: Document, folded: str, front: int, mandated: str) -> None:
    wanted = subject_of(mandated) if mandated else _SUBJECT
    lines = list(_lines(folded, front))[:80]
    best: tuple[int, Span, str] | None = None
    known = 0
    for index, (span, _) in enumerate(lines):
        for first in range(index, max(-1, index - 4), -1):
            texts = ["".join(text.split()) for _, text in lines[first : index + 1]]
            if first != index and (":" in texts[0] or len(texts[0]) > 40):
                break
            if (index - first == 3 and max(map(len, texts)) > _SHORT_LINE) or _under_field(lines, first):
                break
            title = _title_in(texts, wanted)
            if title is None:
                continue
            agency, year = split_title(title, wanted)
            # A page may name the report in its own words above the report's title.
            exact = bool(mandated) and mandated in title
            score = 2 * (year is not None) + 2 * (agency is not None) + 3 * exact - (index - first)
            if first < index and agency and _is_torn(texts[0], agency):
                score += 3
            if best is None or score > best[0]:
                best = score, Span(lines[first][0].start, span.end), title
                known = score - 3 * exact
    stated = compact(document.metadata.get("title", "")) or (_property(document) if best is None else "")
    if stated and wanted.search(stated):
        agency, year = split_title(stated, wanted)
        if best is None or 2 * (year is not None) + 2 * (agency is not None) > known:
            found.title = stated
            found.agency, found.year = agency, to_year(year) if year else None
            if best is not None and mandated in best[2]:
                found.title_span = best[1]  # the text's own title, which says less
            return
    if best is None:
        if mandated and (torn := garbled_title(lines, mandated)):
            found.title, found.title_span = torn.title, torn.span
            found.year, found.year_span = torn.year, _find(folded, torn.year_written, torn.span)
            if torn.agency:
                found.agency, found.agency_span = torn.agency, _find(folded, torn.agency, torn.span)
        return
    _, span, title = best
    found.title, found.title_span = title, span
    agency, year = split_title(title, wanted)
    if year:
        found.year = to_year(year)
        found.year_span = _find(folded, year, span)
    if agency:
        found.agency = agency
        found.agency_span = _find(folded, agency, span)


def _under_field(lines: list[tuple[Span, str]], at: int) -> bool:
    """Whether a line or cell is the value of a page's field, the publisher."""
    return at > 0 and "".join(lines[at - 1][1].split()).rstrip(":") in _AGENCY


def _property(document: Document) -> str:
    """The title in the file's properties, compact, where the text does not speak against it.

    Properties are often left over from the document that a report was made from: last year's, another agency's.
    """
    stated = compact(document.metadata.get("property", ""))
    if "公开" not in stated:
        return ""
    text = compact(document.text[:20_000])
    return stated if all(part is None or part in text for part in split_title(stated)) else ""


_PLACE = re.compile("[省县区州盟旗镇乡]|市(?!场)|街道")
"""As in ``云溪县``."""
_TORN = re.compile("[㐀-鿿]{2,20}(?<![局委办厅院会府处网站台报告开息公])")
"""A line of words that are not the whole name of a body, of a site or of a column: ``云溪县水务``."""


def _is_torn(line: str, agency: str) -> bool:
    """Whether a line is the first part of an agency's name that goes on in the title's next line."""
    rest = agency.removeprefix(line)
    return rest != agency and bool(_TORN.fullmatch(line) and _PLACE.search(line)) and not _PLACE.search(rest)


def _find(folded: str, words: str, within: Span) -> Span:
    """Where compact words stand in the folded text, white space between them allowed."""
    pattern = r"\s*".join(re.escape(char) for char in words)
    match = re.compile(pattern).search(folded, within.start, within.end)
    return Span(*match.span()) if match else within


def _spaced(label: str) -> str:
    return r"[ ]*".join(label)


@cache
def _field(label: str, value: str) -> re.Pattern[str]:
    return lasting(rf"{_spaced(label)}[\]\s:|\x1f]{{0,12}}{value}")


_AGENCY_NAME = "([㐀-鿿()]{3,40})"


def _read_fields(found: Metadata, document: Document, folded: str, front: int) -> None:
    tail = max(front, len(folded) - _TAIL)
    squeezed = folded[:front].replace(" ", "")
    ending = folded[tail:].replace(" ", "")
    for label in _PUBLISHED:
        if label not in squeezed and label not in ending:
            continue
        pattern = _field(label, _DATE.pattern)
        match = pattern.search(folded, 0, front) or pattern.search(folded, tail)
        if match and (day := _date(match[1], match[2], match[3])):
            found.published, found.published_span = day, Span(match.start(1), match.end())
            break
    else:
        _read_bare_date(found, folded, front)
    if found.agency is None:
        for label in _AGENCY:
            match = _field(label, _AGENCY_NAME).search(folded, 0, front) if label in squeezed else None
            if match and not _UNPLACED.fullmatch(match[1]) and not _NO_BODY.search(match[1]):
                if not _speaks_as_another(folded, match[1]):
                    found.agency, found.agency_span = match[1], Span(*match.span(1))
                break


def _read_bare_date(found: Metadata, folded: str, front: int) -> None:
    """A date without a label: alone on its line, or behind the site's name and address."""
    for span, text in _lines(folded, front):
        match = _DATE.search(text)
        if match is None or len(text) > 90:
            continue
        behind = _TIME.sub("", text[match.end() :]).partition("来源")[0]
        rest = _BESIDE_DATE.sub("", text[: match.start()]) + _BESIDE_DATE.sub("", behind)
        if ".gov.cn" in rest or not any(char.isalnum() for char in rest):
            day = _date(match[1], match[2], match[3])
            of_the_period = found.year is not None and day is not None and day <= date(found.year, 11, 30)
            if day and not of_the_period:
                found.published = day
                found.published_span = Span(span.start + match.start(), span.start + match.end())
                return


def _speaks_as_another(folded: str, name: str) -> bool:
    """Whether the report says 我镇 or 我局 and the publisher is none: the page is then published for another."""
    ((own, times),) = Counter(_OWN.findall(folded)).most_common(1) or [("", 0)]
    return times >= 2 and own not in name[-9:]


_NO_DATE = re.compile(r"(20\d\d)年(?!\d{1,2}月\d{1,2}日)")
"""A year that is not of a date, as that of publication is: ``2024年以来``."""
_STATED_YEAR = re.compile(r"(20\d\d)年度?(?:政府信息公开|工作)")
"""As in ``2024年度工作``."""


def _read_year(found: Metadata, folded: str, front: int) -> None:
    head = folded[: front + 1500]
    squeezed = "".join(head.split())
    period = _PERIOD.search(squeezed)
    stated = _STATED_YEAR.search(squeezed)
    if match := period or stated:
        found.year = int(match[1])
        return
    years = _NO_DATE.findall(squeezed)
    if years:
        found.year = int(Counter(years).most_common(1)[0][0])


def _read_signature(found: Metadata, document: Document, folded: str) -> None:
    """A date on a line of its own near the end, and the body named on the line before it."""
    if found.published is not None and found.agency is not None:
        return
    tail = folded.find("\n", max(0, len(folded) - _TAIL)) + 1
    lines = list(_lines(folded, len(folded), tail))
    for index in range(len(lines) - 1, -1, -1):
        span, text = lines[index]
        words = "".join(text.split())
        match, han = _DATE.fullmatch(words), _HAN_DATE.fullmatch(words)
        if not (match or han):
            continue
        day = _date(*match.groups()) if match else _han_date(*han.groups()) if han else None
        if found.published is None and day:
            found.published, found.published_span = day, span
        if found.agency is None and index:
            name = "".join(lines[index - 1][1].split())
            if _BODY_ENDS.search(name) and len(name) <= 40:
                found.agency, found.agency_span = name, lines[index - 1][0]
        return


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _han_date(year: str, month: str, day: str) -> date | None:
    return _date(str(to_year(year)), str(numeral(month) or 0), str(numeral(day) or 0))
