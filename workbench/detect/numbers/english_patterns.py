"""The words and forms by which English writes numbers."""

import re
from fractions import Fraction

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
VALUE = {word: i for i, word in enumerate(ONES)}
VALUE |= {word: 10 * i for i, word in enumerate(TENS, 2)}
SCALE = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "dozen": 12, "lakh": 10**5, "crore": 10**7, "bn": 10**9, "mn": 10**6,
    "tn": 10**12, "m": 10**6, "k": 1000,
}  # fmt: skip
ORDINAL = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100,
    "thousandth": 1000,
}  # fmt: skip
PART = {
    "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "hundredth": 100,
}  # fmt: skip
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_CARD = "|".join((*ONES, *TENS))
_BIG = "hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_ORD = "|".join(ORDINAL)
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_GAP = r"[ \u00a0-]"

NUMBER = re.compile(
    r"(?:(?<![\w.])|(?<=RMB)|(?<=CNY)|(?<=USD)|(?<=GBP)|(?<=EUR)|(?<=HKD)|(?<=JPY)|(?<=Rs)"
    rf"|(?<=KRW))(?P<run>(?:{_DIGITS})(?:{_GAP}?(?:{_BIG}|bn|mn|tn)\b)*"
    rf"|(?:(?:{_CARD})\b|\ban?(?={_GAP}(?:{_BIG})\b))"
    rf"(?:(?:{_GAP}|(?<=red) and |(?<=thousand) and )(?:{_CARD}|{_BIG}|{_ORD})\b)*)"
    r"(?P<suffix>st\b|nd\b|rd\b|th\b|s\b|-?fold\b|[mkMK]\b)?",
    re.IGNORECASE,
)
HALF = re.compile(rf"\bhalf[ -]an?[ -](?P<unit>{_BIG}|century|decade)\b", re.IGNORECASE)
HALF_OF = {"century": 50, "decade": 5}
ORDINAL_WORD = re.compile(rf"\b(?:{_ORD})\b(?P<time>(?=s\b))?", re.IGNORECASE)
SHARE = re.compile(
    rf"(?<![\w.])(?:(?P<top>{_CARD}|an?|\d+)[ -]"
    r"(?P<base>half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|"
    r"hundredths?)\b"
    r"(?=\s+(?:of|the|as|a|more|is|are|was|were|in|higher|lower|less|from|to)\b|[,.;)]|$)"
    r"|(?P<up>\d{1,2})/(?P<down>\d{1,2})(?![\d/])"
    rf"|(?P<some>{_CARD}|\d+)[ -](?:in|out[ -]of)(?: every)?[ -]"
    r"(?P<every>three|four|five|ten|3|4|5|10|100)\b)",
    re.IGNORECASE,
)
MONTH = re.compile(
    rf"\b(?P<name>{'|'.join(month.capitalize() for month in MONTHS)}"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
BEFORE_MONTH = re.compile(
    r"\b(?:in|of|by|since|until|till|late|early|mid|last|this|next|to|from|and|every)[ -]$"
)
WEEKDAY = re.compile(rf"\b(?:{'|'.join(day.capitalize() for day in WEEKDAYS)})s?\b")
DECADE = re.compile(r"(?<!\w)(?P<year>\d{3}0|[’'‘]?\d0)[’']?s\b")
TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>[0-5]\d)(?=\s*[ap]\.?\s?m\b)"
    r"|(?<![\d:])(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
SERIAL = re.compile(r"(?<![\d.])\d+(?:[./-]\d+){2,}(?![\d.]*\d)")
CODE = re.compile(r"\b[A-Za-z]{1,8}-?\d+(?:\.\d+)?\b|\b\d+[A-Z]\w*\b")
NO_CODE = re.compile(
    r"(?:US|HK|RMB|CNY|USD|EUR|GBP|HKD|JPY|KRW|RS)-?[\d.]+"
    r"|(?!(?:2|4|8|16)K)\d+(?:ST|ND|RD|TH|S|M|K|KM|KG|CM|MM|G|GB|MB)",
    re.IGNORECASE,
)

