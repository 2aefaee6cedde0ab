"""Whether a Chinese sentence ends at a stop. Rules of our own; a semicolon never ends one."""

import re

from workbench.segment import english
from workbench.segment.marks import End, Marks, is_han

_STOPS = "。｡"
_DOTS = ".．"
_ELLIPSIS = "….．"
_GOES_ON = "，、；：,;:。．.！？!?…—～~·）)」』”’》〉】]-－/"

# What follows a closed quotation when the sentence around it is not over.
_PARTICLE = re.compile(r"[的之]|地(?![方区區球位点點图圖])|等|[这那這][句番样樣]|一[句语词語詞]")
_PREDICATE = re.compile(r"[是和与與及或]|[为為](?![了此何什])|成[为為]")
_SAYING = (
    "[说說道问問答喊叫嚷骂罵笑叹嘆想写寫称稱讲講]|表示|指出|[强強][调調]|重申|[认認][为為]|宣[布佈]|"
    "介[绍紹]|透露|回[答应應]|[补補]充|[反追][问問]|解[释釋]|呼[吁籲]|坦言"
)
_REPORTING = re.compile(
    rf"[^，。！？；：、“”‘’「」\s\d…—]{{0,8}}(?:{_SAYING})[着著了过過道說说]?[。！.!]"
)
_LONGEST_REPORT = 16

# A pause comes after a few characters, a thought that trails off after a whole clause.
_TRAILS_OFF = re.compile(r"[\w·]{8}\Z")
_LONG_CLAUSE = 8


def ends(end: End, marks: Marks, *, dotted: bool) -> bool:
    """Whether the sentence ends at these stops.

    dotted: dots stand for full stops, since the text has no other.
    """
    if end.content[end.next] in _GOES_ON:
        return False
    if all(char in _DOTS for char in end.run) and len(end.run) == 1:
        return _dot_ends(end, dotted=dotted)
    if end.run.isascii() and not end.spaced and _is_code(end):
        return False
    if end.quoted:
        return not _quotation_goes_on(end, marks)
    if all(char in _ELLIPSIS for char in end.run):
        return bool(_TRAILS_OFF.search(end.so_far(_LONG_CLAUSE)))
    return True


def _dot_ends(end: End, *, dotted: bool) -> bool:
    """A single dot: part of a number or a name, an item's number, or a full stop."""
    if end.before.isascii() and end.before.isalnum():
        return end.before.isalpha() and end.spaced and english.ends(end)
    if end.before.isnumeric() and not is_han(end.before):
        return False
    following = end.content[end.next]
    if not end.spaced and following.isascii() and following.isalnum():
        return False  # a file name or an address
    return dotted or end.spaced or end.after > end.last


def _is_code(end: End) -> bool:
    """Whether half-width marks belong to an address or a formula rather than to prose."""
    following = end.content[end.next]
    return following.isascii() and following.isalnum() and end.before.isascii()


def _quotation_goes_on(end: End, marks: Marks) -> bool:
    """Whether the sentence that holds a quotation continues after it."""
    ahead = end.ahead(_LONGEST_REPORT)
    if _PARTICLE.match(ahead) or _REPORTING.match(ahead):
        return True
    full_stop = end.run[-1] in _STOPS
    return not full_stop and (bool(_PREDICATE.match(ahead)) or _is_embedded(end, marks))


def _is_embedded(end: End, marks: Marks) -> bool:
    """Whether a quotation follows a word directly, as in 墙上写着“欢迎！”几个字."""
    for at in range(end.last, end.after):
        opening = marks.openings.get(at)
        if opening is not None and opening > end.start:
            before = end.content[opening - 1]
            return before.isalnum()
    return False
