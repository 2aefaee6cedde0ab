"""Numbers are compared by value: what differs is flagged, what merely looks different is not."""

from fractions import Fraction

import pytest

from workbench.detect import Context
from workbench.detect.numbers import chinese, english
from workbench.detect.numbers.approximators import approximators
from workbench.detect.numbers.detector import numbers, numbers_rank
from workbench.detect.terms import TermList
from workbench.domain.review import AlignedTexts, Flag, Row, Severity

CONTEXT = Context(TermList(()))


def texts(*rows: tuple[str, str]) -> AlignedTexts:
    return AlignedTexts(
        tuple(Row(str(i), zh, en) for i, (zh, en) in enumerate(rows)), "zh-CN", "en-US"
    )


def flags(zh: str, en: str) -> list[Flag]:
    return numbers(texts((zh, en)), CONTEXT)


CHINESE = [
    ("2448亿美元", "244800000000"),
    ("3.5万亿元", "3500000000000"),
    ("1亿2000万人", "120000000"),
    ("三千六百二十一个", "3621"),
    ("两万五千里", "25000"),
    ("一百零八项", "108"),
    ("二〇二五年", "2025"),
    ("１０．５公里", "10.5"),
    ("百分之三十", "30"),
    ("三成五", "35"),
    ("第十一届", "11"),
    ("三点五倍", "3.5"),
    ("2510 亿元", "251000000000"),
    ("5000万千瓦", "50000000"),
    ("40多万户", "400000"),
    ("翻两番", "4"),
    ("十四五年", "15"),
    ("20世纪50年代", "1950"),
    ("年逾古稀", "70"),
    ("高 337 米", "337"),
]


@pytest.mark.parametrize(("expression", "value"), CHINESE)
def test_chinese_value(expression: str, value: str) -> None:
    assert Fraction(value) in {q.value for q in chinese.read(expression)}


ENGLISH = [
    ("US$244.8 billion", "244800000000"),
    ("twenty-five villages", "25"),
    ("two hundred and five", "205"),
    ("1,234,567 tons", "1234567"),
    ("the 11th session", "11"),
    ("the twenty-first century", "21"),
    ("three quarters of them", "3/4"),
    ("three dozen ships", "36"),
    ("half a million", "500000"),
    ("two and a half years", "5/2"),
    ("RMB168.2 billion", "168200000000"),
    ("sold from RMB828,000", "828000"),
    ("the 400m hurdles", "400"),
    ("US$5m", "5000000"),
    ("six-in-ten Americans", "3/5"),
    ("14 lakh people", "1400000"),
    ("in eight nine-foot pianos", "9"),
    ("the first three quarters of the year", "3"),
]


@pytest.mark.parametrize(("expression", "value"), ENGLISH)
def test_english_value(expression: str, value: str) -> None:
    readings = {reading for q in english.read(expression) for reading in q.readings}
    assert Fraction(value) in readings


DIFFERENT = [
    (
        "双边贸易额达2448亿美元。",
        "Trade reached US$24.48 billion.",
        "2448亿美元",
        "US$24.48 billion",
    ),
    ("来了120万人次。", "There were 12 million visits.", "120万人次", "12 million"),
    ("他是第三大客户。", "It is the second-largest customer.", "第三", "second"),
    ("占45%。", "It makes up 54 percent.", "45%", "54 percent"),
    ("将于1月1日生效。", "It takes effect on July 1.", "1月1日", "July 1"),
    ("会议在星期三举行。", "The meeting was held on Tuesday.", "星期三", "Tuesday"),
    ("共有八个成员。", "It has nine members.", "八个", "nine"),
    ("投资12亿欧元。", "It invested US$1.2 billion.", "12亿欧元", "US$1.2 billion"),
    ("飞机是C919。", "The plane is a C929.", "C919", "C929"),
    ("三分之一的人同意。", "Two thirds of them agreed.", "三分之一", "Two thirds"),
    ("增长5个百分点。", "It rose by 5 percent.", "5个百分点", "5 percent"),
    ("翻两番。", "It tripled.", "两番", "tripled"),
    # one number is answered, the other is not, though something equals it
    ("六座楼里有五个展厅。", "Five halls stand in five buildings.", "六座", "Five"),
    ("实习期为6个月，一般在一家企业。", "One interns for 1 month at a firm.", "6个月", "1"),
    ("建“四抗二平衡”方案。", "The four-against and seven-balance scheme.", "二", "seven"),
    ("等了三四天。", "We waited three or ten days.", "三四天", "ten"),
    ("广告费要几千万。", "It costs dozens of trillion yuan.", "几千万", "dozens of trillion yuan"),
    ("20世纪50年代以来", "since the 1960s", "20世纪50年代", "1960s"),
    ("3至6月开花。", "It blooms from March to July.", "3至6月", "March to July"),
    ("2.买家须知", "3. For buyers", "2", "3"),
    ("指数报90.8900。", "The index stood at 90.8930.", "90.8900", "90.8930"),
    ("8 月 9 日开会。", "They met on August 2.", "8 月 9 日", "August 2"),
    ("1号竖井", "No. 5 Shaft", "1号", "5"),
]


