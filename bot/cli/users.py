"""`tongbu user`: members of staff."""

import sys
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.people import Role

app = typer.Typer(help="Members of staff.", no_args_is_help=True)

Login = Annotated[str, typer.Argument(help="What they log in with.")]


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


@app.command()
def roles(
    login: Login,
    role: Annotated[list[Role], typer.Option(help="What they may do; may be given several times.")],
) -> None:
    """Give somebody exactly these roles."""
    from bot.usecases.people.change_user import set_roles

    user = set_roles(login, frozenset(role), actor=operator(), storage=open_house().storage)
    typer.echo(f"{user.login}  {', '.join(sorted(user.roles))}")


@app.command()
def disable(login: Login) -> None:
    """End somebody's access at once, with every session."""
    from bot.usecases.people.change_user import set_enabled

    set_enabled(login, False, actor=operator(), storage=open_house().storage)


@app.command()
def enable(login: Login) -> None:
    """Give it back."""
    from bot.usecases.people.change_user import set_enabled

    set_enabled(login, True, actor=operator(), storage=open_house().storage)


@app.command()
def reset(login: Login) -> None:
    """Print a password that lasts until their next sign-in; it is stored nowhere."""
    from bot.usecases.people.change_password import reset_password

    house = open_house()
    password = reset_password(
        login, actor=operator(), storage=house.storage, passwords=house.passwords
    )
    typer.echo(password)


@app.command("hand-over")
def give(
    giver: Login,
    taker: Login,
    note: Annotated[str, typer.Option(help="What to know; kept with every case.")],
) -> None:
    """Everything one person holds goes to another: cases, posts; deputyships end."""
    from bot.usecases.people.hand_over import hand_over

    house = open_house()
    done = hand_over(
        giver, taker, note=note, actor=operator(), storage=house.storage, ids=house.ids
    )
    typer.echo(f"{len(done.cases)} cases, {len(done.posts)} posts")


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
