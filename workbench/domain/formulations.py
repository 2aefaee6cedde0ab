"""Set formulations: phrases with an established wording, followed through dated texts."""

from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.text import Span


@dataclass(frozen=True, slots=True)
class Dated:
    """A Chinese text as the search for formulations reads it.

    date: ISO 8601 day. speaker: who speaks where the text does not say, "" when unknown.
    silent: characters that belong to nobody's wording, such as datelines.
    """

    id: str
    title: str
    date: str
    content: str
    speaker: str = ""
    silent: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One occurrence. text: id of the text. words: as they stand there.

    clause: the characters around it up to the next marks. degree: a word that strengthens or
    weakens it, "" when there is none, and its level. speaker: who says it, as far as it shows.
    """

    text: str
    span: Span
    words: str
    clause: Span
    speaker: str = ""
    degree: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Formulation:
    """A phrase with all its occurrences, in the order of the texts' dates.

    words: the phrase. label: what a person calls it, usually the same. variants: other wordings
    that count as the same. listed: whether the term list has it. by_hand: whether a person
    added it. weight: how much of a set phrase it is; for sorting.
    """

    words: str
    label: str
    variants: tuple[str, ...]
    listed: bool
    by_hand: bool
    weight: float
    places: tuple[Place, ...]

    def count(self, text: str) -> int:
        """How often it occurs in a text."""
        return sum(place.text == text for place in self.places)

    @property
    def texts(self) -> tuple[str, ...]:
        """Ids of the texts that have it, the earliest first."""
        return tuple(dict.fromkeys(place.text for place in self.places))


class Shift(StrEnum):
    """What a text does with a formulation, against the earlier texts."""

    NEW = "new"
    DROPPED = "dropped"
    STRENGTHENED = "strengthened"
    WEAKENED = "weakened"
    MORE = "more often"
    LESS = "less often"
    RENDERED = "rendered in a new way"


@dataclass(frozen=True, slots=True)
class Change:
    """One formulation whose use differs in a text.

    count: in the text. earlier: in all earlier ones; earlier_texts: how many of them have it.
    near: an earlier formulation that it is like, for a new one. here, before: the occurrences
    that show it. words_here, words_before: the degrees or renderings that differ.
    """

    shift: Shift
    formulation: Formulation
    count: int
    earlier: int
    earlier_texts: int
    near: str = ""
    here: tuple[Place, ...] = ()
    before: tuple[Place, ...] = ()
    words_here: tuple[str, ...] = ()
    words_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unheard:
    """A clause with words that no earlier text has. words: these words, inside the clause."""

    text: str
    clause: Span
    words: tuple[Span, ...]
    speaker: str = ""
