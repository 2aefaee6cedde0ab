"""What the engine says, of files and otherwise, in the interface's language.

The engine knows no interface and says everything in English. Here are its sentences as templates;
their Chinese is in the catalogue, as that of every page. A sentence that is not here stays English.
"""

import re
from collections.abc import Callable
from functools import cache

from flask_babel import gettext

from workbench.web.layout import in_chinese
from workbench.web.refusals import REFUSALS

N_: Callable[[str], str] = str  # marks a message that is translated when it is shown

FILES = (
    N_("Line %(n)s"),
    N_("Passages put elsewhere that were found: %(n)s."),
    N_("No passage was found that is put elsewhere."),
    N_("%(problem)s, and %(other)s; save the text as UTF-8 and import it again."),
    N_("%(problem)s; the file seems to be %(encoding)s: choose that encoding and import it again."),
    N_(
        "Byte 0x%(byte)s at offset %(at)s does not fit %(encoding)s, though the rest of the "
        "file does: it was cut or damaged there; get a whole copy of it."
    ),
    N_("The file is empty; choose one that holds the text."),
    N_("The file holds a byte order mark and no text; choose another file."),
    N_(
        "The file holds mostly control characters and seems to be no text; choose a plain "
        "text file."
    ),
    N_("The file was read as %(encoding)s."),
    N_(
        "The Word document unpacks to more than %(n)s MB, which no text does; nothing was imported."
    ),
    N_(
        "The Word document is damaged or locked (%(why)s); open it in Word, save it again "
        "without a password, and import that."
    ),
    N_("The document has tracked changes; they were taken as %(how)s."),
    N_("accepted"),
    N_("undone"),
    N_("Numbers that Word makes by itself (1., 一、) are not part of the text and were left out."),
    N_("Text in boxes stands with the paragraph that the box hangs on."),
    N_("No article was recognised, so all text of the page was taken."),
    N_("The web page holds no text; copy the text from the browser and paste it."),
    N_("The paragraphs were put together from the lines of a PDF; look through them."),
    N_(
        "The PDF has no text layer (its pages are pictures); recognise the text with an OCR "
        "program first, or bring another file."
    ),
    N_("%(n)s running heads, feet and page numbers were left out."),
    N_("Radicals that stood for characters (⾏ for 行) were put right."),
    N_(
        "The PDF can't be read (%(why)s); it may be damaged or locked with a password, so "
        "save it again without one, or bring another file."
    ),
    N_("Times were left out, and cues joined to sentences."),
    N_("There is no subtitle in the file; check that it is SRT or WebVTT."),
    N_("%(address)s leads from one address to the next; save the page and import the file."),
    N_("%(address)s is no web address; it begins with http:// or https://."),
    N_("%(address)s is an address inside this network, which is not fetched from here."),
    N_(
        "%(address)s answers with error %(code)s; open it in a browser, save the page and "
        "import the file."
    ),
    N_(
        "%(address)s can't be reached (%(why)s); check the connection, or save the page "
        "elsewhere and import the file."
    ),
    N_(
        "%(address)s can't be found; check the connection and the address, or save the page "
        "elsewhere and import the file."
    ),
    N_("%(address)s holds more than %(n)s MB; import a file."),
    N_("%(address)s took more than %(n)s seconds; try again later."),
    N_("%(name)s is no %(form)s file (%(what)s); save it again from its tool."),
    N_("its first element is “%(root)s”"),
    N_("it is not XML"),
    N_("%(name)s is %(form)s, not %(wanted)s; give the file the ending of its format."),
    N_("%(name)s is empty; save it again from the tool that it is from."),
    N_("%(name)s is packed; unpack it, and take the %(form)s file that is in it."),
    N_("One language below the other: %(n)s and %(m)s paragraphs."),
    N_("It holds both %(some)s and %(others)s; say which of them is wanted."),
    N_("It holds %(n)s annotations."),
    N_("It holds %(n)s flags."),
    N_("It holds %(n)s decisions."),
    N_("It links %(a)s with %(b)s."),
    N_(
        "A link names sentence %(id)s, which its document does not have; give the document "
        "that the links were made for."
    ),
    N_("Chinese is in column %(zh)s, English in column %(en)s."),
    N_("The table has no Chinese column beside an English one; choose another."),
    N_("The row with the names of the columns."),
    N_("the column %(name)s is missing; check the first line."),
    N_("%(n)s cells where the first line names %(m)s; check that line."),
    N_("not like “[0, 1]:[2]”; check that line."),
    N_("not two sentence numbers and a quality; check it."),
    N_("the rung goes back behind the one before; check it."),
    N_("%(name)s holds no terms; it needs a Chinese column and an English one."),
    N_("An entry without a Chinese term or without an English one."),
    N_("The confidence “%(word)s” is taken as medium."),
    N_("The file has no header."),
    N_("Both sides of a unit are marked with the same language; say which is which."),
    N_("A language is given as “%(name)s”; say which variety it is (zh-CN, zh-TW, en-US …)."),
    N_("A translation without a segment."),
    N_("A translation that does not say its language."),
    N_("the metadata is not as it was written; export the bitext again, nothing was imported."),
    N_(
        "The workbook is damaged, locked or none (%(why)s); open it in Excel, save it again "
        "without a password, and import that."
    ),
    N_(
        "The workbook unpacks to more than %(n)s MB, which no table of texts does; nothing "
        "was imported."
    ),
    N_("The XLIFF holds no file element; save it again from the tool it is from."),
    N_("Units with the same id in one file."),
    N_("A unit without a source."),
    N_("A translated segment without its source."),
    N_("XLIFF version “%(version)s” is unknown; save the file as one of: %(versions)s."),
    N_("Segments that are locked."),
    N_("A unit that is not to be translated."),
    N_("The same id twice where XLIFF wants it once."),
    N_("An element without an id that XLIFF allows."),
    N_("A reference to something that is not there."),
    N_("An inline code that opens and never closes, or the other way round."),
    N_("An element that must hold something and is empty."),
    N_("A segment without a source."),
    N_("A state that XLIFF does not know, or the finer state without it."),
    N_("A language that is missing or is no language code."),
    N_("Two translations with the same place in their unit, or one outside of it."),
    N_("A character given by a number that is none."),
    N_("A comment that is either nowhere or in two places."),
    N_(
        "Line %(line)s, column %(column)s: the XML is broken (%(what)s); save the file again "
        "from the tool that wrote it, nothing was imported."
    ),
    N_("these bytes are no characters in the encoding that it declares"),
    N_("more than 2000 elements inside each other; this is no file of a translation tool."),
    N_(
        "the file defines entities, which can hide other files or fill the memory, so it is "
        "not read; remove the definitions in front of the first element."
    ),
    N_(
        "%(entity)s is no character that XML knows; write the character itself, nothing was "
        "imported."
    ),
    N_("The file is UTF-16 without saying so."),
    N_("The file says that it is UTF-16 and is UTF-8."),
    N_("The file says that it is %(name)s and is UTF-8."),
    N_("Two rows have the same id; export the bitext again."),
    N_("The file holds no words; export the bitext again."),
    N_("Comments by %(author)s on %(title)s."),
    N_("%(n)s of them are there already."),
    N_("Its words are not at their place: %(words)s"),
    N_("%(n)s terms would be added."),
    N_("%(n)s terms would get further renderings."),
    N_("%(n)s terms are there already."),
    N_("%(name)s has no words in %(lang)s; choose another file."),
    N_(
        "These two texts are already the bitext %(id)s, with rows of its own; nothing was imported."
    ),
    N_("A unit without words in either language."),
    N_("A unit without words in both languages."),
    N_("The text holds only white space; choose another file or text."),
    N_(
        "Both texts are in %(lang)s; choose one Chinese and one English text, or correct the "
        "language if it was guessed wrongly."
    ),
    N_("%(name)s has no pair of Chinese and English words; choose another."),
    N_("Another memory is being stored or removed just now; try again when it is done."),
    N_("%(name)s: none of its lines has the words of a row of %(bitext)s."),
    N_("The category “%(word)s” is taken as %(category)s."),
    N_("The severity “%(word)s” is taken as minor."),
    N_("An error without marked words is put on the whole row."),
    N_("A line whose words are those of no row."),
    N_(
        "The notes are about the two texts of %(title)s, which are not in this workspace; "
        "open the workspace that the packet came from."
    ),
    N_("%(name)s does not hold the notes of a packet; save them again in the packet."),
    N_("It translates from %(src)s to %(tgt)s; the workbench needs Chinese and English."),
)
TEMPLATES = (*FILES, *REFUSALS)
_NUMBERS = ("n", "m", "line", "column", "at", "code")
_HOLE = re.compile(r"%\((\w+)\)s")


def in_words(sentence: str) -> str:
    """A sentence of the engine in the interface's language."""
    return _translated(sentence) if in_chinese() else sentence


def _translated(sentence: str) -> str:
    for template, pattern in _patterns():
        if found := pattern.fullmatch(sentence):
            # What stands in a hole may be a phrase of the engine itself.
            holes = {name: _translated(words) for name, words in found.groupdict().items()}
            return str(gettext(template, **holes))
    where, colon, rest = sentence.partition(": ")
    said = _translated(rest) if colon else rest
    return f"{_translated(where)}：{said}" if said != rest else sentence


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The templates as patterns, those with the most words of their own first."""
    by_length = sorted(TEMPLATES, key=lambda one: -len(_HOLE.sub("", one)))
    return tuple((one, _pattern(one)) for one in by_length)


def _pattern(template: str) -> re.Pattern[str]:
    pieces = _HOLE.split(template)
    parts = [
        f"(?P<{piece}>{_holds(piece)})" if number % 2 else re.escape(piece)
        for number, piece in enumerate(pieces)
    ]
    return re.compile("".join(parts), re.DOTALL)


def _holds(hole: str) -> str:
    return r"[\d,]+" if hole in _NUMBERS else ".+?"
