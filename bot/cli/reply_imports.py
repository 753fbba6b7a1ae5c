"""`tongbu reply import` and `profiles`: what other desks received, from files."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_facts, print_json, print_table
from bot.cli.refusing import Refused
from bot.cli.toml_tables import text_of

_SHOWN = 5
_LONGEST_SHOWN = 60


def add_to(app: typer.Typer) -> None:
    """The commands beside those of replies."""
    app.command("import")(import_file)
    app.command()(profiles)


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .xlsx or .csv file.")],
    *,
    profile: Annotated[str, typer.Option(help="How its columns are read: reply profiles.")],
    preview: Annotated[
        bool, typer.Option("--preview", help="Only show what the rows would become.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Store the rows of a file as replies; what was stored before is passed over.

    Rows that cannot be taken are named with their reason, and the exit status is 1."""
    from bot.usecases.replies.import_replies import stage_import, take_import

    house = open_house()
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refused(f"{file}: cannot be read: {error.strerror}") from error
    actor, tools = operator(), house.imports
    looked = stage_import(content, file.name, profile, actor=actor, tools=tools)
    if preview:
        letters = looked.sorted.letters
        if as_json:
            print_json(looked.sorted)
            return
        print_facts([("rows", looked.record.rows), ("can be taken", len(letters))])
        columns = ("row", "number", "said", "from", "words")
        print_table(
            columns,
            [
                (one.row, one.number, one.said_at, one.sender_name, one.text[:_LONGEST_SHOWN])
                for one in letters[:_SHOWN]
            ],
        )
    else:
        record = take_import(looked.record.id, actor=actor, tools=tools)
        if as_json:
            print_json(record)
        else:
            print_facts([("import", record.id), ("new", record.new), ("known", record.known)])
    for fault in looked.sorted.faults:
        typer.echo(f"row {fault.row}: {fault.why}", err=True)
    if looked.sorted.faults:
        raise typer.Exit(1)


def profiles(
    file: Annotated[
        Path | None, typer.Argument(help="A file as docs/replies.md describes it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put the profiles of a file in force; without one, list them."""
    from bot.regulations.import_profiles import read_profiles
    from bot.usecases.replies.set_import_profiles import set_import_profiles

    house = open_house()
    if file is not None:
        set_import_profiles(read_profiles(text_of(file)), actor=operator(), storage=house.storage)
    with house.storage.begin() as uow:
        found = house.imports.profiles(uow)
    if as_json:
        print_json(found)
        return
    print_table(
        ("id", "name", "entry", "text", "said at", "number", "sender"),
        [(p.id, p.name, p.entry, p.text, p.said_at, p.number, p.sender) for p in found],
    )
