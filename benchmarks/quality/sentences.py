"""The sentences that reports are put together from, each with the condition under which it may be said.

All are invented. ``{slot}`` is filled in from the report's facts.
"""

from __future__ import annotations

from collections.abc import Callable

Facts = dict[str, str]
When = Callable[[Facts], bool]
Pool = list[tuple[str, When]]


def _always(_: Facts) -> bool:
    return True


def _some(*slots: str) -> When:
    return lambda facts: all(facts.get(slot, "0") != "0" for slot in slots)


def _none(*slots: str) -> When:
    return lambda facts: all(facts.get(slot) == "0" for slot in slots)


def _pool(*sentences: str | tuple[str, When]) -> Pool:
    return [(s, _always) if isinstance(s, str) else s for s in sentences]


OPENING = _pool(
    "{year}年，{we}把政务公开摆在转变作风、服务群众的重要位置，各项任务有序推进。",
    "{year}年，{we}认真落实上级关于政务公开的部署，以公开促规范、促服务。",
    "一年来，{we}坚持公开为常态、不公开为例外，较好完成了全年任务。",
    "{year}年以来，{we}围绕中心工作和群众关切，着力提高公开的质量。",
    "按照《中华人民共和国政府信息公开条例》要求，{we}{year}年政府信息公开工作平稳开展，具体情况如下。",
    "",
)
PROACTIVE = _pool(
    "全年在政府网站发布信息{items}条，其中政策文件及解读{few}条。",
    "通过网站主动公开信息{items}条，比上年的{last_items}条增加{more}条，增长{growth}%。",
    "及时更新机构职能、财政预决算、重大项目等栏目，发布各类信息{items}条，微信公众号推送{posts}条。",
    "坚持应公开尽公开，对群众关心的教育、就业、养老等事项分类发布，方便查找。",
    "修订主动公开基本目录，新增事项{few}项，公布办事指南{staff}份。",
    "召开新闻发布会{few}场，网站访问量{visits}次，答复网民留言{letters}条。",
    "围绕重大工程征集公众意见{few}次，采纳情况均已公布。",
)
DOCUMENTS = _pool(
    (
        "本年制发行政规范性文件{made}件，废止{repealed}件，现行有效{in_force}件。",
        _some("made", "repealed", "in_force"),
    ),
    ("{year}年制定行政规范性文件{made}件，均同步公布了解读材料。", _some("made", "repealed")),
    ("经清理，现行有效行政规范性文件{in_force}件，已在网站集中公布。", _some("in_force", "repealed")),
    (
        "全年作出行政许可决定{licences}件、行政处罚决定{penalties}件，结果均按时公示。",
        _some("licences", "penalties"),
    ),
)
REQUESTS = _pool(
    ("全年共收到政府信息公开申请{new}件，答复均未超过法定期限。", _some("new")),
    (
        "{year}年，{we}新收政府信息公开申请{new}件，上年结转{carried_in}件，办结{handled}件，结转下年度继续办理{carried_out}件。",
        _some("new"),
    ),
    (
        "{year}年，{we}收到政府信息公开申请{new}件，其中自然人申请{natural}件，法人或其他组织申请{legal}件。",
        _some("new", "legal"),
    ),
    (
        "年内办结政府信息公开申请{handled}件，其中予以公开{granted}件，占办结总数的{share}%。",
        _some("handled", "granted"),
    ),
    (
        "本年度新收依申请公开{new}件，办结{handled}件，其中予以公开{granted}件、部分公开{partial}件。",
        _some("new", "handled", "granted", "partial"),
    ),
    ("收到公民、法人和其他组织提出的政府信息公开申请共{new}件，逐件登记、逐件答复。", _some("new")),
    ("通过信函、网络等方式收到信息公开申请{new}件，没有超期答复的情形。", _some("new")),
    (
        "共办结依申请公开事项{handled}件，另有{carried_out}件结转下年度继续办理。",
        _some("handled", "carried_out"),
    ),
    ("{year}年度，{we}未收到政府信息公开申请。", _none("new", "carried_in", "handled")),
    ("全年没有收到公民、法人或其他组织提出的政府信息公开申请。", _none("new", "carried_in", "handled")),
)
REQUESTS_PLAIN = _pool(
    "规范登记、审核、答复、送达各个环节，答复文书统一格式。",
    "对内容不明确的申请主动与申请人沟通，引导其准确描述所需信息。",
    "畅通当面、邮寄、网络三种受理渠道，接听咨询电话{letters}次。",
)
REVIEWS = _pool(
    ("全年因政府信息公开被申请行政复议{reviews}件，被提起行政诉讼{suits}件。", _some("reviews", "suits")),
    ("因政府信息公开引起的行政复议{reviews}件。", _some("reviews")),
    ("因政府信息公开工作被提起行政诉讼{suits}件，均已依法应诉。", _some("suits")),
    ("处理涉及政府信息公开的行政复议{reviews}件、行政诉讼{suits}件。", _some("reviews", "suits")),
    ("没有因政府信息公开被申请行政复议、提起行政诉讼。", _none("reviews", "suits")),
)
MANAGEMENT = _pool(
    "严格执行先审查、后公开，落实内容三审三校。",
    "定期清理过期信息，对表述不规范的内容逐条核改。",
    "对拟公开的文件明确公开属性，注明依据和理由。",
    "完善信息采集、审核、发布台账，做到有据可查。",
    "统一公文公开的格式，网站文件均提供下载。",
)
PLATFORM = _pool(
    "优化网站栏目布局，首页增设办事入口，搜索更加好用。",
    "政务服务大厅设立信息公开查阅点，配备自助查询设备。",
    "加强政务新媒体日常管理，关停长期不更新的账号{few}个。",
    "完成网站适老化和无障碍改造，全年安全运行。",
    "依托微信公众号开设便民专栏，阅读量{visits}人次。",
)
SUPERVISION = _pool(
    "明确分管领导和专职人员，组织业务培训{few}次、{staff}人次。",
    "每季度自查一次公开内容，发现问题及时整改。",
    "聘请社会监督员，听取企业和群众意见{few}次。",
    "设立监督电话，对反映的问题限期办理。",
)
GOVERNMENT = _pool(
    "把政务公开纳入年度工作考核；开展社会评议，满意度较高；全年没有发生责任追究的情形。",
    "年终对各部门进行工作考核并通报，面向群众开展社会评议，未发生需要责任追究的事项。",
    "工作考核中政务公开分值占比保持稳定，社会评议结果良好，责任追究情况为零。",
)
PROBLEMS = _pool(
    "政策解读的形式还比较单一；个别栏目更新不够及时。",
    "公开内容与群众的期待还有差距，人员流动较快，业务不够熟练。",
    "一是主动公开的意识还不够强；二是基层人员少、任务重，信息质量有待提高。",
    "少数科室对公开范围把握不准，依申请公开答复的说理不够充分。",
    "部分信息分类不够清楚，群众查找不方便。",
)
IMPROVEMENTS = _pool(
    "多用图表、视频解读政策；对栏目更新实行月检查、季通报。",
    "加强业务培训，安排新任人员跟班学习，逐步充实专职力量。",
    "一是定期组织学习，提高主动公开意识；二是建立审核台账，把好质量关。",
    "编印常见问题手册，疑难答复由法律顾问会商。",
    "重新梳理栏目分类，增加检索词，方便群众查找。",
)
FEES = _pool(
    "本年度未收取信息处理费。",
    "{year}年，{we}没有发出信息处理费收费通知，收取信息处理费0元。",
    "按照《政府信息公开信息处理费管理办法》，全年发出收费通知0件，总金额0元，实际收取0元。",
    "依申请提供政府信息未向申请人收取信息处理费。",
)
OTHERS = _pool(
    "除此之外没有其他需要报告的事项。",
    "年度政务公开工作要点所列任务均已完成。",
    "政务公开工作要点落实情况：细化任务{few}项，逐项明确责任科室，年底全部办结。",
)
PREAMBLE = _pool(
    "根据《中华人民共和国政府信息公开条例》，现公布{agency}{year}年政府信息公开工作年度报告。"
    "所列数据的统计期限自{from}起至{until}止。",
    "本报告依照《中华人民共和国政府信息公开条例》和国务院办公厅规定的格式编制，统计期限为{from}至{until}。"
    "如有疑问，请与{contact}联系（电话：0999-6120358）。",
    "本报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、政府信息公开行政复议、行政诉讼情况、"
    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成，数据统计时间为{from}至{until}。",
    "按照《中华人民共和国政府信息公开条例》（以下简称《条例》）第五十条的规定，{agency}编制了{year}年政府信息公开工作年度报告，"
    "报告电子版可在政府网站下载。统计期限：{from}至{until}。",
    "现将{agency}{year}年政府信息公开工作年度报告予以公布。数据统计期限为{from}至{until}。",
    "依照《中华人民共和国政府信息公开条例》，{we}编制并向社会公开{agency}{year}年度政府信息公开工作年度报告。",
    "依据《中华人民共和国政府信息公开条例》第四十九条，{we}向社会公布{year}年政府信息公开工作年度报告，欢迎监督。",
    "",
)
