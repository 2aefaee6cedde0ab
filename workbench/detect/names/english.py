"""The names of an English text: capitalised words that are no ordinary ones."""

import re
from collections.abc import Iterator
from functools import cache

from workbench.detect.names.sound import plain
from workbench.detect.resources import lines
from workbench.domain.text import Span

_CAPITAL = r"[A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŒŘŚŠŞȘŤȚŽŻ]"
_TOKEN = re.compile(  # U.S., O'Neill, Jean-Pierre; I've and Li's end at the apostrophe
    rf"(?:{_CAPITAL}\.)+(?:{_CAPITAL}\b)?|(?:[dDO][’'])?{_CAPITAL}[^\W_]*(?:[’'](?!(?:s|ve|ll|m|d|re|t)\b)[^\W_]+)?(?:-[^\W_]+)*"
)
# What may stand between the words of one name.
_LINK = re.compile(r"\s+|\s+(?:de|del|der|da|di|do|dos|la|le|van|von|bin|ibn|al|el|ben|den|du)\s+")
_JOINED = re.compile(r"\s+(?:(?:of|for|and|the|on)\s+){0,2}")
_START = re.compile(r"(?:^|[.!?:;]\s+|[“\"‘'(\[—–-]\s*|\n\s*|•\s*|\d[.)]\s+)$")


_SHORT = ("s", "es", "’s", "'s")
_PINYIN = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei"
    r"|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|er|[aeiou])['’-]?){1,3}",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[A-Z]{2,6}s?|[A-Z][a-z]?[A-Z]{1,3}s?")
_ROMAJI = re.compile(
    r"(?:(?:ky|gy|sh|sy|ch|ts|ny|hy|by|py|my|ry|[kgsztjdnhfbpmyrw])?(?:[aeiou]|ou|oo|uu|ei|ai)n?){2,}"
)
_ABBREVIATED = re.compile(r"\b(?:St|Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sen|Rep|Gov|Capt|[A-Z])\.\s+$")


@cache
def _not_names() -> frozenset[str]:
    return frozenset(lines("capitalised.txt"))


def tokens(text: str) -> list[Span]:
    """The capitalised words of a text, those of headings and of sentence beginnings too."""
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def starts_sentence(text: str, at: int) -> bool:
    """Whether a word at an offset is capitalised because of its place."""
    return bool(_START.search(text[:at])) and not _ABBREVIATED.search(text[:at])


def is_ordinary(word: str) -> bool:
    """Whether a capitalised word is an English word: President, Last, Buildings, Monday."""
    from workbench.align.lexicon import lexicon

    lower = word.lower()
    if lower in _not_names() or len(word.rstrip(".")) == 1 or any(c.isdigit() for c in word):
        return True
    if _INITIALS.fullmatch(word):
        return False
    known = lexicon().english_words
    return any(form in known for form in _roots(lower))


def _is_compound(word: str) -> bool:
    """Whether a word is made of two English ones: airspace, misled."""
    from workbench.align.lexicon import lexicon

    known, lower = lexicon().english_words, word.lower()
    cuts = range(3, len(lower) - 3) if len(lower) < 12 and not is_pinyin(lower) else ()
    return any(lower[:at] in known and lower[at:] in known for at in cuts)


def _roots(word: str) -> Iterator[str]:
    yield word
    for ending, more in (
        ("s", ("", "al")), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
        ("ly", ("", "le")), ("er", ("", "e")), ("or", ("", "e")), ("’s", ("",)), ("'s", ("",)),
        ("al", ("", "e")), ("ness", ("",)), ("ion", ("", "e")), ("ment", ("",)), ("ied", ("y",)),
        ("ity", ("", "e")), ("ee", ("", "e")), ("ees", ("", "e")), ("ical", ("y", "ic")),
        ("ize", ("", "e")), ("ized", ("", "e")), ("ization", ("", "e")), ("ful", ("",)),
        ("less", ("",)), ("able", ("", "e")),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending in _SHORT else 4):
            stem = word[: -len(ending)]
            for tail in more:
                yield stem + tail
            if stem[-1] == stem[-2]:
                yield stem[:-1]
    for part in word.split("-"):
        if part == word:
            return
        yield part


def _is_own(text: str, span: Span) -> bool:
    word = _bare(span.of(text))
    return not is_ordinary(word) and not (starts_sentence(text, span.start) and _is_compound(word))


def names(text: str, taken: list[Span]) -> list[tuple[Span, tuple[Span, ...]]]:
    """The names outside `taken`: each as a whole, with those of its words that are no ordinary
    ones. John Brown is a name on account of John, Foreign Minister is none.
    """
    groups: list[list[Span]] = []
    for span in tokens(text):
        if any(span.overlaps(other) for other in taken):
            continue
        if groups and _LINK.fullmatch(text[groups[-1][-1].stop : span.start]):
            groups[-1].append(span)
        else:
            groups.append([span])
    found = []
    for group in groups:
        own = tuple(span for span in group if _is_own(text, span))
        if own:
            first, last = group.index(own[0]), group.index(own[-1])
            # Guo Mei, Daniel Wu: one of the two happens to be an English word
            if first and is_pinyin(group[first - 1].of(text)):
                first -= 1
            if last + 1 < len(group) and is_pinyin(_bare(group[last + 1].of(text))):
                last += 1
            ends = (group[first], group[last])
            own = tuple(dict.fromkeys((*own, *(e for e in ends if is_pinyin(e.of(text))))))
            found.append((Span(group[first].start, group[last].stop), own))
    return found


def is_pinyin(word: str) -> bool:
    """Whether a word may be Chinese in pinyin."""
    return bool(_PINYIN.fullmatch(plain(word)))


def cannot_be_told(word: str) -> bool:
    """Whether nothing can be said of a name by its sound: initials, names spelled as in Japan."""
    if _INITIALS.fullmatch(word):
        return True
    return bool(_ROMAJI.fullmatch(plain(word))) and not is_pinyin(word)


def _bare(word: str) -> str:
    return re.sub(r"[’']s$", "", word)


def runs(text: str) -> list[Span]:
    """Capitalised words in a row, “of” and “the” between them, as one span each."""
    found: list[Span] = []
    for span in tokens(text):
        if found and _JOINED.fullmatch(text[found[-1].stop : span.start]):
            found[-1] = Span(found[-1].start, span.stop)
        else:
            found.append(span)
    return found
