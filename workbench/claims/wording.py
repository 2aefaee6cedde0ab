"""Reading the words of a claim: its content, names, quotations, and what it leans on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from workbench.align.lexicon import content_words, lexicon, stem
from workbench.detect.names import listed
from workbench.detect.names.listed import Entry
from workbench.domain.text import Span

REPORTS = re.compile(
    r"\b(?:insist|stress|emphasi[sz]|reiterat|reaffirm|assert|claim|argu|stat|remark|not|point"
    r"|declar|announc|call|express|describ|said|say|warn|urg|acknowledg|admit|conced|complain)(?:s|ed|ing|es|ence|ments?|ion)?\b",
    re.IGNORECASE,
)
REPORTING_ZH = re.compile(r"说|指出|强调|表示|重申|认为|介绍|主张|宣布|呼吁|声明")
_ABSENCE = re.compile(
    r"(?:says?|said) nothing (?:about|on)|no(?:t a)? (?:mention|word|reference) (?:of|on|to|about)"
    r"|(?:does|did)(?: not|n[’']t) (?:mention|refer to)|never mentions?|omits?|leaves? out"
    r"|silent (?:on|about)|fails? to mention",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:can|could|may|might) be (?:read|understood|seen|interpreted)|\bsuggest\w*|\bappear\w*"
    r"|\bspeculat\w*|\bseem\w*|\bimpl(?:y|ies)\b|\blikely\b"
    r"|\bperhaps\b|\bpresumably\b|\breportedly\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"]([^”\"]{2,})[”\"]")
_NAME = re.compile(r"(?<![\w’'])(?:[A-Z]\.){2,}|[A-Z][\w’'-]*")


@dataclass(frozen=True, slots=True)
class ContentWord:
    """A word or hyphenated compound of a claim with the stems that must all be found.

    alternatives: other sets of stems that do as well. answers: Chinese words that answer it in
    set phrases. names: the listed names that it may stand for; one of them must be there.
    idea: one of a pair of opposites, which a passage may name either way. is_light: it says
    little. quoted: it stands in quotation marks.
    """

    text: str
    stems: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()
    is_name: bool = False
    is_report: bool = False
    is_light: bool = False
    quoted: bool = False
    idea: "Opposites | None" = None
    answers: re.Pattern[str] | None = None
    names: frozenset[Entry] = frozenset()


def content(claim: str, *, opens_sentence: bool) -> list[ContentWord]:
    """The content words of a claim.

    opens_sentence: its first word begins a sentence, so that a capital says nothing.
    """
    found: list[ContentWord] = []
    ideas = [(pair, match) for pair in opposites() if (match := pair.words(claim))]
    for pair, match in ideas:
        stems = tuple(stem for stem, _, _ in content_words(match[0]))
        found.append(ContentWord(match[0], stems, idea=pair, answers=answers(match[0])))
    names = listed.in_english(claim)
    found += [
        ContentWord(
            words,
            (),
            is_name=True,
            answers=None if " " in words else answers(words),
            names=frozenset(entries) | _seat(words),
        )
        for span, entries in names
        for words in (span.of(claim),)
    ]
    taken = [Span(*match.span()) for _, match in ideas] + [span for span, _ in names]
    quotations = quoted(claim)
    for match in re.finditer(r"(?:[A-Z]\.){2,}|[\w’'$.,]+(?:-\w+)*", claim):
        if any(match.start() in span for span in taken):
            continue
        text = match[0].strip(".,’'") if "." in match[0][-1:] and len(match[0]) > 5 else match[0]
        text = re.sub(r"[’']s$", "", text.strip(",’'"))
        opens = opens_sentence and match.start() == 0
        inside = any(match.start() in span for span in quotations)
        if word := _word(text, opens=opens, quoted=inside):
            found.append(word)
    return found


def _seat(name: str) -> frozenset[Entry]:
    """The country that the name of its seat of government stands for: Beijing."""
    meant = abbreviations().get(name)
    return meant.names if meant else frozenset()


def _word(text: str, *, opens: bool, quoted: bool) -> ContentWord | None:
    stems = tuple(stem for stem, _, _ in content_words(text))
    meant = abbreviations().get(text)
    if meant and meant.names:
        return ContentWord(text, (), is_name=True, names=meant.names, quoted=quoted)
    if not stems and not meant:
        return None
    return ContentWord(
        text,
        stems,
        (meant.stems,) if meant else (),
        is_name=bool(_NAME.match(text)) and not (opens and text.lower() in ordinary_words()),
        is_report=bool(REPORTS.fullmatch(text)),
        is_light=bool(stems) and set(stems) <= _light(),
        quoted=quoted,
        answers=answers(text),
    )


def quoted(claim: str) -> list[Span]:
    """What stands between quotation marks, without them and without a comma at the end."""
    return [
        Span(match.start(1), match.start(1) + len(match[1].rstrip(".,")))
        for match in _QUOTED.finditer(claim)
    ]


def absence(claim: str) -> Span | None:
    """The words by which a claim says that something is not in the original."""
    match = _ABSENCE.search(claim)
    return Span(*match.span()) if match else None


def is_hedged(before: str, claim: str) -> bool:
    """Whether a claim is the author's reading; before: what precedes it in its sentence."""
    return bool(_HEDGES.search(before) or _HEDGES.search(claim))


