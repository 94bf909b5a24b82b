"""Names of instruments, punctuation, figures in words, confused words, a draft's words: W001 to W005; and damaged files: E001."""

from __future__ import annotations

import random

from benchmarks.quality.defects.kind import Defect, Expected, Injected, defect
from benchmarks.quality.model import Paragraph, Report

_LAW = "《中华人民共和国政府信息公开条例》"


def _where(report: Report, words: str) -> list[Paragraph]:
    return [p for p in report.paragraphs if any(isinstance(part, str) and words in part for part in p.parts)]


def _misnamed(name: str, old: str, new: str, years: tuple[int, int] = (2019, 2024)) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        places = _where(report, old)
        if not places or not years[0] <= report.year <= years[1]:
            return None
        places[0].replace(old, new)
        return [Expected("W001", at=new)]

    return defect(f"instrument-{name}", f"{old} written {new}", "preamble overview other")(inject)


def _outdated(name: str, instrument: str) -> Defect:
    """Drawn up by an instrument that was no longer in force in the year of the report."""

    def inject(report: Report, draw: random.Random) -> Injected:
        if report.edition != "ogi-2021" or not report.preamble:
            return None
        report.preamble[0].parts.insert(0, f"按照{instrument}的要求编制。")
        return [Expected("W001", at=instrument)]

    return defect(f"instrument-{name}", f"drawn up by {instrument}", "preamble")(inject)


def _marked(name: str, does: str, old: str, new: str) -> Defect:
    """Punctuation put in the place of other, once."""

    def inject(report: Report, draw: random.Random) -> Injected:
        places = [p for p in _where(report, old) if p in report.section("problems").paragraphs]
        if not places:
            return None
        places[0].replace(old, new)
        return [Expected("W002", section="problems")]

    return defect(f"punctuation-{name}", does, "problems")(inject)


def _added(name: str, does: str, code: str, sentence: str, at: str, key: str = "problems") -> Defect:
    """A sentence with a mistake put behind a section's last paragraph."""

    def inject(report: Report, draw: random.Random) -> Injected:
        words = {
            "year": str(report.year),
            "han": "".join("〇一二三四五六七八九"[int(d)] for d in str(report.year)),
        }
        report.section(key).paragraphs[-1].append(sentence.format(**words))
        return [Expected(code, at=at.format(**words))]

    return defect(name, does, key)(inject)


_CONFUSED = {
    "until": ("截止12月31日，整改事项全部完成。", "截止12月31日"),
    "log-in": ("群众可登陆政府网站查阅。", "登陆"),
    "account": ("对政务新媒体帐号定期检查。", "帐号"),
    "deploy": ("按照上级布署逐项落实。", "布署"),
    "as": ("把公开做为常态工作来抓。", "做为"),
    "reflect": ("对群众反应的问题及时答复。", "反应的问题"),
    "doubled-character": ("认真听取群众的的意见。", "的的"),
    "doubled-word": ("进一步完善公开公开机制。", "公开公开"),
    "doubled-name": ("各科室室负责人参加了培训。", "科室室"),
}


def _word(name: str) -> Defect:
    sentence, at = _CONFUSED[name]
    return _added(f"word-{name}", f"{at} in a sentence", "W004", sentence, at)


_LEFT = {
    "letters": ("设立政务公开专区XX处。", "XX"),
    "crosses": ("组织专题培训××次。", "××"),
    "underscores": ("邀请群众代表__人座谈。", "__"),
    "gap": ("全年听取意见共  条，均已采纳。", "  "),
    "hint": ("（此处填写上年度整改情况）", "（此处填写上年度整改情况）"),
    "to-fill-in": ("印发工作提示（待补充）期，发至各科室。", "（待补充）"),
    "somebody": ("参照某某市的做法完善制度。", "某某"),
}


def _left(name: str) -> Defect:
    sentence, at = _LEFT[name]
    return _added(
        f"draft-{name}", f"{at.strip() or 'a gap'} where a figure or name belongs", "W005", sentence, at
    )


