"""`tongbu statistics`: what platforms tell of articles and accounts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house
from bot.cli.output import AsJson, Limit, print_json, print_table
from bot.cli.refusing import Refused
from bot.domain.accounts.budgets import BEIJING

if TYPE_CHECKING:
    from bot.ports.statistics import ArticleLine

app = typer.Typer(help="What platforms tell of articles.", invoke_without_command=True)

Account = Annotated[str, typer.Option(help="Only of the account with this id.")]
Days = Annotated[int, typer.Option(min=1, max=3660, help="Published in the last so many days.")]

FIGURE_COLUMNS = (
    "published",
    "account",
    "title",
    "readers",
    "shares",
    "finished",
    "comments",
    "until",
    "post",
)


def figure_line(line: ArticleLine) -> tuple[object, ...]:
    """An article in a table; `*` marks figures that are not final."""
    figures = line.figures
    finished = None if figures.finish_rate is None else f"{figures.finish_rate:.0%}"
    until = f"{line.through}{'' if line.is_final else '*'}" if line.through else ""
    return (
        *(line.published_on, line.account_name, line.title),
        *(figures.readers, figures.shares, finished, figures.comments),
        *(until, line.post_id),
    )


def first_day(days: int) -> date:
    """The first of the last so many Beijing days."""
    return datetime.now(BEIJING).date() - timedelta(days=days)


@app.callback()
def list_figures(
    context: typer.Context,
    account: Account = "",
    days: Days = 30,
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """Articles with their newest figures, also those that nobody published with Tongbu."""
    if context.invoked_subcommand is not None:
        return
    overview = open_house().storage.overview()
    lines = overview.articles(account=account, since=first_day(days), limit=limit)
    if as_json:
        print_json(lines)
    else:
        print_table(FIGURE_COLUMNS, [figure_line(line) for line in lines])


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="A new .xlsx or .csv file.")],
    account: Account = "",
    days: Days = 30,
) -> None:
    """Write the articles' figures to a spreadsheet, newest first."""
    from bot.exports.spreadsheets import UnknownFormat
    from bot.exports.statistics import export_statistics

    if out.exists():
        raise Refused(f"{out} is there already; name a new file")
    overview = open_house().storage.overview()
    try:
        count = export_statistics(out, overview, account=account, since=first_day(days))
    except UnknownFormat as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"cannot write {out}: {error.strerror}") from error
    typer.echo(f"{count} articles in {out}")


@app.command()
def read(name: Annotated[str, typer.Argument(help="The account's name.")]) -> None:
    """Ask the account's platform now for whatever is due."""
    from bot.domain.errors import PlatformError
    from bot.usecases.accounts.check_account import account_named
    from bot.usecases.statistics.read_figures import read_figures

    house = open_house()
    with house.storage.begin() as uow:
        account = account_named(uow, name).id
    total = 0
    try:
        while answered := read_figures(account, house.statistics):
            total += answered
    except PlatformError as error:
        said = error.explanation
        raise Refused(f"{said.cause}。{said.next_step}") from error
    with house.storage.begin() as uow:
        outlook = uow.statistics.outlook(account)
    if outlook is not None and outlook.finding is not None:
        raise Refused(f"{outlook.finding.what}。{outlook.finding.next_step}")
    typer.echo(f"{name}: {total} questions answered")
