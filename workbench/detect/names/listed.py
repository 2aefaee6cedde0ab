"""Names that are not written by sound alone: countries, places, organisations, people."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.domain.text import Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in both languages.

    zh, en: its forms, the usual one first; for a country also its people and adjectives.
    kind: "country", "place", "org" or "person"; "learned" from the document.
    char: the character that stands for a country in 中俄 and 俄方, or "".
    """

    zh: tuple[str, ...]
    en: tuple[str, ...]
    kind: str
    char: str = ""


@cache
def entries() -> tuple[Entry, ...]:
    """All names of `data/countries.csv` and `data/names.csv`."""
    found: list[Entry] = []
    for row in _table("countries.csv"):
        forms = (*_forms(row["en"]), *_forms(row["people"]))
        char = row["char"].partition("|")[0]
        found.append(Entry(_forms(row["zh"]), forms, "country", char))
        if row["capital_zh"]:
            capital = _forms(row["capital_en"])
            found.append(Entry(_forms(row["capital_zh"]), capital, "place"))
    for row in _table("names.csv"):
        forms = _forms(row["en"])
        found.append(Entry(_forms(row["zh"]), forms, row["kind"]))
    return tuple(found)


def _table(name: str) -> Iterator[dict[str, str]]:
    content = files("workbench.detect").joinpath("data", name).read_text(encoding="utf-8")
    return csv.DictReader(content.splitlines())


def _forms(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


@cache
def by_character() -> dict[str, tuple[Entry, ...]]:
    """The countries a single character may stand for: 巴 is Pakistan, Brazil, Palestine, …"""
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries():
        if entry.char:
            found[entry.char].append(entry)
    for char, name in (("欧", "欧盟"), ("欧", "欧洲"), ("非", "非洲"), ("拉", "拉丁美洲"),
                       ("台", "台湾"), ("港", "香港"), ("澳", "澳门"), ("朝", "朝鲜"),
                       ("阿", "阿拉伯国家"), ("京", "北京"), ("党", "中国共产党"),
                       ("央", "中央委员会"), ("央", "中共中央"), ("奥", "奥运会")):  # fmt: skip
        found[char] += [e for e in entries() if name in e.zh]
    return {char: tuple(items) for char, items in found.items()}


@cache
def characters(entry: Entry) -> frozenset[str]:
    """The characters that may stand for a name: 美, 欧, 京."""
    return frozenset(char for char, others in by_character().items() if entry in others)


@cache
def _chinese() -> dict[str, dict[str, tuple[Entry, ...]]]:
    """By first character, then by form."""
    found: dict[str, dict[str, tuple[Entry, ...]]] = defaultdict(dict)
    for entry in entries():
        for form in entry.zh:
            found[form[0]][form] = (*found[form[0]].get(form, ()), entry)
    return {char: dict(sorted(forms.items(), key=lambda f: -len(f[0])))
            for char, forms in found.items()}  # fmt: skip


@cache
def _english() -> dict[str, dict[str, tuple[Entry, ...]]]:
    found: dict[str, dict[str, tuple[Entry, ...]]] = defaultdict(dict)
    for entry in entries():
        for form in entry.en:
            first = _first_word(form)
            found[first][form] = (*found[first].get(form, ()), entry)
    return {word: dict(sorted(forms.items(), key=lambda f: -len(f[0])))
            for word, forms in found.items()}  # fmt: skip


_WORD = re.compile(r"[^\W\d_]+(?:\.(?=[A-Z]))?|[A-Z]\d+")


def _first_word(form: str) -> str:
    match = _WORD.match(form)
    return match[0] if match else form


def in_chinese(text: str, more: tuple[Entry, ...] = ()) -> list[tuple[Span, tuple[Entry, ...]]]:
    """The listed names of a Chinese text, the longest at each place; `more`: besides the lists."""
    found: list[tuple[Span, tuple[Entry, ...]]] = []
    at = 0
    while at < len(text):
        forms = _chinese().get(text[at], {})
        own = {f: (entry,) for entry in more for f in entry.zh if text.startswith(f, at)}
        form = max(own, key=len, default="") or next(
            (f for f in forms if text.startswith(f, at)), ""
        )
        if form:
            found.append((Span(at, at + len(form)), own.get(form) or forms[form]))
        at += len(form) or 1
    return found


def in_english(text: str, more: tuple[Entry, ...] = ()) -> list[tuple[Span, tuple[Entry, ...]]]:
    """The same for an English text; case matters."""
    found: list[tuple[Span, tuple[Entry, ...]]] = []
    at = 0
    for match in _WORD.finditer(text):
        if match.start() < at:
            continue
        forms = _english().get(match[0], {})
        own = {f: (entry,) for entry in more for f in entry.en if _stands(text, f, match.start())}
        form = max(own, key=len, default="") or next(
            (f for f in forms if _stands(text, f, match.start())), ""
        )
        if form:
            at = match.start() + len(form)
            found.append((Span(match.start(), at), own.get(form) or forms[form]))
    return found


def _stands(text: str, form: str, at: int) -> bool:
    end = at + len(form)
    if not text.startswith(form, at):
        return False
    before, after = text[at - 1 : at] if at else "", text[end : end + 1]
    return not before.isalnum() and (not after.isalnum() or form.endswith("."))
