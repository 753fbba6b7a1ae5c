"""`tongbu reply`: what followers sent."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.cli.refusing import Refused
from bot.domain.ids import ReplyId
from bot.domain.replies.reply import Channel

app = typer.Typer(help="What followers sent.", no_args_is_help=True)

Account = Annotated[str, typer.Option(help="Only of the account with this id.")]
ByChannel = Annotated[Channel | None, typer.Option(help="Only through this channel.")]
Unanswered = Annotated[bool, typer.Option("--unanswered", help="Only what nobody answered.")]
Search = Annotated[str, typer.Option(help="Only what contains these words.")]


@app.command("list")
def list_replies(
    *,
    account: Account = "",
    channel: ByChannel = None,
    unanswered: Unanswered = False,
    search: Search = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """The newest replies."""
    from bot.ports.overview import ReplyFilter

    wanted = ReplyFilter(account or None, channel, unanswered, search)
    rows = open_house().storage.overview().replies(wanted, limit=limit)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("id", "received", "account", "channel", "text", "answered by"),
        [
            (r.id, r.received_at, r.account_name, r.channel, r.text, r.answered_by_rule)
            for r in rows
        ],
    )


@app.command()
def show(reply_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """One reply as it came, with the answer it got at once."""
    with open_house().storage.begin() as uow:
        reply = uow.replies.get(ReplyId(reply_id))
    if as_json:
        print_json(reply)
        return
    incoming, answered = reply.incoming, reply.answered
    print_facts(
        [
            ("id", reply.id),
            ("account", incoming.account),
            ("channel", incoming.channel),
            ("type", incoming.type_name),
            ("from", incoming.sender_name or incoming.sender),
            ("said", incoming.said_at),
            ("received", reply.received_at),
            ("times received", reply.times_received),
            ("text", incoming.text),
            ("answered by", answered.rule if answered else "nobody"),
            ("answer", answered.text if answered else ""),
        ]
    )


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="A new .xlsx or .csv file.")],
    account: Account = "",
    channel: ByChannel = None,
    unanswered: Unanswered = False,
    search: Search = "",
) -> None:
    """Write replies to a spreadsheet, newest first."""
    from bot.exports.replies import export_replies
    from bot.exports.spreadsheets import UnknownFormat
    from bot.ports.overview import ReplyFilter

    if out.exists():
        raise Refused(f"{out} is there already; name a new file")
    wanted = ReplyFilter(account or None, channel, unanswered, search)
    try:
        count = export_replies(out, wanted, open_house().storage.overview())
    except UnknownFormat as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"cannot write {out}: {error.strerror}") from error
    typer.echo(f"{count} replies in {out}")
