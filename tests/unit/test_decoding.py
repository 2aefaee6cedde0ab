"""Reading bytes: every encoding that the documents come in, and never mojibake."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workbench.errors import BadInput, UnknownName
from workbench.exchange.decoding import decode

SIMPLIFIED = "两国元首举行会谈，就共同关心的问题交换意见，并签署了联合声明。"
TRADITIONAL = "兩國元首舉行會談，就共同關心的問題交換意見，並簽署了聯合聲明。"
ENGLISH = "The two heads of state met for talks; “trust,” they said, “is what we share” — at last."
LONG = 40


@pytest.mark.parametrize("times", [1, LONG])
@pytest.mark.parametrize(
    ("content", "codec", "encoding"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED, "gb18030", "gb18030"),
        (TRADITIONAL, "gb18030", "gb18030"),
        (TRADITIONAL, "big5", "big5"),
        (TRADITIONAL + "恒生", "big5hkscs", "big5"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (TRADITIONAL, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-8", "utf-8"),
        (ENGLISH, "utf-16-le", "utf-16-le"),
        (ENGLISH, "utf-16-be", "utf-16-be"),
        (ENGLISH, "utf-32-le", "utf-32-le"),
        (ENGLISH, "utf-32-be", "utf-32-be"),
        (ENGLISH, "cp1252", "windows-1252"),
        ("Café Müller, Zürich: naïve résumé, £5.", "latin-1", "windows-1252"),
        (ENGLISH, "mac_roman", "mac-roman"),
        ("President Sotirović visited the café “Zagreb”.", "utf-8", "utf-8"),
        ("The word 合作 means cooperation.", "gb18030", "gb18030"),
    ],
)
def test_known_encodings_are_recognised(content, codec, encoding, times):
    text = "\r\n".join([content] * times)
    decoded = decode(text.encode(codec))
    assert (decoded.content, decoded.encoding, decoded.had_bom) == (text, encoding, False)
    assert bool(decoded.repairs) == (encoding != "utf-8")


@pytest.mark.parametrize("content", ["中国", "一些", "联通", "他说：“好。”", "（一）", "合作2.5%"])
def test_very_short_gbk_is_right(content):
    assert decode(content.encode("gbk")).content == content


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
def test_byte_order_mark_is_dropped(mark, codec):
    decoded = decode(mark + SIMPLIFIED.encode(codec))
    assert (decoded.content, decoded.encoding, decoded.had_bom) == (SIMPLIFIED, codec, True)


@pytest.mark.parametrize("stated", ["gbk", "GB2312", "gb18030"])
def test_stated_encoding_is_read_as_its_superset(stated):
    assert decode("朱镕基".encode("gb18030"), encoding=stated).content == "朱镕基"


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be"])
def test_stated_utf_16_takes_the_byte_order_of_the_file(codec):
    assert decode(SIMPLIFIED.encode(codec), encoding="utf-16").content == SIMPLIFIED


@pytest.mark.parametrize(
    ("content", "codec", "stated", "likely"),
    [
        (SIMPLIFIED, "gbk", "utf-8", "GB18030"),
        (SIMPLIFIED, "gbk", "big5", "GB18030"),
        (SIMPLIFIED, "gbk", "windows-1252", "GB18030"),
        (SIMPLIFIED, "gbk", "utf-16", "GB18030"),
        (SIMPLIFIED, "utf-8", "gbk", "UTF-8"),
        (SIMPLIFIED, "utf-8", "latin-1", "UTF-8"),
        (TRADITIONAL, "big5", "gbk", "Big5"),
        (TRADITIONAL, "big5", "utf-8", "Big5"),
        (SIMPLIFIED, "utf-16", "utf-8", "UTF-16"),
        (ENGLISH, "utf-8", "windows-1252", "UTF-8"),
    ],
)
def test_wrong_label_is_an_error_that_names_the_right_one(content, codec, stated, likely):
    with pytest.raises(
        BadInput, match=rf"Byte 0x[0-9A-F]{{2}} at offset \d+ .* seems to be {likely}"
    ):
        decode(content.encode(codec), encoding=stated)


def test_first_byte_that_does_not_fit_is_named():
    with pytest.raises(BadInput, match=r"^Byte 0xC1 at offset 6 does not fit UTF-8"):
        decode(b"Title\n" + SIMPLIFIED.encode("gbk"), encoding="utf-8")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (codecs.BOM_UTF8, "no text"),
        (SIMPLIFIED.encode()[:-1], r"Byte 0x\w\w at offset \d+ does not fit UTF-8.*damaged"),
        ((SIMPLIFIED * 9).encode("gbk")[:-1], r"at offset \d+ does not fit GB18030.*damaged"),
        (SIMPLIFIED.encode("utf-16")[:-1], r"at offset \d+ does not fit UTF-16.*damaged"),
        ("文" * 400 + SIMPLIFIED, "damaged"),
        ("漢字も使います。これは日本語の文章です。" * 3, "Shift JIS"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00word/document.xml", "Word"),
        (b"PK\x03\x04\x14\x00xl/workbook.xml", "Excel"),
        (b"PK\x03\x04\x14\x00a.txt", "zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(100), "control characters"),
    ],
)
def test_what_can_not_be_read_is_refused_with_a_reason(data, message):
    if isinstance(data, str):
        broken = data.encode("shift_jis") if "漢" in data else data.encode()[:700] + b"\xff" + b"ok"
        data = broken
    with pytest.raises(BadInput, match=message):
        decode(data)


def test_encoding_must_be_a_known_one():
    for name in ("klingon", "rot13", "base64", "utf-7", "unicode_escape"):
        with pytest.raises(UnknownName):
            decode(b"text", encoding=name)


@pytest.mark.parametrize(
    "content",
    [
        "a\x00b",
        "\u2028\u2029\x85",
        "e\u0301 ñ",
        "\U00020000\U0001f600",
        "\u200b\u3000\ue000",
        "  \n",
    ],
)
def test_hostile_but_valid_utf_8_is_left_alone(content):
    text = "text " + content + " 正文"
    assert decode(text.encode()).content == text


def test_lost_characters_are_told():
    assert "2 replacement characters" in decode("a \ufffd and \ufffd".encode()).repairs[0]


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xed\xa0\x80")
@example(b"\x84\x31\x95\x33")
def test_any_bytes_are_read_or_refused(data):
    check(data)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.binary(max_size=60), st.sampled_from(["utf-8", "gbk", "big5", "utf-16", "windows-1252"]))
def test_any_bytes_under_any_label_are_read_or_refused(data, stated):
    check(data, stated)


def check(data, stated=None):
    """Read, or refuse with a sentence; any other error is a failure."""
    with suppress(BadInput):
        content = decode(data, encoding=stated).content
        assert content.encode().decode() == content
