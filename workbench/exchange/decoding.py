"""From bytes to characters: strictly, or not at all.

In order: byte order mark, UTF-16 by its pattern of zero bytes, strict UTF-8, the Chinese
encodings judged by how familiar their characters are, and Western ones by charset-normalizer.
A reading is accepted only when it makes sense; mojibake is refused with the byte it began at.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from workbench.errors import BadInput, UnknownName

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_NAMES = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
    "gb18030": "GB18030",
    "big5": "Big5",
    "windows-1252": "Windows-1252",
    "mac-roman": "Mac Roman",
}
_SUPERSETS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp950": "big5",
    "big5hkscs": "big5",
    "iso8859-1": "windows-1252",
    "cp1252": "windows-1252",
    "ascii": "utf-8",
    "utf-8-sig": "utf-8",
}
_CODECS = {"big5": ("cp950", "big5hkscs"), "windows-1252": ("cp1252",), "mac-roman": ("mac_roman",)}
_CHINESE = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_WESTERN = {"cp1252": "windows-1252", "mac_roman": "mac-roman"}
_FOREIGN = {
    "shift_jis": "Shift JIS",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp949": "EUC-KR",
    "koi8_r": "KOI8-R",
    "cp1251": "Windows-1251",
    "cp1250": "Windows-1250",
    "gb18030": "GB18030",
    "big5": "Big5",
}

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_FILES = (
    (b"%PDF-", "a PDF document; copy its text, or save it as plain text, and import that"),
    (b"{\\rtf", "an RTF document; save it as plain text and import that"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file; save it as plain text and import that"),
    (b"\x1f\x8b", "a gzip archive; unpack it and import the text inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it and import the text inside"),
    (b"Rar!\x1a", "a RAR archive; unpack it and import the text inside"),
    (b"SQLite format 3\x00", "a database; export its text and import that"),
    (b"\x7fELF", "a program; choose the file with the text"),
)
_ZIPPED = (
    (b"word/", "a Word document; save it as plain text and import that"),
    (b"xl/", "an Excel workbook; save it as plain text and import that"),
    (b"ppt/", "a presentation; copy its text and import that"),
    (b"application/epub", "an e-book; save it as plain text and import that"),
    (b"opendocument", "an OpenDocument file; save it as plain text and import that"),
)

# The most frequent characters of both scripts, and the punctuation that goes with them.
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对"
    "可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公"
    "同三已老从动两长知民样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正"
    "名定女问力机给等几很业最间新什打便位因重被走电四第门相次东政海口使教西再平真听世气信北少关并"
    "内加化由却代军产入先山五太水万市总员展建社体务系战议院队党京区通合提应及较度量计六保持际访俄"
    "交流双边贸易济习近席普统指强调坚支各共促推深领域安稳贡献這來國個說們為時會過學對後麼沒於還發"
    "當無開經頭見從動兩長樣現將與進實點種聲話問機給幾業間電門東產總員務戰議隊黨區應較關並內軍萬氣"
    "聽裡際訪雙邊貿濟習強調領穩獻歷體變讓認請書語數據題台灣香港府記表示今昨華臺聞報導目統言研究技"
    "術科育服項企司場管题术项场报导记华闻让认请书语数据变历"
)
_PUNCTUATION = frozenset("、。〈〉《》「」『』【】〔〕（），．：；！？％～“”‘’—…·　○－")
_IMPROBABLE = re.compile(
    "[\x80-\x84\x86-\x9f\ufffd\ufdd0-\ufdef\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_UNLIKELY_WESTERN = re.compile(
    r"[\u00c0-\u00ff]{3}|[a-z][\u00c0-\u00de]|[^\W\d_]{2}[¡¿¤¦§¬±µ¶¼½¾¢£¥]|[a-z][•†‡‰™€©®°][a-z]"
)
_WESTERN_PUNCTUATION = frozenset("‘’“”–—…•€£§©®°™·\u00a0½¼¾×²³†‡«»")

_SAMPLE = 40_000
_FAMILIAR, _COMMON = 0.75, 0.12  # least shares of the characters that are not ASCII
_TOLERATED = 0.002  # share of improbable characters
_ASCII_WESTERN = 0.7
_TOO_SHORT = 12  # characters that are not ASCII
_DAMAGED = 0.01
_BINARY = 0.3


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it was read.

    content: the characters, line ends untouched, without a byte order mark.
    encoding: "utf-8", "utf-16-le", "gb18030", "big5", "windows-1252", …
    repairs: sentences on what the reader should know about the reading.
    """

    content: str
    encoding: str
    had_bom: bool
    repairs: tuple[str, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """Read a text file.

    encoding: what the sender says it is; it must fit, nothing else is tried.

    Raises:
        BadInput: empty, no text at all, or in no encoding that makes sense; the message
            names the byte, its offset and the likely encoding.
        UnknownName: there is no encoding of the name given.
    """
    if not data:
        raise BadInput("The file is empty; choose one that holds the text.")
    if kind := _kind_of_file(data):
        raise BadInput(f"This seems to be {kind}.")
    if encoding:
        return _decode_as(data, _canonical(encoding))
    mark = _mark(data)
    name = mark or _by_zero_bytes(data) or _by_content(data)
    if not name:
        raise BadInput(_refusal(data, "utf-8", None))
    content = _strict(data, name)
    if content is None:
        raise BadInput(_refusal(data, name, None))
    return _finish(content, name)


def _decode_as(data: bytes, name: str) -> Decoded:
    """Read in the encoding that was asked for, unless that gives mojibake."""
    likely = _mark(data) or _by_zero_bytes(data) or _by_content(data)
    stated = _endian(name, likely)
    content = _strict(data, stated)
    if content is None:
        raise BadInput(_refusal(data, stated, likely))
    trusted = likely is None and stated in _CHINESE and _is_short(content)
    if likely != stated and not trusted and not _makes_sense(content, stated):
        raise BadInput(_refusal(data, stated, likely))
    return _finish(content, stated)


def _finish(content: str, name: str) -> Decoded:
    had_bom = content.startswith("\ufeff")
    content = content[had_bom:]
    if not content:
        raise BadInput("The file holds a byte order mark and no text; choose another file.")
    if len(_CONTROLS.findall(content)) > len(content) * _BINARY:
        raise BadInput(
            "The file holds mostly control characters and seems to be no text; "
            "choose a plain text file."
        )
    return Decoded(content, name, had_bom, tuple(_remarks(content, name)))


def _remarks(content: str, name: str) -> Iterator[str]:
    if name != "utf-8":
        yield f"The file was read as {_NAMES.get(name, name)}."
    if lost := content.count("\ufffd"):
        yield (
            f"The text holds {lost} replacement character{'s' * (lost > 1)} (\ufffd), which stand "
            "for something that was lost before the file came here."
        )


def _kind_of_file(data: bytes) -> str:
    if data.startswith(b"PK\x03\x04"):
        head = data[:4000] + data[-4000:]
        found = (kind for part, kind in _ZIPPED if part in head)
        return next(found, "a zip archive; unpack it and import the text inside")
    if data.startswith(_PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return "a picture; type its text, or have it recognised, and import that"
    return next((kind for magic, kind in _FILES if data.startswith(magic)), "")


def _canonical(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = encoding
    name = _SUPERSETS.get(name, name)
    if name not in (*_NAMES, "utf-16", "utf-32"):
        raise UnknownName("encoding", encoding, _NAMES)
    return name


def _endian(name: str, likely: str | None) -> str:
    """UTF-16 and UTF-32 without a byte order take that which the bytes show."""
    if name in ("utf-16", "utf-32"):
        return likely if likely and likely.startswith(name) else f"{name}-le"
    return name


def _mark(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _by_zero_bytes(data: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark: Latin characters leave zeros in fixed places."""
    sample = data[: _SAMPLE - _SAMPLE % 4]
    if len(sample) < 4 or sample.count(0) < 2:
        return None
    quarter = len(sample) / 4
    zeros = [sample[place::4].count(0) / quarter for place in range(4)]
    high, low = 0.9, 0.1
    if len(data) % 4 == 0:
        if min(zeros[2:]) > high and zeros[0] < low:
            return "utf-32-le"
        if min(zeros[:2]) > high and zeros[3] < low:
            return "utf-32-be"
    even, odd = (zeros[0] + zeros[2]) / 2, (zeros[1] + zeros[3]) / 2
    if len(data) % 2 == 0 and max(even, odd) > 0.2 and min(even, odd) < 0.02:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _by_content(data: bytes) -> str | None:
    """The encoding whose reading makes sense, None when there is none."""
    plain = _strict(data, "utf-8")
    if plain is not None and not _is_suspicious(plain):
        return "utf-8"
    fitting = [name for name in _CHINESE if _fits(data, name)]
    if fitting:
        return max(fitting, key=lambda name: _rating(data, name))
    return "utf-8" if plain is not None else _western(data)


def _fits(data: bytes, name: str) -> bool:
    text = _strict(data, name)
    return text is not None and _makes_sense(text, name)


def _rating(data: bytes, name: str) -> float:
    familiar, common = _shares(_strict(data, name) or "", name)
    return familiar + 2 * common


def _is_suspicious(text: str) -> bool:
    """Whether other bytes pass for UTF-8: short UTF-16 or GB18030 can, by accident.

    They show as control characters, or as scripts that no text here is written in.
    """
    if _CONTROLS.search(text):
        return True
    strange = re.findall(r"[\u0180-\u07ff]", text)
    return len(strange) > 0 and len(strange) == len(_NOT_ASCII.findall(text))


def _western(data: bytes) -> str | None:
    """A Western encoding, for text that is mostly ASCII."""
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if sum(byte < 0x80 for byte in sample) < _ASCII_WESTERN * len(sample):
        return None
    match = from_bytes(sample, cp_isolation=list(_WESTERN)).best()
    names = sorted(_WESTERN, key=lambda codec: match is None or match.encoding != codec)
    return next((_WESTERN[name] for name in names if _fits(data, _WESTERN[name])), None)


def _strict(data: bytes, name: str) -> str | None:
    for codec in _CODECS.get(name, (name,)):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def _makes_sense(text: str, name: str) -> bool:
    """Whether a reading looks like a text that a person wrote."""
    foreign = len(_NOT_ASCII.findall(text))
    if len(_IMPROBABLE.findall(text)) > foreign * _TOLERATED:
        return False
    if not foreign:
        return True
    if name in _WESTERN.values():
        return _is_western(text[:_SAMPLE])
    if name == "utf-8":
        return True
    familiar, common = _shares(text, name)
    return familiar >= _FAMILIAR and common >= _COMMON


def _is_short(text: str) -> bool:
    """Too short to be judged by its characters, as a name: then the label decides."""
    return len(_NOT_ASCII.findall(text)) <= _TOO_SHORT and not _IMPROBABLE.search(text)


def _is_western(text: str) -> bool:
    foreign = [char for char in text if char > "\x7f"]
    if _CONTROLS.search(text) or len(foreign) > (1 - _ASCII_WESTERN) * len(text):
        return False
    letters = sum(char.isalpha() and char not in "ªº" for char in foreign)
    punctuation = sum(char in _WESTERN_PUNCTUATION for char in foreign)
    odd = len(_UNLIKELY_WESTERN.findall(text)) + len(foreign) - letters - punctuation
    return odd <= 0.1 * len(foreign)


def _shares(text: str, name: str) -> tuple[float, float]:
    """Shares of familiar and of the most frequent characters among those beyond ASCII.

    Familiar are the first levels of GB 2312 (3,755 characters) and of Big5 (5,401), which
    hold what everyday text is written with; a wrong reading lands outside of them.
    """
    sample = _NOT_ASCII.findall(text[:_SAMPLE])
    if not sample:
        return 1.0, 1.0
    known: Callable[[str], bool] = {"big5": _in_big5}.get(name, _in_either)
    familiar = sum(char in _PUNCTUATION or known(char) for char in sample)
    common = sum(char in _FREQUENT or char in _PUNCTUATION for char in sample)
    return familiar / len(sample), common / len(sample)


@lru_cache(maxsize=20_000)
def _in_gb(char: str) -> bool:
    code = char.encode("gb2312", "ignore")
    return len(code) == 2 and (0xB0 <= code[0] <= 0xD7 or 0xA1 <= code[0] <= 0xA3)


@lru_cache(maxsize=20_000)
def _in_big5(char: str) -> bool:
    code = char.encode("big5", "ignore")
    return len(code) == 2 and 0xA1 <= code[0] <= 0xC6


def _in_either(char: str) -> bool:
    latin = "\xa0" <= char <= "\u024f" or unicodedata.category(char) in ("Pd", "Pi", "Pf", "Po")
    return latin or _in_gb(char) or _in_big5(char)


def _refusal(data: bytes, name: str, likely: str | None) -> str:
    """One sentence on the byte that does not fit and what to do."""
    stated = _NAMES.get(name, name)
    offset = _first_misfit(data, name)
    where = f"Byte 0x{data[offset]:02X} at offset {offset} does not fit {stated}"
    if likely and likely != name:
        other = _NAMES.get(likely, likely)
        return f"{where}; the file seems to be {other}: choose that encoding and import it again."
    if damaged := _mark(data) or _damaged(data):
        offset, other = _first_misfit(data, damaged), _NAMES[damaged]
        return (
            f"Byte 0x{data[offset]:02X} at offset {offset} does not fit {other}, though the rest "
            f"of the file does: it was cut or damaged there; get a whole copy of it."
        )
    hint = _hint(data)
    seems = f"it seems to be {hint}" if hint else "no other encoding gives sensible text either"
    return f"{where}, and {seems}; save the text as UTF-8 and import it again."


def _first_misfit(data: bytes, name: str) -> int:
    try:
        data.decode(_CODECS.get(name, (name,))[0])
    except UnicodeDecodeError as error:
        return min(error.start, len(data) - 1)
    return next((at for at, byte in enumerate(data) if byte > 0x7F), 0)  # mojibake from there


def _damaged(data: bytes) -> str | None:
    """The encoding that fits all but a few bytes."""
    for name in ("utf-8", *_CHINESE):
        text = data.decode(_CODECS.get(name, (name,))[0], "replace")
        whole = text.replace("\ufffd", "")
        lost, foreign = len(text) - len(whole), len(_NOT_ASCII.findall(whole))
        if 0 < lost <= max(1, _DAMAGED * foreign) and foreign and _makes_sense(whole, name):
            return name
    return None


def _hint(data: bytes) -> str:
    """What charset-normalizer takes the file for, "" when it does not know."""
    from charset_normalizer import from_bytes

    match = from_bytes(data[:_SAMPLE], cp_isolation=list(_FOREIGN)).best()
    return _FOREIGN.get(match.encoding, "") if match else ""
