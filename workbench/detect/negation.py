"""What negates in Chinese and in English."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from workbench.detect.resources import lines
from workbench.domain.text import Span

# Words that negate a clause outright.
_PLAIN_EN = re.compile(
    r"\b(?:(?<!\bor )not(?! only\b| just\b| merely\b| simply\b| to mention\b| least\b"
    r"| until\b)|cannot|never(?! before\b)|\w+n[’‘']t)\b",
    re.IGNORECASE,
)
_PLAIN_ZH = re.compile(r"不(?!是吗)|没(?!收)|未|并非|绝非|决非|无法|从未|勿|拒不")
# Words with a negative sense, which answer a plain negation.
_OTHER_EN = re.compile(
    r"\b(?:no|none|nothing|nobody|nowhere|neither|nor|without|hardly|barely|scarcely|rarely|seldom"
    r"|unless|lest|except|against|beyond|free|far from|anything but|un\w{3,}"
    r"|in(?:ability|accur|adequa|alien|appropr|capab|complet|comprehens|consist|correct|decis"
    r"|definit|depend|different|direct|dispens|divis|effect|effic|equal|escapab|evitab|exhaust"
    r"|explic|famous|finit|formal|frequent|numer|separab|significan|stab"
    r"|suffici|toler|valid|vincib|visib|violab)\w*"
    r"|im(?:possib|perfect|proper|matur|mov|partial|patien|balance)\w*"
    r"|ir(?:regul|relev|respons|revers|replac)\w*|il(?:legal|logic|legit)\w*|non-?\w+|ill-\w+"
    r"|dis(?:agree|allow|appear|approv|belie|comfort|connect|contin|honest|like|obe|pleas"
    r"|qualif|regard|respect|satisf|trust|tinct)\w*|mis(?:und|us|gui|lead|led|match|trust)\w+"
    r"|\w{3,}less(?:ly|ness)?|refus\w+|reject\w*|den(?:y|ie[ds]|ying|ial)|fail\w*|lack\w*|absen\w+"
    r"|short\w*|prevent\w*|avoid\w*|oppos\w+|prohibit\w*|ban(?:ned|s)?|forbid\w*|forbade|stop\w*"
    r"|ceas\w+|reluctan\w+|difficult\w*|poor\w*|wrong|abandon\w*|abstain\w*|refrain\w*"
    r"|resist\w*|exclud\w+|exempt\w*|empty|vain|doubt\w*|ignor\w+|neglect\w*|los[est]\w*"
    r"|cancel\w*|renounc\w*|give up|despite|regardless|no matter|different\w*|sorry|zero"
    r"|miss(?:ed|es|ing)?|inedib\w+|silen\w+|rare|asymmetr\w+|hate[ds]?|dislik\w+|declin\w+|delay\w*|idle"
    r"|other than)\b",
    re.IGNORECASE,
)
_WEAK_EN = re.compile(
    r"\b(?:until|till|instead|rather|only|any|little|few(?:er)?|less|least|hard|too|bad|reverse"
    r"|cut off|out of|off|away|yet|still|at most|otherwise|hard|vary|varied|varies|whether|or"
    r"|constant\w*|continu\w+|incessant\w*|barring|minus|long before)\b",
    re.IGNORECASE,
)
_OTHER_ZH = re.compile(
    r"[无非莫别免缺失拒禁防避反难欠毫零休甭弗绝罕少否]|除了|停止|放弃|岂|何必|除非|倒是|哪里"
)
_DOUBLE_ZH = re.compile(r"[无莫]一?不|未必不|不无|不[得能可]不|无[时处]不|无非|不谓不|没有不")
_WEAK_ZH = re.compile(r"而是|只有|才|白")
_PLACES_ZH = re.compile(r"[东西南北中]非|莫[^名不大]\S?[州县市谷]")


@dataclass(frozen=True, slots=True)
class Negative:
    """A word with a negative sense.

    plain: it negates outright and wants an answer on the other side; else it can only answer.
    weak: it answers only what stands close by. faded: a word whose negation is no longer felt
    (不久): it answers only what it is linked to.
    """

    span: Span
    plain: bool
    weak: bool = False
    faded: bool = False


def negatives(text: str, lang: str) -> list[Negative]:
    """All that is negative in a text, in order; lang: "zh" or "en"."""
    return list(_english(text) if lang == "en" else _chinese(text))


def _english(text: str) -> Iterator[Negative]:
    taken: list[Span] = []
    for pattern, plain, weak in ((_PLAIN_EN, True, False), (_OTHER_EN, False, False),
                                 (_WEAK_EN, False, True)):  # fmt: skip
        for match in pattern.finditer(text):
            span = Span(*match.span())
            if not any(span.overlaps(other) for other in taken):
                taken.append(span)
                yield Negative(span, plain, weak)


def _chinese(text: str) -> Iterator[Negative]:
    masked, faded = _masked(text)
    for pattern, plain, weak in ((_PLAIN_ZH, True, False), (_OTHER_ZH, False, False),
                                 (_WEAK_ZH, False, True)):  # fmt: skip
        for match in pattern.finditer(masked):
            yield Negative(Span(*match.span()), plain, weak)
    for span in faded:
        if not _DOUBLE_ZH.match(span.of(text)):  # two negations answer no single one
            yield Negative(span, False, True, True)


@cache
def _faded() -> re.Pattern[str]:
    words = sorted(lines("faded_negations.txt"), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def _masked(text: str) -> tuple[str, list[Span]]:
    """The text with faded and double negations blanked out, of the same length, and their places.

    有没有, 可不可以: a question, no negation.
    """
    found = []
    text = re.sub(r"(?<=[隔割剪切])不断", "不＿", text)
    for match in _PLACES_ZH.finditer(text):
        text = text[: match.start()] + "＿" * len(match[0]) + text[match.end() :]
    for match in (*_faded().finditer(text), *re.finditer(r"(.)[不没]\1", text)):
        found.append(Span(*match.span()))
    for span in found:
        text = text[: span.start] + "＿" * len(span) + text[span.stop :]
    return text, found
