"""`tongbu post`: posts, from the calendar to what became of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import post_editing, post_links
from bot.cli.moments import moment
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.cli.statistics import FIGURE_COLUMNS, figure_line
from bot.domain.ids import PostId
from bot.domain.posts.post import PostState

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.posts.post import Post
    from bot.domain.publishing.delivery import Delivery
    from bot.ports.overview import PostRow

app = typer.Typer(help="Posts and what became of them.", no_args_is_help=True)
for _command in (*post_editing.COMMANDS, post_links.links):
    app.command()(_command)

Id = Annotated[str, typer.Argument(metavar="ID")]
Reason = Annotated[str, typer.Option(help="Why; kept in the audit.")]

LINE_COLUMNS = (
    "id",
    "account",
    "title",
    "state",
    "delivery",
    "due",
    "accepted",
    "address or reason",
)


def line(row: PostRow) -> tuple[object, ...]:
    """A post in a table."""
    said = row.urls or row.hold_reason
    state, delivery = row.state, row.delivery_state
    return (row.id, row.account_name, row.title, state, delivery, row.due_at, row.accepted_at, said)


@app.command("list")
def list_posts(
    state: Annotated[list[PostState] | None, typer.Option(help="Only in these states.")] = None,
    release: Annotated[str, typer.Option(help="Only of this release.")] = "",
    account: Annotated[str, typer.Option(help="Only of the account with this id.")] = "",
    limit: Limit = 100,
    as_json: AsJson = False,
) -> None:
    """The newest posts."""
    overview = open_house().storage.overview()
    rows = overview.posts(release=release, account=account, states=state or (), limit=limit)
    if as_json:
        print_json(rows)
    else:
        print_table(LINE_COLUMNS, [line(row) for row in rows])


@app.command()
def show(post_id: Id, as_json: AsJson = False) -> None:
    """One post, what breaks its platform's limits, and every step of its delivery."""
    house = open_house()
    with house.storage.begin() as uow:
        post = uow.posts.get(PostId(post_id))
        account = uow.accounts.get(post.account)
        deliveries = uow.deliveries.of_post(post.id)
    figures = house.storage.overview().articles(post=post.id)
    if as_json:
        print_json({"post": post, "deliveries": deliveries, "figures": figures})
        return
    print_facts(_facts(post, account.name))
    for number, violation in enumerate(post.draft.violations, 1):
        typer.echo(f"{number}. {violation.severity.value}: {violation.message}")
        if violation.justified:
            typer.echo(f"   justified by {violation.justified_by}: {violation.justified}")
    for note in post.draft.notes:
        typer.echo(f"note: {note}")
    for delivery in deliveries:
        typer.echo("")
        _print_delivery(delivery)
    if figures:
        typer.echo("")
        print_table(FIGURE_COLUMNS, [figure_line(each) for each in figures])


def _facts(post: Post, account_name: str) -> list[tuple[str, object]]:
    content = post.draft.content
    return [
        ("id", post.id),
        ("account", f"{account_name} ({post.account})"),
        ("release", f"{post.release} version {post.release_version}"),
        ("kind", f"{post.kind.value}, template {post.template}, revision {post.revision}"),
        ("state", post.state),
        ("held because", post.hold_reason),
        ("due", post.due_at),
        ("approved by", post.approved_by),
        ("needs", ", ".join(post.steps) or "no step of its own"),
        ("signed", [f"{one.step}: {one.by}" for one in post.signatures]),
        ("form", post.draft.form),
        ("titles", [article.title for article in content.articles]),
        ("text", content.text),
        ("hash", post.content_hash),
    ]


def _print_delivery(delivery: Delivery) -> None:
    receipt = delivery.receipt
    print_facts(
        [
            ("delivery", delivery.id),
            ("state", delivery.state),
            ("due", delivery.due_at),
            ("next", delivery.next_at),
            ("held because", delivery.hold_reason),
            ("accepted", delivery.accepted_at),
            ("addresses", receipt.urls if receipt else ()),
        ]
    )
    print_table(
        ("step", "act", "started", "outcome"),
        [
            (entry.step, entry.act, entry.started_at, entry.outcome or "not known yet")
            for entry in delivery.journal.entries
        ],
    )


