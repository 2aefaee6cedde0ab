"""Which of the workbench's languages a text is in, guessed offline from its characters."""

import re
from dataclasses import dataclass

from workbench.segment.marks import words

_SAMPLE = 200_000
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_OTHER = re.compile(r"[\u0370-\u1fff\ua000-\ua97f]")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")

# A Chinese character says about as much as three letters of an English text.
_LETTERS_TO_A_CHARACTER = 3

# Characters that only one of the two scripts writes, among the most frequent words.
_SIMPLIFIED = frozenset(
    "们这国来时说为个学对发经会过门问长东车马见贝现开关动进还后从头实战业产务区农风电义报导"
    "总统领书记权历认识让讲论设访谈议该语请谢谁调双变听万与专严丧丰临举习乡买乱争亚亿仅众优传"
    "伟体余侧侨军决况减创办劳势华协单卖卫厂厅厉压县参号叶员响团围图圆场坏块坚处备复够夺奋妇妈宁"
    "宝审宽宾将尔尽层属岁岛币师带帮广庆应库庄张强归当录彻忆态怀恶惊惯愿战户执扩护担拥择挂挥损换"
    "据敌数断无旧显术机杀杂条极构标样桥检楼欢残毕气汉汤沟没泽洁济浅测温湾满灭灯灵点炼热爱独环"
    "疗监盘矿码确础离种积称稳穷竞笔简纪约级纯纲纳线组细终绍结给络绝继绩维综绿缓编缘网罗职联胜脑"
    "节苏获营补装观规视觉贡负财责败货质购贸费资赛赶赵跃转轮软轻载较辉输边达迁运远违连迟适选递逻"
    "邓邻郑释针钟钢钱铁银错键锋镇闭间闻阳阵阶际陆陈险随隐难韩页项顺须顾预频题额颜风飞饭馆驱验"
    "鱼鲁鲜鸡黄齐龙"
) - frozenset("没强黄温户")
_TRADITIONAL = frozenset(
    "們這國來時說為個學對發經會過門問長東車馬見貝現開關動進還後從頭實戰業產務區農風電義報導"
    "總統領書記權歷認識讓講論設訪談議該語請謝誰調雙變聽萬與專嚴喪豐臨舉習鄉買亂爭亞億僅眾優傳"
    "偉體餘側僑軍決況減創辦勞勢華協單賣衛廠廳厲壓縣參號葉員響團圍圖圓場壞塊堅處備復夠奪奮婦媽寧"
    "寶審寬賓將爾盡層屬歲島幣師帶幫廣慶應庫莊張歸當錄徹憶態懷惡驚慣願戰執擴護擔擁擇掛揮損換"
    "據敵數斷無舊顯術機殺雜條極構標樣橋檢樓歡殘畢氣漢湯溝澤潔濟淺測灣滿滅燈靈點煉熱愛獨環"
    "療監盤礦碼確礎離種積稱穩窮競筆簡紀約級純綱納線組細終紹結給絡絕繼績維綜綠緩編緣網羅職聯勝腦"
    "節蘇獲營補裝觀規視覺貢負財責敗貨質購貿費資賽趕趙躍轉輪軟輕載較輝輸邊達遷運遠違連遲適選遞邏"
    "鄧鄰鄭釋針鐘鋼錢鐵銀錯鍵鋒鎮閉間聞陽陣階際陸陳險隨隱難韓頁項順須顧預頻題額顏飛飯館驅驗"
    "魚魯鮮雞齊龍臺灣裡麼"
)
_ENGLISH_WORDS = words(
    "the of and to in is that for it as was with be by on not he his but at are this have from or "
    "had an they which one you were all their we has been will would there i my she her"
)
_FEWEST_WORDS = 12
_FEWEST_ENGLISH = 0.1


@dataclass(frozen=True, slots=True)
class Guess:
    """A language, and how sure the guess is, 0 to 1.

    lang: "zh-CN", "zh-TW", "en-US", or "und" when the text is in none of these.
    """

    lang: str
    confidence: float


def guess(content: str) -> Guess:
    """The language of a text, by its scripts, its characters and its commonest words."""
    sample = content[:_SAMPLE]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    foreign = len(_OTHER.findall(sample)) + 3 * len(_KANA_HANGUL.findall(sample))
    chinese = han * _LETTERS_TO_A_CHARACTER
    letters = chinese + latin + foreign
    if not letters or foreign > letters / 4:
        return Guess("und", 0.0)
    share = chinese / letters
    if share > 0.5:
        return _chinese(sample, share)
    return _english(sample, latin / letters)


def _chinese(sample: str, share: float) -> Guess:
    simplified = sum(char in _SIMPLIFIED_ONLY for char in sample)
    traditional = sum(char in _TRADITIONAL_ONLY for char in sample)
    lang = "zh-TW" if traditional > simplified else "zh-CN"
    told = simplified + traditional
    clear = max(simplified, traditional) / told if told else 0.5
    return Guess(lang, round(share * clear, 3))


def _english(sample: str, share: float) -> Guess:
    found = [word.lower() for word in _WORD.findall(sample)]
    common = sum(word in _ENGLISH_WORDS for word in found) / max(1, len(found))
    if common < _FEWEST_ENGLISH:
        if len(found) >= _FEWEST_WORDS:
            return Guess("und", 0.0)
        return Guess("en-US", round(share / 2, 3))  # a few words tell little
    return Guess("en-US", round(share * min(1.0, 0.5 + 2 * common), 3))


_SIMPLIFIED_ONLY = _SIMPLIFIED - _TRADITIONAL
_TRADITIONAL_ONLY = _TRADITIONAL - _SIMPLIFIED
