"""Finding the claims in a commentary: phrases that can be held against the original."""

import re
from collections.abc import Iterator, Sequence

from workbench.claims.wording import absence, content, quoted
from workbench.detect.numbers import english
from workbench.domain.claims import NAME, STATEMENT, Claim
from workbench.domain.text import Span

# Where a phrase ends that says one thing: marks, and the words that join statements.
_BREAK = re.compile(
    r"[;:—–(),]+(?![^“”]*”)\s*|\s+(?=(?:and|but|while|which|who|that|where|although|though"
    r"|because|as well as|including|culminating|marking|particularly)\s)"
)
_LEADING = re.compile(
    r"(?:and|but|while|which|who|that|where|although|though|because|as well as|including|in"
    r"|particularly|can be read|may be|at least|for now|so long as|as|is|was|are|were|it)\s+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*and\s+")
_NAMES = re.compile(r"\b[A-Z]\w*\s+and\s+[A-Z]$")
_PHRASE = 4  # words; what is shorter is no statement of its own
_FEWEST = 2  # content words of a phrase without number, name or quotation


def find_claims(text: str, sentences: Sequence[Span]) -> list[Claim]:
    """The checkable claims of some sentences, in order.

    text: English. sentences: those of the commentary; half-open character offsets.
    """
    spans = [
        (span, kind)
        for sentence in sentences
        for span in _phrases(text, sentence)
        for kind in (_kind(span.of(text), opens=span.start == sentence.start),)
        if kind
    ]
    return [Claim(f"C{n:02d}", span, kind) for n, (span, kind) in enumerate(spans, 1)]


def _phrases(text: str, sentence: Span) -> Iterator[Span]:
    start = sentence.start
    breaks = [Span(*m.span()) for m in _BREAK.finditer(text, sentence.start, sentence.stop)]
    for found in (*breaks, Span(sentence.stop, sentence.stop)):
        if _joins(text, Span(start, found.start), Span(found.stop, sentence.stop)):
            continue  # Russia and China, the form and the content
        phrase = _trim(text, Span(start, found.start))
        if len(phrase):
            yield phrase
        start = found.stop


def _joins(text: str, before: Span, after: Span) -> bool:
    """Whether “and” stands here between parts of one phrase and not between statements."""
    if not (match := _AND.match(text, after.start, after.stop)):
        return False
    following = re.split(r"[,;:—]|\.\s", text[match.end() : after.stop])[0]
    fewest = min(len(words.split()) for words in (before.of(text), following))
    return bool(_NAMES.search(text, before.start, match.end() + 1)) or fewest < _PHRASE


def _trim(text: str, span: Span) -> Span:
    start, stop = span.start, span.stop
    while match := _LEADING.match(text, start, stop):
        start = match.end()
    words = text[start:stop]
    start += len(words) - len(words.lstrip())
    stop = start + len(words.strip().rstrip(".,;:!?"))
    return Span(start, max(start, stop))


def _kind(phrase: str, *, opens: bool) -> str:
    """What sort of claim a phrase makes, "" when there is nothing to check."""
    words = content(phrase, opens_sentence=opens)
    if absence(phrase):
        return "absence"
    if any(quantity.required for quantity in english.read(phrase)):
        return "number"
    if quoted(phrase):
        return "quotation"
    if len(words) < _FEWEST:
        return ""
    if any(word.is_name for word in words):
        return "attribution" if any(word.is_report for word in words) else NAME
    return STATEMENT
