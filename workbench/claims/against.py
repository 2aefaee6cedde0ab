"""What in a passage speaks against a claim: an opposite, a denial, another speaker."""

import re
from collections.abc import Sequence

from workbench.claims.passages import Passage
from workbench.claims.wording import REPORTS, Opposites, opposites, ordinary_words
from workbench.detect.names import listed
from workbench.detect.names.sound import likeness
from workbench.detect.negation import negatives
from workbench.detect.reporting import reports

_ENGLISH_NOT = re.compile(
    r"\b(?:not|cannot|never|no|without|nor|refus\w+|den(?:y|ied|ies))\b|n[’']t\b", re.I
)
_CHINESE_NOT = re.compile(r"不|没|未|无|非|勿|拒绝|反对|否认|防止|杜绝")
# What denies a clause outright, and not a single word of it (不断, 不可分割).
_DENIES = re.compile(
    r"(?<![绝决])不能(?!不)|[绝决]不|不得(?!不)|不存在|不是|不会|没有|不容|不应|不接受|不赞成"
    r"|不同意|不支持|不希望|[打靠走行][不得]{1,2}[^，。；]?赢|打不得"
)
_BUT = re.compile(r"而是|不仅|不只|不但|没有.{1,8}就没有|越")
_REPORT = re.compile(
    rf"(?:[’']s?)?\s+(?:\w+\s+)?(?:{REPORTS.pattern}|spoke (?:of|about)|call(?:ed|s))", re.I
)
_NAME = re.compile(r"[A-Z][\w’-]+(?<![’']s)")
_OFFICE = re.compile(r"主席|总统|总理|首相|外长|部长|国王|大使|总书记|委员|秘书长")
_DIRECT = re.compile(r"[^，。；：！？“”（）\n]{2,16}$")
_BRIEFING = re.compile(r"记者|介绍")
_ALIKE = 0.7  # how like a name characters have to sound


def opposed(claim: str, passage: str) -> str:
    """The words of a passage that point the other way, "" when none do."""
    return next((words for pair in opposites() if (words := _opposite(pair, claim, passage))), "")


def _opposite(pair: Opposites, claim: str, passage: str) -> str:
    ours, theirs = pair.side(claim), pair.zh_side(passage)
    if ours is None or theirs is None or ours == theirs:
        return ""
    match = pair.chinese[theirs].search(passage)
    return match[0] if match else ""


def denies(claim: str, passage: Passage) -> bool:
    """Whether a claim denies what a passage affirms."""
    return bool(
        _ENGLISH_NOT.search(claim)
        and not _CHINESE_NOT.search(passage.text)
        and not _ENGLISH_NOT.search(passage.english)
    )


def denied(claim: str, clause: str, english: str) -> str:
    """The words by which a clause of the original denies what a claim affirms, or "".

    english: the translation of its sentence, "" when there is none; it has to deny too.
    """
    found = _DENIES.search(clause)
    if not found or _BUT.search(clause):
        return ""
    if any(not negative.weak for negative in negatives(claim, "en")):
        return ""
    return "" if english and not _ENGLISH_NOT.search(english) else found[0]


def other_speaker(claim: str, passages: Sequence[Passage], number: int) -> tuple[str, str] | None:
    """Whom a claim has say something, and who says it in a passage, where these are two persons.

    Nothing is said of the person who reports the whole original.
    """
    claimed = _claimed(claim)
    if not claimed or _names(claimed, passages[number].text):
        return None
    said = _speaker(passages[number].text)
    if not said and number and not _OFFICE.search(passages[number].text):
        said = _speaker(passages[number - 1].text)
        if said and _names(claimed, passages[number - 1].text):
            return None
    if not said or _names(claimed, said):
        return None
    speakers = [one for item in passages if (one := _speaker(item.text))]
    if not any(_names(claimed, one) for one in speakers):
        return None
    reporting = next((item.text for item in passages if _BRIEFING.search(item.text)), "")
    if reporting and (_names(claimed, reporting) or said in reporting):
        return None
    return claimed, said


def _claimed(claim: str) -> str:
    """The person whom a claim has say something: “Putin stressed”, “Xi’s insistence”."""
    people: set[str] = set()
    others: set[str] = set()
    for span, entries in listed.in_english(claim):
        known = people if any(entry.kind == "person" for entry in entries) else others
        known.update(span.of(claim).split())
    for match in _NAME.finditer(claim):
        name = match[0]
        if name in others or (name not in people and name.lower() in ordinary_words()):
            continue
        if _REPORT.match(claim, match.end()) or re.search(
            r"according to (?:\w+ )?$", claim[: match.start()], re.I
        ):
            return name
    return ""


def _names(name: str, chinese: str) -> bool:
    """Whether a Chinese text names somebody."""
    ours = {entry for _, found in listed.in_english(name) for entry in found}
    theirs = {entry for _, found in listed.in_chinese(chinese) for entry in found}
    return bool(ours & theirs) or (len(name) > 2 and likeness(name, chinese).score >= _ALIKE)


def _is_person(subject: str) -> bool:
    people = [e for _, found in listed.in_chinese(subject) for e in found if e.kind == "person"]
    return bool(people or _OFFICE.search(subject))


def _speaker(sentence: str) -> str:
    """The subject right before the first verb of saying of a sentence that has one."""
    for report in reports(sentence, "zh"):
        if (found := _DIRECT.search(sentence[: report.span.start])) and _is_person(found[0]):
            return found[0]
    return ""
