"""Whether an English sentence ends at a stop. Rules and word lists of our own."""

import re

from workbench.segment.marks import End, is_han, words

_GOES_ON = ",;:.!?)]}%”’»/，、；：。．！？…）》】」』"
_OPENERS = re.compile(r"[\"'“‘«(\[{（「『《【*_#–—-]*\s?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W_]+)*")
_LAST_TOKEN = re.compile(r"[A-Za-z0-9\u00c0-\u024f.&'’-]*\Z")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]|Ph\.D|Lt\.Col")

# Never the end of a sentence: something is always named after them.
_BEFORE_NAME = words(
    "Mr Mrs Ms Messrs Dr Prof Gen Sen Rep Gov Lt Col Maj Capt Cmdr Adm Sgt Cpl Pvt Rev Hon Pres "
    "Amb Supt Insp Mme Mlle Mt Ft vs cf viz Vs"
)
_NEVER = frozenset(("e.g", "i.e", "E.g", "I.e", "eg", "ie"))
# An abbreviation when a number follows, otherwise an ordinary word or the end.
_BEFORE_NUMBER = words(
    "No no Nos nos Art Arts Sec Secs Fig Figs fig figs Vol Vols vol vols p pp P para paras Para "
    "Paras Ch ch Chap Eq eq approx Approx ca c Ref ref Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct "
    "Nov Dec"
)
# May close a sentence: it does when a word follows that is capitalised only there.
_MAY_END = words(
    "Inc Ltd Co Corp Bros Jr Sr etc al St Ave Blvd Rd Dept Univ Assn Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Art Arts Sec Fig Figs Vol Vols "
    "Ch Chap dept est Est"
)
_STARTERS = words(
    "The A An This That These Those There Here It He She They We You I His Her Their Our Its My "
    "In On At By For From With Under Over Into During Among As And But Or So Yet Nor If When "
    "While After Before Since Because Although Though Unless Until However Moreover Meanwhile "
    "Then Thus Therefore Nevertheless What Who Why How Where Which Both Some Many Most Each "
    "Every All Not Now Is Are Was Were Did Does Do Has Have Had Can Could Will Would"
)
_ENUMERATOR = re.compile(
    r"\s*[(\[（]?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,6}|[IVXLC]{1,6}"
    r"|(?:Section|Chapter|Part|Article|Annex|Appendix|SECTION|CHAPTER|PART|ARTICLE)\s+\w{1,6})\Z"
)
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")  # iPhone, eBay
_ITEM = re.compile(r"\([a-z]{1,4}\)\s")  # the next item of a list within the paragraph
_REPORTING = re.compile(
    r"(?:[A-Z][\w'’-]*\s+){1,3}(?:said|asked|cried|replied|answered|shouted|exclaimed|thought|"
    r"called|whispered|muttered|added|wondered|demanded|snapped|repeated)\b"
)


def ends(end: End) -> bool:
    """Whether the sentence ends at these stops."""
    following = end.content[end.next]
    if not end.spaced and not _may_touch(end, following):
        return False
    if following in _GOES_ON or _is_stutter(end):
        return False
    if is_han(following):
        numbered = end.before.isdecimal() and not end.spaced
        return not numbered and not _is_abbreviation(end, "")
    opening = _OPENERS.match(end.ahead(6))
    begin = end.next + (opening.end() if opening else 0)
    first = end.content[begin] if begin < end.limit else ""
    ahead = end.content[begin : min(end.limit, begin + 60)]
    if first.islower() and not _CAMEL.match(ahead) and not _ITEM.match(end.ahead(6)):
        return False
    if end.run == ".":
        return not _is_abbreviation(end, ahead)
    if "." not in end.run and end.quoted:
        return _starts_sentence(ahead) or not _REPORTING.match(ahead)
    return True


def _may_touch(end: End, following: str) -> bool:
    """Whether a sentence may begin here without white space before it."""
    return is_han(following) or (end.after > end.last and following in "“‘([")


def _is_stutter(end: End) -> bool:
    """Whether a word is taken up again after a pause, as in `I... I can't`."""
    ahead = _WORD.match(end.ahead(12))
    if ahead is None or (len(end.run) < 2 and end.run != "…"):
        return False
    token = re.search(r"\w+\Z", end.so_far(12))
    return bool(token and re.split("['’]", ahead.group())[0].lower() == token.group().lower())


def _is_abbreviation(end: End, ahead: str) -> bool:
    """Whether a single dot belongs to the token before it and does not end the sentence."""
    match = _LAST_TOKEN.search(end.so_far(40))
    token = match.group() if match else ""
    token = token.rsplit("-", 1)[-1]
    if end.first - end.start <= 24 and _ENUMERATOR.match(end.content[end.start : end.first]):
        return True
    if token in _NEVER:
        return True
    closed = end.after > end.last and not is_han(end.content[end.next])
    if token in _BEFORE_NAME:
        return not closed
    if ahead[:1].isdigit():
        return token in _BEFORE_NUMBER
    if token in _MAY_END or _DOTTED.fullmatch(token) or _is_initial(token):
        return not closed and not _starts_sentence(ahead)
    return False


def _is_initial(token: str) -> bool:
    return len(token) == 1 and token.isupper()


def _starts_sentence(ahead: str) -> bool:
    """Whether the next word is capitalised for no other reason than to begin a sentence."""
    match = _WORD.match(ahead)
    if match is None:
        return False
    word = match.group()
    initial = len(word) == 1 and ahead[1:2] == "."
    return not initial and re.split("['’]", word)[0] in _STARTERS
