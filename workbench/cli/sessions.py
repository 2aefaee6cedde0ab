"""Review sessions on the command line."""

from pathlib import Path

import click

from workbench.cli.terminal import print_json, say
from workbench.domain.sessions import Mode
from workbench.errors import UnknownName
from workbench.services import attending, sessions
from workbench.services.workspace import Workspace


@click.group()
def session() -> None:
    """Let several people review a bitext."""


@session.command()
@click.argument("bitext")
@click.option("--reviewer", "names", multiple=True, required=True, help="Who; once for each.")
@click.option(
    "--mode",
    type=click.Choice([str(mode) for mode in Mode]),
    default=str(Mode.SHARED),
    show_default=True,
    help="All together, or each alone to be compared afterwards.",
)
@click.option("--title", default="", help="Name of the session; default: the bitext's.")
@click.option("--owner", default="Owner", help="Who makes it; default: Owner.")
@click.pass_obj
def create(
    root: Path, bitext: str, names: tuple[str, ...], mode: str, title: str, owner: str
) -> None:
    """Begin a session about BITEXT."""
    made = sessions.create_session(
        Workspace(root), bitext, names, mode=Mode(mode), author=owner, title=title
    )
    click.echo(made.id)
    say(f"Invite its reviewers with: workbench session invite {made.id} NAME")


@session.command()
@click.argument("session_id", metavar="SESSION")
@click.argument("name")
@click.option("--url", default="", help="Address of the pages, put before the link.")
@click.option("--revoke", is_flag=True, help="Take the person's link back instead.")
@click.pass_obj
def invite(root: Path, session_id: str, name: str, url: str, revoke: bool) -> None:
    """Print the link of one person; a former one opens nothing any more.

    A person who is not yet in the session is added.
    """
    ws = Workspace(root)
    try:
        person = sessions.find_reviewer(ws, session_id, name)
    except UnknownName:
        if revoke:
            raise
        person = sessions.add_reviewer(ws, session_id, name)
    if revoke:
        sessions.revoke(ws, person.id)
        say(f"The link of {person.name} is taken back.")
        return
    click.echo(f"{url.rstrip('/')}/join/{sessions.invite(ws, person.id)}")


@session.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(root: Path, as_json: bool) -> None:
    """Every session, and how far each reviewer is."""
    found = attending.overviews(Workspace(root))
    if as_json:
        print_json([_session_json(one) for one in found])
        return
    for one in found:
        state = "open" if one.session.is_open else f"closed {one.session.closed_at[:10]}"
        click.echo(f"{one.session.id}  {one.session.mode}, {state}  {one.session.title}")
        for part in one.progress:
            minutes = part.attendance.seconds // 60
            click.echo(
                f"  {part.reviewer.name}: {part.done}/{part.rows} rows, "
                f"{part.decided}/{part.flags} flags, {part.notes} notes, "
                f"{minutes // 60}:{minutes % 60:02} at work"
                + (", done" if part.reviewer.finished_at else "")
                + (", invited" if part.reviewer.token_hash else "")
            )


def _session_json(one: attending.Overview) -> dict[str, object]:
    return {
        "id": one.session.id,
        "bitext": one.session.bitext_id,
        "title": one.session.title,
        "mode": str(one.session.mode),
        "created_at": one.session.created_at,
        "closed_at": one.session.closed_at,
        "reviewers": [
            {
                "name": part.reviewer.name,
                "works_on": part.reviewer.bitext_id,
                "rows": part.rows,
                "done": part.done,
                "flags": part.flags,
                "decided": part.decided,
                "notes": part.notes,
                "seconds": part.attendance.seconds,
                "finished_at": part.reviewer.finished_at,
                "invited": bool(part.reviewer.token_hash),
            }
            for part in one.progress
        ],
    }


@session.command()
@click.argument("session_id", metavar="SESSION")
@click.option("--reopen", is_flag=True, help="Let the reviewers go on instead.")
@click.pass_obj
def close(root: Path, session_id: str, reopen: bool) -> None:
    """End a session, so that its reviewers can be compared."""
    act = sessions.reopen_session if reopen else sessions.close_session
    found = act(Workspace(root), session_id)
    say(f"{found.title} is {'open' if found.is_open else 'closed'}.")
