"""`tongbu reply`: what followers sent, and what is written back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import reply_asides, reply_imports
from bot.cli.figures import FiguresReason, answered_for
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table, shown
from bot.cli.refusing import Refused
from bot.domain.accounts.budgets import BEIJING
from bot.domain.ids import AnswerId, ReplyId
from bot.domain.replies.handling import Handling
from bot.domain.replies.reply import Channel, ReplyKind

if TYPE_CHECKING:
    from bot.ports.overview import ReplyRow

app = typer.Typer(help="What followers sent.", no_args_is_help=True)
reply_imports.add_to(app)
reply_asides.add_to(app)

Account = Annotated[str, typer.Option(help="Only of the account with this id.")]
ByChannel = Annotated[Channel | None, typer.Option(help="Only through this channel.")]
Unanswered = Annotated[
    bool, typer.Option("--unanswered", help="The same as --handling unanswered.")
]
ByHandling = Annotated[
    Handling | None,
    typer.Option(
        help="Only what waits, what has a case that runs, either of these, or what needs no answer."
    ),
]
ReplyArgument = Annotated[str, typer.Argument(metavar="ID", help="The reply.")]
AnswerArgument = Annotated[str, typer.Argument(metavar="ANSWER", help="The answer.")]
Search = Annotated[str, typer.Option(help="Only what contains these words.")]
ByKind = Annotated[ReplyKind | None, typer.Option(help="Only of this kind.")]
ByPost = Annotated[str, typer.Option(help="Only about the post with this id.")]
Since = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Received on this Beijing day or later."),
]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Received before this Beijing day.")
]
After = Annotated[str, typer.Option(help="Go on behind the reply with this id.")]


@app.command("list")
def list_replies(
    *,
    account: Account = "",
    channel: ByChannel = None,
    handling: ByHandling = None,
    unanswered: Unanswered = False,
    search: Search = "",
    kind: ByKind = None,
    post: ByPost = "",
    since: Since = None,
    until: Until = None,
    after: After = "",
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """The newest replies."""
    from bot.ports.overview import ReplyFilter

    wanted = ReplyFilter(
        account=account or None,
        channel=channel,
        handling=_handling(handling, unanswered=unanswered),
        search=search,
        kind=kind,
        post=post or None,
        since=_in_beijing(since),
        until=_in_beijing(until),
        after=after,
    )
    rows = open_house().storage.overview().replies(wanted, limit=limit)
    if as_json:
        print_json(rows)
        return
    print_table(
        ("id", "received", "account", "channel", "text", "became of it"),
        [(r.id, r.received_at, r.account_name, r.channel, _words(r), _became(r)) for r in rows],
    )


def _handling(given: Handling | None, *, unanswered: bool) -> Handling | None:
    return given or (Handling.UNANSWERED if unanswered else None)


def _in_beijing(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=BEIJING) if day else None


def _words(row: ReplyRow) -> str:
    return "(erased)" if row.erased else row.text


def _became(row: ReplyRow) -> str | None:
    if row.case_number is not None:
        return f"case {row.case_number} {row.case_state}"
    answered_by = "staff" if row.answered_by_staff else row.answered_by_rule
    return "set aside" if row.needs_none else answered_by


@app.command()
def show(reply_id: ReplyArgument, as_json: AsJson = False) -> None:
    """One reply as it came, with every answer it got."""
    with open_house().storage.begin() as uow:
        reply = uow.replies.get(ReplyId(reply_id))
        answers = uow.answers.of_replies([reply.id])
        standing = uow.comments.of_replies([reply.id]).get(reply.id)
        aside = uow.asides.of_replies([reply.id]).get(reply.id)
    if as_json:
        facts = {"reply": reply, "answers": answers, "comment": standing, "set_aside": aside}
        print_json(facts)
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
            ("erased", reply.erased_at),
            ("answered by", answered.rule if answered else "nobody"),
            ("answer", answered.text if answered else ""),
            ("set aside by", aside and aside.by),
            ("why", aside and aside.reason),
        ]
    )
    if standing is not None:
        print_facts(
            [
                ("selected", standing.is_selected),
                ("author's word", standing.author_reply),
                ("gone", standing.gone_at),
            ]
        )
    if answers:
        print_table(
            ("answer", "by", "written", "state", "text", "why"),
            [
                (a.id, a.by, a.written_at, a.state, a.content.text, a.failure and a.failure.cause)
                for a in answers
            ],
        )


@app.command()
def window(reply_id: ReplyArgument, as_json: AsJson = False) -> None:
    """How long and how often this follower can still be written to; 1 if not at all."""
    from bot.usecases.replies.show_window import show_window

    found = show_window(ReplyId(reply_id), actor=operator(), tools=open_house().correspondence)
    if as_json:
        print_json(found)
    else:
        typer.echo(found.words)
    if not found.window.is_open:
        raise typer.Exit(1)


@app.command()
def answer(
    reply_id: ReplyArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the follower reads.")],
    *,
    title: Annotated[str, typer.Option(help="Send a card with this title; needs --url.")] = "",
    url: Annotated[str, typer.Option(help="Where the card leads.")] = "",
    picture: Annotated[str, typer.Option(help="The card's picture; Weibo needs one.")] = "",
    article: Annotated[
        str, typer.Option(help="Send a published article by the platform's article id.")
    ] = "",
    figures_reason: FiguresReason = "",
) -> None:
    """Write back to a follower, or under their comment; a worker sends it."""
    from bot.domain.replies.answer import AnswerContent
    from bot.domain.replies.reply import LinkCard
    from bot.usecases.replies.answer_reply import answer_reply

    card = LinkCard(title, text, url, picture) if title or url else None
    made = answer_reply(
        ReplyId(reply_id),
        AnswerContent(text, card, article),
        actor=operator(),
        tools=open_house().correspondence,
        unsourced=answered_for(text, figures_reason),
    )
    typer.echo(f"{made.id}  {made.state.value}")


@app.command()
def confirm(answer_id: AnswerArgument) -> None:
    """You saw on the platform that an answer of unknown outcome arrived."""
    from bot.usecases.replies.settle_answer import confirm_answer

    done = confirm_answer(AnswerId(answer_id), actor=operator(), tools=open_house().correspondence)
    typer.echo(f"{done.id}  {done.state.value}")


@app.command()
def again(answer_id: AnswerArgument) -> None:
    """Send an answer once more that was refused, or that you saw did not arrive."""
    from bot.usecases.replies.settle_answer import send_answer_again

    waiting = send_answer_again(
        AnswerId(answer_id), actor=operator(), tools=open_house().correspondence
    )
    typer.echo(f"{waiting.id}  {waiting.state.value}")


@app.command()
def erase(
    account: Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's name.")],
    openid: Annotated[str, typer.Argument(metavar="OPENID", help="The follower.")],
) -> None:
    """Erase what a follower said to an account until now; a worker does it within minutes."""
    from bot.usecases.replies.ask_for_erasure import ask_for_erasure

    house = open_house()
    asked = ask_for_erasure(account, openid, actor=operator(), storage=house.storage, ids=house.ids)
    typer.echo(f"{asked.id}  due {shown(asked.due_at)}")


@app.command()
def media(
    reply_id: Annotated[str, typer.Argument(metavar="ID")],
    out: Annotated[Path, typer.Option(help="A new file.")],
) -> None:
    """Fetch the picture or voice of a message from its platform; nothing else is kept of it."""
    from bot.usecases.replies.fetch_attachment import fetch_attachment

    if out.exists():
        raise Refused(f"{out} is there already; name a new file")
    found = fetch_attachment(ReplyId(reply_id), actor=operator(), tools=open_house().attachments)
    try:
        out.write_bytes(found.content)
    except OSError as error:
        raise Refused(f"cannot write {out}: {error.strerror}") from error
    typer.echo(f"{out}: {found.media_type}, {len(found.content)} bytes")


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="A new .xlsx or .csv file.")],
    *,
    account: Account = "",
    channel: ByChannel = None,
    handling: ByHandling = None,
    unanswered: Unanswered = False,
    search: Search = "",
    since: Since = None,
    until: Until = None,
    unmasked: Annotated[
        bool, typer.Option("--unmasked", help="With names, numbers and addresses as they are.")
    ] = False,
) -> None:
    """Write replies to a spreadsheet, newest first; personal data is masked, the audit tells who
    took them."""
    from bot.exports.replies import export_replies
    from bot.exports.spreadsheets import UnknownFormat
    from bot.ports.overview import ReplyFilter
    from bot.usecases.open_export import open_export

    if out.exists():
        raise Refused(f"{out} is there already; name a new file")
    wanted = ReplyFilter(
        account=account or None,
        channel=channel,
        handling=_handling(handling, unanswered=unanswered),
        search=search,
        since=_in_beijing(since),
        until=_in_beijing(until),
    )
    asked = " ".join((account, channel or "", f"{since:%F}" if since else "")).strip()
    storage = open_house().storage
    open_export("replies", asked=asked, actor=operator(), storage=storage, unmasked=unmasked)
    try:
        count = export_replies(out, wanted, storage.overview(), unmasked=unmasked)
    except UnknownFormat as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(f"cannot write {out}: {error.strerror}") from error
    typer.echo(f"{count} replies in {out}")
