"""menus.toml: the menus of accounts as an operator writes them down."""

from collections.abc import Collection
from pathlib import Path

from bot.cli.refusing import Refused
from bot.cli.toml_tables import Fields, tables_of
from bot.domain.accounts.menu import FIELDS, Button, ButtonKind, Menu

KNOWN = ("accounts", "buttons")
BUTTON = ("name", "type", "buttons", *FIELDS)


def read_menu_file(path: Path, *, accounts: Collection[str]) -> dict[str, Menu]:
    """The menu of each account that the file names; `accounts` are the names there are.

    Raises:
        Refused: naming every fault; nothing of the file can be used then.
    """
    faults: list[str] = []
    menus: dict[str, Menu] = {}
    for table in tables_of(path, "menus", faults):
        table.refuse_unknown(KNOWN)
        menu = Menu(tuple(map(_button, table.tables("buttons"))))
        for name in _accounts(table, accounts):
            if name in menus:
                table.fault("accounts", f"{name} has a menu already in this file")
            menus[name] = menu
    if faults:
        raise Refused(*faults)
    return menus


def _accounts(table: Fields, known: Collection[str]) -> tuple[str, ...]:
    names = table.texts("accounts")
    if not names:
        table.fault("accounts", "missing; list at least one account by its name")
    for name in names:
        if name not in known:
            table.fault("accounts", f"there is no account {name!r}; see: tongbu account list")
    return names


def _button(table: Fields) -> Button:
    """Limits and what belongs together are for the menu itself to say."""
    table.refuse_unknown(BUTTON)
    return Button(
        name=table.required("name"),
        kind=table.choice("type", ButtonKind) if table.has("type") else None,
        fields={name: table.text(name) for name in FIELDS if table.has(name)},
        below=tuple(map(_button, table.tables("buttons"))),
    )
