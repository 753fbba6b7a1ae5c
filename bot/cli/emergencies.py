"""`tongbu emergency`: the fast lane, its clocks and its one review."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_facts, print_json, print_table, shown
from bot.domain.ids import ReleaseId
from bot.domain.posts.post import PostState
from bot.domain.releases.fast_lane import StageClock, clocks_of

if TYPE_CHECKING:
    from datetime import datetime

    from bot.bootstrap import House
    from bot.domain.posts.post import Post
    from bot.domain.releases.release import Release

app = typer.Typer(help="Emergency releases: two people, at once.", no_args_is_help=True)


@app.command("list")
def list_emergencies(as_json: AsJson = False) -> None:
    """The newest emergencies and how their clocks stand."""
    house = open_house()
    with house.storage.begin() as uow:
        found = [(one, uow.posts.of_release(one.id)) for one in uow.releases.emergencies()]
    if as_json:
        print_json([{"release": r.id, "clocks": clocks_of(r, posts)} for r, posts in found])
        return
    print_table(
        ("release", "title", "state", "since", "clocks"),
        [
            (r.id, r.content.title, r.state, r.emergency_since, _clocks(r, posts, house))
            for r, posts in found
        ],
    )


def _clocks(release: Release, posts: Sequence[Post], house: House) -> str:
    now = house.clock.now()
    return ", ".join(f"{c.stage} {_stands(c, now)}" for c in clocks_of(release, posts))


def _stands(clock: StageClock, now: datetime) -> str:
    if clock.is_done:
        return "done"
    return "OVERDUE" if clock.is_overdue(now) else f"until {shown(clock.due_at)}"


@app.command()
def declare(
    release_id: str,
    reason: Annotated[str, typer.Option(help="Which emergency; kept in the audit.")],
) -> None:
    """Send a release that waits for approval down the fast lane."""
    from bot.usecases.releases.declare_emergency import declare_emergency

    release = declare_emergency(
        ReleaseId(release_id), reason=reason, actor=operator(), storage=open_house().storage
    )
    print_facts([("release", release.id), ("emergency since", release.emergency_since)])


@app.command()
def publish(
    release_id: str,
    read_all: Annotated[
        bool, typer.Option("--read-all", help="You read every post; another approved the release.")
    ] = False,
) -> None:
    """Approve every post that waits for review, as the second person, and publish at once."""
    from bot.usecases.posts.publish_emergency import publish_emergency

    house = open_house()
    with house.storage.begin() as uow:
        posts = uow.posts.of_release(ReleaseId(release_id))
    waiting = [post for post in posts if post.state is PostState.IN_REVIEW]
    if not read_all:
        for post in waiting:
            typer.echo(f"{post.id}: tongbu post preview {post.id} --out DIR")
        typer.confirm("Did you read every post?", abort=True)
    published = publish_emergency(
        ReleaseId(release_id),
        shown={post.id: post.content_hash for post in waiting},
        actor=operator(),
        storage=house.storage,
        ids=house.ids,
        doorbell=house.doorbell,
    )
    print_table(("post", "state", "due"), [(p.id, p.state, p.due_at) for p in published])
