"""Who says a clause: the name that a verb of saying belongs to, and how long it holds."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.detect.names.reading import Name, Reading
from workbench.detect.reporting import Report, reports
from workbench.detect.sides import Pair
from workbench.domain.text import Span

_REACH = 4  # rows over which a speaker goes on speaking
_SENTENCE_ZH = re.compile(r"[。；！？\n]")
_NEAR_ZH = re.compile(
    r"(?:总统|主席|总理|首相|外长|部长|先生|女士|方面|发言人)?(?:[还也又都并则，]|同时|同样|再次|随后|\s)*"
)
_NEAR_EN = re.compile(
    r"(?:[’']s (?:side|leader|president|government))?\s+(?:(?:also|then|further|again|in turn|had"
    r"|has|once|first|the|side|in \w+)\s+)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A verb of saying with the name beside it; None for a pronoun, an office or nobody."""

    report: Report
    holder: Name | None


def said(text: str, lang: str, names: Sequence[Name]) -> list[Said]:
    """The verbs of saying of one side with their holders. names: of that side, in order."""
    near = _NEAR_ZH if lang == "zh" else _NEAR_EN
    return [
        Said(report, next((n for n in reversed(names) if n.span.stop <= report.span.start
                           and near.fullmatch(text[n.span.stop : report.span.start])), None))
        for report in reports(text, lang)
    ]  # fmt: skip


def changed(item: Pair, reading: Reading) -> tuple[Name, Report, Name, Report] | None:
    """The Chinese and the English holder of a saying, where they are two different names that
    both languages have. The first sayings of both are compared.
    """
    zh, en = said(item.zh, "zh", reading.zh), said(item.en, "en", reading.en)
    if not zh or not en:
        return None
    one, other = zh[0].holder, en[0].holder
    if one is None or other is None or one.partner is None or other.partner is None:
        return None
    if one.partner.overlaps(other.span) or other.partner.overlaps(one.span):
        return None
    start = item.en.rfind(". ", 0, other.span.start) + 1
    if start <= one.partner.start < other.span.start:
        return None  # in apposition, or the name of whom is spoken to
    return one, zh[0].report, other, en[0].report


def goes_on(items: Sequence[Pair], at: int, report: Span) -> bool:
    """Whether the speaker of a Chinese verb spoke just before, and in English, too.

    Then “he said” may be left out: the verb has no subject of its own, and a row shortly before
    says who speaks on both sides.
    """
    before = _SENTENCE_ZH.split(items[at].zh[: report.start])[-1]
    if len(before.strip("，、： ")) > 2:
        return False
    for other in reversed(items[max(0, at - _REACH) : at]):
        if items[at].number - other.number > _REACH:
            return False
        if reports(other.zh, "zh"):
            return bool(reports(other.en, "en"))
    return False


def speaks_before(items: Sequence[Pair], at: int) -> bool:
    """Whether somebody speaks in the Chinese of a row or of those shortly before it."""
    near = [other for other in items[max(0, at - _REACH) : at + 2]
            if abs(items[at].number - other.number) <= _REACH]  # fmt: skip
    return any(reports(other.zh, "zh") or re.search(r"[：“”]", other.zh) for other in near)
