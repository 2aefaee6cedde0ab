"""Who says what: attribution lost, verbs of another force, subjects the translator supplied."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.detect.holders import changed, goes_on, speaks_before
from workbench.detect.names.learned import learned
from workbench.detect.names.listed import Entry
from workbench.detect.names.reading import Name, read
from workbench.detect.reporting import FORCES, Report, differ, reports
from workbench.detect.sides import Pair, pairs
from workbench.detect.subjects import supplied, turned_wish
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/attribution"
_HOLDS = re.compile(r"普遍认为|一致认为|认为|表示|指出|强调|重申|呼吁")
_AGENTLESS = re.compile(
    r"\bit (?:is|was|has been|can be) (?:also )?(?:generally |widely |commonly |universally "
    r"|generally |unanimously )?(?:believed|held|considered|thought|said|pointed out|stressed"
    r"|emphasized|agreed|hoped|felt) that\b|\bit (?:is|was) (?:generally|widely|commonly"
    r"|universally) (?:believed|held|considered|thought|agreed)\b",
    re.IGNORECASE,
)
# Nobody in particular holds it in the Chinese either.
_NOBODY = re.compile(r"(?:^|[，。；：\s])(?:人们|外界|有人|一般|大家|据|众所)|(?:^|[。；])普遍")
_SAID_THAT = re.compile(
    r"\b(?:said|says|claim(?:s|ed)|stress(?:es|ed)|point(?:s|ed) out|argu(?:es|ed)|insist(?:s|ed)"
    r"|declar(?:es|ed)|warn(?:s|ed)|emphasi[sz](?:es|ed)|alleg(?:es|ed)) that\b"
)
_SOURCE_ZH = re.compile(
    r"[说据道讲论述云问答话语言曰问叫喊骂誓]|表[态明达]|提[出醒]|显示|证[明实]|明确|发[布表]|[报通]知"
    r"|回[应复]|要求|希望|警|称|叙|规定|决定|看来|眼中|心目|所谓|感[叹慨谢]|[分解]析|解释|观点|意见|以为"
)
_CLAUSE_ENDS = "。；！？"


def speaker(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Attribution lost, changed or made up, other verbs of saying, subjects that are supplied.

    A speaker goes on from row to row: “he said” need not be repeated, and may be.
    """
    items = [item for item in pairs(texts) if not item.is_null]
    known = learned(items)
    return [flag for at in range(len(items)) for flag in _row(items, at, known)]


def _row(items: Sequence[Pair], at: int, known: tuple[Entry, ...]) -> Iterator[Flag]:
    item = items[at]
    zh, en = reports(item.zh, "zh"), reports(item.en, "en")
    agentless = _agentless(item, zh)
    if agentless:
        yield agentless
    elif zh and goes_on(items, at, zh[0].span):
        pass
    elif lost := _lost(item, zh, en):
        yield lost
    if mouthed := _put_in_a_mouth(items, at, zh):
        yield mouthed
    if zh and en and (found := changed(item, read(item.zh, item.en, known))):
        yield _changed(item, *found)
    yield from _other_force(item, zh, en)
    yield from supplied(item)
    yield from turned_wish(item, known)


def _lost(item: Pair, zh: list[Report], en: list[Report]) -> Flag | None:
    """A clause that somebody says or holds in Chinese and nobody in English."""
    held = [r for r in zh if _HOLDS.fullmatch(r.span.of(item.zh)) and _reports_a_clause(item.zh, r)]
    if not held or en or re.search(r"[“”\"‘’:]|—|’s\b.*\bview\b", item.en):
        return None
    first = held[0]
    words = first.span.of(item.zh)
    return item.flag(
        "speaker", _CATEGORY, Severity.MINOR, _with_clause(item.zh, first.span), None,
        (f"The Chinese says whose word this is ({words}); the English states it as a fact.",
         f"中文用“{words}”交代了这是谁的话或看法，英文当作事实直接陈述。"),
        0.55,
    )  # fmt: skip


def _reports_a_clause(zh: str, report: Report) -> bool:
    """Whether a clause follows, so that it is more than 表示感谢 or 强调合作."""
    rest = re.match(r"[，：]?[^，。；：！？]*", zh[report.span.stop :])
    return rest is not None and len(rest[0]) >= 6


def _with_clause(zh: str, span: Span) -> Span:
    """The verb with the words after it up to the next mark, ten characters at most."""
    rest = re.match(r"[，：]?[^，。；：！？]{0,8}", zh[span.stop :])
    return Span(span.start, span.stop + (len(rest[0]) if rest else 0))


def _changed(item: Pair, zh: Name, verb: Report, en: Name, said: Report) -> Flag:
    words = verb.span.of(item.zh)
    return item.flag(
        "speaker", _CATEGORY, Severity.MAJOR,
        Span(zh.span.start, verb.span.stop), Span(en.span.start, said.span.stop),
        (f"In the Chinese {zh.text} says this ({words}); in the English it is {en.text}.",
         f"中文是“{zh.text}”{words}，英文成了“{en.text}”说的。"),
        0.7,
    )  # fmt: skip


def _put_in_a_mouth(items: Sequence[Pair], at: int, zh: Sequence[Report]) -> Flag | None:
    """“X claimed that” where nobody says it in the Chinese, here or shortly before."""
    item = items[at]
    match = _SAID_THAT.search(item.en)
    if not match or zh or speaks_before(items, at) or _SOURCE_ZH.search(item.zh):
        return None
    return item.flag(
        "speaker", _CATEGORY, Severity.MINOR, None, Span(*match.span()),
        (f"The English has somebody say this (“{match[0]}”); the Chinese states it.",
         f"英文说这是某人的话（“{match[0]}”），中文是直接陈述。"),
        0.45,
    )  # fmt: skip


def _agentless(item: Pair, zh: list[Report]) -> Flag | None:
    """“It is generally believed” where the Chinese says who believes it."""
    match = _AGENTLESS.search(item.en)
    if not match or _NOBODY.search(item.zh):
        return None
    for report in zh:
        start = max(item.zh.rfind(mark, 0, report.span.start) for mark in _CLAUSE_ENDS) + 1
        before = item.zh[start : report.span.start].strip("，： ")
        holder = re.match(r"[^，：]{2,14}", before)
        if holder:
            words = report.span.of(item.zh)
            return item.flag(
                "speaker", _CATEGORY, Severity.MINOR, report.span, Span(*match.span()),
                (f"The Chinese says who holds this ({holder[0]} … {words}); “{match[0]}” makes it "
                 "a general truth.",
                 f"中文交代了是谁的看法（{holder[0]}……{words}），英文成了无主的泛指。"),
                0.6,
            )  # fmt: skip
    return None


def _other_force(item: Pair, zh: list[Report], en: list[Report]) -> Iterator[Flag]:
    """Verbs of another force, where both languages have as many verbs, in order."""
    if not zh or len(zh) != len(en):
        return
    for a, b in zip(zh, en, strict=True):
        if differ(a, b):
            words, said = a.span.of(item.zh), b.span.of(item.en)
            forces = FORCES[a.force], FORCES[b.force]
            yield item.flag(
                "speaker", _CATEGORY, Severity.MINOR, a.span, b.span,
                (f"{words} {forces[0][0]}; “{said}” {forces[1][0]}.",
                 f"“{words}”是{forces[0][1]}，“{said}”是{forces[1][1]}。"),
                0.5,
            )  # fmt: skip