@app.command()
def preview(
    post_id: Id,
    out: Annotated[
        Path | None, typer.Option(help="A folder for the page and its pictures.")
    ] = None,
    send_to: Annotated[
        list[str] | None, typer.Option(help="A tester's openid: sent through the platform.")
    ] = None,
    send_to_id: Annotated[
        list[str] | None, typer.Option(help="A tester's WeChat id, instead of an openid.")
    ] = None,
) -> None:
    """Show the post as its readers will see it: as a page in a folder, or to testers."""
    house = open_house()
    if out is None and not send_to and not send_to_id:
        raise typer.BadParameter("say where to: --out FOLDER, --send-to OPENID or --send-to-id ID")
    if out is not None:
        _write_page(post_id, out, house)
    if send_to or send_to_id:
        _send_to_testers(post_id, send_to or [], send_to_id or [], house)


def _send_to_testers(post_id: str, openids: list[str], wechat_ids: list[str], house: House) -> None:
    from bot.ports.aftercare import PreviewReader
    from bot.usecases.publishing.send_preview import send_preview

    testers = [PreviewReader(openid=one) for one in openids]
    testers += [PreviewReader(wechat_id=one) for one in wechat_ids]
    send_preview(PostId(post_id), testers, actor=operator(), tools=house.aftercare)
    typer.echo(f"sent to {len(testers)}")


def _write_page(post_id: str, out: Path, house: House) -> None:
    with house.storage.begin() as uow:
        post = uow.posts.get(PostId(post_id))
        platform = uow.accounts.get(post.account).platform
    out.mkdir(parents=True, exist_ok=True)
    page = house.renderer.preview(
        post.draft.content, platform, picture_url=_beside(out / "pictures", house)
    )
    (out / "index.html").write_text(page, encoding="utf-8")
    typer.echo(out / "index.html")


def _beside(folder: Path, house: House) -> Callable[[str], str]:
    """Puts a stored picture into `folder` and gives its address as seen from the page."""

    def place(sha256: str) -> str:
        folder.mkdir(exist_ok=True)
        (folder / sha256).write_bytes(house.media.get(sha256))
        return f"{folder.name}/{sha256}"

    return place


@app.command()
def schedule(
    post_id: Id,
    at: Annotated[
        str, typer.Option(help="2026-01-31T09:00; Beijing time unless it has an offset.")
    ],
    emergency: Annotated[
        bool, typer.Option("--emergency", help="It may use the push kept back for emergencies.")
    ] = False,
) -> None:
    """Give an approved post its time, or another one."""
    from bot.usecases.posts.schedule_post import schedule_post

    house = open_house()
    post = schedule_post(
        PostId(post_id),
        at=moment(at),
        actor=operator(),
        storage=house.storage,
        ids=house.ids,
        emergency=emergency,
    )
    _say(post)


