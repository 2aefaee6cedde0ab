"""The page Add texts with documents, a file of another tool, and a file with both languages."""

from axe_playwright_python.sync_playwright import Axe

from tests.unit.test_documents import pdf, run, word

TMX = (
    '<tmx version="1.4"><header creationtool="OmegaT" srclang="zh-CN"/><body>'
    + "".join(
        f'<tu><tuv xml:lang="zh-CN"><seg>第{n}轮会谈。</seg></tuv>'
        f'<tuv xml:lang="en-US"><seg>Round {n} of the talks.</seg></tuv></tu>'
        for n in range(9)
    )
    + "</body></tmx>"
)
CHINESE = "".join(f"<w:p>{run(f'第{n}轮会谈就合作问题交换了意见。')}</w:p>" for n in range(4))
ENGLISH = [(50, 60 + 40 * n, f"Round {n} of the talks was about cooperation.") for n in range(4)]


def choose(page, field, name, data):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.set_input_files(f'input[name="{field}_file"]', file)


def test_documents_are_shown_and_a_pdf_wants_to_be_looked_through(desk, page, picture):
    page.goto(f"{desk}add")
    choose(page, "src", "talks.docx", word(CHINESE))
    choose(page, "tgt", "talks.pdf", pdf([ENGLISH]))
    page.locator('[data-field="src"] .paragraphs').wait_for()
    page.locator('[data-field="tgt"] .paragraphs').wait_for()
    for text, is_word in (("Chinese original", True), ("English translation", False)):
        changes = page.get_by_role("group", name=text).get_by_label("Tracked changes")
        assert changes.is_visible() == is_word
    button = page.get_by_role("button", name="Align and check")
    assert button.is_disabled()
    translation = page.get_by_role("group", name="English translation")
    translation.get_by_label("I looked through the paragraphs").check()
    assert button.is_enabled()
    picture(page, "add-texts-documents")


def test_a_memory_dropped_on_a_pane_goes_to_its_place_and_is_searched(desk, page, picture):
    page.goto(f"{desk}add")
    choose(page, "src", "talks.tmx", TMX.encode())
    found = page.locator(".several .preview")
    found.locator("table").wait_for()
    assert "9 units" in found.inner_text()
    assert page.locator('[data-field="src"] .paragraphs').count() == 0
    picture(page, "add-texts-memory")
    page.get_by_label("a memory for the concordance").check()
    page.get_by_role("button", name="Import").click()
    page.locator("#memories").wait_for()
    page.goto(f"{desk}search?as=concordance&q=轮会谈")
    assert page.locator(".concordance .where").first.inner_text() == "memory talks, 1"


def test_the_page_with_all_its_parts_has_nothing_that_axe_objects_to(desk, chromium):
    context = chromium.new_context(locale="zh-CN", color_scheme="dark", bypass_csp=True)
    page = context.new_page()
    page.set_viewport_size({"width": 800, "height": 900})
    page.goto(f"{desk}add")
    choose(page, "src", "talks.docx", word(CHINESE))
    choose(page, "several", "talks.tmx", TMX.encode())
    page.locator(".several .ways").wait_for()
    page.locator('[data-field="src"] .paragraphs').wait_for()
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(v["id"], v["nodes"][0]["html"][:80]) for v in violations] == []
