"""What stands beside reports on a site and is none: explanations, notices, plans, reports of before the form."""

from __future__ import annotations

import pytest

from govlint.document import Document
from govlint.linting.examples import model_report
from govlint.linting.linter import check
from govlint.linting.settings import Settings

MODEL = model_report("ogi-2021")

OTHERS = {
    "an explanation": "柳林镇人民政府2023年政府信息公开工作年度报告解读\n《柳林镇人民政府2023年政府信息公开工作年度报告》已经公布，"
    "现解读如下。\n一、编制背景\n条例规定每年公布一次。\n二、编制依据\n依据条例。\n三、编制目的\n便于监督。\n四、主要内容\n"
    "包括总体情况、主动公开政府信息情况等。\n五、统计期限\n全年。\n六、数据公开\n发布信息201条。\n",
    "a notice": "关于做好2024年政府信息公开工作年度报告编制发布工作的通知\n各乡镇：\n一、编制主体\n各乡镇、各部门。\n二、主要内容\n"
    "（一）总体情况。（二）主动公开政府信息情况。（三）收到和处理政府信息公开申请情况。（四）政府信息公开行政复议、行政诉讼情况。"
    "（五）存在的主要问题及改进情况。（六）其他需要报告的事项。\n三、时间要求\n1月底前。\n",
    "a plan": "云溪县2023年政务公开实施方案\n一、指导思想\n贯彻条例。\n二、主动公开的政府信息\n通过网站公开。\n三、工作要求\n明确专人。\n",
    "a summary": "云溪县2023年政务公开工作总结\n全县主动公开信息26万条。\n一、主要做法和成效\n好。\n二、存在问题\n少。\n三、下一步打算\n多。\n",
    "a guide": "云溪县水务局政府信息公开指南\n一、公开范围\n（一）主动公开\n1.规章 2.行政规范性文件 3.行政许可\n（二）依申请公开\n20个工作日内答复。\n",
    "before the form": "云溪县2016年政府信息公开工作年度报告\n一、概述\n进步明显。\n二、主动公开情况\n公开信息1200条。\n"
    "三、依申请公开情况\n收到申请5件。\n四、行政复议、行政诉讼情况\n无。\n五、收费及减免情况\n无。\n六、存在的主要问题和改进措施\n不够全面。\n",
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_report(name: str) -> None:
    result = check(Document("a.txt", "text", OTHERS[name]), Settings())
    assert (result.status, [finding.code for finding in result.findings]) == ("not_a_report", ["E002"])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(MODEL.replace("2022年", "2012年"), id="a slip in the year"),
        pytest.param(MODEL.replace("云溪县农业农村局2022年政府信息公开工作年度报告", ""), id="no title"),
        pytest.param(
            MODEL.replace("二、主动公开政府信息情况", "二、公布").replace("五、存在的主要问题及改进情况", "五、不足"),
            id="headings in other words",
        ),
        pytest.param(MODEL[: MODEL.index("二、主动公开")], id="cut off behind its first section"),
    ],
)  # fmt: skip
def test_what_is_one_for_all_its_faults(text: str) -> None:
    assert check(Document("a.txt", "text", text), Settings()).status == "checked"


INTRODUCED = [
    "根据条例，现公布云溪县水务局2023年政府信息公开工作年度报告。统计期限为2023年1月1日至12月31日。",
    "本年度报告由望江街道办事处编制，包括总体情况、收到和处理政府信息公开申请情况等。所列数据自2023年1月1日至2023年12月31日。",
    "现将云溪县水务局2023年度信息公开工作报告如下：",
    "依据《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条规定，编制本报告。",
]


@pytest.mark.parametrize("front", INTRODUCED)
def test_an_opening_that_says_what_it_is(front: str) -> None:
    """A page whose title is not in its text, cut off behind its first section."""
    text = f"{front}\n一、总体情况\n2023年，做好公开工作，公开信息9条。\n"
    result = check(Document("a.txt", "text", text), Settings())
    assert result.status == "checked"
    others = [
        front.replace("政府信息公开", "法治政府建设").replace("信息公开", "法治建设"),
        "关于2023年政府信息公开工作年度报告编制的通知\n请各单位编制本单位2023年政府信息公开工作年度报告。",
        "云溪县水务局2023年政府信息公开工作年度报告解读\n现公布2023年政府信息公开工作年度报告，解读如下。",
    ]
    for other in others:
        told = check(Document("a.txt", "text", text.replace(front, other)), Settings())
        assert told.status == "not_a_report"