@pytest.mark.parametrize(("zh", "en", "zh_words", "en_words"), DIFFERENT)
def test_different_values_are_flagged_with_both_wordings(
    zh: str, en: str, zh_words: str, en_words: str
) -> None:
    found = flags(zh, en)
    assert [(f.src.of(zh), f.tgt.of(en)) for f in found if f.src and f.tgt] == [
        (zh_words, en_words)
    ]
    assert found[0].category == "accuracy/number"


EQUAL = [
    ("双边贸易额达2448亿美元。", "Trade reached US$244.8 billion."),
    ("增幅约为2448.2亿美元。", "The increase was about US$244.8 billion."),
    ("2025年5月7日至10日访问俄罗斯。", "He visited Russia from May 7 to 10, 2025."),
    ("两国关系稳定。", "Relations between the countries are stable."),
    ("双方同意推进合作。", "Both agreed to advance cooperation."),
    ("这是首次访问。", "It was the first visit."),
    ("二战结束80周年。", "It is 80 years since the end of World War II."),
    ("推进一带一路建设，统一思想。", "Advance the Belt and Road and unify thinking."),
    ("20世纪90年代以来", "since the 1990s"),
    ("上世纪七十年代", "in the 1970s"),
    ("21世纪", "the twenty-first century"),
    ("下午3时30分开始。", "It began at 3:30 p.m."),
    ("晚上8点开会。", "The meeting is at 8 in the evening."),
    ("总数增加一倍。", "The total doubled."),
    ("近六成的人支持。", "Nearly six in ten people support it."),
    ("减少一半。", "It was cut by 50 percent."),
    ("来了几十名学生。", "Dozens of students came."),
    ("来了三十多名学生。", "Some thirty students came."),
    ("有两三个人。", "There were two or three people."),
    ("千方百计，一心一意，四面八方。", "By every means, wholeheartedly, everywhere."),
    ("第三方不得干涉。", "Third parties must not interfere."),
    ("二十国集团和七国集团", "the G20 and the G7"),
    ("“十四五”规划", "the 14th Five-Year Plan"),
    ("长100公里的公路", "a road of 62 miles"),
    ("行程3至5万公里", "a journey of 30,000 to 50,000 kilometers"),
    ("今年3月", "in March 2025"),
    ("一、加强合作", "1. Strengthen cooperation"),
    ("年过九旬的老人", "an old man of over 90"),
    ("福暖四季", "happiness in the four seasons"),
    ("小三峡隧道", "the Small Three Gorges Tunnel"),
    ("全天候网络剧场", "a 24-hour online theatre"),
    ("章体采用五星", "it has a five-pointed star"),
    ("启动“七五”普法规划", "launch the seventh five-year plan on law"),
    ("一周四天工作制", "a four-day working week"),
    ("一是开放，二是合作。", "First, openness; second, cooperation."),
    ("数百人逃离高337米的大楼。", "Hundreds fled the tower of 337 meters."),
    ("“十一”假期有六七级风。", "In the holiday the wind reached 6-7."),
    ("等了十来天。", "We waited about ten days."),
    ("二十国集团峰会", "the 16th G20 Summit"),
    ("两三年", "several years"),
    ("“5·9”胜利日庆典", "the Victory Day celebrations"),
    ("今年三月", "this March"),
]


@pytest.mark.parametrize(("zh", "en"), EQUAL)
def test_equal_values_are_left_alone(zh: str, en: str) -> None:
    assert flags(zh, en) == []


