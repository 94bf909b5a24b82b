"""D002: the information processing fee is not reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from govlint.document import Span, Words
from govlint.report import Report
from govlint.rule import MANDATE, OGI, Example, Finding, Reference, Rule
from govlint.text.stretches import without_titles

rule = Rule(
    code="D002",
    name="processing-fee",
    title=Words("没有报告信息处理费", "the information processing fee is not reported"),
    severity="warning",
    message=Words(
        "“其他需要报告的事项”部分未报告收取信息处理费情况：应写明发出收费通知的件数和总金额、实际收取的总金额；未收取的，也应写明。",
        "The last part does not report the information processing fee: the notices sent, the amounts charged and "
        "received, or that none was charged.",
    ),
    why=Words(
        "收取信息处理费的情况应当在年度报告中公布；只写“无”或者只写行政事业性收费，公众不能知道是否收取过信息处理费。",
        "What was charged for processing applications has to be published yearly; “none” alone, or other fees, does not "
        "say it.",
    ),
    reference=Reference(
        MANDATE, "六、其他需要报告的事项；《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"
    ),
    needs="sections",
    templates=OGI,
    absence=True,
)

_SINCE = 2021
"""The fee may be charged from January 1 of this year."""
_FEE = re.compile(
    r"(?:信息|公开|申请)处理费|处理费用?|收费通知|(?:信息公开|依申请|申请)[^,。;]{0,12}(?:收费|费用)"
)
"""As in ``信息处理费``."""
_NOT_CHARGED = re.compile(
    r"(?:未|没有|无|不|没|免|零|暂未)(?:予|曾|有|向[^,。;]{1,20})?(?:收取|收|发生|产生|征收)[^,。;]{0,30}费"
)
"""As in ``未收取信息处理费``."""
_NO_FEES = re.compile(
    r"收费(?:及|和|、)?(?:减免)?(?:情况)?[:为]?(?:无|0|零)|无(?:任何)?收费|(?:实行|均|全部|一律)免费|收取费用[:为]?(?:0|零|无)"
)
"""As in ``收费情况:无``."""
_OTHER_FEE = re.compile(r"行政事业性?收费")
"""As in ``行政事业性收费``."""
_TITLED_FEE = re.compile(r"《[^《》]{0,40}处理费[^《》]{0,20}》")
"""As in ``《政府信息公开信息处理费管理办法》``."""
_CHARGING = re.compile(r"收取|收费|收缴|缴纳|征收|发出|产生|发生|0元|零元|无")


@rule.check
def check(report: Report) -> Iterator[Finding]:
    section = report.sections.get("other")
    if section is None or not section.prose or (report.year or _SINCE) < _SINCE:
        return
    if report.template.years[1] is not None and report.template.years[1] < _SINCE:
        return
    if not any(_reports_fee(stretch.text) for stretch in report.stretches):
        start = section.prose[0].start
        yield rule.finding(Span(start, section.prose[-1].end), section="other")


def _reports_fee(text: str) -> bool:
    if "费" not in text:
        return False
    words = _OTHER_FEE.sub("", without_titles(text))
    if _FEE.search(words) or _NOT_CHARGED.search(words) or _NO_FEES.search(words):
        return True
    return any(
        _TITLED_FEE.search(sentence) and _CHARGING.search(without_titles(sentence))
        for sentence in text.split("。")
    )


_MODEL = "本年度未发出信息处理费收费通知，未收取信息处理费。"
rule.bad.append(Example(text="无。", instead_of=_MODEL, marks="无。"))
rule.bad.append(Example(text="本年度行政事业性收费3.6万元，无其他需要报告的事项。", instead_of=_MODEL))
rule.good.append(Example(text="本年度发出收费通知2件，总金额300元，实际收取300元。", instead_of=_MODEL))
rule.good.append(Example(text="按照《政府信息公开信息处理费管理办法》收取情况：无。", instead_of=_MODEL))
