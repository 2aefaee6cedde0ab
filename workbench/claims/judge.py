"""Holding a claim against the original: which passage bears on it, and what it says."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from workbench.claims import against
from workbench.claims.figures import compare, share, tells
from workbench.claims.passages import Floats, Passage, Passages
from workbench.claims.wording import (
    ContentWord,
    absence,
    content,
    is_hedged,
    ordinary_words,
    quoted,
)
from workbench.detect.numbers import english
from workbench.detect.numbers.compare import currencies_differ
from workbench.detect.numbers.values import (
    Approx,
    Quantity,
    in_english,
)
from workbench.domain.claims import NAME, STATEMENT, Claim, Judgement, Verdict
from workbench.domain.text import Span

# How much of a claim's content must stand in the original for it to count as supported; more
# when the author says that it is a reading. Set on the sample's commentary and on a few others.
_ENOUGH, _ENOUGH_HEDGED = 0.6, 0.75
_SOME = 0.45  # as much, and a number that differs contradicts, one that is equal supports
_BESIDE = 0.4  # what must be there beside an opposite
_OWN = 0.35  # of the words that are no names, as much at least
_TOLD = 3  # words at least of a claim that a clause can deny
_BEARS = 0.3  # less than this, and no passage bears on the claim
_CLAUSES, _SHORT, _LONG = 4, 40, 200  # evidence: clauses at most; characters
_NUMBER = 1.3  # what a number weighs, beside words of at most 1
_SENTENCE = 0.5  # what the rest of the claim's sentence weighs when a passage is looked for
_WORDING = 0.4  # what the same words in the same order weigh, in the translation
_BEFORE = 0.7  # what a name counts that only a passage shortly before has
_FIRST = 0.15  # how much rather an early passage than a late one: who somebody is comes first

_UNITS = ["times", "dollars", "euros", "yuan", "yen", "pounds"]  # said with the number
_OPPOSED = {frozenset({Approx.OVER, Approx.UNDER})}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A claim as it is looked up. words, numbers: what must be there. hedged: the author's own."""

    text: str
    sentence: str
    words: list[ContentWord]
    numbers: list[Quantity]
    hedged: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """The passage that bears most on a claim.

    number: of the passage. cover: of each word, in it. support: share of the content that is
    there. equal, unequal: the claim's numbers with those of the passage.
    """

    number: int
    passage: Passage
    cover: Floats
    support: float
    equal: list[tuple[Quantity, Quantity]]
    unequal: list[tuple[Quantity, Quantity]]
    missing: list[Quantity]


def judge(
    claims: Sequence[Claim], text: str, sentences: Sequence[Span], passages: Passages
) -> list[Judgement]:
    """A verdict on each claim, in order.

    text: in which the claims stand, English. sentences: its sentences.
    """
    return [_judge(claim, text, sentences, passages) for claim in claims]


def _judge(claim: Claim, text: str, sentences: Sequence[Span], passages: Passages) -> Judgement:
    around = next((s for s in sentences if s.start <= claim.span.start < s.stop), claim.span)
    words = claim.span.of(text)
    gap = absence(words)
    topic = words[gap.stop :] if gap and words[gap.stop :].strip() else words
    reading = _read(topic, around.of(text), text[around.start : claim.span.start])
    found = _look_up(reading, passages)
    strange = _strange(reading, found, passages)
    verdict, reason, reason_zh = _decide(reading, found, passages, strange)
    if verdict == Verdict.ABSENT and claim.kind in (STATEMENT, NAME) and not strange:
        verdict = Verdict.UNCHECKABLE
        reason = "An assessment of the author's, on which the original is silent."
        reason_zh = "这是作者的判断，原文未涉及。"
    if gap:
        verdict, reason, reason_zh = _turned(verdict, reason, reason_zh)
    evidence = (
        ()
        if verdict == Verdict.ABSENT and found.support < _BEARS
        else (_evidence(reading, found, passages),)
    )
    quotation = _quotation(words, found.passage)
    return Judgement(
        claim,
        verdict,
        evidence,
        round(found.support, 3),
        reason + quotation[0],
        reason_zh + quotation[1],
    )


def _read(claim: str, sentence: str, before: str) -> _Reading:
    words = content(claim, opens_sentence=not before.strip())
    read = english.read(claim)
    numbers = [q for q in read if tells(q)]
    spans = [q.span.of(claim) for q in read] + _UNITS * bool(read)
    plain = [
        word
        for word in words
        if not any(stem.startswith("#") for stem in word.stems)
        and not any(word.text in span for span in spans)
    ]
    return _Reading(claim, sentence, plain, numbers, is_hedged(before, claim))


