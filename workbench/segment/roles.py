"""What a paragraph is for, as far as its own text tells: heading, dateline or body."""

import re

from workbench.domain.text import Role, Span

_NUMBER = r"(?:[一二三四五六七八九十百零〇]{1,4}|\d{1,3})"
_NUMBERED = re.compile(
    rf"(?:第{_NUMBER}[编章节篇部分卷讲]{{1,2}}|{_NUMBER}[、．]|[（(]{_NUMBER}[）)]"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}\.?\s|\d{1,2}[.)]|[IVX]{1,5}\.\s|[A-Z][.)]\s"
    r"|(?:Section|Chapter|Part|Annex|Appendix|SECTION|CHAPTER|PART|ANNEX)\s+\w{1,5}\b)"
)
_ONLY_NUMBER = re.compile(
    rf"(?:第{_NUMBER}[编章节篇部分卷讲]{{1,2}}"
    r"|(?:Section|Chapter|Part|Annex|Appendix|SECTION|CHAPTER|PART|ANNEX)\s+\w{1,5})[.:：]?\Z"
)
_ENDED = re.compile(r"[.!?。！？…；;，,、：:—][\"'”’」』）)\]]*\Z")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Za-z]\.)+[A-Za-z]?\.?\Z")

# Longest headings, with and without a number in front. Chinese counts characters,
# English words.
_LONGEST = {"zh": (45, 30), "en": (24, 14)}


def paragraph_roles(
    content: str, paragraphs: tuple[Span, ...], datelines: dict[int, Span], lang: str
) -> tuple[Role, ...]:
    """One role for each paragraph.

    datelines: by the paragraph's start; one that fills its paragraph makes it a dateline.
    """
    stripped = [span.of(content).strip() for span in paragraphs]
    punctuated = any(_ENDED.search(text) for text in stripped)
    return tuple(
        Role.DATELINE
        if _fills(content, span, datelines.get(span.start))
        else _role(text, lang, punctuated=punctuated)
        for span, text in zip(paragraphs, stripped, strict=True)
    )


def _fills(content: str, paragraph: Span, dateline: Span | None) -> bool:
    return dateline is not None and not content[dateline.stop : paragraph.stop].strip()


def _role(text: str, lang: str, *, punctuated: bool) -> Role:
    """punctuated: the text ends paragraphs with stops, so that a missing one means something."""
    if not any(char.isalnum() for char in text):
        return Role.BODY
    if _ONLY_NUMBER.match(text):
        return Role.HEADING
    if _ENDED.search(text) and not _ABBREVIATION_END.search(text):
        return Role.BODY
    numbered, plain = _LONGEST["zh" if lang.startswith("zh") else "en"]
    size = len(text) if lang.startswith("zh") else len(text.split())
    if _NUMBERED.match(text):
        return Role.HEADING if size <= numbered else Role.BODY
    return Role.HEADING if punctuated and size <= plain else Role.BODY
