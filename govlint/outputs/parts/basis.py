"""To which templates a rule applies, and its legal basis as cited; in English with the documents' names translated; their numbers stay as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govlint.linting.registry import all_rules, applies
from govlint.rule import Reference, Rule
from govlint.template.loader import load_all
from govlint.template.model import Template
from govlint.text.numerals import numeral

_ARTICLE = re.compile(
    r"第([一二三四五六七八九十]+)条(?:第([一二三四五六七八九十]+)款)?(?:第（([一二三四五六七八九十]+)）项)?"
)
"""As in ``第二十条第（一）项``."""
_ENGLISH: Mapping[str, str] = {
    "中华人民共和国政府信息公开条例": "Regulations on Open Government Information",
    "关于政府信息公开工作年度报告有关事项的通知": "Notice on the Annual Report on Open Government Information",
    "中华人民共和国政府信息公开工作年度报告格式": "Format of the Annual Report on Open Government Information",
    "政府信息公开工作年度报告格式": "Format of the Annual Report on Open Government Information",
    "中华人民共和国个人信息保护法": "Personal Information Protection Law",
    "中华人民共和国国家通用语言文字法": "Law on the Standard Spoken and Written Chinese Language",
    "政府信息公开信息处理费管理办法": "Measures on Information Processing Fees",
    "国务院办公厅关于做好政府网站年度报表发布工作的通知": "Notice on the Annual Forms of Government Websites",
    "政府网站工作年度报表": "annual form of a government website",
    "出版物上数字用法": "Numerals in publications",
    "标点符号用法": "Use of punctuation",
    "勾稽关系：": "identities: ",
    "第一项加第二项之和，等于第三项加第四项之和": "I + II = III + IV",
    "（七）总计=各项办理结果之和": "“（七）总计” = all outcomes",
    "总计=四种结果之和": "“总计” = the four results",
    "总计=各类申请人之和": "“总计” = the kinds of applicant",
    "上年结转、结转下年度继续办理": "carried in, carried out",
    "公开发布要求": "publication",
    "勾稽关系": "identities",
    "填报说明": "notes on filling in",
    "报告格式": "form of the report",
    "表格": "tables",
    "标题": "title",
    "表二，": "table 2, ",
    "表三，": "table 3, ",
    "表四，": "table 4, ",
    "4、5": "4, 5",
    "》第": ", 第",
    "《": "",
    "》": "",
    "；": "; ",
    "、第": ", 第",
}
"""What citations are made of, whole names before parts of them."""
_PHRASE = re.compile("|".join(map(re.escape, _ENGLISH)))
_ISSUED = re.compile(r"（(国[^（）]*〔\d{4}〕\d+号)）")
"""As in ``（国办函〔2018〕12号）``."""
_HEADING = re.compile(r"[一二三四五六]、[^；]+")
"""As in ``一、总体情况``."""
_UNTRANSLATED = re.compile(r"“[^”]*”|\(国[^()]*\)")
"""What stays Chinese: the report's own words, and the number of a document: ``“总计”``."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


def scope(rule: Rule) -> list[str]:
    """The templates to which a rule applies; empty where it holds for every one."""
    known = load_all()
    found = [each.id for each in known.values() if applies(rule, each, all_rules())]
    return found if len(found) < len(known) else []


def basis_of(rule: Rule) -> Reference:
    """The legal basis; for what a template's own document mandates, that of the newest it applies to."""
    known = load_all()
    first, *_ = sorted((known[name] for name in scope(rule) or known), key=_newest)
    return rule.reference.under(first.document)


def _newest(template: Template) -> tuple[bool, int]:
    return not template.sections, -template.years[0]


OWN = "govlint"
"""In a reference: what the program asks of its own account, which no law mandates."""


def cite(reference: Reference, lang: str = "zh") -> str:
    """Document and clause, in the language of the law, or in English as far as their names are known."""
    parts = [part for part in reference if part]
    return ", ".join(map(_in_english, parts)) if lang == "en" else " ".join(parts)


def _in_english(cited: str) -> str:
    """The translation, or what was cited where some of it would be left over."""
    text = _HEADING.sub(lambda match: f"“{match.group()}”", cited)
    text = _PHRASE.sub(lambda match: _ENGLISH[match.group()], text)
    text = _ISSUED.sub(r" (\1)", _ARTICLE.sub(_article, text)).replace("; ,", ";").strip()
    return cited if _HAN.search(_UNTRANSLATED.sub("", text)) else text


def _article(match: re.Match[str]) -> str:
    names = ("Article", "paragraph", "item")
    return ", ".join(
        f"{name} {numeral(number)}" for name, number in zip(names, match.groups(), strict=True) if number
    )
