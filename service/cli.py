"""The command line: one verb for each thing that can be done with Startloket.

A verb reads its arguments, the settings and the clock of this process, and hands over to the module that does the
work. That is imported inside the verb, so that `startloket --help` answers at once.

Exit codes: 0 it was done; 1 it could not be done, and the last line says why; 2 the command line was not understood;
3 (`doctor`, `rebuild`) it was looked at and something is not as it should be.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from service.cli_failure import Failure

if TYPE_CHECKING:
    from service.settings import Settings

NOT_AS_IT_SHOULD_BE = 3


class Verbs(typer.core.TyperGroup):
    """All verbs; a Failure becomes a sentence and exit code 1 instead of a traceback."""

    def invoke(self, context: typer.Context) -> object:  # type: ignore[override]  # Typer's Context is click's
        """Run the verb that was asked for."""
        try:
            return super().invoke(context)
        except Failure as failure:
            console = Console(stderr=True, highlight=False, soft_wrap=True)
            console.print(failure.sentence, style="bold red", markup=False)
            if failure.advice:
                console.print(failure.advice, markup=False)
            raise typer.Exit(1) from None


app = typer.Typer(
    name="startloket",
    cls=Verbs,
    help="Follow a municipality's request for support with its Kansrijke Start coalition, from question to embedding.",
    epilog="Settings come from the environment (STARTLOKET_…, TEMPORAL_…); without them, a verb uses the "
    "`startloket dev` that runs here.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode="markdown",
)

ON_ONE_MACHINE = "On one machine"
IN_PRODUCTION = "Processes"
DATA_IN_AND_OUT = "Data"
CARE = "Care"


@app.command(rich_help_panel=ON_ONE_MACHINE)
def dev(
    data: Annotated[Path, typer.Option(envvar="DATA", help="Folder in which all data are kept.")] = Path(".data"),
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="Port of pages and API.")] = 8000,
    demo: Annotated[bool, typer.Option(envvar="DEMO", help="Load demo data at the first start.")] = True,
) -> None:
    """Run everything on this machine: PostgreSQL, Temporal, worker and API. Ctrl-C stops it; data are kept."""
    from service.dev.run import run_dev
    from service.log import set_up_logging
    from service.settings import LogFormat, LogLevel

    os.environ["DATA"] = str(data.resolve())
    set_up_logging(LogFormat.AUTO, LogLevel.INFO)
    run_dev(data, port, demo=demo)


@app.command(rich_help_panel=ON_ONE_MACHINE)
def seed() -> None:
    """Load demo data: requests of real municipalities in all stages, and accounts to sign in with."""
    from service.seed import seed

    seed(_settings())


@app.command(rich_help_panel=IN_PRODUCTION)
def api() -> None:
    """Serve the API and the pages. Run as many as needed."""
    with read_in():
        from service.doors import create_app
        from service.serving import serve

    serve(_settings(), create_app)


@app.command(rich_help_panel=IN_PRODUCTION)
def worker() -> None:
    """Run workflows and activities, the sweep and the relay. Run as many as needed; SIGTERM drains it."""
    with read_in():
        import uvloop

        from service.composition import worker_parts
        from service.worker import run_worker

    uvloop.run(run_worker(_settings(), worker_parts))


@app.command(rich_help_panel=IN_PRODUCTION)
def migrate() -> None:
    """Bring the tables and the reference data up to date. Safe to run again."""
    with read_in():
        from storage.migrations.run import migrate

    migrate(_settings().database_url)


@app.command(rich_help_panel=IN_PRODUCTION)
def release() -> None:
    """Make this build (STARTLOKET_BUILD_ID) the current one, once its workers are healthy. Last step of a roll-out."""
    from service.release import release

    asyncio.run(release(_settings()))


@app.command("import", rich_help_panel=DATA_IN_AND_OUT)
def import_list(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="The list, as CSV.")],
) -> None:
    """Take over the programme's existing list. All or nothing; safe to run again."""
    from service.importing import import_file

    import_file(_settings(), file)


@app.command(rich_help_panel=DATA_IN_AND_OUT)
def token(
    email: Annotated[str, typer.Argument(help="Mail address of the account, e.g. staff@startloket.test.")],
) -> None:
    """Print an API token for an account. It is shown this once."""
    from service.tokens import issue_token

    typer.echo(issue_token(_settings(), email))


@app.command(rich_help_panel=DATA_IN_AND_OUT)
def openapi() -> None:
    """Print the OpenAPI document."""
    import json

    from service.api.app import openapi_document

    typer.echo(json.dumps(openapi_document(), indent=2, ensure_ascii=False))


@app.command(rich_help_panel=CARE)
def doctor() -> None:
    """Compare log, rows and workflows, and say what is not as it should be. Exit code 3 when something is."""
    from service.doctor import doctor

    if not asyncio.run(doctor(_settings())):
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


@app.command(rich_help_panel=CARE)
def rebuild() -> None:
    """Make all rows anew from the log and report differences. Exit code 3 when there were any."""
    from storage.rebuild import rebuild

    if not rebuild(_settings().database_url, typer.echo):
        raise typer.Exit(NOT_AS_IT_SHOULD_BE)


@contextmanager
def read_in() -> Iterator[None]:
    """Import what stays for as long as the process lives: it is not looked through for garbage, now or ever."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _settings() -> Settings:
    """The settings, with logging set up by them; a wrong or missing one becomes a sentence.

    Raises Failure.
    """
    from pydantic import ValidationError

    from service.log import set_up_logging
    from service.settings import PREFIX, load_settings

    try:
        settings = load_settings()
    except ValidationError as error:
        wrong = [f"{PREFIX}{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors()]
        advice = "Set them in the environment, or start everything on this machine: make run"
        raise Failure("These settings are missing or wrong:\n  " + "\n  ".join(wrong), advice) from None
    set_up_logging(settings.log_format, settings.log_level)
    return settings


def main() -> None:
    """The process `startloket`.

    Where Temporal was used it ends without Python's own farewell, during which Temporal's threads may abort it
    (temporalio/sdk-python#300): a verb that did its work must not end as if it had not.
    """
    try:
        app()
    except SystemExit as end:
        if "temporalio" not in sys.modules:
            raise
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(end.code or 0))


if __name__ == "__main__":
    main()
