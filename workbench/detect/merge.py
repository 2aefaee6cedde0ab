"""One flag, not five: findings on the same words become the one that explains most."""

from dataclasses import replace

from workbench.domain.review import AlignedTexts, Flag
from workbench.domain.text import Span

# From the most specific explanation to the least.
_PRECEDENCE = (
    "numbers",
    "approximators",
    "terms",
    "names",
    "polarity",
    "speaker",
    "modality",
    "mood",
    "consistency",
    "mechanical",
    "omission",
    "addition",
    "doubt",
)


def merged(flags: list[Flag], texts: AlignedTexts) -> list[Flag]:
    """Fold what a more specific finding on the same words already says into it; order the rest.

    The flag that stays names in `detectors` all that contributed, its own detector first.
    Order: by row, then the gravest, then the most confident, then by place.
    """
    order = {row.id: number for number, row in enumerate(texts.rows)}
    by_row: dict[str, list[Flag]] = {}
    for flag in sorted(flags, key=_rank):
        kept = by_row.setdefault(flag.row, [])
        at = next((n for n, other in enumerate(kept) if _same_words(flag, other)), None)
        if at is None:
            kept.append(replace(flag, detectors=(flag.detector,)))
        elif flag.detector not in kept[at].detectors:
            kept[at] = replace(kept[at], detectors=(*kept[at].detectors, flag.detector))
    chosen = [flag for kept in by_row.values() for flag in kept]
    return sorted(chosen, key=lambda f: (order[f.row], -f.severity.rank, -f.confidence, _place(f)))


def _rank(flag: Flag) -> tuple[int, int, float]:
    known = flag.detector in _PRECEDENCE
    place = _PRECEDENCE.index(flag.detector) if known else len(_PRECEDENCE)
    return place, -flag.severity.rank, -flag.confidence


def _place(flag: Flag) -> tuple[int, int]:
    return (
        flag.src.start if flag.src else -1,
        flag.tgt.start if flag.tgt else -1,
    )


def _same_words(flag: Flag, other: Flag) -> bool:
    """Whether two findings share most of the shorter span on a side where both have words."""
    return _shares(flag.src, other.src) or _shares(flag.tgt, other.tgt)


def _shares(a: Span | None, b: Span | None) -> bool:
    if a is None or b is None or not len(a) or not len(b):
        return False
    common = min(a.stop, b.stop) - max(a.start, b.start)
    return common * 2 >= min(len(a), len(b))