@app.command()
def now(
    post_ids: Annotated[list[str], typer.Argument(metavar="ID…", help="Of one rollout.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let approved posts go out in 15 seconds; `tongbu post undo` takes that back until then."""
    from bot.usecases.posts.publish_now import foresee_now, publish_now

    house, wanted = open_house(), {PostId(one) for one in post_ids}
    foreseen = foresee_now(PostId(post_ids[0]), actor=operator(), tools=house.publishing)
    with house.storage.begin() as uow:
        shown = {one: uow.posts.get(one).content_hash for one in wanted}
    names = [one.account.name for one in foreseen.candidates if one.post.id in wanted]
    if not yes:
        typer.confirm(f"Publish {foreseen.release_title} on {', '.join(names)}?", abort=True)
    for post in publish_now(shown, actor=operator(), tools=house.publishing, ids=house.ids):
        _say(post)


@app.command()
def undo(post_id: Id) -> None:
    """Take `post now` back, and what goes out with it; only what nothing was sent of."""
    from bot.usecases.posts.undo_now import undo_now

    undone = undo_now(PostId(post_id), actor=operator(), tools=open_house().publishing)
    for post in undone.kept:
        _say(post)
    for post in undone.going:
        typer.echo(f"{post.id}: on its way already", err=True)


@app.command()
def justify(
    post_id: Id,
    finding: Annotated[int, typer.Argument(min=1, help="Its number in `tongbu post show`.")],
    reason: Annotated[str, typer.Option(help="Why it may stand; the reviewer sees it.")],
) -> None:
    """Let a finding of the content rules stand, saying why."""
    from bot.usecases.posts.justify_finding import justify_finding

    storage = open_house().storage
    with storage.begin() as uow:
        shown = uow.posts.get(PostId(post_id))
    post = justify_finding(
        shown.id,
        finding - 1,
        reason=reason,
        content_hash=shown.content_hash,
        actor=operator(),
        storage=storage,
    )
    _say(post)


@app.command()
def hold(post_id: Id, reason: Reason = "") -> None:
    """Hold a post; a call under way is seen through."""
    from bot.usecases.posts.hold_post import hold_post

    storage = open_house().storage
    _say(hold_post(PostId(post_id), reason=reason, actor=operator(), storage=storage))


@app.command()
def resume(post_id: Id) -> None:
    """Bring a held post back to where it was."""
    from bot.usecases.posts.hold_post import resume_post

    _say(resume_post(PostId(post_id), actor=operator(), storage=open_house().storage))


@app.command()
def withdraw(
    post_id: Id,
    reason: Reason = "",
    article: Annotated[
        int, typer.Option(min=0, help="Only this article of a public post, from 1; 0: all.")
    ] = 0,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting.")] = False,
) -> None:
    """Cancel a post that is not out; take one that is public off its platform, for good."""
    from bot.usecases.posts.hold_post import cancel_post

    house = open_house()
    if not _is_public(post_id, house):
        if article:
            raise typer.BadParameter("--article is for a post that is public")
        post = cancel_post(PostId(post_id), reason=reason, actor=operator(), storage=house.storage)
        _say(post)
        return
    if not yes:
        typer.confirm("It is public. Delete it on the platform, for good?", abort=True)
    _take_down(post_id, reason, article, house)


def _is_public(post_id: str, house: House) -> bool:
    from bot.domain.publishing.delivery import DeliveryState

    with house.storage.begin() as uow:
        deliveries = uow.deliveries.of_post(PostId(post_id))
    newest = max(deliveries, key=lambda d: d.revision, default=None)
    out = {DeliveryState.DELIVERED, DeliveryState.REMOVED}
    return newest is not None and newest.state in out


def _take_down(post_id: str, reason: str, article: int, house: House) -> None:
    from bot.usecases.publishing.take_down import take_down

    delivery = take_down(
        PostId(post_id), reason=reason, article=article, actor=operator(), tools=house.aftercare
    )
    typer.echo(f"{delivery.id}: {delivery.state.value}")


@app.command()
def retry(
    post_id: Id,
    not_public: Annotated[
        bool, typer.Option("--not-public", help="You looked: it is not on the account.")
    ] = False,
    reason: Reason = "",
) -> None:
    """Try a held delivery again. If it is public after all, it will be there twice."""
    from bot.usecases.publishing.resolve_delivery import retry_delivery

    if not not_public:
        typer.confirm("Did you look, and it is not on the account?", abort=True)
    house = open_house()
    delivery = retry_delivery(
        PostId(post_id), actor=operator(), tools=house.publishing, reason=reason
    )
    house.doorbell.deliveries_are_due(delivery.account, [delivery.id])
    typer.echo(f"{delivery.id}: {delivery.state.value}")


@app.command()
def adopt(
    post_id: Id,
    url: Annotated[str, typer.Argument(help="Where it is public.")],
    reason: Reason = "",
) -> None:
    """Say that somebody published it by hand: nothing goes out any more."""
    from bot.usecases.publishing.resolve_delivery import adopt_delivery

    house = open_house()
    delivery = adopt_delivery(
        PostId(post_id), url, actor=operator(), tools=house.publishing, reason=reason
    )
    typer.echo(f"{delivery.id}: {delivery.state.value}")


@app.command()
def look(post_id: Id, as_json: AsJson = False) -> None:
    """Ask the platform again what became of a post in doubt; it spends calls and never sends."""
    from bot.usecases.publishing.look_again import look_again

    seen = look_again(PostId(post_id), actor=operator(), tools=open_house().doubts)
    if as_json:
        print_json(seen)
        return
    print_facts(
        [
            ("search", seen.outcome),
            ("found at", seen.found.url if seen.found else ""),
            ("could not read", seen.failure),
        ]
    )
    newest = [(one.published_at, one.text, one.url) for one in seen.newest]
    print_table(("published", "newest on the account", "address"), newest)


def _say(post: Post) -> None:
    print_facts([("id", post.id), ("state", post.state), ("due", post.due_at)])