def _look_up(reading: _Reading, passages: Passages) -> _Found:
    cover = passages.coverage(reading.words)
    weights = np.array([passages.weight(word) for word in reading.words], dtype=np.float32)
    counted = np.array([[share(q, item) for item in passages.items] for q in reading.numbers])
    total = float(weights.sum()) + _NUMBER * len(reading.numbers)

    def supported(cover: Floats) -> Floats:
        found: Floats = weights @ cover
        if reading.numbers:
            found = found + _NUMBER * counted.sum(axis=0)
        return found / max(total, 0.1)

    early = _FIRST * (1 - np.arange(len(passages.items)) / len(passages.items))
    names_only = all(word.is_name for word in reading.words) and not reading.numbers
    rest = content(reading.sentence, opens_sentence=True)
    rest_weights = np.array([passages.weight(word) for word in rest], dtype=np.float32)
    around = rest_weights @ passages.coverage(rest) / max(float(rest_weights.sum()), 0.1)
    score = (
        supported(cover)
        + passages.nearness(reading.text)
        + _WORDING * passages.wording(reading.text)
        + _SENTENCE * (passages.nearness(reading.sentence) + around)
        + early * (2 if names_only else 0.3)
    )
    best = int(np.argmax(score))
    item = passages.items[best]
    equal, unequal, missing = compare(reading.numbers, item)
    cover = _carried(cover, reading.words)
    return _Found(
        best, item, cover[:, best], float(supported(cover)[best]), equal, unequal, missing
    )


def _carried(cover: Floats, words: Sequence[ContentWord]) -> Floats:
    """The same, with names also where one of the two passages before names them."""
    for row, word in enumerate(words):
        if word.is_name:
            own = cover[row]
            before = [np.concatenate((np.zeros(n), own[:-n]))[: len(own)] for n in (1, 2)]
            cover[row] = np.maximum(own, _BEFORE * np.maximum(*before))
    return cover


def _decide(
    reading: _Reading, found: _Found, passages: Passages, strange: list[str]
) -> tuple[Verdict, str, str]:
    words = _words_support(reading, found, passages)
    if numbers := _other_number(found, words):
        return _contradicted_number(*numbers, found, passages)
    opposed = against.opposed(reading.text, found.passage.text)
    if opposed and _words_support(reading, found, passages, ideas=False) >= _BESIDE:
        return (
            Verdict.CONTRADICTED,
            f"The original says the opposite: {opposed}.",
            f"原文意思相反：{opposed}。",
        )
    if strange:
        names = ", ".join(strange)
        return (
            Verdict.ABSENT,
            f"The original does not name {names}.",
            f"原文没有提到 {names}。",
        )
    if found.missing:
        number = found.missing[0].whole.of(reading.text)
        return (
            Verdict.ABSENT,
            f"The original has no number that answers “{number}”.",
            f"原文没有与“{number}”相应的数字。",
        )
    if _misquoted(reading, found):
        return (
            Verdict.ABSENT,
            "The original has no words like those quoted.",
            "原文没有与引文相应的话。",
        )
    own = _own_support(reading, found, passages)
    speakers = against.other_speaker(reading.text, passages.items, found.number)
    if speakers and own >= _ENOUGH:
        claimed, said = speakers
        return (
            Verdict.CONTRADICTED,
            f"In the original it is {said}, not {claimed}.",
            f"原文是{said}，不是 {claimed}。",
        )
    enough = _ENOUGH_HEDGED if reading.hedged else _ENOUGH
    counted = bool(found.equal) and not found.unequal and words >= _SOME
    if (found.support >= enough or counted) and own >= _OWN:
        if contrary := _contrary(reading, found, passages):
            return (Verdict.CONTRADICTED, *contrary)
        return Verdict.SUPPORTED, "The original says so.", "原文有此内容。"
    lacking = [
        word.text
        for word, cover in zip(reading.words, found.cover, strict=True)
        if cover < 0.4 and not word.is_light
    ]
    what = ", ".join(lacking) or reading.text
    return (
        Verdict.ABSENT,
        f"Nothing in the original answers: {what}.",
        f"原文没有与之相应的内容：{what}。",
    )


def _contrary(reading: _Reading, found: _Found, passages: Passages) -> tuple[str, str] | None:
    """Why a passage that has a claim's content says the contrary of it, in both languages."""
    if against.denies(reading.text, found.passage):
        return "The claim denies what the original affirms.", "原文肯定的，这里作了否定。"
    told = [w for w, c in zip(reading.words, found.cover, strict=True) if c and not w.is_light]
    clause = _best_clause(reading, found, passages) if len(told) >= _TOLD else ""
    if words := against.denied(reading.text, clause, found.passage.english):
        return f"The original denies it: {words}.", f"原文是否定的：{words}。"
    return None


def _best_clause(reading: _Reading, found: _Found, passages: Passages) -> str:
    """The clause of the passage that has the most of a claim's words."""
    inside = passages.clauses_of(found.number)
    weights = np.array([passages.weight(word) for word in reading.words], dtype=np.float32)
    covers = weights @ inside.coverage(reading.words) + inside.nearness(reading.text)
    return inside.items[int(np.argmax(covers))].text


