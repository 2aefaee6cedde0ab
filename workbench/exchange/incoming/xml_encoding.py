"""In which encoding an XML file is, when it says nothing or says what is not so."""

import codecs
import re
from typing import BinaryIO

from workbench.exchange.incoming.values import Findings

HEAD = 64 * 1024
_UTF16 = {b"<\x00": "UTF-16LE", b"\x00<": "UTF-16BE"}
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_DECLARED = re.compile(rb"""\A<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)""")
_WIDER = {
    "gb2312": "GB18030",
    "gbk": "GB18030",
    "gb18030": "GB18030",
    "hz": "HZ",
    "big5": "CP950",
    "big5hkscs": "BIG5-HKSCS",
}
"""Encodings in which people's files hold more characters than the declared one has."""


def encoding_of(stream: BinaryIO, findings: Findings) -> str | None:
    """The encoding to read a file in; None when the parser finds it out by itself.

    A declaration that the bytes contradict is put right and counted as a repair: UTF-16 without
    a mark, and UTF-8 under another name (a text in Chinese is hardly ever UTF-8 by chance).
    """
    head = stream.read(HEAD)
    stream.seek(0)
    if found := _UTF16.get(head[:2]):
        findings.repairs["The file is UTF-16 without saying so."] += 1
        return found
    declared = _DECLARED.match(head)
    if not declared or head.startswith(_BYTE_ORDER):
        return None
    name = declared[1].decode().lower()
    if name.startswith(("utf-16", "utf16", "ucs-2", "iso-10646-ucs-2")):
        findings.repairs["The file says that it is UTF-16 and is UTF-8."] += 1
        return "UTF-8"
    try:
        usual = codecs.lookup(name).name
    except LookupError:
        return None
    if usual not in ("utf-8", "ascii") and _is_utf8(head, single=_is_single(usual)):
        findings.repairs[f"The file says that it is {declared[1].decode()} and is UTF-8."] += 1
        return "UTF-8"
    return _WIDER.get(usual)


def _is_single(encoding: str) -> bool:
    return encoding.startswith(("iso8859", "cp12", "koi8", "mac"))


def _is_utf8(head: bytes, *, single: bool) -> bool:
    """Whether bytes that are declared otherwise are UTF-8.

    Two bytes of a double-byte encoding may look like UTF-8 by chance, three in a row hardly.
    """
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return any(char >= ("\x80" if single else "\u0800") for char in text)
