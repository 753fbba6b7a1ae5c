"""`tongbu post submit`, `approve`, `return`, `comment`: the review of a post, step by step."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import print_facts
from bot.domain.ids import PostId
from bot.domain.posts.post import Post

Id = Annotated[str, typer.Argument(metavar="ID")]


def add_to(app: typer.Typer) -> None:
    """Put the commands beside the others of posts."""
    app.command()(submit)
    app.command()(approve)
    app.command("return")(give_back)
    app.command()(comment)


def submit(post_id: Id) -> None:
    """Hand a draft to review."""
    from bot.usecases.posts.review_post import submit_post

    _say(submit_post(PostId(post_id), actor=operator(), storage=open_house().storage))


def approve(
    post_id: Id,
    content_hash: Annotated[str, typer.Option("--hash", help="What `tongbu post show` prints.")],
    comment: Annotated[str, typer.Option(help="Kept with the step.")] = "",
) -> None:
    """Take the open step of the review; the last one approves. One person takes one step."""
    from bot.usecases.posts.review_post import approve_post

    post = approve_post(
        PostId(post_id),
        content_hash=content_hash,
        actor=operator(),
        storage=open_house().storage,
        comment=comment,
    )
    _say(post)


def give_back(
    post_id: Id, reason: Annotated[str, typer.Option(help="The writer reads it.")]
) -> None:
    """Send a post back to its writer; every step taken is void."""
    from bot.usecases.posts.review_post import return_post

    _say(return_post(PostId(post_id), reason=reason, actor=operator(), tools=open_house().posts))


def comment(post_id: Id, text: Annotated[str, typer.Argument(metavar="TEXT")]) -> None:
    """Say something about a post without deciding."""
    from bot.usecases.posts.review_post import comment_on_post

    comment_on_post(PostId(post_id), text, actor=operator(), storage=open_house().storage)


def _say(post: Post) -> None:
    waits = post.next_step.value if post.next_step and not post.is_approved_as_is else "nobody"
    print_facts([("id", post.id), ("state", post.state), ("waits for", waits)])