def _other_number(found: _Found, words: float) -> tuple[Quantity, Quantity] | None:
    """A number of the claim with the one of the passage that speaks against it."""
    for claimed, original in found.equal:
        if frozenset({claimed.approx, original.approx}) in _OPPOSED:
            return claimed, original
        if currencies_differ(original, claimed) and words >= _SOME:
            return claimed, original
    return found.unequal[0] if found.unequal and words >= _SOME else None


def _strange(reading: _Reading, found: _Found, passages: Passages) -> list[str]:
    """The names of a claim that no passage has."""
    return [
        word.text
        for word, cover in zip(reading.words, found.cover, strict=True)
        if word.is_name
        and not cover
        and (word.names or word.text.lower() not in ordinary_words())
        and not passages.coverage([word]).any()
    ]


def _words_support(
    reading: _Reading, found: _Found, passages: Passages, *, ideas: bool = True
) -> float:
    weights = np.array(
        [passages.weight(w) if ideas or not w.idea else 0.0 for w in reading.words],
        dtype=np.float32,
    )
    return float(weights @ found.cover / weights.sum()) if weights.sum() else 1.0


def _own_support(reading: _Reading, found: _Found, passages: Passages) -> float:
    """The same without names, which any passage on the subject has."""
    own = [
        not (w.names or (w.is_name and w.text.lower() not in ordinary_words()))
        for w in reading.words
    ]
    if not any(own) or found.equal:
        return 1.0
    weights = np.array([passages.weight(word) for word in reading.words]) * own
    return float(weights @ found.cover / weights.sum()) if weights.sum() else 1.0


def _misquoted(reading: _Reading, found: _Found) -> bool:
    """Whether the quoted words of a claim are mostly not in the passage."""
    covers = [
        cover
        for word, cover in zip(reading.words, found.cover, strict=True)
        if word.quoted and not word.is_light
    ]
    return bool(covers) and sum(covers) / len(covers) < _ENOUGH


def _contradicted_number(
    claimed: Quantity, original: Quantity, found: _Found, passages: Passages
) -> tuple[Verdict, str, str]:
    start = found.passage.span.start
    words = original.whole.shift(start).of(passages.original.content)
    loose = {Approx.OVER: "more than ", Approx.UNDER: "less than ", Approx.ABOUT: "about "}
    value = loose.get(original.approx, "") + in_english(original.value)
    return (
        Verdict.CONTRADICTED,
        f"The original has {words} ({value}).",
        f"原文是“{words}”。",
    )


def _turned(verdict: Verdict, reason: str, reason_zh: str) -> tuple[Verdict, str, str]:
    """The verdict on "the original says nothing about it"."""
    if verdict == Verdict.ABSENT:
        return Verdict.SUPPORTED, "It is not in the original indeed.", "原文确实没有提到。"
    return Verdict.CONTRADICTED, "The original does speak of it.", "原文其实谈到了。"


def _quotation(claim: str, passage: Passage) -> tuple[str, str]:
    """What is to be said of words in quotation marks: whether they stand in the translation."""
    spans = quoted(claim)
    if not spans or not passage.english:
        return "", ""
    flat = _flat(passage.english)
    if all(_flat(span.of(claim)) in flat for span in spans):
        return " The quotation is word for word that of the translation.", "引文与译文逐字相同。"
    return " The quotation is not word for word that of the translation.", "引文与译文不逐字相同。"


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _evidence(reading: _Reading, found: _Found, passages: Passages) -> Span:
    """The run of clauses in the passage that bears the most of the claim, as short as can be."""
    original, inside = passages.original, passages.clauses_of(found.number)
    clauses = inside.items
    if len(found.passage.span) <= _SHORT or len(clauses) < 2:
        return _trimmed(original.content, found.passage.span)
    weights = np.array([passages.weight(word) for word in reading.words], dtype=np.float32)
    total = max(float(weights.sum()), 0.1)
    cover, near = inside.coverage(reading.words), inside.nearness(reading.text)
    best, best_worth = found.passage.span, -1.0
    for first, stop in combinations(range(len(clauses) + 1), 2):
        if stop - first > _CLAUSES:
            continue
        span = Span(clauses[first].span.start, clauses[stop - 1].span.stop)
        counts = sum(max(share(q, c) for c in clauses[first:stop]) for q in reading.numbers)
        words = float(weights @ cover[:, first:stop].max(axis=1)) / total
        worth = words + counts + float(near[first:stop].max()) - len(span) / _LONG
        if worth > best_worth:
            best, best_worth = span, worth
    return _trimmed(original.content, best)


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = len(words) - len(words.lstrip())
    stop = len(words.rstrip().rstrip("，。；：、,.;:"))
    return Span(span.start + start, span.start + max(start, stop))
