"""`tongbu notice`: how staff are told of what is the matter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_json, print_table
from bot.cli.refusing import Refused

app = typer.Typer(help="Channels of notices to staff.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The channel's name.")]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="channels.toml; its fields are in docs/files.md.")],
) -> None:
    """Add the channels of a file, their secrets sealed; a name that is there is refused."""
    from bot.cli.notice_file import read_notice_file
    from bot.usecases.notices.channels import add_channel

    house = open_house()
    for entry in read_notice_file(file, ids=house.ids):
        add_channel(entry.channel, entry.secrets, actor=operator(), tools=house.notices)
        typer.echo(f"{entry.channel.id}  {entry.channel.name}")


@app.command("list")
def list_channels(as_json: AsJson = False) -> None:
    """Every channel and whom it serves; never its secrets."""
    with open_house().storage.begin() as uow:
        channels = uow.notices.channels()
    if as_json:
        print_json(channels)
        return
    print_table(
        ("name", "kind", "enabled", "roles", "kinds", "people"),
        [(c.name, c.kind, c.enabled, sorted(c.roles), sorted(c.kinds), c.people) for c in channels],
    )


@app.command()
def test(name: Name) -> None:
    """Send a notice that says it is a trial; 1 if it did not arrive."""
    from bot.usecases.notices.channels import try_channel

    error = try_channel(name, actor=operator(), tools=open_house().notices)
    if error is not None:
        raise Refused(f"{name}: not sent: {type(error).__name__} {error.code} {error}".strip())
    typer.echo(f"{name}: sent")


@app.command()
def disable(name: Name) -> None:
    """Tell nobody by this channel any more."""
    _switch(name, enabled=False)


@app.command()
def enable(name: Name) -> None:
    """Tell by this channel again."""
    _switch(name, enabled=True)


@app.command()
def log(limit: Limit = 50, as_json: AsJson = False) -> None:
    """What was told lately, and whether each channel got it."""
    with open_house().storage.begin() as uow:
        names = {channel.id: channel.name for channel in uow.notices.channels()}
        sent = [n for channel in names for n in uow.notices.recent(channel=channel, limit=limit)]
    rows = sorted(sent, key=lambda notice: notice.id, reverse=True)[:limit]
    if as_json:
        print_json(rows)
        return
    print_table(
        ("at", "channel", "title", "state", "tries", "error"),
        [(n.created_at, names[n.channel], n.title, n.state, n.attempts, n.error) for n in rows],
    )


def _switch(name: str, *, enabled: bool) -> None:
    from bot.usecases.notices.channels import switch_channel

    switch_channel(name, enabled=enabled, actor=operator(), tools=open_house().notices)
    typer.echo(f"{name}: {'enabled' if enabled else 'disabled'}")
