"""Sentence boundaries: the hard cases, written with | where a sentence ends."""

import pytest

from workbench.segment import segment

CHINESE = """
“这是对的。”他说。
“这是对的。”|我们都同意。
“谁来？”小王问。|小李说：“我来。”
他说：“先走吧。|我马上到。”|大家都走了。
他说：‘你好。’|说完就走了。
“老师说：‘到了。’|我没听见。”|他坐下了。
“强权即公理。”的世界一去不返。
墙上写着“欢迎！”几个大字。|人们很高兴。
“谁是朋友？”是首要问题。
「好的。」|大家都同意。
他说:"好的。"|大家走了。|"再见。"|门关了。
《摔跤吧！爸爸》很好看。|我看过两遍。
他看了《你好，之华！》。|没说什么。
他来了（昨天到的。）大家很高兴。
他来了。|（他没有说。）|大家很高兴。
会议结束（见附件）。|各方满意。
所以……所以他没来。|好吧。
这完全超出了我们的想象……|也许还会更多。
他想了想……“走吧。”
真的吗？！|是真的！！！|好。
你好!|你是谁?|我是老师.
增长3.5%。|下降3．5个百分点。
版本是2.0。|共有1．8万人。
一、总则。|二、分则。
（一）加强合作。|（二）深化互信。
1.加强合作；2.深化互信。|3.扩大交流。
1. 加强合作。|2. 深化互信。
1．加强合作。|2．深化互信。
乱云飞渡，不辍和平之志；惊涛拍岸，高扬合作之帆。
今天天气很好．|我们去公园．
今天天气很好｡|我们去公园｡
他读了卡尔.马克思的书。|很好。
美国作家J. K. 罗琳来了。|她很高兴。
数据来自P.D.A.S.系统。|没有别的。
请看https://example.org/a.b?c=d。|再看readme.txt。
没有标点的文字就是一句
他走了。[3]|她来了。|①然后呢？
全角叹号！|半角叹号! |都是句末。
她说：“No. 5 is here. |He left.”|然后走了。
"""

ENGLISH = """
He met Mr. Smith. |They left.
The U.S. President spoke. |He then left.
He lives in the U.S. |The weather is good.
It happened in Washington, D.C. |It was late.
At 9 a.m. Monday he left. |At 5 p.m. |He slept.
Trade was US$244.8 billion. |It grew 3.5%. |Good.
J. K. Rowling wrote it. |George W. Bush did not.
World War I ended. |World War II. |The end.
“It is right.” |He said so.
“Is it right?” he asked. |“Yes.”
"Go." |He went. |"Why?" she said. |"Because."
'Come on!' Li shouted. |'At once!' |He ran.
'But I—' |'You what?'
He called it “a big win.” |Others did not.
He called it “a big win”. |Others did not.
See e.g. The Times, i.e. the paper. |It is so.
Smith, Jones, etc. |The rest, etc. are here.
Wait... what? |No... |The end.
I... I cannot. |He stopped . . . |Then he went on.
What?! |No way!! |Yes.
Visit https://a.org/b?c=d.e today. |Mail a.b@c.org. |Open file.txt. |Done.
He said (this is so). |Then (really?) he left. |(He came. |She went.) |Fine.
He came (he had said he would. He did.) and left. |Fine.
This is it.[12] |That is all.¹ |Not quite.12 |And so on.
No. 5 is here. |See No. 12 of vol. 3 on p. 5. |No. |He left.
On Jan. 5 he met Gen. Li. |It was in Jan. |The snow fell.
He works at Acme Inc. |It is in St. Louis. |Acme Co. Ltd. is here.
It was the U.S. vs. Canada. |Dr. No came with Prof. Li.
1. Strengthen guidance
I. Introduction
Section 2. Scope of the agreement
(a) one thing. |(b) another thing.
Sales fell. |iPhone sales rose. |$5 was the price. |5 of them left.
He has a Ph.D. |It is in law.
The talks, ‘the best ever.’ |He smiled.
The word is 合作。|It means cooperation.
BEIJING, Sept. 5 (Xinhua) -- The two sides met. |They agreed.
It ended in 2024. |The next one is in 2026.
Plan B. |The next plan.
He left.|
"""


def cases(text):
    return [line for line in text.strip("\n").split("\n") if line]


def divide(text, lang):
    return [span.of(text) for span in segment(text, lang).sentences]


@pytest.mark.parametrize("marked", cases(CHINESE))
def test_chinese(marked):
    assert divide(marked.replace("|", ""), "zh-CN") == marked.split("|")


@pytest.mark.parametrize("marked", cases(ENGLISH))
def test_english(marked):
    expected = [piece for piece in marked.split("|") if piece]
    assert divide(marked.replace("|", ""), "en-US") == expected


@pytest.mark.parametrize("closers", ["”", "’”", "。”’", "）”", "』」", '"'])
def test_closing_marks_stay_with_their_sentence(closers):
    text = f"他说完了。{closers}\n后面还有。"
    assert divide(text, "zh-CN") == [f"他说完了。{closers}\n", "后面还有。"]


def test_traditional_text_follows_the_same_rules():
    text = "「這是對的。」他說。大家都走了。"
    assert divide(text, "zh-TW") == ["「這是對的。」他說。", "大家都走了。"]
