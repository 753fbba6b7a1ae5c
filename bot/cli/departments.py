"""`tongbu department`: who handles cases, through reorganisations."""

from datetime import date, datetime
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import DepartmentId

app = typer.Typer(help="Departments that handle cases.", no_args_is_help=True)

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Today if left out.")]
IdArgument = Annotated[str, typer.Argument(metavar="ID", help="A short name of your own.")]


@app.command()
def add(
    department_id: IdArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As colleagues and askers see it.")],
    parent: Annotated[str, typer.Option(help="The department it belongs to.")] = "",
    since: Day = None,
) -> None:
    """Enter a department."""
    from bot.domain.cases.department import Department
    from bot.usecases.cases.departments import add_department

    made = Department(
        DepartmentId(department_id),
        name,
        _day(since),
        parent=DepartmentId(parent) if parent else None,
    )
    add_department(made, actor=operator(), storage=open_house().storage)
    typer.echo(f"{made.id}  {made.name}")


@app.command()
def end(
    department_id: IdArgument,
    last: Day = None,
    successor: Annotated[str, typer.Option(help="Who takes over what it had.")] = "",
) -> None:
    """A department ends; what would be given to it goes to its successor."""
    from bot.usecases.cases.departments import end_department

    over = end_department(
        DepartmentId(department_id),
        until=_day(last),
        successor=DepartmentId(successor) if successor else None,
        actor=operator(),
        storage=open_house().storage,
    )
    typer.echo(f"{over.id}  until {over.until}")


@app.command()
def place(
    login: Annotated[str, typer.Argument(help="Who.")],
    department: Annotated[str, typer.Argument(metavar="[ID]", help="None if left out.")] = "",
) -> None:
    """Say which department somebody works for; their role dept_contact is given with the user."""
    from bot.usecases.cases.departments import place_user

    to = DepartmentId(department) if department else None
    placed = place_user(login, to, actor=operator(), storage=open_house().storage)
    typer.echo(f"{placed.login}  {placed.department or 'no department'}")


@app.command("list")
def list_departments(as_json: AsJson = False) -> None:
    """Every department, and who works for it."""
    with open_house().storage.begin() as uow:
        departments, users = uow.departments.all(), uow.people.users()
    rows = [
        {
            "id": d.id,
            "name": d.name,
            "parent": d.parent,
            "since": d.since,
            "until": d.until,
            "successor": d.successor,
            "people": [user.login for user in users if user.department == d.id],
        }
        for d in departments
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ("id", "name", "parent", "since", "until", "successor", "people")
        print_table(columns, [tuple(row.values()) for row in rows])


def _day(given: datetime | None) -> date:
    return (given or open_house().clock.now().astimezone(BEIJING)).date()
