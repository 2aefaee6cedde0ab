"""Taking the text out of Word documents, web pages, PDF and subtitles."""

import io
import zipfile

import docx
import pytest

from workbench.errors import BadInput
from workbench.exchange.documents import Extracted, Wishes, document_formats, document_kind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def extract(data: bytes, name: str = "", **wishes) -> Extracted:
    return document_formats.get(document_kind(data, name))(data, Wishes(**wishes))


def lines(data: bytes, name: str = "", **wishes) -> list[str]:
    return extract(data, name, **wishes).content.splitlines()


def word(body: str, **parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>"
        )
        for name, xml in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{xml}</w:{name}>")
    return stream.getvalue()


def run(text: str, tag: str = "t") -> str:
    return f"<w:r><w:{tag}>{text}</w:{tag}></w:r>"


def test_a_word_document_in_reading_order() -> None:
    document = docx.Document()
    document.add_heading("一、总体情况", 1)
    document.add_paragraph("会谈在首都举行。")
    table = document.add_table(2, 2)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    document.add_paragraph("会谈结束。")
    document.add_paragraph("第一条", style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    found = extract(stream.getvalue(), "report.docx")
    assert found.content.splitlines() == [
        "一、总体情况", "会谈在首都举行。", "格0", "格1", "格2", "格3", "会谈结束。", "第一条",
    ]  # fmt: skip
    assert "Numbers that Word makes" in " ".join(found.remarks)


CHANGED = (
    f"<w:p>{run('双方')}<w:del>{run('可能', 'delText')}</w:del><w:ins>{run('将')}</w:ins>"
    f"{run('再次会晤。')}</w:p>"
)


def test_tracked_changes_are_accepted_or_undone() -> None:
    data = word(CHANGED)
    assert lines(data) == ["双方将再次会晤。"]
    assert lines(data, changes="original") == ["双方可能再次会晤。"]
    assert "accepted" in extract(data).remarks[0]


def test_a_deleted_end_of_paragraph_joins_two() -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    data = word(f"<w:p>{mark}{run('上午，')}</w:p><w:p>{run('会谈继续。')}</w:p>")
    assert lines(data) == ["上午，会谈继续。"]
    assert lines(data, changes="original") == ["上午，", "会谈继续。"]


def test_footnotes_come_at_the_end_and_separators_do_not() -> None:
    note = f"<w:footnote w:type='separator'><w:p>{run('-')}</w:p></w:footnote>"
    data = word(
        f"<w:p>{run('正文')}</w:p>",
        footnotes=f"{note}<w:footnote><w:p>{run('注')}</w:p></w:footnote>",
    )
    assert lines(data) == ["正文", "注"]


def test_a_damaged_word_document_is_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="damaged or locked"):
        extract(word("<w:p>"))


PAGE = (
    "<!doctype html><html><head><meta charset='gb2312'><title>新闻</title></head><body>"
    "<nav><a>首页</a></nav><article><h1>双方举行会谈</h1>{}</article><footer>版权所有</footer></body>"
)
PARAGRAPHS = [
    f"第{n}轮会谈就若干问题深入交换意见，双方同意明年再次会晤，检查已完成的工作和尚待完成的工作。"
    for n in "一二三四五"
]


def test_the_article_of_a_web_page_or_the_whole_page() -> None:
    data = PAGE.format("".join(f"<p>{p}</p>" for p in PARAGRAPHS)).encode("gb18030")
    assert lines(data, "a.html") == ["双方举行会谈", *PARAGRAPHS]
    whole = lines(data, "a.html", whole_page=True)
    assert (whole[0], whole[-1]) == ("首页", "版权所有")
    assert whole[2:-1] == PARAGRAPHS


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(BadInput, match="holds no text"):
        extract(b"<html><body><script>let a = 1</script></body></html>")


def test_markdown_without_its_marks() -> None:
    data = "---\ntitle: x\n---\n# 标题\n\n一段**重要**的话。\n\n1. [甲](http://a)\n2. 乙\n".encode()
    assert lines(data, "a.md") == ["标题", "一段重要的话。", "甲", "乙"]


SUBTITLES = """1
00:00:01,000 --> 00:00:02,000
<i>The talks were held</i>

2
00:00:02,100 --> 00:00:03,000
{\\an8}in the capital.

3
00:00:03,100 --> 00:00:04,000
They went on

4
00:00:09,000 --> 00:00:10,000
without a break
"""


def test_subtitles_are_joined_to_sentences_unless_there_is_a_pause() -> None:
    expected = ["The talks were held in the capital.", "They went on", "without a break"]
    assert lines(SUBTITLES.encode()) == expected
    web = "WEBVTT\n\n" + SUBTITLES.replace(",", ".")
    assert lines(web.encode()) == expected


def pdf(pages: list[list[tuple[int, int, str]]]) -> bytes:
    """A small PDF; each line of a page is (left, top, words)."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, page in enumerate(pages):
        text = "".join(f"BT /F 12 Tf {x} {800 - y} Td ({words}) Tj ET\n" for x, y, words in page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {5 + 2 * number} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(text)}>>\nstream\n{text}endstream")
    body, offsets = "%PDF-1.4\n", []
    for number, value in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{value}\nendobj\n"
    size = len(objects) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    xref = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer <</Root 1 0 R/Size {size}>>\n"
    return f"{body}{xref}startxref\n{len(body)}\n%%EOF\n".encode()


LONG = "The two sides held long talks in the capital on several matters of"


def test_paragraphs_of_a_pdf_are_put_together_across_lines_and_pages() -> None:
    pages = [
        [
            (50, 30, "Ministry of Talks"), (70, 120, LONG), (50, 135, "common interest."),
            (70, 150, LONG), (50, 165, "common concern, and " + LONG[:50]), (290, 780, str(n)),
        ]
        for n in (1, 2, 3)
    ]  # fmt: skip
    pages[1] = [(50, 30, "Ministry of Talks"), (50, 120, "trade."), (290, 780, "2")]
    found = extract(pdf(pages))
    first = found.content.splitlines()
    assert first[0] == f"{LONG} common interest."
    assert first[1] == f"{LONG} common concern, and {LONG[:50]} trade."
    assert "Ministry" not in found.content
    assert "7 running heads" not in found.content
    assert found.remarks[1].startswith("6 running heads")


def test_a_pdf_of_pictures_is_refused() -> None:
    with pytest.raises(BadInput, match="no text layer"):
        extract(pdf([[]]))
    with pytest.raises(BadInput, match="can't be read"):
        extract(b"%PDF-1.7\n%%EOF")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7", "a.txt", "pdf"),
        (b"<!DOCTYPE html><p>", "", "html"),
        (b"\xef\xbb\xbfWEBVTT\n", "", "subtitles"),
        (b"# A", "a.md", "markdown"),
        (b"plain", "a.txt", ""),
        (b"PK\x03\x04junk", "a.docx", ""),
    ],
)
def test_kinds_are_told_by_content_then_by_name(data: bytes, name: str, kind: str) -> None:
    assert document_kind(data, name) == kind
