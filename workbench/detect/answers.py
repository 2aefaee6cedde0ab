"""Which negative of one language answers which of the other, by the word links."""

from collections.abc import Iterator, Sequence

from workbench.detect.linked import Linked, at
from workbench.detect.negation import Negative, negatives
from workbench.domain.text import Span

_SHARED = 0.4  # what is left of an answer that another negation has already
_ALIKE = 0.15  # in favour of two plain negations, or of two words such as 免 and "free"
_WEAK, _FADED, _BOUND = 0.7, 0.8, 0.3  # what an answer of these kinds is worth
_BY_PLACE = 0.3  # the most that standing in the same place says
_BELIEVED = 0.5  # probability of a link
_DENIED_WORDS = 3  # after a negation, which may say what is denied
_WORD_ZH, _WORD_EN = 2, 7  # characters of a word, with its blank
_BESIDE = 12  # characters after an English negation in which the word denied begins
_NEGATIVE_ZH = frozenset("不没未无非勿莫别免缺失拒禁防避难少否")


def unanswered(linked: Linked) -> list[tuple[Negative, str, float]]:
    """The plain negations, each with its language and how well the best negative of the other
    language answers it, from 0 to 1; the Chinese ones first.

    A negative answers one negation; another may share it where the words themselves are linked.
    """
    sides = {"zh": _one_a_word(linked), "en": negatives(linked.en_text, "en")}
    table = {
        (i, j): answer(linked, a, b)
        for i, a in enumerate(sides["zh"])
        for j, b in enumerate(sides["en"])
    }

    def rank(pair: tuple[int, int]) -> float:
        alike = sides["zh"][pair[0]].plain == sides["en"][pair[1]].plain
        return table[pair] + _ALIKE * alike

    taken: dict[tuple[str, int], float] = {}
    for i, j in sorted(table, key=rank, reverse=True):
        if ("zh", i) not in taken and ("en", j) not in taken:
            taken["zh", i] = taken["en", j] = table[i, j]
    return [
        (negative, lang, max(taken.get((lang, k), 0.0), _SHARED * _best(table, lang == "en", k)))
        for lang, side in sides.items()
        for k, negative in enumerate(side)
        if negative.plain
    ]


def _best(table: dict[tuple[int, int], float], side: int, number: int) -> float:
    return max((fit for pair, fit in table.items() if pair[side] == number), default=0.0)


def _one_a_word(linked: Linked) -> list[Negative]:
    """The Chinese negatives, of several in one word (拒绝) the first."""
    found: dict[object, Negative] = {}
    for number, negative in enumerate(negatives(linked.zh_text, "zh")):
        words = at(linked.zh, negative.span)
        key = words[0] if words and not negative.plain else ("plain", number)
        found.setdefault(key, negative)
    return sorted(found.values(), key=lambda negative: negative.span)


def answer(linked: Linked, zh: Negative, en: Negative) -> float:
    """How well a Chinese and an English negative answer each other, from 0 to 1."""
    if not linked.links:
        return 0.0 if zh.faded or (zh.weak and en.weak) else 1.0
    mine, its = at(linked.zh, zh.span), at(linked.en, en.span)
    direct = max((p for e in its for z, p in linked.of_en.get(e, ()) if z in mine), default=0.0)
    if zh.faded:
        beside = (p for z, e, p in linked.links
                  if z in mine and 0 < linked.en[e].start - en.span.stop < _BESIDE)  # fmt: skip
        return max(direct, *beside, 0.0) * _FADED
    apart = abs(_place(zh.span, linked.zh_text) - _place(en.span, linked.en_text))
    fit = max(direct, *_by_what_is_denied(linked, zh, en), _BY_PLACE - apart)
    bound = en.weak and not direct and _is_bound(linked, its)
    return fit * (_WEAK if zh.weak or en.weak else 1.0) * (_BOUND if bound else 1.0)


def _by_what_is_denied(linked: Linked, zh: Negative, en: Negative) -> Iterator[float]:
    """How well the words after both negatives are linked, the nearer the better."""
    zh_clause, en_clause = around(linked.zh_clauses, zh.span), around(linked.en_clauses, en.span)
    for z, e, p in linked.links:
        a, b = linked.zh[z], linked.en[e]
        if a.overlaps(zh_clause) and b.overlaps(en_clause):
            ahead = 0 if a.overlaps(zh.span) else a.start - zh.span.start
            near = _closeness(ahead / _WORD_ZH)
            yield p * near * _closeness((b.start - en.span.start) / _WORD_EN)


def _is_bound(linked: Linked, words: Sequence[int]) -> bool:
    """Whether English words render something that is not negative, as “only” does 只."""
    return any(
        p > _BELIEVED and not _NEGATIVE_ZH & set(linked.zh[z].of(linked.zh_text))
        for e in words
        for z, p in linked.of_en.get(e, ())
    )


def _place(span: Span, text: str) -> float:
    return (span.start + span.stop) / 2 / max(1, len(text))


def around(spans: Sequence[Span], place: Span) -> Span:
    """The first of the spans that touches a place, or the place itself."""
    return next((span for span in spans if span.overlaps(place)), place)


def _closeness(words: float) -> float:
    """1 for the word after a negation, less for words far behind it and for those before it."""
    return 1 / (1 + 0.15 * max(0, words - 1)) if words >= 0 else 0.8 / (1 - 0.3 * words)


def denied_is_rendered(linked: Linked, negation: Span) -> bool:
    """Whether one of the words that a Chinese negation may deny is linked to anything.

    Where none is, the whole clause is left out or put freely, and no negation is missing.
    """
    if not linked.links:
        return True
    clause = around(linked.zh_clauses, negation)
    after = [k for k, word in enumerate(linked.zh)
             if word.stop > negation.stop and word.overlaps(clause)]  # fmt: skip
    links = (link for k in after[:_DENIED_WORDS] for link in linked.of_zh.get(k, ()))
    return any(p > _BELIEVED - 0.1 for _, p in links)
