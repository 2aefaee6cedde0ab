"""The prefix by which an agency or a broadcaster signs the first sentence of a report.

Patterns describe the form (an outlet, a place, a day, a word such as 电 or a dash), so that
outlets nobody has listed are recognised too.
"""

import re

from workbench.domain.text import Span

_LONGEST = 120

_ASIDE = r"(?:\s?[（(【][^（()）】\n]{1,40}[）)】])"
_OUTLET = r"(?:社|网|网站|报|台|频道|新闻|客户端|电视|广播|通讯|周刊|杂志|公众号|联播)"
_QUIET = r"[^\s，。！？；：:“”《》（()）,.!?;]"
_DAY_ZH = r"月[\d一二三四五六七八九十]{1,3}日"
_WIRE = r"(?:专?电(?![话报视影文邀])|讯(?![问息号]))"
_NEXT_COLON = r"(?=\s*[：:])"
_CHINESE = (
    # 新华社北京5月10日电（记者某某）, with or without outlet, place and colon
    rf"{_QUIET}{{0,24}}?{_DAY_ZH}(?:{_WIRE}|消息(?=\s*[：:（(])){_ASIDE}?",
    # 央视网消息（新闻联播）：  某某广播网讯：
    rf"{_QUIET}{{0,20}}{_OUTLET}(?:消息|报道|{_QUIET}{{0,8}}?{_WIRE}){_ASIDE}?{_NEXT_COLON}",
    rf"本(?:报|台|网|刊|社)(?:讯|消息){_ASIDE}?",
    rf"{_QUIET}{{1,12}}(?:社|网|报){_QUIET}{{1,8}}{_WIRE}{_ASIDE}",
    # 【环球网报道 记者 某某】
    rf"[【\[](?=[^】\]\n]{{0,30}}(?:{_OUTLET}|记者))[^】\]\n]{{2,40}}[】\]]",
    rf"[（(]{_QUIET}{{0,24}}{_DAY_ZH}{_WIRE}[）)]",
)
_CHINESE_DATELINE = re.compile(rf"\s*(?:{'|'.join(_CHINESE)})\s*(?:[：:]\s*|——\s*)?")

_DASH = r"(?:\s*(?:--+|—+|–)|\s-(?=\s))"
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|June|July"
    r"|August|September|October|November|December)"
)
_DAY = rf"(?:{_MONTH}\.?\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}\.?)(?:,?\s\d{{4}})?"
_CAPITALS = r"[A-Z][A-Z'’.-]+(?:[ /][A-Z][A-Z'’.-]+){0,4}"
_NAMES = r"[A-Z][\w'’.-]+(?:[ /][A-Z][\w'’.-]+){0,4}"
_AGENCY = r"\([A-Z][\w.&' /-]{1,30}\)"
_NEWS = (
    r"(?:News|Agency|Network|Daily|Press|Times|Post|Broadcasting|Television|TV|Radio|Xinhua|CCTV|"
    r"CGTN|Online|Service|Herald|Wire)"
)
_ENGLISH = (
    # BEIJING, May 10 (Xinhua) --   WASHINGTON (AP) —   Geneva, 10 May (Xinhua) --
    rf"(?:{_NAMES}(?:,\s{_NAMES})?,?\s)?(?:{_DAY},?\s)?{_AGENCY}{_DASH}",
    # BEIJING, May 10 —
    rf"{_CAPITALS}(?:,\s{_NAMES})?(?:,\s{_DAY})?{_DASH}",
    # CCTV News (Evening News):   Xinhua News Agency, Beijing, May 10 --
    rf"(?=[^:\n]{{0,60}}\b{_NEWS}\b)[A-Z][\w.&'’-]*(?:\s[A-Z][\w.&'’-]*){{0,6}}"
    rf"(?:\s?\([^()\n]{{2,40}}\))?(?:,\s{_NAMES})?(?:,\s{_DAY})?(?:{_DASH}|:(?=\s))",
)
_BEGINS = r"(?=\s*(?:[A-Z\d“‘\"']|\Z))"
_ENGLISH_DATELINE = re.compile(rf"\s*(?:{'|'.join(_ENGLISH)}){_BEGINS}\s*")


def dateline(content: str, paragraph: Span, lang: str) -> Span | None:
    """The dateline at a paragraph's start, leading and trailing white space included."""
    pattern = _CHINESE_DATELINE if lang.startswith("zh") else _ENGLISH_DATELINE
    limit = min(paragraph.stop, paragraph.start + _LONGEST)
    match = pattern.match(content, paragraph.start, limit)
    return Span(paragraph.start, match.end()) if match else None
