"""Bringing a database's schema up to date, one process at a time."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from bot.storage.statements import take_turn


def upgrade(engine: Engine) -> None:
    """Run every migration that the database has not seen, in one transaction.

    Raises:
        StorageUnavailable: the database is away or busy.
    """
    with engine.begin() as connection:
        take_turn(connection, "schema")
        command.upgrade(alembic_config(connection), "head")


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration over a connection; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