@dataclass(frozen=True, slots=True)
class Opposites:
    """Two opposite ideas, each as patterns in English and Chinese."""

    english: tuple[re.Pattern[str], re.Pattern[str]]
    chinese: tuple[re.Pattern[str], re.Pattern[str]]

    def words(self, claim: str) -> re.Match[str] | None:
        """Where a claim names one of the two, if just one."""
        side = self.side(claim)
        return None if side is None else self.english[side].search(claim)

    def side(self, claim: str) -> int | None:
        """Which of the two a claim names, if just one."""
        return _one(self.english, claim)

    def zh_side(self, passage: str) -> int | None:
        """Which of the two a Chinese passage names, if just one."""
        return _one(self.chinese, passage)


def _one(patterns: tuple[re.Pattern[str], re.Pattern[str]], text: str) -> int | None:
    hits = [number for number, pattern in enumerate(patterns) if pattern.search(text)]
    return hits[0] if len(hits) == 1 else None


@cache
def opposites() -> tuple[Opposites, ...]:
    """The product's table of opposites."""
    found = []
    for line in _lines("opposites.tsv"):
        a, b, zh_a, zh_b = line.split("\t")
        found.append(Opposites((_english(a), _english(b)), (re.compile(zh_a), re.compile(zh_b))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Meant:
    """What an abbreviation or the name of a seat of government stands for."""

    stems: tuple[str, ...]
    names: frozenset[Entry]


@cache
def abbreviations() -> dict[str, Meant]:
    """The product's table of abbreviations and seats of government."""
    found = {}
    for name, words in (line.split("\t") for line in _lines("abbreviations.tsv")):
        names = frozenset(e for _, entries in listed.in_english(words.title()) for e in entries)
        found[name] = Meant(tuple(s for s, _, _ in content_words(words)), names)
    return found


def ordinary_words() -> frozenset[str]:
    """Words that are no names only because they are written with a capital: Port, Sea."""
    return lexicon().english_words


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(word) for line in _lines("light.txt") for word in line.split())


@cache
def _paraphrases() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    pairs = (line.split("\t") for line in _lines("paraphrases.tsv"))
    return tuple((_english(en), re.compile(zh)) for en, zh in pairs)


@lru_cache(maxsize=4096)
def answers(text: str) -> re.Pattern[str] | None:
    """The Chinese words that answer an English word in set phrases."""
    found = [zh.pattern for en, zh in _paraphrases() if en.search(text)]
    return re.compile("|".join(found)) if found else None


def _english(cell: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in cell.split("|"))
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _lines(name: str) -> Iterator[str]:
    text = (files("workbench.claims") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
