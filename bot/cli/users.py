"""`tongbu user`: members of staff."""

import sys
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.people import Role

app = typer.Typer(help="Members of staff.", no_args_is_help=True)


@app.command()
def add(
    login: Annotated[str, typer.Argument(help="What they log in with.")],
    role: Annotated[list[Role], typer.Option(help="What they may do; may be given several times.")],
    name: Annotated[str, typer.Option(help="Their name as colleagues see it.")] = "",
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Add a member of staff; the password is asked for, never given as an argument."""
    from bot.usecases.people.add_user import add_user

    if password_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    house = open_house()
    user = add_user(
        login,
        name or login,
        password,
        frozenset(role),
        actor=operator(),
        storage=house.storage,
        passwords=house.passwords,
        ids=house.ids,
    )
    typer.echo(user.id)


@app.command("list")
def list_users(as_json: AsJson = False) -> None:
    """Everybody who may log in, and what they may do."""
    with open_house().storage.begin() as uow:
        users = uow.people.users()
    rows = [
        {"login": u.login, "name": u.name, "roles": sorted(u.roles), "enabled": u.enabled}
        for u in users
    ]
    if as_json:
        print_json(rows)
    else:
        print_table(("login", "name", "roles", "enabled"), [tuple(row.values()) for row in rows])
