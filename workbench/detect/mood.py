"""Questions, exclamations and quotations that are none in the other language."""

import re
from typing import TYPE_CHECKING

from workbench.detect.quotations import quotations
from workbench.detect.sides import Pair, pairs
from workbench.domain.review import AlignedTexts, Flag, Severity
from workbench.domain.text import Span

if TYPE_CHECKING:
    from workbench.detect import Context

_CATEGORY = "accuracy/mistranslation"
# A half-width mark between characters stands for the dot of a foreign name in damaged files.
_ASKS_ZH = re.compile(r"？|\?(?=[\s”’」』\"]*$|[”」])")
_ASKS_EN = re.compile(r"(?<!right)(?<!okay)(?<!you know)\?(?!\w)", re.IGNORECASE)
# A mark inside a quotation that the sentence goes on from belongs to a title or to a reply.
_TITLE = re.compile(r"[^\s\w]?[”\"’'](?=,?\s+[a-z]|,)")
# Words by which Chinese asks without a question mark, or reports a question.
_WONDERS_ZH = re.compile(
    r"[吗嗎呢么麼嘛吧]|什[么麼]|啥|[谁誰哪咋岂豈]|[几幾][时時点點]|多[少大久远遠长長高]|[为為]何|何[以时处故等在必去]"
    r"|如何|怎|[是能可会會与與]否|(.)不\1|没有?[。\s]*$|难道|難道|烦不|问[道:：，]|[请試试询質质追反]问|请|請|麻烦|麻煩"
)
# Words by which English keeps a question without a question mark.
_WONDERS_EN = re.compile(
    r"\b(?:who|whom|whose|what|when|where|which|why|how|whether|if|wonder\w*|ask\w*|question\w*"
    r"|doubt\w*|unclear|(?:is|are|do|does|did|can|could|will|would|should|have|has)n[’']t"
    r"|(?:do|does|did|can|could|would|will|is|are) (?:you|he|she|it|they|we|I)|(?:can|could) I"
    r"|let me know|tell me|please|perhaps|maybe|right|huh|or not|no way|no wonder|imagine)\b",
    re.IGNORECASE,
)
_SHOUTS_ZH = re.compile(r"[！!]")
_SHOUTS_EN = re.compile(r"!")
_MOVED_ZH = re.compile(
    r"[啊呀哇啦哦喔呐哪嘿唉哎咯]|多么|太|真|好[\u3400-\u9fff]|快|别|万岁|加油|感谢|谢谢"
)


def mood(texts: AlignedTexts, context: "Context") -> list[Flag]:
    """A question, an exclamation or a quotation in one language only.

    A question may be reported, asked without a mark or turned by "whether"; that is no change.
    """
    flags: list[Flag] = []
    for item in pairs(texts):
        if not item.is_null:
            flags += _questions(item)
            flags += _exclamations(item)
            flags += quotations(item)
    return flags


def _questions(item: Pair) -> list[Flag]:
    zh, en = list(_ASKS_ZH.finditer(item.zh)), list(_ASKS_EN.finditer(item.en))
    own = [mark for mark in en if not _TITLE.match(item.en, mark.end())]
    if own and not zh and not _WONDERS_ZH.search(item.zh):
        evidence = (
            "The English asks; the Chinese does not.",
            "英文是问句，中文不是。",
        )
        return [
            item.flag(
                "mood",
                _CATEGORY,
                Severity.MAJOR,
                None,
                _sentence_end(item.en, own[0]),
                evidence,
                0.9,
            )
        ]
    if zh and not en and not _WONDERS_EN.search(item.en):
        evidence = (
            "The Chinese asks; the English states.",
            "中文是问句，英文是陈述句。",
        )
        return [
            item.flag(
                "mood",
                _CATEGORY,
                Severity.MINOR,
                _sentence_end(item.zh, zh[0]),
                None,
                evidence,
                0.6,
            )
        ]
    return []


def _exclamations(item: Pair) -> list[Flag]:
    en = _SHOUTS_EN.search(item.en)
    if en and _TITLE.match(item.en, en.end()):
        return []
    if en and not _SHOUTS_ZH.search(item.zh) and not _MOVED_ZH.search(item.zh):
        evidence = (
            "The English exclaims; the Chinese says it calmly.",
            "英文是感叹句，中文语气平和。",
        )
        return [
            item.flag(
                "mood", _CATEGORY, Severity.MINOR, None, _sentence_end(item.en, en), evidence, 0.6
            )
        ]
    return []


def _sentence_end(text: str, mark: re.Match[str]) -> Span:
    """The mark with the last word before it; in Chinese the last three characters."""
    words = re.search(r"(?:[\w’'-]+|[\u3400-\u9fff]{1,3})[^\w]*$", text[: mark.start()])
    start = words.start() if words else mark.start()
    return Span(max(start, mark.start() - 24), mark.start() + 1)
