"""Comparison forms of text: one character for one, so that every offset stays true."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate

_QUOTES = "“”„‟‘’‚‛「」『』＂＇'〝〞″"
_BARS = "｜│┃║︱￨¦"
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"
_UPWARDS = str.maketrans("0123456789０１２３４５６７８９", _RAISED[:10] * 2, "()（）[]［］〔〕,，、 \t\n")
_DOWN = str.maketrans(_RAISED, "0123456789" * 2)
_ALONE = re.compile(
    rf"(?<=[\t{_BARS}|])[ \u3000]*([{_RAISED}]+)[ \u3000]*(?=[\t\n{_BARS}|]|\Z)"
    rf"|(?<![^\n])[ \u3000]*([{_RAISED}]+)[ \u3000]*(?=[\t{_BARS}|])"
)
"""As in ``\t⁷\n``: all that stands in a cell."""
_CELL = "\x1f"
"""Stands for a tab in folded text: a border between cells that white space is not."""

# Radicals that PDF fonts put for the characters themselves and that Unicode does not fold.
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻩⻬⻰⺟⻳",
        "民虎西见角贝车长门青页风飞食马鱼鸟黄齐龙母龟",
        strict=True,
    )
)

# Traditional characters, in which some sites convert their pages; only what is one character for one.
_TRADITIONAL = (
    "麵"
    "萬與專業東兩嚴個豐臨為爲舉義樂習鄉書買亂爭於雲產畝親億僅從倉儀們價眾優會傳傷倫偽體餘來侶僑債傾儲兒黨"
    "蘭關興養獸內冊寫軍農決況準減湊幾鳳擊劃劉則剛創刪別製劑勸辦務動勵勁勞勢勳區醫華協單賣盧衛卻廠廳歷曆壓"
    "縣參雙發變敘疊號嘆嚇呂嗎嚮後啟啓吳員聽響喚問團園圍國圖聖場壞塊堅壇塢墳墊壘壟報執擴掃揚擾護擬擁擇擔據"
    "擋擠揮損換撿搗攔攝擺攤斂數齋斷無舊時曠曉暈暫顯術機殺雜權條楊極構棗槍楓櫃標棧棟欄樹樣檔橋樁夢檢樓歡歐"
    "殘毀畢氣匯彙漢湯溝沒滬淚潑澤潔澆測濟渾濃濤澇淵漸漁灣濕溫滅燈靈災爐點煉爍爛熱煥煙營爺牽狀獨獄獎環現瑪"
    "電畫暢療瘋盡儘監蓋盤眞礦碼磚礎確禮禍離種積稱穩窮竊窪競筆築節範籌簽簡籤類糧糾紅約級紀純納紙紛線練組細"
    "織終紹經結繞給絡絕統繼績續維綜綠縮繳編緣緻網羅罰聯職聰膽勝脈腦臟臺舖藝蘇莊薦藥薩蘊藍處虛蟲補裝襲見規"
    "視覺覽觸譽計訂認討讓訓議訊記講許論設訪證評識訴診詞試詩話詢該詳誤說請諸諾讀課誰調談謀謝謹譜豎貝負貢財"
    "責賢賬貨質販貪購貫貼貴貸貿費賀資賦賓賠賞賴贈贏趙趕趨躍蹤軌轉輪軟載較輔輛輕輝輯輸轄辯邊遼達遷過運還這"
    "進遠違連遲選遺遞適鄧鄭鄰醬釋裡裏鑒鑑針銀鐘鋼錄錢鍵鏈鎮銷錯長門閉間閱閩隊階際陸陳險隨隱難霧靜頁項順須"
    "預領頭頻題額顧願風飛館飲飯馬驗騙馳驅髮魚魯鳥鷄麥黃齊齡龍龜歲師帶幣幫廣慶應廟廢開異棄張強彈彎歸當徑徵"
    "復複徹憶懷態憲懸戶戲戰寧實寬審寶對尋導將爾塵層屬嶺島崗嶄奪奮婦嬰學孫屆夾並佈係繫週採衝託諮註佔總繪遊"
    "錶隸絲紮縱綱綫緊聞艱誌諒謂讚貓賽贊輿迴遙郵釐鋪鎖鑽閣闡闊闢雖韓頂頓頗頒顆顔顏飄饋駐駕騎鬧鮮鹽麗墻牆庫"
    "廈愛慮憑懲懇戀掛搶撥撫擱攜敵滙滯漲濫濱灑燒猶獲瑣盜瞞矯碩祿稅穀窺篩糞紋紐紡綁綿緒締緩緯縫羨肅脅膠艦莖"
    "葉蔣訟詐誇誠誦誼諧謙譴貧貳賄賜賤賺踐蹟軸轎辭遜邁邏鄲鉛銅銘鋒鋁錦錫鍛鐵鑄閃閘閥闖陝陣陰隴韋頸飾餅餓饑"
    "駁駛騰驕鬚鯨鴻鵬鷹麼齒龐涼淺滾滿滲潛潤潰瀏瀝灘牘犧盪硃祕緘羣臥蒼蓮蕩蕪蕭蘆譯銜壩塗奐娛嬌寢尷屜巒幹廚"
    "廬彌惡惱慘慣憤懶拋挾捨掄揀攏攪昇曬桿櫻殯毆渙獵痺皚睜矚碭禦稟窩竪籃籬粵紓紗絨絹緝緞縷聾腸膚臘蔥虧螢蠟"
    "蠶覈詔誘諷謠豬賒贓趲躡輥轟辮逕鄖鈞鉀鋤錐鍋鐮鑲閻隕鞏顛颱飼餞驢鮑鰲鵝鹼侖併倆俠偵側僕償儉凍剝劍匱嗇噸"
    "囑"
)
_SIMPLIFIED = (
    "面"
    "万与专业东两严个丰临为为举义乐习乡书买乱争于云产亩亲亿仅从仓仪们价众优会传伤伦伪体余来侣侨债倾储儿党"
    "兰关兴养兽内册写军农决况准减凑几凤击划刘则刚创删别制剂劝办务动励劲劳势勋区医华协单卖卢卫却厂厅历历压"
    "县参双发变叙叠号叹吓吕吗向后启启吴员听响唤问团园围国图圣场坏块坚坛坞坟垫垒垄报执扩扫扬扰护拟拥择担据"
    "挡挤挥损换捡捣拦摄摆摊敛数斋断无旧时旷晓晕暂显术机杀杂权条杨极构枣枪枫柜标栈栋栏树样档桥桩梦检楼欢欧"
    "残毁毕气汇汇汉汤沟没沪泪泼泽洁浇测济浑浓涛涝渊渐渔湾湿温灭灯灵灾炉点炼烁烂热焕烟营爷牵状独狱奖环现玛"
    "电画畅疗疯尽尽监盖盘真矿码砖础确礼祸离种积称稳穷窃洼竞笔筑节范筹签简签类粮纠红约级纪纯纳纸纷线练组细"
    "织终绍经结绕给络绝统继绩续维综绿缩缴编缘致网罗罚联职聪胆胜脉脑脏台铺艺苏庄荐药萨蕴蓝处虚虫补装袭见规"
    "视觉览触誉计订认讨让训议讯记讲许论设访证评识诉诊词试诗话询该详误说请诸诺读课谁调谈谋谢谨谱竖贝负贡财"
    "责贤账货质贩贪购贯贴贵贷贸费贺资赋宾赔赏赖赠赢赵赶趋跃踪轨转轮软载较辅辆轻辉辑输辖辩边辽达迁过运还这"
    "进远违连迟选遗递适邓郑邻酱释里里鉴鉴针银钟钢录钱键链镇销错长门闭间阅闽队阶际陆陈险随隐难雾静页项顺须"
    "预领头频题额顾愿风飞馆饮饭马验骗驰驱发鱼鲁鸟鸡麦黄齐龄龙龟岁师带币帮广庆应庙废开异弃张强弹弯归当径征"
    "复复彻忆怀态宪悬户戏战宁实宽审宝对寻导将尔尘层属岭岛岗崭夺奋妇婴学孙届夹并布系系周采冲托咨注占总绘游"
    "表隶丝扎纵纲线紧闻艰志谅谓赞猫赛赞舆回遥邮厘铺锁钻阁阐阔辟虽韩顶顿颇颁颗颜颜飘馈驻驾骑闹鲜盐丽墙墙库"
    "厦爱虑凭惩恳恋挂抢拨抚搁携敌汇滞涨滥滨洒烧犹获琐盗瞒矫硕禄税谷窥筛粪纹纽纺绑绵绪缔缓纬缝羡肃胁胶舰茎"
    "叶蒋讼诈夸诚诵谊谐谦谴贫贰贿赐贱赚践迹轴轿辞逊迈逻郸铅铜铭锋铝锦锡锻铁铸闪闸阀闯陕阵阴陇韦颈饰饼饿饥"
    "驳驶腾骄须鲸鸿鹏鹰么齿庞凉浅滚满渗潜润溃浏沥滩牍牺荡朱秘缄群卧苍莲荡芜萧芦译衔坝涂奂娱娇寝尴屉峦干厨"
    "庐弥恶恼惨惯愤懒抛挟舍抡拣拢搅升晒杆樱殡殴涣猎痹皑睁瞩砀御禀窝竖篮篱粤纾纱绒绢缉缎缕聋肠肤腊葱亏萤蜡"
    "蚕核诏诱讽谣猪赊赃趱蹑辊轰辫径郧钧钾锄锥锅镰镶阎陨巩颠台饲饯驴鲍鳌鹅碱仑并俩侠侦侧仆偿俭冻剥剑匮啬吨"
    "嘱"
)


UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u180e\ufeff\ufffc" + "".join(
    map(
        chr,
        (*range(0x200B, 0x2010), *range(0x202A, 0x202E), *range(0x2060, 0x2070), *range(0xFE00, 0xFE10)),
    )
)
"""Characters that show nothing: marks of direction, joiners, soft hyphens, selectors of variants."""
LEFTWARDS = "\u202e"
"""The mark of direction that changes what is shown: what follows is set from right to left, digits too."""
INVISIBLE = re.compile(f"[{UNSEEN}\ue000-\uf8ff]")
"""Those, and the private ones that converters leave for spaces and that no font shows."""

_USUAL = dict(zip("，：；（）“”？！％　\t【】〔〕*#`", f',:;()""?!% {_CELL}[][]   ', strict=True))
"""What is folded in nearly every text: replaced one by one, in a tenth of the time that ``str.translate`` takes."""
_UNUSUAL = re.compile(
    f"[\0-\t\x0b-\x1e'\x7f-\u2013\u2015-\u2025\u2027-\u3000\u3003-\u3007\u300c-\u4dff{_TRADITIONAL}\ua000-\U0010ffff]"
)
"""Whatever else may be folded: any character but those of plain Chinese text. As in ``①``."""


class _Table(dict[int, str | int]):
    """Has every other character as itself: one that is absent costs ``str.translate`` an exception each time."""

    def __missing__(self, code: int) -> int:
        self[code] = code
        return code


@cache
def _table() -> _Table:
    blocks = [(0x2F00, 0x2FD6), (0xF900, 0xFB00), (0xFE50, 0xFE70), (0xFF01, 0xFFEF), (0x2070, 0x20A0)]
    table = _Table()
    for first, last in blocks:
        for code in range(first, last):
            folded = unicodedata.normalize("NFKC", chr(code))
            if len(folded) == 1:
                table[code] = folded
    table |= {ord(char): '"' for char in _QUOTES}
    table |= {ord(char): "|" for char in _BARS}
    table |= {ord(char): folded for char, folded in _RADICALS.items()}
    table |= {ord(char): folded for char, folded in zip(_TRADITIONAL, _SIMPLIFIED, strict=True)}
    table |= dict.fromkeys((12288, 160, 0, 11, 0xFFFD, *range(0xE000, 0xF900)), " ")
    table |= {ord(char): " " for char in UNSEEN + LEFTWARDS}
    table |= dict.fromkeys((*range(9472, 9474), *range(9484, 9553), *range(9554, 9600)), " ")
    table |= {ord(mark): " " for mark in "*#`"}  # of Markdown
    table |= {ord(mark): " " for mark in f"※{_RAISED}"}  # of notes: they are no digits of a figure
    table |= {ord("〔"): "[", ord("〕"): "]", ord("【"): "[", ord("】"): "]", ord("．"): ".", ord("﹒"): "."}
    for code in (0x2502, 0x2503, 0x2551):
        table[code] = "|"
    table |= {ord(char): folded for char, folded in _USUAL.items()}
    return table


def fold(text: str) -> str:
    """Full-width forms, traditional characters, quotation marks, brackets and bars made one; as long as ``text``."""
    for char, folded in _USUAL.items():
        if char in text:
            text = text.replace(char, folded)
    return text.translate(_table()) if _UNUSUAL.search(text) else text


def raised_digits(digits: str) -> str:
    """The mark of a note as the characters that a figure's own digits are not: ``(1)`` is ``¹``."""
    return digits.translate(_UPWARDS)


