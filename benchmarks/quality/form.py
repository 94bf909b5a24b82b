"""The mandated form: headings, tables, labels and the addresses of the cells, for both editions.

Sources: 国办公开办函〔2021〕30号 (report years 2021 and later), 国办公开办函〔2019〕60号 (2019 and 2020).
"""

from __future__ import annotations

from benchmarks.quality.model import Cell, Edition, Figures, Row, Table

HEADINGS = {
    "overview": "总体情况",
    "proactive": "主动公开政府信息情况",
    "applications": "收到和处理政府信息公开申请情况",
    "review_litigation": "政府信息公开行政复议、行政诉讼情况",
    "problems": "存在的主要问题及改进情况",
    "other": "其他需要报告的事项",
}
ORDINALS = "一二三四五六七八九"
TABLES = ("proactive", "applications", "review_litigation")
YEARS: dict[Edition, tuple[int, ...]] = {"ogi-2021": (2021, 2022, 2023, 2024), "ogi-2019": (2019, 2020)}

KINDS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "public_welfare": "社会公益组织",
    "legal_service": "法律服务机构",
    "other": "其他",
}
APPLICANTS = (*KINDS, "total")
CORNER = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_RESULTS = "三、本年度办理结果"
_OUTCOMES: dict[str, tuple[str, ...]] = {
    "granted": ("（一）予以公开",),
    "partially_granted": ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）",),
    "refused_state_secret": ("（三）不予公开", "1.属于国家秘密"),
    "refused_forbidden_by_law": ("（三）不予公开", "2.其他法律行政法规禁止公开"),
    "refused_security_stability": ("（三）不予公开", "3.危及“三安全一稳定”"),
    "refused_third_party": ("（三）不予公开", "4.保护第三方合法权益"),
    "refused_internal_affairs": ("（三）不予公开", "5.属于三类内部事务信息"),
    "refused_process_information": ("（三）不予公开", "6.属于四类过程性信息"),
    "refused_enforcement_file": ("（三）不予公开", "7.属于行政执法案卷"),
    "refused_administrative_query": ("（三）不予公开", "8.属于行政查询事项"),
    "unavailable_not_held": ("（四）无法提供", "1.本机关不掌握相关政府信息"),
    "unavailable_needs_creation": ("（四）无法提供", "2.没有现成信息需要另行制作"),
    "unavailable_unclear": ("（四）无法提供", "3.补正后申请内容仍不明确"),
    "declined_petition": ("（五）不予处理", "1.信访举报投诉类申请"),
    "declined_repeated": ("（五）不予处理", "2.重复申请"),
    "declined_publication": ("（五）不予处理", "3.要求提供公开出版物"),
    "declined_excessive": ("（五）不予处理", "4.无正当理由大量反复申请"),
    "declined_confirmation": ("（五）不予处理", "5.要求行政机关确认或重新出具已获取信息"),
}
_OTHER: dict[Edition, dict[str, tuple[str, ...]]] = {
    "ogi-2019": {"other_handling": ("（六）其他处理",)},
    "ogi-2021": {
        "other_not_corrected": (
            "（六）其他处理",
            "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        ),
        "other_fee_unpaid": (
            "（六）其他处理",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        "other_reason": ("（六）其他处理", "3.其他"),
    },
}
GROUPS = {
    "review": "行政复议",
    "litigation_direct": "未经复议直接起诉",
    "litigation_after_review": "复议后起诉",
}
RESULTS = {
    "upheld": "结果维持",
    "corrected": "结果纠正",
    "other": "其他结果",
    "pending": "尚未审结",
    "total": "总计",
}

_Article = tuple[str, dict[str, str], dict[str, str]]
"""An article's title, its columns and its rows, as key and label."""
_ISSUED = {"issued": "本年制发件数", "repealed": "本年废止件数", "in_force": "现行有效件数"}
_MADE = {"produced": "本年新制作数量", "published": "本年新公开数量", "published_total": "对外公开总数量"}
_ITEMS = {"previous_items": "上一年项目数量", "change": "本年增/减"}
_PROACTIVE: dict[Edition, tuple[_Article, ...]] = {
    "ogi-2021": (
        ("第二十条第（一）项", _ISSUED, {"regulations": "规章", "normative_documents": "行政规范性文件"}),
        ("第二十条第（五）项", {"decisions": "本年处理决定数量"}, {"licensing": "行政许可"}),
        (
            "第二十条第（六）项",
            {"decisions": "本年处理决定数量"},
            {"penalties": "行政处罚", "coercion": "行政强制"},
        ),
        ("第二十条第（八）项", {"amount": "本年收费金额（单位：万元）"}, {"fees": "行政事业性收费"}),
    ),
    "ogi-2019": (
        ("第二十条第（一）项", _MADE, {"regulations": "规章", "normative_documents": "规范性文件"}),
        (
            "第二十条第（五）项",
            {**_ITEMS, "decisions": "处理决定数量"},
            {"licensing": "行政许可", "other_services": "其他对外管理服务事项"},
        ),
        (
            "第二十条第（六）项",
            {**_ITEMS, "decisions": "处理决定数量"},
            {"penalties": "行政处罚", "coercion": "行政强制"},
        ),
        ("第二十条第（八）项", _ITEMS, {"fees": "行政事业性收费"}),
        (
            "第二十条第（九）项",
            {"projects": "采购项目数量", "amount": "采购总金额"},
            {"procurement": "政府集中采购"},
        ),
    ),
}


def outcomes(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The outcomes of 三、本年度办理结果: key to labels, in the order of the form, without the total."""
    return _OUTCOMES | _OTHER[edition]


def application_rows(edition: Edition) -> dict[str, tuple[str, ...]]:
    inner = {key: (_RESULTS, *labels) for key, labels in outcomes(edition).items()}
    return {
        "new_received": ("一、本年新收政府信息公开申请数量",),
        "carried_in": ("二、上年结转政府信息公开申请数量",),
        **inner,
        "outcome_total": (_RESULTS, "（七）总计"),
        "carried_out": ("四、结转下年度继续办理",),
    }


def proactive_columns(edition: Edition) -> dict[str, tuple[str, ...]]:
    """Row key to its column keys."""
    return {row: tuple(columns) for _, columns, rows in _PROACTIVE[edition] for row in rows}


def tables(edition: Edition, figures: Figures) -> dict[str, Table]:
    """The three tables, filled in."""

    def cells(table: str, row: str, columns: tuple[str, ...]) -> list[Cell]:
        addresses = [f"{table}.{row}.{column}" for column in columns]
        return [Cell(address, str(figures[address])) for address in addresses]

    proactive: list[Row] = []
    for title, columns, rows in _PROACTIVE[edition]:
        proactive += [Row("", (title,)), Row("", ("信息内容", *columns.values()))]
        proactive += [
            Row(key, (label,), cells("proactive", key, tuple(columns))) for key, label in rows.items()
        ]
    applications = [
        Row(key, path, cells("applications", key, APPLICANTS))
        for key, path in application_rows(edition).items()
    ]
    review = Row(
        "review", (), [c for group in GROUPS for c in cells("review_litigation", group, tuple(RESULTS))]
    )
    persons, *organisations = KINDS.values()
    results = list(RESULTS.values())
    return {
        "proactive": Table("proactive", [], proactive),
        "applications": Table(
            "applications",
            [[CORNER, "申请人情况"], [persons, "法人或其他组织", "总计"], organisations],
            applications,
        ),
        "review_litigation": Table(
            "review_litigation",
            [["行政复议", "行政诉讼"], [*results, "未经复议直接起诉", "复议后起诉"], results * 2],
            [review],
        ),
    }
