"""`tongbu reply set-aside` and `take-up`: what needs no answer."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.domain.ids import ReplyId

Replies = Annotated[list[str], typer.Argument(metavar="ID…", help="The replies.")]


def add_to(app: typer.Typer) -> None:
    """Offer both among the commands of replies."""
    app.command("set-aside")(set_aside)
    app.command("take-up")(take_up)


def set_aside(
    replies: Replies,
    *,
    reason: Annotated[str, typer.Option(help="Why none of them needs an answer.")] = "",
) -> None:
    """Say that replies need no answer; all of them, or none where one cannot be set aside."""
    from bot.usecases.replies import set_aside as asides

    done = asides.set_aside(
        _ids(replies), reason=reason, actor=operator(), storage=open_house().storage
    )
    typer.echo(f"{done} set aside")


def take_up(replies: Replies) -> None:
    """Let replies that were set aside wait for an answer again."""
    from bot.usecases.replies import set_aside as asides

    done = asides.take_up(_ids(replies), actor=operator(), storage=open_house().storage)
    typer.echo(f"{done} taken up")


def _ids(given: list[str]) -> list[ReplyId]:
    return [ReplyId(one) for one in given]
