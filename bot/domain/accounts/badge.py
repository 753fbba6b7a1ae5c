"""An account's badge: its colour and two characters, so that nobody takes it for another."""

import zlib
from enum import StrEnum

from bot.domain.accounts.account import Account

COLOUR = "colour"
"""The account's option in which somebody chose its colour."""


class Colour(StrEnum):
    """Colours that are told apart side by side, and that white is read on."""

    BLUE = "blue"
    TEAL = "teal"
    GREEN = "green"
    OLIVE = "olive"
    BROWN = "brown"
    RED = "red"
    PURPLE = "purple"
    SLATE = "slate"


def colour_of(account: Account) -> Colour:
    """The chosen colour; without one always the same for the same account."""
    chosen = account.options.get(COLOUR, "")
    if chosen in list(Colour):
        return Colour(chosen)
    return list(Colour)[zlib.crc32(account.id.encode()) % len(Colour)]


def initials_of(name: str) -> str:
    """The last two characters: the accounts of an office begin alike and end differently."""
    return name.strip()[-2:]
