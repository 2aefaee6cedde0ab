"""The Chinese catalogue is whole: every string of the pages, nothing else, and it is shown."""

import json
import re
from html.parser import HTMLParser

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from jinja2 import Environment

from tests.support import ROOT, SAMPLE, align_by_gold, sample_workspace
from workbench.web import create_app

WEB = ROOT / "workbench" / "web"
TRANSLATIONS = WEB / "translations"
PO = TRANSLATIONS / "zh_Hans_CN" / "LC_MESSAGES" / "messages.po"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))

PLACEHOLDER = re.compile(r"%%|%\(\w+\)[-+#0-9.]*[a-z]")
READ = ("title", "placeholder", "alt", "aria-label", "aria-description")  # attributes
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
# What no language changes: the brand, key caps, a time zone, a folder.
UNIVERSAL = re.compile(r"\b(?:Workbench|Ctrl|Shift|Alt|Esc|Enter|Tab|UTC)\b|alignments/")
CLASSES = re.compile(r"{% block \w+_class %}.*?{% endblock %}")  # for the style sheet only


def catalogue():
    with PO.open("rb") as file:
        return read_po(file)


def forms(words):
    """The one form of a message, or its singular and plural."""
    return tuple(words) if isinstance(words, (tuple, list)) else (words,)


def extracted():
    """Every message of the sources, with the place that has it."""
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file, "babel.cfg")
    found = extract_from_dir(WEB, methods, options)
    return {message: f"{name}:{line}" for name, line, message, _, _ in found}


class Reading(HTMLParser):
    """What a reader of a page meets: texts and attributes, each with its language.

    Keys (`kbd`), styles and scripts are passed over.
    """

    def __init__(self, html):
        super().__init__()
        self.inside = [("", "")]
        self.met = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        lang = given.get("lang") or self.inside[-1][1]
        self.met += [(given[name], lang) for name in READ if given.get(name)]
        if tag not in VOID:
            self.inside.append((tag, lang))

    def handle_endtag(self, tag):
        tags = [name for name, _ in self.inside]
        if tag in tags:
            del self.inside[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data):
        tag, lang = self.inside[-1]
        if data.strip() and tag not in ("kbd", "style", "script"):
            self.met.append((" ".join(data.split()), lang))

    def but_in(self, lang):
        """What is not said to be in this language."""
        return [text for text, its in self.met if not its.startswith(lang)]


def bare_english(template):
    """English that a template shows without asking the catalogue."""
    kept = {"data": None, "variable_end": "0", "block_end": "0"}  # 0: what Jinja fills in
    tokens = Environment().lexer.tokeniter(CLASSES.sub("", template), None)
    html = "".join(kept[kind] or text for _, kind, text in tokens if kind in kept)
    met = Reading(html).but_in("en")
    return [text for text in met if re.search("[A-Za-z]{2}", UNIVERSAL.sub("", text))]


def page_words(html, quoted):
    """What a page and its script show, but for what is in the `quoted` language."""
    data = re.search(r'<script [^>]*id="page-data">(.*?)</script>', html, re.DOTALL)
    scripted = json.loads(data[1])["words"].values() if data else []
    return {*Reading(html).but_in(quoted), *scripted}


def shown(text, words):
    """Whether a message is among the words, whatever its placeholders stand for."""
    pattern = r"\S+".join(re.escape(part) for part in PLACEHOLDER.split(text))
    match = re.compile(pattern).search if " " in text else re.compile(pattern).fullmatch
    return any(match(found) for found in words)


def test_every_string_is_translated_and_nothing_else():
    places, entries = extracted(), {m.id: m for m in catalogue() if m.id}
    missing = [f"{places[message]}: {message}" for message in places.keys() - entries.keys()]
    assert not sorted(missing)
    assert not entries.keys() - places.keys()
    assert not catalogue().obsolete
    assert not [m.id for m in entries.values() if m.fuzzy or not all(forms(m.string))]


def test_no_extraction_template_is_kept():
    assert not list(ROOT.glob("*.pot")) + list(WEB.rglob("*.pot"))


def test_the_compiled_catalogue_is_that_of_the_source():
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = {forms(m.id): forms(m.string) for m in read_mo(file) if m.id}
    assert compiled == {forms(m.id): forms(m.string) for m in catalogue() if m.id}


def test_placeholders_are_the_same_in_both_languages():
    different = [
        message.id
        for message in catalogue()
        if message.id
        for text in forms(message.string)
        if sorted(PLACEHOLDER.findall(forms(message.id)[-1])) != sorted(PLACEHOLDER.findall(text))
    ]
    assert not different


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_shows_no_english_of_its_own(path):
    assert not bare_english(path.read_text(encoding="utf-8"))


def test_english_outside_the_catalogue_is_found():
    assert bare_english('<p>{{ _("Save") }} now</p>') == ["0 now"]
    assert bare_english('<b title="{{ x }} rows">1</b>{% if x %}<i>Yes') == ["0 rows", "Yes"]
    assert not bare_english('<kbd>Home</kbd><i lang="en">En</i>Workbench<script>let it</script>')


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    ws = sample_workspace(tmp_path_factory.mktemp("workspace"))
    align_by_gold(ws)
    return create_app(ws).test_client()


@pytest.mark.parametrize("address", ["/", "/add", "/search", "/terms", f"/b/{SAMPLE}", "/nowhere"])
def test_a_page_is_in_chinese(client, address):
    def page(language, quoted):
        answer = client.get(address, headers={"Accept-Language": language})
        assert f'<html lang="{language}"' in answer.text
        return page_words(answer.text, quoted)

    english, chinese = page("en", "en-"), page("zh-CN", "en")
    messages = [m for m in catalogue() if m.id and UNIVERSAL.sub("", forms(m.id)[0])]
    expected = [m for m in messages if m.id in english]
    assert len(expected) > 8
    assert not [m.id for m in expected if m.string not in chinese]
    assert not [text for m in messages for text in forms(m.id) if shown(text, chinese)]
