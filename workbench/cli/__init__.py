"""The `workbench` command. Each subcommand parses, calls a service and prints.

Results go to stdout, progress and errors to stderr. Exit codes: 0 fine, 1 findings at or above
`--fail-on`, 2 usage, 3 bad input, 4 the texts are not translations of each other, 5 stopped and
can be resumed.
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import click

from workbench import __version__
from workbench.errors import Stopped, WorkbenchError

COMMANDS = {  # imported only when used, so that --help stays quick
    "init": "workbench.cli.workspace:init",
    "demo": "workbench.cli.workspace:demo",
    "serve": "workbench.cli.serving:serve",
    "doctor": "workbench.cli.workspace:doctor",
    "text": "workbench.cli.texts:text",
    "segment": "workbench.cli.texts:segment",
    "import": "workbench.cli.importing:import_",
    "memory": "workbench.cli.memories:memory",
    "align": "workbench.cli.work:align",
    "check": "workbench.cli.checking:check",
    "links": "workbench.cli.linking:links",
    "claims": "workbench.cli.claims:claims",
    "report": "workbench.cli.reporting:report",
    "compare": "workbench.cli.comparing:compare",
    "correct": "workbench.cli.correcting:correct",
    "formulations": "workbench.cli.formulations:formulations",
    "trends": "workbench.cli.trends:trends",
    "terms": "workbench.cli.terms:terms",
    "export": "workbench.cli.exporting:export",
    "session": "workbench.cli.sessions:session",
    "bench": "workbench.cli.bench:bench",
}


class Failure(click.ClickException):
    """One line on stderr and an exit code that means something."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code

    @property
    def exit_code(self) -> int:  # type: ignore[override]  # click has a class variable here
        """What the command exits with."""
        return self.code


class WorkbenchGroup(click.Group):
    """Finds its commands when they are asked for, and shows errors as one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; no traceback reaches a user unless they ask for it."""
        try:
            return super().invoke(ctx)
        except WorkbenchError as error:
            raise Failure(str(error), error.exit_code) from error
        except KeyboardInterrupt:
            raise Failure(
                "Stopped; run the same command again to go on.", Stopped.exit_code
            ) from None
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except BrokenPipeError:  # the reader, such as `head`, has what it wanted
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return None
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise Failure(f"{error.strerror or error}{where}.", 3) from error
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            raise Failure(
                f"Something went wrong inside the workbench ({type(error).__name__}: {error}); "
                "nothing was lost. Run it again as “workbench --debug …” for the details.",
                3,
            ) from error


@click.group(cls=WorkbenchGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="workbench")
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder of the workspace; default: the current one.",
)
@click.option("--debug", is_flag=True, help="Show the details of an unexpected error.")
@click.pass_context
def main(ctx: click.Context, workspace: Path, debug: bool) -> None:
    """Align, check and review Chinese-English official texts side by side."""
    ctx.obj = workspace
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