# Words that may answer a Chinese number but need no counterpart themselves, with their readings.
WORDS = re.compile(
    r"\b(?:(?P<two>both|double[sd]?|doubling|twice|pair|couple|bilateral|dual|secondary|two-\w+)"
    r"|(?P<three>trip(?:le[sd]?|ling)|thrice|trilateral|tripartite|tertiary|tri[ -]nations?)"
    r"|(?P<four>quadrupl\w+)"
    r"|(?P<one>once|single)|(?P<half>half|halv(?:e[sd]?|ing)|midway)|(?P<quarter>quarters?)"
    r"|(?P<century>century|centuries|centenary|centennial)|(?P<decade>decades?)|(?P<noon>noon)"
    r"|(?P<midnight>midnight)|(?P<fortnight>fortnight)|(?P<clock>a?round[- ]the[- ]clock))\b",
    re.IGNORECASE,
)
WORD_VALUES: dict[str, tuple[Fraction, ...]] = {
    name: tuple(map(Fraction, values))
    for name, values in {
        "two": (2, 1), "three": (3, 2), "four": (4, 3), "one": (1,), "half": ("1/2", 30, 6),
        "quarter": ("1/4", 15, 3), "century": (100, 1), "decade": (10,), "noon": (12,),
        "midnight": (0, 12, 24), "fortnight": (2, 14), "clock": (24,),
    }.items()
}  # fmt: skip
_SEVERAL = r"(?:(?:several|a few|many|some)\s+)?"
VAGUE = re.compile(
    rf"\b(?:{_SEVERAL}(?P<unit>dozens?|hundreds?|thousands?|millions?|billions?|decades)\b"
    r"|(?P<tens>tens)\b|(?P<few>several|a few)\b)"
    r"(?:\s+of\s+(?P<scale>(?:thousand|million|billion|trillion)s?))?",
    re.IGNORECASE,
)
VAGUE_RANGE = {
    "dozen": (10, 100), "hundred": (100, 1000), "thousand": (1000, 10**5), "few": (3, 9),
    "million": (10**6, 10**8), "billion": (10**9, 10**11), "ten": (10, 100), "decade": (20, 100),
}  # fmt: skip

CURRENCY_BEFORE = re.compile(
    r"(?:(?P<USD>US\s?\$|USD\s?|U\.S\.\s?\$)|(?P<CNY>RMB\s?¥?|CNY\s?)|(?P<HKD>HK\$|HKD\s?)"
    r"|(?P<AUD>A\$|AUD\s?)|(?P<CAD>C\$|CAD\s?)|(?P<SGD>S\$|SGD\s?)|(?P<EUR>€|EUR\s?)"
    r"|(?P<GBP>£|GBP\s?)|(?P<YEN>¥)|(?P<DOLLAR>\$\s?))$"
)
CURRENCY_AFTER = re.compile(
    r"\s*(?:(?P<USD>(?:U\.?S\.?|American) dollars?|USD)|(?P<HKD>Hong Kong dollars?|HKD)"
    r"|(?P<AUD>Australian dollars?)|(?P<CAD>Canadian dollars?)|(?P<DOLLAR>dollars?)"
    r"|(?P<CNY>(?:Chinese )?(?:yuan|renminbi|RMB|CNY))|(?P<EUR>euros?|EUR)"
    r"|(?P<GBP>pounds? sterling|British pounds?|GBP)|(?P<JPY>Japanese yen|yen|JPY)"
    r"|(?P<RUB>rub?les?|RUB)|(?P<INR>rupees?))\b",
    re.IGNORECASE,
)
APPROX_BEFORE = re.compile(
    r"(?:(?P<under2>(?:not?|n[’']t|never) (?:to )?(?:exceed(?:ing)?|surpass(?:ing)?)"
    r"|(?:no|not) more than)"
    r"|\b(?:(?P<over>more than|over|(?<!the )above|exceed(?:s|ed|ing)?|in excess of|upwards? of"
    r"|at least|no (?:fewer|less) than|not less than|not below|greater than)"
    r"|(?P<under>nearly|almost|close to|approaching|just under|under|less than|fewer than|below"
    r"|up to|at most|as many as|as much as|barely)"
    r"|(?P<about>about|around|approximately|roughly|some|circa|an estimated|in the region of)))"
    r"\s+(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)
APPROX_AFTER = re.compile(
    r"(?P<over>\+|[ -]?odd\b|\s+(?:\w+\s+)?(?:or more|and more|or above|and above|plus)\b)"
    r"|(?P<under>\s+(?:\w+\s+)?or (?:less|fewer)\b)|(?P<about>\s+(?:\w+\s+)?or so\b)",
    re.IGNORECASE,
)
RELATIVE_DATE = re.compile(
    r"\b(?:(?:this|last|next|same|that|current|following|previous|past|over the) "
    r"(?:year|month|day|week|morning|evening|afternoon)|year just (?:past|passed|gone)"
    r"|today|yesterday|tomorrow|tonight|year-on-year)\b",
    re.IGNORECASE,
)
BEFORE_QUARTERS = re.compile(r"\b(?:first|last|past|next|final|consecutive)\s+$", re.IGNORECASE)
# Numbers in words that need no counterpart.
OPTIONAL = re.compile(
    r"one|two|zero|an? (?:hundred|thousand|million|billion|dozen)|ten thousand", re.IGNORECASE
)
