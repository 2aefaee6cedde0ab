"""A negation in one language only."""

import re
from typing import TYPE_CHECKING

from workbench.detect.resources import lines
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

# Words that negate a clause outright.
_PLAIN_EN = re.compile(
    r"\b(?:not(?! only\b| just\b| merely\b| to mention\b| least\b| until\b)|cannot"
    r"|never(?! before\b)|\w+n[’']t)\b",
    re.IGNORECASE,
)
_PLAIN_ZH = re.compile(r"不(?!是吗)|没(?!收)|未|并非|绝非|决非|无法|不得|不容|从未|勿|拒不")
# Anything that may carry a negative sense, so that a plain negation opposite is answered.
_ANY_EN = re.compile(
    r"\b(?:not?|cannot|never|none|nothing|nobody|nowhere|neither|nor|without|hardly|barely"
    r"|scarcely|rarely|seldom|unless|until|till|lest|instead|rather|except|against|beyond|free"
    r"|far from|anything but|only|any|little|few(?:er)?|less|least|un\w+"
    r"|in(?:ability|accur|adequa|alien|appropr|capab|complet|comprehens|consist|correct|decis"
    r"|definit|depend|different|direct|dispens|divis|effect|effic|equal|escapab|evitab|exhaust"
    r"|expens|explic|famous|finit|formal|frequent|herent|just|numer|separab|significan|stab"
    r"|suffici|toler|valid|vincib|visib|violab)\w*"
    r"|im(?:possib|perfect|proper|matur|mov|partial|patien|balance)\w*"
    r"|ir(?:regul|relev|respons|revers|replac)\w*|il(?:legal|logic|legit)\w*|non-?\w+"
    r"|dis(?:agree|allow|appear|approv|belie|comfort|connect|contin|honest|like|obe|pleas"
    r"|qualif|regard|respect|satisf|trust|tinct)\w*|mis\w+|\w+less(?:ly|ness)?|refus\w+"
    r"|reject\w*|den(?:y|ie[ds]|ying|ial)|fail\w*|lack\w*|absen\w+|short\w*|prevent\w*"
    r"|avoid\w*|oppos\w+|prohibit\w*|ban(?:ned|s)?|forbid\w*|forbade|stop\w*|ceas\w+"
    r"|reluctan\w+|difficult\w*|hard|too|bad|poor\w*|wrong|abandon\w*|abstain\w*|refrain\w*"
    r"|resist\w*|exclud\w+|exempt\w*|empty|vain|doubt\w*|ignor\w+|neglect\w*|los[est]\w*"
    r"|cancel\w*|reverse|renounc\w*|give up|cut off|out of|off|away|yet|still|other than|but"
    r"|despite|regardless|no matter|whether|or|different\w*|constant\w*|continu\w+"
    r"|incessant\w*|sorry|zero|\w+n[’']t)\b",
    re.IGNORECASE,
)
_ANY_ZH = re.compile(
    r"[不没无未非勿莫别否免缺失拒禁防避反难欠毫零休甭弗绝罕少]|除了|而是|停止|放弃|只有|才|倒是|哪里|岂|何必|除非|白"
)


def polarity(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """A plain negation in one language without anything negative in the other.

    Words whose negation has faded (不断, 不仅, 无疑, "not only") do not count.
    """
    flags: list[Flag] = []
    for item in pairs(texts):
        if item.is_null:
            continue
        zh, en = _masked(item.zh), item.en
        negated_en, negated_zh = _PLAIN_EN.search(en), _PLAIN_ZH.search(zh)
        if negated_en and not _ANY_ZH.search(zh):
            flags.append(_flag(item, None, Span(*negated_en.span())))
        elif negated_zh and not _ANY_EN.search(en):
            flags.append(_flag(item, _verb_after(item.zh, negated_zh), None))
    return flags


def _masked(text: str) -> str:
    """The text with faded and double negations blanked out, of the same length."""
    text = re.sub(r"(?<=[隔割剪切])不断", "不＿", text)
    for word in sorted(lines("faded_negations.txt"), key=len, reverse=True):
        text = text.replace(word, "＿" * len(word))
    # 有没有, 可不可以: a question, no negation
    return re.sub(r"(.)[不没]\1", "＿＿＿", text)


def _verb_after(text: str, match: re.Match[str]) -> Span:
    """The negation with the two characters that follow it."""
    stop = match.end()
    while stop < min(len(text), match.end() + 2) and text[stop] not in "，。；：、！？”’）":
        stop += 1
    return Span(match.start(), stop)


def _flag(item: Pair, zh: Span | None, en: Span | None) -> Flag:
    if en:
        words = en.of(item.en)
        evidence = (
            f"The English negates (“{words}”); nothing in the Chinese does.",
            f"英文有否定（“{words}”），中文没有。",
        )
    else:
        words = zh.of(item.zh) if zh else ""
        evidence = (
            f"The Chinese negates ({words}); nothing in the English does.",
            f"中文有否定（“{words}”），英文没有。",
        )
    return item.flag("polarity", "accuracy/polarity", Severity.MAJOR, zh, en, evidence, 0.75)
