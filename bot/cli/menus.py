"""`tongbu menu`: the menu at the foot of an account, kept in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_facts, print_json, print_table

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.accounts.menu import Menu

app = typer.Typer(help="The menu at the foot of an account.", no_args_is_help=True)

Account = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's name.")]
File = Annotated[Path, typer.Argument(help="menus.toml; its fields are in docs/files.md.")]

SEEN_WITHIN = (
    "followers' phones keep the old menu for up to a day; who follows anew sees this one at once"
)


@app.command()
def show(account: Account, as_json: AsJson = False) -> None:
    """The menu the platform has."""
    from bot.usecases.accounts.menus import shown_menu

    shown = shown_menu(account, actor=operator(), tools=open_house().menus)
    if as_json:
        print_json(shown)
        return
    origin = "made in the platform's console" if shown.by_console else "pushed"
    print_facts(
        [
            ("account", account),
            ("followers see it", shown.is_open),
            ("origin", origin if shown.menu else "there is no menu"),
        ]
    )
    if shown.menu is not None:
        listed = shown.menu.listed()
        print_table(
            ("", "type", "fields"),
            [
                (place, b.kind or "", [f"{k}={v}" for k, v in b.fields.items()])
                for place, b in listed
            ],
        )


@app.command()
def check(file: File) -> None:
    """Whether the platform would take the menus of a file; nothing is sent."""
    from bot.usecases.accounts.push_menu import check_menu

    house = open_house()
    for name, menu in _menus_of(file, house).items():
        _warn(name, check_menu(name, menu, tools=house.menus))
        typer.echo(f"{name}: well")


@app.command()
def push(file: File) -> None:
    """Set the menus of a file on the platform, each read back and compared."""
    from bot.usecases.accounts.push_menu import check_menu, push_menu

    house = open_house()
    menus = _menus_of(file, house)
    # All or none: a fault in the last must not leave the first ones changed.
    for name, menu in menus.items():
        check_menu(name, menu, tools=house.menus)
    for name, menu in menus.items():
        _warn(name, push_menu(name, menu, actor=operator(), tools=house.menus))
        typer.echo(f"{name}: pushed; {SEEN_WITHIN}")


@app.command()
def delete(account: Account) -> None:
    """Take the pushed menu away; the file can set it again."""
    from bot.usecases.accounts.menus import delete_menu

    delete_menu(account, actor=operator(), tools=open_house().menus)
    typer.echo(f"{account}: no menu; phones may show the old one for up to a day")


def _menus_of(file: Path, house: House) -> dict[str, Menu]:
    from bot.cli.menu_file import read_menu_file

    with house.storage.begin() as uow:
        names = [account.name for account in uow.accounts.all()]
    return read_menu_file(file, accounts=names)


def _warn(account: str, warnings: tuple[str, ...]) -> None:
    for warning in warnings:
        typer.echo(f"{account}: {warning}", err=True)
