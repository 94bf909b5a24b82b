"""P003: a secrecy or internal-only marking."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span, Words
from govlint.prose.lines import outside_tables
from govlint.report import Report
from govlint.rule import REGULATION, Example, Finding, Reference, Rule
from govlint.text.folding import Compact

rule = Rule(
    code="P003",
    name="classified-marking",
    title=Words("密级或内部文件标志", "a secrecy or internal-only marking"),
    severity="error",
    message=Words(
        "文中有“{actual}”标志：公开发布的年度报告不得带有密级、内部使用或不予公开的标志。",
        "The marking “{actual}” stands in the text: a published report must not be marked secret, internal or "
        "not to be made public.",
    ),
    why=Words(
        "年度报告依法向社会公布；带有这类标志，或者是误发了不应公开的文件，或者是标志忘记删除。",
        "The report is public by law; with such a marking either the wrong file was published or the marking was "
        "forgotten.",
    ),
    reference=Reference(REGULATION, "第十四条、第十七条、第四十九条"),
)

_HINT = re.compile(
    r"[★☆机秘绝密内不](?:(?<=[★☆])|(?<=[机秘绝])\s{0,6}密|(?<=密)\s{0,6}级|(?<=内)\s{0,6}部|(?<=不)\s{0,6}予?\s{0,6}公开)"
)
"""As in ``秘 密``."""
_STARRED = re.compile(
    r"(?:绝|机|秘)[ ]{0,6}密[ ]{0,4}[★☆][ ]{0,4}(?:\d{1,3}|[一二三四五六七八九十]{1,3}|长)?[ ]{0,2}(?:年|个月|月|期)?"
)
"""As in ``秘密★长期``."""
_INNER = r"内部(?:资料|文件|材料|刊物|参考|使用|传阅|掌握)"
_KEEP = r"(?:(?:请)?(?:注意|妥善)保[存管密]|(?:请勿|严禁|不得|切勿)(?:外传|外泄|扩散|转发|公开))"
_ALONE = re.compile(
    rf"[\[(]?(?:{_INNER}(?:[,;:]?{_KEEP})?|(?:仅|只)(?:供|限)(?:本?(?:机关|单位|部门))?内部(?:使用|参考|传阅|掌握)(?:[,;:、]?{_KEEP})?|{_KEEP})[!。]?[\])]?"
)
"""As in ``内部资料,注意保存``."""
_BRACKETED = re.compile(
    rf"[\[(](?:{_INNER}[,;:]?{_KEEP}|(?:仅|只)(?:供|限)内部(?:使用|参考|传阅)(?:[,;:、]?{_KEEP})?)[\])]"
)
"""As in ``(内部资料,注意保存)``."""
_LEADING = re.compile(rf"[\[(]?{_INNER}[,;:、]?{_KEEP}[\])]?(?![的和与及或情工期避防归])")
"""At the head of a paragraph, also run into its first sentence: ``内部资料,注意保存``."""
_AT_TOP = re.compile(
    r"[\[(]?(?:(?:密级|保密等级|秘密等级|涉密等级)[:|]?(?:绝密|机密|秘密|内部)|(?:绝密|机密|(?:工作)?秘密)(?:文件|级)?|此件不(?:予)?公开|不予公开)[\])]?"
)
"""As in ``密级:秘密``."""
_ATTRIBUTE = re.compile(
    r"(?:公开(?:方式|属性|类别|形式|类型|选项|程度)|信息公开选项)[\]:|\x1f ]{1,12}(不予公开|不公开)(?![㐀-鿿])"
)
"""As in ``公开属性:不予公开``."""
_QUOTE = '"'
_NEAR = 60
"""Characters around the words in which the marking has to end."""


@rule.check
def check(report: Report) -> Iterator[Finding]:
    text = report.document.text
    seen: set[str] = set()
    headings = [section.span.end for section in report.sections.values()]
    for hint in (hint for part in outside_tables(report) for hint in _HINT.finditer(text, *part)):
        start = text.rfind("\n", max(0, hint.start() - _NEAR), hint.start()) + 1
        end = text.find("\n", hint.end(), hint.end() + _NEAR)
        heading = max((at for at in headings if at <= hint.start()), default=0)
        if heading > start and hint.start() - heading <= _NEAR:  # the text is run into its heading
            start = heading
        alone = start > 0 or hint.start() <= _NEAR
        start, end = (
            start or max(0, hint.start() - _NEAR),
            end if end >= 0 else min(len(text), hint.end() + _NEAR),
        )
        span = _marking(report.folded[start:end], Span(start, end), alone, start < report.preamble.end)
        if span is None:
            continue
        words = "".join(text[span.start : span.end].split())
        if words not in seen:
            seen.add(words)
            yield rule.finding(span, actual=words)


def _marking(folded: str, line: Span, alone: bool, top: bool) -> Span | None:
    """Where a marking stands in a line, given its folded text; the words in a sentence are none.

    ``alone``: the text begins where a line does; ``top``: it stands before the first section.
    """
    if match := _STARRED.search(folded):
        quoted = (
            folded[: match.start()].rstrip()[-1:] == _QUOTE or folded[match.end() :].lstrip()[:1] == _QUOTE
        )
        if not quoted:
            return _within(line, match.start(), match.start() + len(match.group().rstrip()))
    words = "".join(folded.replace("\x1f", "|").split()).strip("|")
    if alone and len(words) <= 30 and (_ALONE.fullmatch(words) or (top and _AT_TOP.fullmatch(words))):
        lead = len(folded) - len(folded.lstrip(" |\x1f\r"))
        return _within(line, lead, len(folded.rstrip(" |\x1f\r")))
    if alone and (match := _LEADING.match(words)):
        found = Compact(folded.replace("\x1f", " ").replace("|", " "))
        return _within(line, found.source(0), found.source_end(match.end()))
    if match := _BRACKETED.search(folded):
        return _within(line, *match.span())
    if top and (match := _ATTRIBUTE.search(folded)):
        return _within(line, *match.span(1))
    return None


def _within(line: Span, start: int, end: int) -> Span:
    return Span(line.start + start, line.start + end)


_TITLE = "云溪县农业农村局2022年政府信息公开工作年度报告"
rule.bad.append(Example(text=f"机密★1年\n{_TITLE}", instead_of=_TITLE, marks="机密★1年"))
rule.bad.append(Example(text=f"内部资料　注意保存\n{_TITLE}", instead_of=_TITLE, marks="内部资料　注意保存"))
rule.bad.append(Example(text=f"公开方式：不予公开\n{_TITLE}", instead_of=_TITLE, marks="不予公开"))
rule.bad.append(Example(text="\n仅供内部使用，不得外传。", section="other", marks="仅供内部使用，不得外传。"))
rule.good.append(
    Example(
        text="发布前逐件进行保密审查，涉及国家秘密、商业秘密和内部事务的信息不予公开。", section="overview"
    )
)
rule.good.append(Example(text=f"公开方式：主动公开\n{_TITLE}", instead_of=_TITLE))
