"""`tongbu db upgrade`, `tongbu backup` and `tongbu restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import read_settings
from bot.cli.refusing import Refused

if TYPE_CHECKING:
    from bot.config import Settings

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


def backup(
    out: Annotated[Path, typer.Argument(help="A new or empty folder.")],
) -> None:
    """Copy database and pictures of an embedded installation while it runs."""
    from bot.cli.backups import write_backup

    settings = _embedded()
    write_backup(settings.home, settings.secret_key, out)
    typer.echo(f"backup in {out}")
    typer.echo(
        f"The secret key is not in it: keep {settings.home / 'secret.key'} (or TONGBU_SECRET_KEY) "
        "in another safe place; without it the accounts' secrets cannot be read."
    )


def restore(
    folder: Annotated[Path, typer.Argument(help="A folder that `tongbu backup` made.")],
) -> None:
    """Put a backup in place of what is there, which is kept beside it; publishing is stopped."""
    from bot.bootstrap import build_house
    from bot.cli.backups import read_backup
    from bot.cli.office import operator
    from bot.usecases.accounts.stop import stop_publishing

    settings = _embedded()
    kept = read_backup(folder, settings.home, settings.secret_key)
    house = build_house(settings)
    house.storage.upgrade()
    # What went out after the backup is unknown to it, and would go out again.
    stop_publishing(None, actor=operator(), storage=house.storage)
    typer.echo(f"restored from {folder}" + (f"; what was there is {kept}" if kept else ""))
    typer.echo(
        "All publishing is stopped: posts that went out after this backup would go out again. "
        "Compare the accounts with `tongbu post list`, use `tongbu post adopt` for what is "
        "public, then `tongbu lift`."
    )


def _embedded() -> Settings:
    settings = read_settings()
    if not settings.embedded_database:
        raise Refused(
            "the database is PostgreSQL: use pg_dump and pg_restore, "
            f"and copy the folder {settings.media_dir} besides"
        )
    return settings
