"""Reading a row by language, whichever of its sides is the source."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.domain.review import AlignedTexts, Flag, Row, Severity
from workbench.domain.text import Role, Span

SILENT_ROLES = (Role.COMMENTARY, Role.DATELINE)


@dataclass(frozen=True, slots=True)
class Pair:
    """A row seen as a Chinese and an English text.

    zh, en: the characters, "" on the empty side. zh_is_src: which of them is the row's source.
    zh_dateline, en_dateline: characters at the head that are a dateline. roles: of the Chinese
    and of the English paragraph.
    """

    row: Row
    number: int
    zh: str
    en: str
    zh_is_src: bool
    zh_dateline: int
    en_dateline: int
    roles: tuple[Role, Role]

    @property
    def is_null(self) -> bool:
        """Whether one side is empty."""
        return not self.zh.strip() or not self.en.strip()

    def flag(
        self,
        detector: str,
        category: str,
        severity: Severity,
        zh: Span | None,
        en: Span | None,
        evidence: tuple[str, str],
        confidence: float,
    ) -> Flag:
        """A flag on this row, its spans put on the right sides. evidence: English, Chinese."""
        src, tgt = (zh, en) if self.zh_is_src else (en, zh)
        return Flag(
            detector, self.row.id, category, severity, src, tgt, *evidence, round(confidence, 3)
        )


def pairs(texts: AlignedTexts) -> list[Pair]:
    """The rows of a bitext by language; commentary and datelines on their own are left out."""
    return [
        pair
        for number, row in enumerate(texts.rows)
        for pair in (_pair(row, number, texts),)
        if not _is_silent(pair)
    ]


def _pair(row: Row, number: int, texts: AlignedTexts) -> Pair:
    zh_is_src = not is_english(texts.src_lang)
    sides = (
        (row.src, row.src_dateline, row.src_role),
        (row.tgt, row.tgt_dateline, row.tgt_role),
    )
    zh, en = sides if zh_is_src else sides[::-1]
    return Pair(row, number, zh[0], en[0], zh_is_src, zh[1], en[1], (zh[2], en[2]))


def _is_silent(pair: Pair) -> bool:
    sides = zip((pair.zh, pair.en), pair.roles, strict=True)
    return any(text.strip() and role in SILENT_ROLES for text, role in sides)


def is_english(lang: str) -> bool:
    """Whether a BCP 47 tag says English."""
    return lang.lower().split("-")[0] in ("en", "eng")


def neighbours(items: list[Pair], at: int) -> Iterator[Pair]:
    """The pairs of the rows directly before and after, if they are not left out."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(items) and abs(items[other].number - items[at].number) == 1:
            yield items[other]


def trimmed(text: str, span: Span) -> Span:
    """The span without white space and punctuation at its ends."""
    start, stop = span.start, span.stop
    edge = " \t\r\n\u3000\u00a0，。；：、！？,.;:!?…"
    while start < stop and text[start] in edge:
        start += 1
    while stop > start and text[stop - 1] in edge:
        stop -= 1
    return Span(start, stop)
