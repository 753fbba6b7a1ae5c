"""`tongbu deputy`: who takes whose steps of review while they are away."""

from datetime import datetime
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import DeputyId

app = typer.Typer(help="Deputies for the review of posts.", no_args_is_help=True)

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="A day in Beijing.")]


@app.command()
def add(
    principal: Annotated[str, typer.Argument(help="Login of who is away.")],
    deputy: Annotated[str, typer.Argument(help="Login of who stands in.")],
    since: Day,
    until: Day,
    reason: Annotated[str, typer.Option(help="Shown beside it.")] = "",
) -> None:
    """Let somebody take another's steps, both days included."""
    from bot.usecases.people.deputies import name_deputy

    house = open_house()
    named = name_deputy(
        deputy,
        since=since.date(),
        until=until.date(),
        actor=operator(),
        storage=house.storage,
        ids=house.ids,
        principal=principal,
        reason=reason,
    )
    typer.echo(named.id)


@app.command()
def end(deputy_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take it back before its last day."""
    from bot.usecases.people.deputies import end_deputy

    end_deputy(DeputyId(deputy_id), actor=operator(), storage=open_house().storage)


@app.command("list")
def list_deputies(as_json: AsJson = False) -> None:
    """Those that act today or will."""
    house = open_house()
    today = house.clock.now().astimezone(BEIJING).date()
    with house.storage.begin() as uow:
        named = uow.deputies.not_over(day=today)
    if as_json:
        print_json(named)
        return
    columns = ("id", "principal", "deputy", "since", "until", "reason")
    print_table(columns, [tuple(getattr(one, name) for name in columns) for one in named])
