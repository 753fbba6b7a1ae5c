"""`tongbu rollout`: the posts of one release that go out together."""

from typing import Annotated

import typer

from bot.cli.office import open_house
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
