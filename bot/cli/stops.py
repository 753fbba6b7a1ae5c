"""`tongbu stop` and `tongbu lift`: the emergency stop."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator

Account = Annotated[
    str | None, typer.Argument(help="The name of one account; everything when left out.")
]
Reason = Annotated[str, typer.Option(help="Why; shown to staff and kept in the audit.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command()(stop)
    app.command()(lift)


def stop(account: Account = None, reason: Reason = "") -> None:
    """Start nothing any more, on one account or on all; calls under way are seen through."""
    from bot.usecases.accounts.stop import stop_publishing

    stop_publishing(account, actor=operator(), storage=open_house().storage, reason=reason)
    typer.echo(f"stopped: {account or 'everything'}")


def lift(account: Account = None, reason: Reason = "") -> None:
    """Let publishing go on."""
    from bot.usecases.accounts.stop import lift_stop

    lift_stop(account, actor=operator(), storage=open_house().storage, reason=reason)
    typer.echo(f"lifted: {account or 'everything'}")
