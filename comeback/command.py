"""The command `comeback`: what each subcommand does, in one place that fits the eye."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from enum import StrEnum
from importlib.util import find_spec
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from advisor.errors import ComebackError
from comeback.settings import read_settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Interviews the owner of a business in trouble and writes a plan for 13 weeks.",
)
nlu = typer.Typer(no_args_is_help=True, help="The model that reads what owners write.")
db = typer.Typer(no_args_is_help=True, help="The database.")
webhook = typer.Typer(no_args_is_help=True, help="Where Telegram sends updates.")
consultant = typer.Typer(no_args_is_help=True, help="Those who sign in to the console.")
app.add_typer(nlu, name="nlu")
app.add_typer(consultant, name="consultant")
app.add_typer(db, name="db")
app.add_typer(webhook, name="webhook")


class Language(StrEnum):
    """Languages of the product."""

    he = "he"
    en = "en"


class Protocol(StrEnum):
    """Ways to talk through standard input and output."""

    jsonl = "jsonl"


class Format(StrEnum):
    """What a plan can be written as."""

    telegram = "telegram"
    html = "html"
    pdf = "pdf"
    png = "png"
    docx = "docx"
    json = "json"


def main() -> None:
    """Run the command. Errors that we know are one sentence, with exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # whatever the locale: Hebrew has to come through
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        app()
    except ComebackError as error:
        print(f"comeback: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    except BrokenPipeError:
        raise SystemExit(1) from None


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end; Ctrl-C is a way to leave, not a fault."""
    try:
        asyncio.run(work)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def run_quickly(work: Coroutine[Any, Any, None]) -> None:
    """The same on a quicker loop where there is one: not on Windows."""
    if find_spec("uvloop") is None:
        run(work)
        return
    import uvloop

    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(work)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


@app.command()
def chat(
    lang: Annotated[
        Language | None,
        typer.Option(help="Language to talk in; else the one of last time, at first Hebrew."),
    ] = None,
    protocol: Annotated[Protocol | None, typer.Option(help="Talk in JSON lines.")] = None,
    visual: Annotated[
        bool, typer.Option(help="Reorder Hebrew, for a terminal that shows it backwards.")
    ] = False,
    invitation: Annotated[
        str, typer.Option(help="What a practice's invitation says after /start.")
    ] = "",
) -> None:
    """Interview an owner in the terminal."""
    from comeback.chat import chat_in_lines, chat_with_person

    settings = read_settings()
    language = lang.value if lang else None
    if protocol is Protocol.jsonl:
        run(chat_in_lines(settings, language, invitation))
    else:
        run(chat_with_person(settings, language, visual or settings.visual, invitation))


@app.command()
def bot() -> None:
    """Talk with owners on Telegram, by polling."""
    from comeback.telegram import poll

    run(poll(read_settings()))


@app.command("serve")
def serve_web() -> None:
    """Take in what Telegram sends, by webhook; show the console; answer health checks."""
    from comeback.serving import serve

    run_quickly(serve(read_settings()))


@app.command()
def worker() -> None:
    """Deal with what comeback serve took in; any number of these share the work."""
    from comeback.working import work

    run_quickly(work(read_settings()))


@app.command()
def console(
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 8070,
    demo: Annotated[
        bool, typer.Option(help="Fill an empty database with a practice to try.")
    ] = False,
) -> None:
    """Serve the consultants' console."""
    from comeback.console import run_console

    run(run_console(read_settings(), port, demo))


@consultant.command("add")
def add_consultant(
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    name: Annotated[str, typer.Option(help="How colleagues and owners see them.")],
    practice: Annotated[str, typer.Option(help="The practice; made if it is new.")] = "",
    role: Annotated[str, typer.Option(help="consultant, lead or operator.")] = "lead",
    lang: Annotated[Language, typer.Option(help="Language of their pages.")] = Language.he,
) -> None:
    """Open an account; the password is asked for, or read from standard input."""
    from comeback.console import add_consultant as add

    run(add(read_settings(), email, name, practice, role, lang.value))


@consultant.command("code")
def demo_code() -> None:
    """Show the sign-in code of the demo's accounts, just now."""
    from comeback.console import tell_demo_code

    tell_demo_code()


@app.command()
def understand() -> None:
    """Read messages: JSON lines in, {"question": slot or null, "text"}; what they say out."""
    from comeback.lines import understand_lines

    run(understand_lines(read_settings()))


@app.command()
def quantities() -> None:
    """Find percentages, money, counts and durations: JSON lines in, {"text"}."""
    from bot.understanding.quantities import answer_lines
    from comeback.lines import standard_input

    for line in answer_lines(standard_input()):
        print(line, flush=True)


@app.command()
def plan(
    file: Annotated[Path, typer.Argument(help="Answers as YAML or JSON: slot: value.")],
    lang: Annotated[Language, typer.Option(help="Language of the plan.")] = Language.he,
    format: Annotated[Format, typer.Option(help="What to write it as.")] = Format.telegram,
    out: Annotated[Path | None, typer.Option(help="File to write; else standard output.")] = None,
) -> None:
    """Make the plan for a file of answers."""
    from comeback.plan import write_plan

    write_plan(file, lang.value, format.value, out)


@app.command()
def lint() -> None:
    """Find faults in questions, actions, parameters and wording."""
    from advisor.catalog import CONTENT
    from advisor.lint import run as run_lint

    raise SystemExit(run_lint(CONTENT, datetime.now(UTC).date(), print))


@app.command()
def doctor() -> None:
    """Check that everything the product needs is there."""
    from comeback.doctor import examine

    raise SystemExit(0 if asyncio.run(examine(read_settings())) else 2)


@app.command()
def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only tell what would be done.")
    ] = False,
) -> None:
    """Warn and delete owners who fell silent, as COMEBACK_RETENTION_DAYS says."""
    from comeback.retention import retain

    run(retain(read_settings(), dry_run))


