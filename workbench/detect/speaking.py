"""Who speaks in a row, for a passage that is quoted: only where both languages begin with it."""

import re

from workbench.detect.reporting import reports

_LONGEST_ZH = 16  # characters of a name with its office
_MARKS = re.compile(r"[，。；：！？、“”]")
_MANNER_ZH = re.compile(
    r"(?:最后|还|也|则|又|都|并|同时|再次|随后|同样|接着|一致|掷地有声地|语重心长地|[^，。]{2}地)+$"
)
_MANNER_EN = re.compile(r"(?:\s+(?:also|then|further|again|finally|once|has|had|[a-z]+ly))+$")
_NOBODY = re.compile(
    r"(?:He|She|They|It|We|I|You|This|That|These|Those|The|Everyone|Everybody|People|Some|Many"
    r"|Most|Others|All|Both|In|At|On)\b"
)
_NAME = re.compile(
    r"[A-Z][\w'’.-]*(?:,? (?:[A-Z][\w'’.-]*|of|the|and|for|de|al))*,?"
)  # Lumai, Foreign Minister of Torein,


def speaker(zh: str, en: str) -> tuple[str, str] | None:
    """The name, as the Chinese and as the English has it; None where they do not plainly say."""
    chinese, english = _before_verb(zh, "zh"), _before_verb(en, "en")
    chinese = _MANNER_ZH.sub("", chinese)
    english = _MANNER_EN.sub("", english)
    if not 1 < len(chinese) <= _LONGEST_ZH or _MARKS.search(chinese):
        return None
    if _NOBODY.match(english) or not _NAME.fullmatch(english):
        return None
    return chinese, english.rstrip(",")


def _before_verb(text: str, lang: str) -> str:
    """The words before the first verb of saying."""
    text = text.strip()
    first = next(iter(reports(text, lang)), None)
    return text[: first.span.start].strip() if first else ""