def test_evidence_shows_the_arithmetic() -> None:
    flag = flags("贸易额达2448亿美元。", "Trade reached US$24.48 billion.")[0]
    assert flag.evidence.startswith("2448亿美元 is 244.8 billion US dollars; the English says")
    assert "244.8亿美元" in flag.evidence_zh
    assert flag.severity == Severity.MAJOR


def test_evidence_says_that_only_the_point_has_moved() -> None:
    flag = flags("来了120万人次。", "There were 12 million visits.")[0]
    assert flag.evidence.endswith("12 million, 10 times as much.")
    assert flag.evidence_zh.endswith("英文是中文的10倍。")


def test_only_the_translation_may_round() -> None:
    zh, en = "增幅为2448.2亿美元。", "The increase was US$244.8 billion."
    assert flags(zh, en) == []
    assert numbers(AlignedTexts((Row("r", en, zh),), "en", "zh"), CONTEXT)


def test_a_small_number_without_counterpart_is_minor() -> None:
    (flag,) = flags("这三种喝法最好。", "These are the best ways to drink it.")
    assert flag.severity == Severity.MINOR
    (flag,) = flags("发放350份。", "They were handed out.")
    assert flag.severity == Severity.MAJOR


def test_rows_are_ranked_by_what_is_left_unanswered() -> None:
    same, supplied, wrong = numbers_rank(
        texts(
            ("来了三人。", "Three came."),
            ("会议于4日举行。", "It was held on May 4, 2020."),
            ("来了40人。", "There came 50 people."),
        ),
        CONTEXT,
    )
    assert same < supplied < wrong


def test_a_number_that_the_next_row_has_is_no_finding() -> None:
    rows = texts(("共建40所学校，", "Schools were built,"), ("造福百姓。", "40 of them, for all."))
    assert numbers(rows, CONTEXT) == []


def test_english_may_be_the_source() -> None:
    row = Row("r", "It has nine members.", "它有八个成员。")
    found = numbers(AlignedTexts((row,), "en", "zh"), CONTEXT)
    assert found[0].src
    assert found[0].src.of(row.src) == "nine"
    assert found[0].tgt
    assert found[0].tgt.of(row.tgt) == "八个"


LOOSENED = [
    ("会谈近10小时。", "The talks lasted over 10 hours.", "近10小时", "over 10"),
    ("70多年来", "for 70 years", "70多年", "70"),
    ("60余万人", "600,000 people", "60余万人", "600,000"),
    ("30人参加。", "Some 30 people took part.", "30人", "Some 30"),
    ("约30人参加。", "More than 30 people took part.", "约30人", "More than 30"),
    ("景区数量过百", "nearly 100 sights", "过百", "nearly 100"),
    ("不超过5%", "more than 5%", "不超过5%", "more than 5%"),
]


@pytest.mark.parametrize(("zh", "en", "zh_words", "en_words"), LOOSENED)
def test_approximator_lost_or_turned_round(zh: str, en: str, zh_words: str, en_words: str) -> None:
    (flag,) = approximators(texts((zh, en)), CONTEXT)
    assert flag.src
    assert flag.src.of(zh) == zh_words
    assert flag.tgt
    assert flag.tgt.of(en) == en_words
    assert flag.severity == Severity.MINOR


KEPT = [
    ("会谈近10小时。", "The talks lasted nearly 10 hours."),
    ("40多次会晤", "more than 40 meetings"),
    ("约30人", "nearly 30 people"),
    ("超过一半", "more than half"),
    ("突破10亿元", "exceeded 1 billion yuan"),
    ("近三年", "in the past three years"),
    ("不低于5%", "no less than 5 percent"),
    ("总体不超过招生数的5%", "it does not exceed 5% of the number"),
    ("词汇要求800词以上", "a vocabulary of over 800 words"),
    ("80英寸及以上", "80 inches and above"),
    ("七天无理由退换", "return within seven days"),
    ("换了五六小时", "about five or six hours"),
    ("20岁左右", "in their 20s"),
    ("上午10点左右", "at about 10:00 am"),
    ("纽约3人", "3 people in New York"),
    ("最近5次", "the last 5 times"),
]


@pytest.mark.parametrize(("zh", "en"), KEPT)
def test_approximator_kept(zh: str, en: str) -> None:
    assert approximators(texts((zh, en)), CONTEXT) == []
