"""`tongbu quiet`: times in which nothing but emergencies goes out."""

from typing import Annotated

import typer

from bot.cli.moments import moment
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table, shown
from bot.cli.posts import LINE_COLUMNS, line
from bot.domain.ids import QuietPeriodId
from bot.domain.publishing.quiet import AtEnd

app = typer.Typer(help="Quiet periods (静默期), such as days of mourning.", no_args_is_help=True)

COLUMNS = ("id", "account", "from", "to", "at its end", "reason", "by", "keeps")


@app.command("list")
def list_periods(as_json: AsJson = False) -> None:
    """The newest periods, with how many posts each keeps."""
    house = open_house()
    with house.storage.begin() as uow:
        periods = uow.quiet_periods.newest()
    overview = house.storage.overview()
    if as_json:
        print_json([{"period": one, "kept": overview.kept(one)} for one in periods])
        return
    print_table(
        COLUMNS,
        [
            (
                *(one.id, one.account or "all", one.since, one.until, one.at_end, one.reason),
                *(one.declared_by, len(overview.kept(one))),
            )
            for one in periods
        ],
    )


@app.command()
def show(period_id: str, as_json: AsJson = False) -> None:
    """The posts a period keeps, the next one first."""
    house = open_house()
    with house.storage.begin() as uow:
        period = uow.quiet_periods.get(QuietPeriodId(period_id))
    kept = house.storage.overview().kept(period)
    if as_json:
        print_json({"period": period, "kept": kept})
    else:
        print_table(LINE_COLUMNS, [line(row) for row in kept])


@app.command()
def declare(
    until: Annotated[str, typer.Option(help="2026-01-31T09:00; Beijing time without an offset.")],
    reason: Annotated[str, typer.Option(help="Shown to staff and kept in the audit.")],
    since: Annotated[str, typer.Option(help="From when; now when left out.")] = "",
    account: Annotated[str | None, typer.Option(help="One account; all when left out.")] = None,
    at_end: Annotated[
        AtEnd, typer.Option(help="Hold each post for a person, or publish them then.")
    ] = AtEnd.HOLD,
) -> None:
    """Keep ordinary posts from, to; emergencies pass, nothing is lost."""
    from bot.usecases.publishing.keep_quiet import QuietWish, declare_quiet

    house = open_house()
    begin = moment(since) if since else house.clock.now()
    wish = QuietWish(account, begin, moment(until), reason, at_end)
    period = declare_quiet(wish, actor=operator(), storage=house.storage, ids=house.ids)
    typer.echo(f"{period.id}: quiet from {shown(period.since)} to {shown(period.until)}")


@app.command()
def end(period_id: str) -> None:
    """End a period now, or take it back before it begins."""
    from bot.usecases.publishing.keep_quiet import end_quiet

    end_quiet(QuietPeriodId(period_id), actor=operator(), storage=open_house().storage)
    typer.echo(f"{period_id}: ended")
