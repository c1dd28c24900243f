"""`python -m bot …`: everything an operator does. Failures are sentences, never tracebacks.

What a command takes is imported when it is typed: the guard on a pipe starts without the house.
"""

import asyncio
import errno
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from bot.errors import Misconfigured, Unavailable
from bot.logs import set_up_logs, steady
from bot.spoken import Unsaid, heard
from bot.watch import Halted

if TYPE_CHECKING:
    from bot.settings import Settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
audit = typer.Typer(no_args_is_help=True, help="The record of what was done.")
cli.add_typer(audit, name="audit")
say = Console(soft_wrap=True)
complain = Console(stderr=True, soft_wrap=True)
PORT = "The page's port on 127.0.0.1; 0 takes any."


def settings() -> "Settings":
    from bot.manual import connectors
    from bot.settings import load_settings

    environ = dict(os.environ)
    _hide("slack_")
    return load_settings(_page(), environ, connectors=connectors())


def _page() -> Path:
    return Path(os.environ.get("USHER_CONFIG", "") or "app.yaml")


def _hide(*beginnings: str) -> None:
    """Bolt and its SDK read the environment too: SLACK_CLIENT_ID would make another app of ours."""
    for name in [name for name in os.environ if name.lower().startswith(beginnings)]:
        del os.environ[name]


def finish(work: Callable[[], Coroutine[Any, Any, int]]) -> None:
    """Run, and turn the expected failures into sentences and an exit code."""
    try:
        code = asyncio.run(work())
    except Misconfigured as broken:
        for problem in broken.problems:
            complain.print(problem, markup=False)
        code = 2
    except Unavailable as away:
        from bot.manual import away_sentence

        complain.print(away_sentence(away), markup=False)
        code = 3
    except Halted as halted:
        complain.print(str(halted), markup=False)
        code = 4
    except OSError as taken:
        if taken.errno != errno.EADDRINUSE:
            raise
        complain.print("That port is taken. Another one: make demo ARGS='--port 0'.", markup=False)
        code = 2
    raise typer.Exit(code)


@cli.command()
def run() -> None:
    """Start Usher: migrate, check the tokens, open the doors; SIGTERM drains and ends it."""
    from bot.app import at_work

    async def work() -> int:
        set_up_logs()
        ended = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        async with at_work(settings()) as usher:
            # What the start made stays: no full collection walks over it while somebody waits.
            gc.freeze()
            complain.print(f"Usher is at work; {usher.web_url}/ready tells how it is.")
            await usher.watch.until(ended)
        return 0

    finish(work)


@cli.command()
def demo(
    once: Annotated[bool, typer.Option(help="Play the stories unattended, then stop.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help=PORT)] = 8484,
) -> None:
    """Try Usher against a loopback Slack workspace and X: no account, no set-up."""
    from bot import demo as playground

    # The SDK would send even what is meant for the loopback through a proxy.
    _hide("slack_", "http_proxy", "https_proxy", "all_proxy")
    finish(lambda: playground.play_once(say) if once else playground.open_page(say, port=port))


@cli.command()
def check() -> None:
    """Say in plain words what is missing or wrong, and change nothing."""
    from bot import manual

    finish(lambda: manual.check(settings(), say))


@cli.command()
def manifest(
    request_url: Annotated[str, typer.Option(help="For Slack over HTTP: the whole address.")] = "",
) -> None:
    """Print the Slack app manifest, prefix included."""
    from bot import manual

    try:
        made = manual.manifest_for(settings().prefix, request_url)
    except Misconfigured as broken:
        complain.print(str(broken), markup=False)
        raise typer.Exit(2) from broken
    sys.stdout.write(json.dumps(made, indent=2) + "\n")


@cli.command()
def migrate() -> None:
    """Bring the database to this version's tables."""
    from bot import manual

    finish(lambda: manual.migrate_database(settings(), say))


@cli.command(name="import-customers")
def import_customers() -> None:
    """Read the links of handles and customers; a row without a basis stays out."""
    from bot import manual

    finish(lambda: manual.import_customers(settings(), say))


@cli.command()
def complaints(
    since: Annotated[str, typer.Option(help="From then on, such as 2026-01-01.")] = "",
) -> None:
    """Print the register of complaints as CSV, masked; that it was printed is on record."""
    from bot import manual

    finish(lambda: manual.export_complaints(settings(), since, say))


@cli.command()
def guard(
    spans: Annotated[bool, typer.Option("--spans", help="Say where and what as well.")] = False,
) -> None:
    """Mask JSON lines {"text": …} from stdin as Usher would; exit 1 when one cannot be read."""
    from bot.compliance import Guard
    from bot.compliance.spans import answer_lines

    page = _page()
    try:
        reader = Guard()
        if page.exists() or "USHER_CONFIG" in os.environ:
            from bot.guarding import guard_alone

            reader = guard_alone(page)
        unread = answer_lines(sys.stdin.buffer, sys.stdout, reader, spans=spans)
    except Misconfigured as broken:
        complain.print(str(broken), markup=False)
        raise typer.Exit(2) from broken
    except BrokenPipeError:
        # Whoever read us has enough; Python must not try once more to say the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from None
    raise typer.Exit(1 if unread else 0)


@cli.command(name="verify-case")
def verify_case(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="From /case export.")],
    sha256: Annotated[str, typer.Option(help="The file's SHA-256 as it is on record.")] = "",
) -> None:
    """Check an exported case, away from the database; exit 1 when it is not what it was."""
    from bot import verifying

    finish(lambda: verifying.verify_case(file, say, sha256=sha256))


@audit.command()
def verify() -> None:
    """Recompute every leaf of the record; exit 1 when one does not match."""
    from bot import manual

    finish(lambda: manual.verify_audit(settings(), say))


def main() -> None:
    # All that is said there, by whomever: Python itself ends with 120 where it cannot be said.
    sys.stderr = steady(sys.stderr)
    sys.stdout = heard(sys.stdout)
    try:
        cli()
    except Unsaid as unsaid:
        complain.print(str(unsaid), markup=False)
        sys.exit(5)


if __name__ == "__main__":
    main()
