"""`tongbu db upgrade`, `tongbu backup` and `tongbu restore`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import read_settings
from bot.cli.refusing import Refused
from bot.ports.storage import StorageUnavailable

app = typer.Typer(help="The database.", no_args_is_help=True)


def add_to(parent: typer.Typer) -> None:
    """Add the commands that are not under `db`."""
    parent.command()(backup)
    parent.command()(restore)


@app.command()
def upgrade() -> None:
    """Make the tables, or bring them up to this version; harmless when they are."""
    from bot.bootstrap import build_house

    house = build_house(read_settings())
    house.storage.upgrade()
    typer.echo("the database is up to date")


@app.command()
def restored(
    taken_at: Annotated[
        str, typer.Argument(help="2026-01-31T09:00; Beijing time unless it has an offset.")
    ],
) -> None:
    """Say that the database is an old copy, put back by other means, before a worker starts."""
    from bot.bootstrap import build_house
    from bot.cli.moments import moment
    from bot.cli.office import operator
    from bot.usecases.publishing.note_restoration import note_restoration

    house = build_house(read_settings())
    taken = moment(taken_at)
    note_restoration(taken_at=taken, actor=operator(), storage=house.storage)
    typer.echo(LOOKED_UP)


def backup(
    out: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Copy database and pictures while everything runs, and read the copy."""
    from bot.cli.backups import write_backup

    settings = read_settings()
    try:
        manifest = write_backup(settings.home, settings.database_url, settings.secret_key, out)
    except Refused:
        _note_backup("failed")
        raise
    _note_backup("")
    typer.echo(f"backup in {out}: read again, whole, schema {manifest.revision}")
    typer.echo(
        f"The secret key is not in it: keep {settings.home / 'secret.key'} (or TONGBU_SECRET_KEY) "
        "in another safe place; without it the accounts' secrets cannot be read."
    )


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `tongbu backup` made.")],
) -> None:
    """Put a backup in place of what is there, which is kept beside it."""
    from bot.cli.backups import read_backup

    settings = read_settings()
    kept = read_backup(
        folder, settings.home, settings.database_url, settings.secret_key, prepare=_know_it_is_old
    )
    typer.echo(f"restored from {folder}" + (f"; what was there is {kept}" if kept else ""))
    typer.echo(LOOKED_UP)


def _note_backup(fault: str) -> None:
    """So that staff are told of a night without one."""
    from bot.bootstrap import build_house

    house = build_house(read_settings())
    try:
        with house.storage.begin() as uow:
            uow.notices.note_backup(at=uow.now(), fault=fault)
            uow.commit()
    except StorageUnavailable:
        typer.echo("the database does not answer: the outcome is noted nowhere", err=True)
    finally:
        house.close()


LOOKED_UP = (
    "Posts that may have gone out since are looked up on their platforms before anything is sent; "
    "what cannot be found or ruled out waits for a person: see `tongbu post list` after the start."
)


def _know_it_is_old(url: str, taken_at: datetime) -> None:
    from bot.bootstrap import build_house
    from bot.cli.office import operator
    from bot.usecases.publishing.note_restoration import note_restoration

    house = build_house(replace(read_settings(), database_url=url))
    try:
        house.storage.upgrade()
        note_restoration(taken_at=taken_at, actor=operator(), storage=house.storage)
    finally:
        house.close()