@lru_cache(2)
def raised_alone(text: str) -> tuple[tuple[int, int], ...]:
    """Where raised or lowered digits are all that a cell of a document's text holds: no marks, but its figure."""
    if not any(digit in text for digit in _RAISED):
        return ()
    return tuple(match.span(1 if match[1] else 2) for match in _ALONE.finditer(text))


@lru_cache(2)
def folded(text: str) -> str:
    """:func:`fold` of a whole document, which many ask for: done once and kept while the document is at work."""
    made = fold(text)
    pieces: list[str] = []
    copied = 0
    for start, end in raised_alone(text):
        pieces += [made[copied:start], text[start:end].translate(_DOWN)]
        copied = end
    return "".join((*pieces, made[copied:])) if pieces else made


@lru_cache(2)
def compacted(folded: str) -> Compact:
    """:class:`Compact` of a whole document, done once too."""
    return Compact(folded)


_BLANKS = re.compile(r"[\r\f\u2000-\u200a\u2028\u2029\u205f]")
"""White space beside blanks and new lines: a carriage return, as in ``\r``."""


class Compact:
    """Folded text without white space, and the way back to the offsets of the source."""

    def __init__(self, folded: str) -> None:
        blank = _BLANKS.sub(" ", folded).replace("\n", " ")
        words = blank.rstrip(" ").split(" ")
        self.text = "".join(words)
        self._starts = [0, *accumulate(map(len, words))]
        """Of the words between single blanks, so that a word has as many blanks before it as words."""

    def source(self, offset: int) -> int:
        """The source offset of the character at an offset of ``text``."""
        return offset + min(bisect_right(self._starts, offset), len(self._starts) - 1) - 1

    def offset(self, source: int) -> int:
        """The offset in ``text`` of the source's character at an offset, which is no white space."""
        words = range(len(self._starts) - 1)
        return source - (bisect_right(words, source, key=lambda word: self._starts[word] + word) - 1)

    def source_end(self, offset: int) -> int:
        """The source offset just behind the character before an offset of ``text``."""
        return self.source(offset - 1) + 1 if offset else 0


@lru_cache(512)
def compact(text: str) -> str:
    """The comparison form of a short text: folded, without white space."""
    return "".join(fold(text).replace(_CELL, " ").split())
