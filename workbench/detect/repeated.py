"""Whole rows that come again: the same source in other words, other sources in the same."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from workbench.detect.sides import Pair
from workbench.domain.review import Flag, Severity
from workbench.domain.text import Span

_CATEGORY = "terminology/inconsistent"
_LONG_ENOUGH = 6  # characters of Chinese: shorter rows are headings and exclamations


def repeated(items: Sequence[Pair]) -> Iterator[Flag]:
    """A source that was translated otherwise before, and a translation that served another one."""
    yield from _again(items, lambda item: item.zh, lambda item: item.en, _other_translation)
    yield from _again(items, lambda item: item.en, lambda item: item.zh, _other_source)


def _again(
    items: Sequence[Pair],
    key: Callable[[Pair], str],
    value: Callable[[Pair], str],
    flag: Callable[[Pair, Pair], Flag],
) -> Iterator[Flag]:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for item in items:
        if not item.is_null and len(_plain(item.zh)) >= _LONG_ENOUGH:
            groups[_plain(key(item))].append(item)
    for group in groups.values():
        seen = {_plain(value(group[0]))}
        for item in group[1:]:
            if _plain(value(item)) not in seen:
                seen.add(_plain(value(item)))
                yield flag(group[0], item)


def _plain(text: str) -> str:
    """The letters and figures of a text in lower case: marks and blanks make no difference."""
    return re.sub(r"\W", "", text).lower()


def _whole(item: Pair) -> tuple[Span, Span]:
    return Span(0, len(item.zh.rstrip())), Span(0, len(item.en.rstrip()))


def _other_translation(first: Pair, item: Pair) -> Flag:
    before = first.en if item.zh_is_src else first.zh
    sides = ("Chinese", "中文") if item.zh_is_src else ("English", "英文")
    return item.flag(
        "mechanical", _CATEGORY, Severity.MINOR, *_whole(item),
        (f"The same {sides[0]} was translated before as: {before.strip()}",
         f"同样的{sides[1]}前面译作：{before.strip()}"),
        0.6,
    )  # fmt: skip


def _other_source(first: Pair, item: Pair) -> Flag:
    return item.flag(
        "mechanical", _CATEGORY, Severity.NEUTRAL, *_whole(item),
        (f"The same English stood before for other Chinese: {first.zh.strip()}",
         f"同样的英文前面对应的是另一句中文：{first.zh.strip()}"),
        0.5,
    )  # fmt: skip
