"""Dividing a text: paragraphs, sentences, clauses, roles, and which language it is in.

Every division is a list of offsets into the text; joining the pieces gives the text back.
"""

from workbench.domain.text import Segmentation
from workbench.segment.clauses import clauses
from workbench.segment.datelines import dateline
from workbench.segment.language import guess as guess_language
from workbench.segment.paragraphs import paragraphs
from workbench.segment.roles import paragraph_roles
from workbench.segment.sentences import sentences

__all__ = ["clauses", "guess_language", "segment"]


def segment(content: str, lang: str) -> Segmentation:
    """Divide a text into paragraphs and sentences, with roles and datelines.

    content: any string; the empty one gives an empty segmentation.
    lang: BCP 47, such as "zh-CN" or "en-US".
    """
    blocks = paragraphs(content)
    dotted = not any(stop in content for stop in "。｡")
    divided = tuple(s for block in blocks for s in sentences(content, block, lang, dotted=dotted))
    starts = {span.start: span for span in divided}
    prefixes = {}
    for block in blocks:
        span = dateline(content, block, lang)
        if span and span.stop <= starts[block.start].stop:
            prefixes[block.start] = span
    roles = paragraph_roles(content, blocks, prefixes, lang)
    inner = tuple(
        span for span in prefixes.values() if content[span.stop : starts[span.start].stop].strip()
    )
    return Segmentation(blocks, divided, roles, inner)
