"""Who says what: attribution lost, verbs of another force, subjects the translator supplied."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench.detect.names.learned import learned
from workbench.detect.names.listed import Entry
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
_CLAUSE_ENDS = "。；！？"


def speaker(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """Attribution that is lost, verbs of saying of another force, subjects that are supplied."""
    items = pairs(texts)
    known = learned(items)
    return [flag for item in items if not item.is_null for flag in _row(item, known)]


def _row(item: Pair, known: tuple[Entry, ...]) -> Iterator[Flag]:
    zh, en = reports(item.zh, "zh"), reports(item.en, "en")
    agentless = _agentless(item, zh)
    if agentless:
        yield agentless
    elif lost := _lost(item, zh, en):
        yield lost
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
