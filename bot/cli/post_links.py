"""`tongbu post links`: whether the sites that a post links to answer."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.ids import PostId


def links(post_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Ask the sites a post links to whether they answer; TONGBU_CHECK_LINKS=true allows it."""
    from bot.usecases.posts.reach_links import reach_links

    house = open_house()
    reached = reach_links(
        PostId(post_id),
        actor=operator(),
        storage=house.storage,
        fetcher=house.fetcher,
        allowed=house.settings.check_links,
    )
    if as_json:
        print_json(reached)
    else:
        rows = [(one.link.place, one.link.address, one.fault or "ok") for one in reached]
        print_table(("place", "link", "result"), rows)
    if any(one.fault for one in reached):
        raise typer.Exit(1)
