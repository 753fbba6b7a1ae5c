"""`tongbu rollout`: the posts of one release that go out together."""

from typing import Annotated

import typer

from bot.cli.moments import moment
from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, Limit, print_facts, print_json, print_table
from bot.cli.posts import LINE_COLUMNS, line
from bot.domain.ids import ReleaseId, RolloutId

app = typer.Typer(help="Posts of one release that go out together.", no_args_is_help=True)


@app.command("list")
def list_rollouts(limit: Limit = 50, as_json: AsJson = False) -> None:
    """The rollouts of the newest releases."""
    house = open_house()
    releases = house.storage.overview().releases(limit=limit)
    with house.storage.begin() as uow:
        rollouts = [
            (release, rollout)
            for release in releases
            for rollout in uow.posts.rollouts_of(ReleaseId(release.id))
        ]
    if as_json:
        print_json([rollout for _, rollout in rollouts])
        return
    print_table(
        ("id", "release", "version", "policy", "state", "due"),
        [(r.id, row.title, r.release_version, r.policy, r.state, r.due_at) for row, r in rollouts],
    )


@app.command()
def show(rollout_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """One rollout with its posts."""
    house = open_house()
    with house.storage.begin() as uow:
        rollout = uow.posts.rollout(RolloutId(rollout_id))
    rows = house.storage.overview().posts(release=rollout.release, limit=1000)
    posts = [row for row in rows if row.rollout_id == rollout_id]
    if as_json:
        print_json({"rollout": rollout, "posts": posts})
        return
    print_facts(
        [
            ("id", rollout.id),
            ("release", f"{rollout.release} version {rollout.release_version}"),
            ("policy", rollout.policy),
            ("state", rollout.state),
            ("due", rollout.due_at),
        ]
    )
    typer.echo("")
    print_table(LINE_COLUMNS, [line(post) for post in posts])


@app.command()
def move(
    rollout_id: Annotated[str, typer.Argument(metavar="ID")],
    at: Annotated[
        str, typer.Option(help="2026-01-31T09:00; Beijing time unless it has an offset.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Give every post of a rollout that has not gone out another time, or change none."""
    from bot.usecases.posts.move_together import foresee_together, move_together

    house, when, rollout = open_house(), moment(at), RolloutId(rollout_id)
    foreseen = foresee_together(rollout, when, actor=operator(), storage=house.storage)
    for one in foreseen.members:
        told = [one.refusal, *(conflict.message for conflict in one.conflicts)]
        typer.echo(f"{one.post.id}  {one.account.name}  {'；'.join(filter(None, told)) or 'ok'}")
    if foreseen.is_possible and not yes:
        typer.confirm(f"Move {len(foreseen.members)} posts?", abort=True)
    moved = move_together(
        rollout,
        at=when,
        seen=[one.post.id for one in foreseen.members],
        actor=operator(),
        storage=house.storage,
        ids=house.ids,
    )
    typer.echo(f"{len(moved)} posts moved")
