"""Reading the words of a claim: its content, names, quotations, and what it leans on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from workbench.align.lexicon import content_words
from workbench.domain.text import Span

_REPORTS = re.compile(
    r"\b(?:insist|stress|emphasi[sz]|reiterat|reaffirm|assert|claim|argu|stat|remark|not|point"
    r"|declar|announc|call|express|describ|said|say|warn|urg)(?:s|ed|ing|es|ence|ments?|ion)?\b",
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

    alternatives: other sets of stems that do as well. idea: one of a pair of opposites, which
    a passage may name either way.
    """

    text: str
    stems: tuple[str, ...]
    alternatives: tuple[tuple[str, ...], ...] = ()
    is_name: bool = False
    is_report: bool = False
    idea: "Opposites | None" = None


def content(claim: str, *, opens_sentence: bool) -> list[ContentWord]:
    """The content words of a claim.

    opens_sentence: its first word begins a sentence, so that a capital says nothing.
    """
    found: list[ContentWord] = []
    ideas = [(pair, match) for pair in opposites() if (match := pair.words(claim))]
    for pair, match in ideas:
        found.append(ContentWord(match[0], (), idea=pair))
    for match in re.finditer(r"(?:[A-Z]\.){2,}|[\w’'$.,]+(?:-\w+)*", claim):
        if any(idea.start() <= match.start() < idea.end() for _, idea in ideas):
            continue
        text = match[0].strip(".,’'") if "." in match[0][-1:] and len(match[0]) > 5 else match[0]
        text = re.sub(r"[’']s$", "", text.strip(",’'"))
        stems = tuple(stem for stem, _, _ in content_words(text))
        other = abbreviations().get(text, ())
        if not stems and not other:
            continue
        name = bool(_NAME.match(text)) and not (opens_sentence and match.start() == 0)
        report = bool(_REPORTS.fullmatch(text))
        found.append(ContentWord(text, stems, (other,) if other else (), name, report))
    return found


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
        found.append(Opposites((_english(a), _english(b)), (_chinese(zh_a), _chinese(zh_b))))
    return tuple(found)


@cache
def abbreviations() -> dict[str, tuple[str, ...]]:
    """Stems of what an abbreviation or the name of a seat of government stands for."""
    rows = (line.split("\t") for line in _lines("abbreviations.tsv"))
    return {name: tuple(s for s, _, _ in content_words(words)) for name, words in rows}


def _english(cell: str) -> re.Pattern[str]:
    words = (re.escape(word).replace(r"\*", r"\w*") for word in cell.split("|"))
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def _chinese(cell: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, cell.split("|"))))


def _lines(name: str) -> Iterator[str]:
    text = (files("workbench.claims") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
