"""Offices and titles: 总理 is a prime minister and no foreign minister."""

import csv
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

# Renderings that are too wide to be held against another office.
_TOO_WIDE = frozenset((
    "member", "members", "head", "director", "general", "representative", "representatives",
    "senate", "presidential", "ministerial", "standing committee", "house member", "consular",
    "justice", "counselor", "counsellor", "member of the house", "political bureau",
    "politburo", "party leader", "party chief",
))  # fmt: skip
_ORDINARY = frozenset((
    "minister", "secretary", "chair", "king", "queen", "speaker", "president", "governor", "judge",
    "commander", "premier", "envoy", "prince", "princess", "marshal", "chairman",
    "director general",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Office:
    """An office with the ways to say it in English, lower case, the usual one first."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


@cache
def _offices() -> tuple[Office, ...]:
    content = files("workbench.detect").joinpath("data", "offices.csv").read_text(encoding="utf-8")
    return tuple(
        Office(tuple(row["zh"].split("|")), tuple(row["en"].split("|")))
        for row in csv.DictReader(content.splitlines())
    )


@cache
def _chinese() -> tuple[re.Pattern[str], dict[str, Office]]:
    forms = {form: office for office in _offices() for form in office.zh}
    longest = sorted(forms, key=len, reverse=True)
    body = "|".join(map(re.escape, longest))
    deputy, after = "(?P<deputy>副|前任?副|执行副)?", "(?![部馆团衔江]|会议|办公)"
    return re.compile(f"{deputy}(?P<office>{body}){after}"), forms


@cache
def _english() -> re.Pattern[str]:
    forms = {form for office in _offices() for form in office.en} - _TOO_WIDE
    forms |= {f"{second} {form}" for form in forms for second in ("vice", "deputy")}
    longest = sorted(forms, key=len, reverse=True)
    spaced = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in longest)
    return re.compile(rf"(?<![\w-])({spaced})s?(?![\w-])", re.IGNORECASE)


def _plain(words: str) -> str:
    """Vice-Premiers as vice premier; a deputy is the same as a vice."""
    words = re.sub(r"[\s-]+", " ", words.lower())
    return words.removesuffix("s").replace("deputy ", "vice ")


@dataclass(frozen=True, slots=True)
class _Use:
    """An office in a Chinese text and what it may be called."""

    span: Span
    preferred: str
    forms: frozenset[str]


def _in_chinese(text: str) -> list[_Use]:
    pattern, known = _chinese()
    uses = []
    for match in pattern.finditer(text):
        office = known[match["office"]]
        second = "vice " if match["deputy"] and not office.en[0].startswith(("vice", "dep")) else ""
        forms = frozenset(_plain(second + form) for form in office.en)
        uses.append(_Use(Span(*match.span()), second + office.en[0], forms))
    return uses


def offices(item: Pair) -> list[Flag]:
    """An office of the Chinese for which the English has another one.

    Said only where the Chinese office has none of its renderings in the row while the English has
    an office that no Chinese one in the row allows.
    """
    zh = _in_chinese(item.zh)
    if not zh:
        return []
    en = [(Span(*match.span()), _plain(match[1])) for match in _english().finditer(item.en)]
    allowed = {form for use in zh for form in use.forms}
    missing = [use for use in zh if not any(_is_said(use.forms, words) for _, words in en)
               and not any(form in _plain(item.en) for form in use.forms)]  # fmt: skip
    strange = [span for span, words in en
               if not _is_said(allowed, words) and _is_office(item.en, span)]  # fmt: skip
    flags = []
    for use in missing:
        if strange:
            place = use.span.start / len(item.zh) * len(item.en)
            en_span = min(strange, key=lambda span: abs(span.start - place))
            strange.remove(en_span)
            flags.append(_flag(item, use, en_span))
    return flags


def _is_said(forms: Collection[str], words: str) -> bool:
    """Whether words are one of the forms, or a longer office that ends in one."""
    return words in forms or any(form.endswith(f" {words}") for form in forms)


def _is_office(text: str, span: Span) -> bool:
    """Whether an English word that is also an ordinary one is an office here: it has a capital
    and a name or a full stop after it.
    """
    if _plain(span.of(text)) not in _ORDINARY:
        return True
    goes_on = re.match(r"\s+(?:of\b|[A-Z])|[.,]", text[span.stop :])
    return text[span.start].isupper() and bool(goes_on)


def _flag(item: Pair, use: _Use, en: Span) -> Flag:
    words, said = use.span.of(item.zh), en.of(item.en)
    return item.flag(
        "names", "accuracy/name", Severity.MAJOR, use.span, en,
        (f"{words} is “{use.preferred}”; the English has “{said}”.",
         f"“{words}”一般译作“{use.preferred}”，英文是“{said}”。"),
        0.75,
    )  # fmt: skip