def _draft(name: str, mark: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        if not report.title:
            return None
        report.title[-1] += mark
        return [Expected("W005", at=mark)]

    return defect(f"draft-{name}", f"{mark} behind the title", "title")(inject)


@defect(
    "punctuation-half-width-everywhere",
    "half-width commas in the whole prose",
    "overview requests documents preamble problems other",
)
def half_width_everywhere(report: Report, draw: random.Random) -> Injected:
    for paragraph in report.paragraphs:
        while paragraph.replace("，", ","):
            pass
    return [Expected("W002")]


@defect("digits-full-width", "a figure of the prose in full-width digits", "overview")
def full_width(report: Report, draw: random.Random) -> Injected:
    places = report.said("items", "posts", "visits")
    if not places:
        return None
    said = places[0][1]
    said.text = "".join(chr(ord(digit) + 0xFEE0) for digit in said.text)
    return [Expected("W003", at=said.text)]


@defect("separators-mixed", "one figure with a thousands separator beside others without", "overview")
def separators(report: Report, draw: random.Random) -> Injected:
    places = report.section("overview").paragraphs
    places[-1].append("全年受理群众来电13862个，其中政策咨询9,417个。")
    return [Expected("W003")]


def _broken(name: str, does: str, damage: object, suffixes: str) -> Defect:
    def inject(report: Report, draw: random.Random) -> Injected:
        report.comparable, report.hidden = False, {"agency", "year", "published"}
        return [Expected("E001")]

    assert callable(damage)
    everything = frozenset(
        [
            "headings",
            "title",
            "preamble",
            "overview",
            "requests",
            "proactive",
            "applications",
            "review_litigation",
            "problems",
            "other",
            "published",
        ]
    )
    return Defect(name, does, inject, everything, damage=damage, suffixes=frozenset(suffixes.split()))


DEFECTS: list[Defect] = [
    _misnamed("typo", _LAW, "《中华人民共和国政府信息公开条列》"),
    _misnamed("country", _LAW, "《中国人民共和国政府信息公开条例》"),
    _misnamed("rank", _LAW, "《中华人民共和国政府信息公开法》"),
    _misnamed("number", _LAW, _LAW + "（国务院令第492号）", (2021, 2024)),
    _misnamed("fees", "《政府信息公开信息处理费管理办法》", "《政府信息公开信息处理费管理规定》"),
    _outdated("old-format", "《政府信息公开工作年度报告格式（试行）》"),
    _outdated("old-notice", "国办公开办函〔2019〕60号文件"),
    _marked("half-width", "a half-width comma", "，", ","),
    half_width_everywhere,
    _marked("full-stop-doubled", "two full stops", "。", "。。"),
    _marked("comma-doubled", "two commas", "，", "，，"),
    _added("punctuation-bracket", "a bracket that is not closed", "W002", "同时加强督查（每月一次，结果通报各科室。", "（每月一次"),
    _added("punctuation-quote", "a quotation mark that is not closed", "W002", "继续办好“公开日活动，邀请群众参加。", "“公开日活动"),
    full_width,
    separators,
    _added("years-mixed", "the year in Chinese numerals beside digits", "W003", "{han}年的整改事项已全部销号。", "{han}年"),
    *map(_word, _CONFUSED),
    *map(_left, _LEFT),
    _draft("for-comment", "（征求意见稿）"),
    _draft("for-review", "（送审稿）"),
    _broken("file-truncated", "a package cut off in the middle", lambda data: data[: len(data) // 2], ".docx .xlsx"),
    _broken("file-empty", "an empty file", lambda data: b"", ".docx .xlsx .pdf"),
    _broken("file-picture", "a picture with the suffix of a document", lambda data: b"\x89PNG\r\n\x1a\n" + bytes(4000), ".docx .xlsx .pdf"),
]  # fmt: skip