@nlu.command("train")
def train(
    force: Annotated[bool, typer.Option(help="Train even if nothing changed.")] = False,
) -> None:
    """Train the model, if its examples, settings or components changed."""
    from comeback.nlu import train as train_model

    train_model(read_settings().nlu_project, force=force)


@nlu.command("test")
def evaluate(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Sets of expectations; without any, the project's own."),
    ] = None,
    misread: Annotated[
        bool, typer.Option(help="Show each misread message; never those held out.")
    ] = False,
) -> None:
    """Measure understanding: shares with intervals, values of slots, times, confusions."""
    from comeback.evaluate import report

    run(report(read_settings(), files or (), misread))


@nlu.command("serve")
def serve(
    port: Annotated[int, typer.Option(help="Port on this machine.")] = 5005,
) -> None:
    """Run the Rasa server, for COMEBACK_NLU_URL of other commands."""
    from comeback.nlu import serve as serve_model

    serve_model(read_settings().nlu_project, port)


@nlu.command("review")
def review(
    only_list: Annotated[bool, typer.Option("--list", help="Show what waits, and ask nothing.")] = (
        False
    ),
    limit: Annotated[int | None, typer.Option(min=1, help="How many messages at most.")] = None,
) -> None:
    """Label messages that were misread, and write them as training examples."""
    from comeback.review import review as go_through

    run(go_through(read_settings(), only_list, limit))


@webhook.command("set")
def set_webhook(
    connections: Annotated[
        int, typer.Option(min=1, max=100, help="How many calls at once Telegram may make.")
    ] = 40,
) -> None:
    """Have Telegram send updates to COMEBACK_PUBLIC_URL."""
    from comeback.webhook import set_

    run(set_(read_settings(), connections))


@webhook.command("info")
def webhook_info() -> None:
    """Tell where Telegram sends updates, and whether that fails."""
    from comeback.webhook import info

    run(info(read_settings()))


@webhook.command("delete")
def delete_webhook() -> None:
    """Have Telegram send nothing any more; it keeps what it holds."""
    from comeback.webhook import delete

    run(delete(read_settings()))


@db.command("upgrade")
def upgrade() -> None:
    """Bring the database up to date."""
    from comeback.database import upgrade as upgrade_database

    run(upgrade_database(read_settings()))


@db.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="A new file: everything that is stored, as JSON.")],
) -> None:
    """Write everything that is stored to a file, for another database."""
    from comeback.database import export as export_database

    run(export_database(read_settings(), file))


@db.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A file that db export wrote.")],
) -> None:
    """Fill an empty database with what another one held."""
    from comeback.database import import_ as import_database

    run(import_database(read_settings(), file))


@db.command("audit")
def audit_logs() -> None:
    """Look through the audit logs: whether a line was taken out or changed."""
    from comeback.database import audit

    run(audit(read_settings()))


@db.command("key")
def key() -> None:
    """Print a new key for COMEBACK_ENCRYPTION_KEY."""
    from advisor.store import new_key

    print(new_key())


@db.command("encrypt")
def encrypt() -> None:
    """Encrypt what is stored plainly or with an older key; others may go on meanwhile."""
    from comeback.database import encrypt as encrypt_database

    run(encrypt_database(read_settings()))
