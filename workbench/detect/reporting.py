"""Verbs of saying and thinking: who reports a clause, and with what force."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.domain.text import Span

# What may render what without a word: the first is what the Chinese verb says.
_SAME = {
    "say": {"say", "point", "believe", "announce", "stress", "propose", "reaffirm", "call"},
    "point": {"point", "say", "stress", "believe", "reaffirm"},
    "stress": {"stress", "point", "say", "reaffirm"},
    "reaffirm": {"reaffirm", "stress"},
    "call": {"call", "propose"},
    "believe": {"believe", "say", "point", "stress"},
    "warn": {"warn", "call", "say"},
    "admit": {"admit", "say", "point"},
    "deny": {"deny", "say"},
    "promise": {"promise", "say", "announce"},
    "announce": {"announce", "say", "promise"},
    "propose": {"propose", "call", "say", "believe", "stress"},
}
FORCES = {
    "say": ("reports", "转述"), "point": ("points out", "指出"), "stress": ("stresses", "强调"),
    "reaffirm": ("reaffirms what was said before", "重申"), "call": ("calls for", "呼吁"),
    "demand": ("demands", "要求"), "believe": ("holds an opinion", "认为"),
    "claim": ("claims, which casts doubt", "声称（含怀疑）"), "warn": ("warns", "警告"),
    "admit": ("admits", "承认"), "deny": ("denies", "否认"), "promise": ("promises", "承诺"),
    "announce": ("announces", "宣布"), "propose": ("proposes", "主张"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A verb of saying or thinking. force: one of `FORCES`."""

    span: Span
    force: str


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], tuple[str, ...]]]:
    content = files("workbench.detect").joinpath("data", "reporting.csv")
    rows = list(csv.DictReader(content.read_text(encoding="utf-8").splitlines()))
    made = {}
    for lang, before, after in (("zh", "(?:", _NOT_AFTER), ("en", r"\b(?:", r")(?!\w)")):
        own = [row for row in rows if row["lang"] == lang]
        groups = "|".join(f"({row['words']})" for row in own)
        pattern = re.compile(before + groups + after, re.IGNORECASE)
        made[lang] = pattern, tuple(row["force"] for row in own)
    return made


# 说明, 称为, 说法, 传说, 名称, 建议书, 保证金 report nothing.
_NOT_AFTER = r")(?![明法服教客辞为作号呼之的书金性人者权得出起是赞]|认识|不上)"
_NOT_BEFORE = re.compile(
    r"(?:(?<!总)统|[传小学演解据听虽比所再或是怎就来话游劝名职简堪号自人通宣并可不被俗合谓])$"
)
_NOT_BEFORE_OTHERS = re.compile(r"[所可不被]$")  # 总统强调, 发言人表示 do report


def reports(text: str, lang: str) -> list[Report]:
    """The verbs of saying and thinking of a text in order; lang: "zh" or "en"."""
    pattern, forces = _patterns()[lang]
    return [
        Report(Span(*match.span()), forces[(match.lastindex or 1) - 1])
        for match in pattern.finditer(text)
        if lang == "en" or not _before(match[0]).search(text[: match.start()])
    ]


def _before(verb: str) -> re.Pattern[str]:
    return _NOT_BEFORE if verb in ("说", "称") else _NOT_BEFORE_OTHERS


def differ(zh: Report, en: Report) -> bool:
    """Whether an English verb has another force than a Chinese one."""
    return en.force not in _SAME[zh.force]
