"""Texts: adding, listing, verifying, dividing and importing them."""

from collections.abc import Callable
from pathlib import Path

import click

from workbench.cli.terminal import print_json, print_table, say
from workbench.errors import BadInput, WorkbenchError
from workbench.exchange.documents import Wishes
from workbench.exchange.fetching import is_address
from workbench.services import library
from workbench.services.about import FIELDS, OFFICIAL, checked_about, describe_text
from workbench.services.files import read_file
from workbench.services.library import Draft
from workbench.services.workspace import Workspace

FILE = click.Path(path_type=Path, dir_okay=False)
as_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
whole_page_option = click.option(
    "--whole-page", is_flag=True, help="Of a web page take all text, not only the article."
)
changes_option = click.option(
    "--changes",
    type=click.Choice(("accepted", "original")),
    default="accepted",
    help="Take a Word document with its tracked changes, or as it was before them.",
)
lang_option = click.option("--lang", default="", help="Language, such as zh-CN; guessed if absent.")


def read_source(ws: Workspace, place: str, lang: str, wishes: Wishes) -> Draft:
    """The text of a file or of a web address, not stored yet."""
    if is_address(place):
        from workbench.services import fetching

        return fetching.fetch_draft(ws, place, lang=lang, wishes=wishes, private=True)
    data = read_file(Path(place))
    name = "/".join(Path(place).absolute().parts[-2:])  # with its folder, for files like zh.txt
    return library.read_draft(ws, data, name=name, lang=lang, wishes=wishes)


@click.group()
def text() -> None:
    """Add, list and verify the texts of the workspace."""


def about_options(command: Callable[..., None]) -> Callable[..., None]:
    """Options for everything that is said of a text."""
    options = (
        click.option("--issuer", help="Who issued this version."),
        click.option("--official", type=click.Choice(OFFICIAL), help="Whether it is official."),
        click.option("--date", help="Date of the text, as 2025-05-11."),
        click.option("--source", help="Where it was published."),
        click.option("--licence", help="Its licence."),
        click.option("--kind", help="Of what series it is, such as briefing."),
        click.option("--counterpart", help="Whom it is about, such as Russia."),
        click.option("--translator", help="Who translated it."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@text.command()
@click.argument("file", metavar="FILE | ADDRESS")
@lang_option
@click.option("--title", default="", help="Title; taken from the file's name if absent.")
@click.option("--id", "text_id", default="", help="Name in the catalogue.")
@about_options
@whole_page_option
@changes_option
@click.pass_obj
def add(
    root: Path,
    /,
    file: str,
    lang: str,
    title: str,
    text_id: str,
    whole_page: bool,
    changes: str,
    **about: str | None,
) -> None:
    """Store one text in the workspace, from a file or a web address."""
    ws = Workspace(root)
    draft = read_source(ws, file, lang, Wishes(whole_page, changes))
    given = {name: value for name, value in about.items() if value}
    if is_address(file):
        given.setdefault("source", file)
    stored = library.store_text(ws, draft, id=text_id, title=title, **checked_about(**given))
    click.echo(stored.id)


@text.command()
@click.argument("text_id", metavar="TEXT")
@about_options
@click.pass_obj
def describe(root: Path, /, text_id: str, **values: str | None) -> None:
    """Say who issued a text, when and where; an empty value takes it away."""
    given = {name: value for name, value in values.items() if value is not None}
    entry = describe_text(Workspace(root), text_id, **given)
    print_table(("", entry.id), [(name, getattr(entry, name)) for name in FIELDS])


@text.command("list")
@as_json_option
@click.pass_obj
def list_(root: Path, as_json: bool) -> None:
    """List the texts that the catalogue names."""
    entries = list(Workspace(root).catalogue.entries().values())
    if as_json:
        names = ("id", "title", "lang", *FIELDS, "sha256", "file")
        print_json([{name: getattr(entry, name) for name in names} for entry in entries])
        return
    print_table(
        ("id", "lang", "date", "stored", "title"),
        [(e.id, e.lang, e.date, "yes" if e.file else "no", e.title) for e in entries],
    )


@text.command("fetch")
@click.argument("text_id", metavar="TEXT")
@click.option("--yes", is_flag=True, help="Store it without asking, also when it differs.")
@whole_page_option
@click.pass_obj
def fetch_(root: Path, text_id: str, yes: bool, whole_page: bool) -> None:
    """Fetch a text that the catalogue knows by its web address, and compare it."""
    from workbench.services import fetching

    ws = Workspace(root)
    found = fetching.fetch_entry(ws, text_id, wishes=Wishes(whole_page), private=True)
    size = len(found.draft.segmentation.paragraphs)
    say(f"{found.url}: {size} paragraphs, {len(found.draft.content):,} characters")
    if found.is_same:
        say(f"They are the {found.known} paragraphs that the catalogue knows.")
    elif found.known:
        say(f"{found.known - len(found.missing)} of {found.known} known paragraphs were found.")
        if found.missing:
            say(f"  Not found: paragraphs {', '.join(map(str, found.missing))}")
        for paragraph in found.extra:
            say(f"  Not known: {_short(paragraph)}")
    else:
        say("The catalogue knows nothing of the text to compare it with.")
    if not (found.is_same or yes or click.confirm("Store it?", err=True)):
        say("Nothing was stored.")
        return
    click.echo(fetching.store_fetched(ws, found).id)


def _short(words: str, size: int = 60) -> str:
    return words if len(words) <= size else words[: size - 1] + "…"


@text.command()
@click.pass_obj
def verify(root: Path) -> None:
    """Compare every stored text with the hash in the catalogue."""
    ws = Workspace(root)
    wrong = []
    for entry in ws.catalogue.entries().values():
        try:
            if entry.file:
                ws.catalogue.read(entry.id)
                say(f"✓ {entry.id}")
        except WorkbenchError as error:
            wrong.append(str(error))
    if wrong:
        raise BadInput(" ".join(wrong))


@click.command()
@click.argument("file", type=FILE)
@lang_option
@as_json_option
def segment(file: Path, lang: str, as_json: bool) -> None:
    """Divide a text file into paragraphs and sentences, one sentence a line."""
    from workbench.exchange.decoding import decode
    from workbench.segment import guess_language
    from workbench.segment import segment as divide

    content = decode(read_file(file)).content
    division = divide(content, lang or guess_language(content).lang)
    numbers = division.paragraph_numbers()
    if as_json:
        print_json(
            {
                "paragraphs": [
                    {"start": span.start, "stop": span.stop, "role": str(role)}
                    for span, role in zip(division.paragraphs, division.roles, strict=True)
                ],
                "sentences": [
                    {"start": s.start, "stop": s.stop, "paragraph": n, "text": s.of(content)}
                    for s, n in zip(division.sentences, numbers, strict=True)
                ],
            }
        )
        return
    for span, number in zip(division.sentences, numbers, strict=True):
        click.echo(f"{number}\t{' '.join(span.of(content).split())}")
