"""What commands work with: the house of these settings, and the operator as somebody who acts."""

from __future__ import annotations

import getpass
from typing import TYPE_CHECKING

from bot.cli.refusing import Refused
from bot.domain.permissions import OPERATOR_PREFIX, Actor

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.config import Settings


def read_settings() -> Settings:
    """The settings of the environment.

    Raises:
        Refused: with one sentence for every variable that cannot be used.
    """
    from bot.config import SettingsFault, load_settings

    try:
        return load_settings()
    except SettingsFault as fault:
        raise Refused(*fault.faults) from fault


def open_house() -> House:
    """The house; an embedded database that is not there yet is made.

    Raises:
        Refused: the settings cannot be used.
    """
    from bot.bootstrap import build_house

    settings = read_settings()
    house = build_house(settings)
    if settings.embedded_database and not (settings.home / "tongbu.sqlite3").exists():
        house.storage.upgrade()
    return house


def operator() -> Actor:
    """Whoever is logged in to this machine; may do everything, and is named in the audit."""
    return Actor(f"{OPERATOR_PREFIX}{getpass.getuser()}", is_operator=True)
