"""How firmly something is said: obligation, promise, effort, possibility."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from workbench.detect.shades import shades
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/modality"
_APART = 2  # levels between two expressions that are no longer the same
_REACH = 0.3  # how far from its place a counterpart may stand, as a share of the row


@dataclass(frozen=True, slots=True)
class _Force:
    """An expression of commitment: from `low` to `high` on a scale from 1, a possibility, to 5.

    name: what it expresses, in English and Chinese.
    """

    span: Span
    low: int
    high: int
    name: tuple[str, str]

    def apart(self, other: "_Force") -> int:
        """How many levels lie between the two; 0 when they may mean the same."""
        return max(0, self.low - other.high, other.low - self.high)


def modality(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """An expression of commitment that is two levels stronger or weaker on the other side.

    Said only where both languages have an expression that nothing of like strength on the other
    side can answer. Shades of degree and manner that are lost are reported as neutral.
    """
    flags: list[Flag] = []
    for item in pairs(texts):
        if not item.is_null:
            flags += [_flag(item, zh, en) for zh, en in _unequal(item)]
            flags += shades(item)
    return flags


def modality_rank(texts: AlignedTexts, context: "Context") -> list[float]:
    """By how many levels of five a commitment of each row differs; for shades, a tenth."""
    scores = [0.0] * len(texts.rows)
    for item in pairs(texts):
        if not item.is_null:
            apart = [zh.apart(en) / 5 for zh, en in _unequal(item)]
            scores[item.number] = max(apart, default=0.1 * bool(shades(item)))
    return scores


_Kind = tuple[int, int, tuple[str, str]]


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], tuple[_Kind, ...]]]:
    """For each language what to look for, and what the groups of the pattern stand for."""
    content = files("workbench.detect").joinpath("data", "commitment.csv")
    rows = list(csv.DictReader(content.read_text(encoding="utf-8").splitlines()))
    made = {}
    for lang in ("zh", "en"):
        own = [row for row in rows if row["lang"] == lang]
        groups = "|".join(f"({row['words']})" for row in own)
        edges = (r"\b(?:", r")(?!\w)") if lang == "en" else ("(?:", ")")
        pattern = re.compile(edges[0] + groups + edges[1], re.IGNORECASE)
        kinds = ((int(r["low"]), int(r["high"]), (r["name"], r["name_zh"])) for r in own)
        made[lang] = pattern, tuple(kinds)
    return made


# Words that contain a modal without being one: 要求, 机会, 只要, 将来, 可靠.
_NOT_MODAL = re.compile(
    r"[主重首必紧次只需]要|要[求点素闻务么害职塞领道]|[机社协大国议开聚晚年宴盛峰商学工公协]会|会[议谈见晤员场展长面议计]"
    r"|[军上中少大]将|将[军来士领近]|可[靠行持爱怜谓以及为观喜贵见]|[许认宁]可|[功性效智职技才只]能|能[力源量见否耗]"
    r"|[获取值觉懂记显]得|得[到以出益知失]|必需品|需求|[急供内]需|无需|应[对用急该邀付有]|[适反响供效相呼]应"
    r"|准备金|[作做]准备|不容易|不得不|不得已|不得了|考虑到|能不能|会不会|要不要|愿[望景]|[自意心志]愿|夙愿"
)


def _forces(text: str, lang: str) -> list[_Force]:
    pattern, kinds = _patterns()[lang]
    shown = _NOT_MODAL.sub(lambda m: "＿" * len(m[0]), text) if lang == "zh" else text
    shown = shown.replace("’", "'")
    return [
        _Force(Span(*match.span()), *kinds[(match.lastindex or 1) - 1])
        for match in pattern.finditer(shown)
    ]


def _unequal(item: Pair) -> list[tuple[_Force, _Force]]:
    """Expressions that are left over on both sides near the same place, and unlike."""
    zh, en = _forces(item.zh, "zh"), _forces(item.en, "en")
    free_zh, free_en = list(zh), list(en)
    options = sorted(
        (a.apart(b), _away(item, a, b), i, j)
        for i, a in enumerate(zh) for j, b in enumerate(en)
        if a.apart(b) < _APART
    )  # fmt: skip
    for _, _, i, j in options:
        if zh[i] in free_zh and en[j] in free_en:
            free_zh.remove(zh[i])
            free_en.remove(en[j])
    found = []
    for a in free_zh:
        near = [b for b in free_en if _away(item, a, b) <= _REACH]
        if near:
            b = min(near, key=lambda other: _away(item, a, other))
            free_en.remove(b)
            found.append((a, b))
    return found


def _away(item: Pair, zh: _Force, en: _Force) -> float:
    return abs(zh.span.start / max(1, len(item.zh)) - en.span.start / max(1, len(item.en)))


def _flag(item: Pair, zh: _Force, en: _Force) -> Flag:
    words, said = zh.span.of(item.zh), en.span.of(item.en)
    stronger = en.low > zh.high
    way, way_zh = ("stronger", "加强") if stronger else ("weaker", "减弱")
    return item.flag(
        "modality", _CATEGORY, Severity.MINOR, zh.span, en.span,
        (
            f"{words} is {zh.name[0]}; “{said}” is {en.name[0]}: the English is {way}.",
            f"“{words}”表示{zh.name[1]}，“{said}”表示{en.name[1]}，语气{way_zh}了。",
        ),
        0.5,
    )  # fmt: skip
