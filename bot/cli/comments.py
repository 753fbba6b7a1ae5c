"""`tongbu comment`: what readers write under articles, and who may."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.domain.ids import PostId, ReplyId
from bot.usecases.replies.moderate_comment import CommentDeed

app = typer.Typer(help="Comments under what was published.", no_args_is_help=True)

Comment = Annotated[str, typer.Argument(metavar="ID", help="The comment: a reply's id.")]
Post = Annotated[str, typer.Argument(metavar="POST", help="The post's id.")]
Article = Annotated[int, typer.Option(min=0, help="One article of it, from 1; 0 means all.")]


@app.command()
def select(comment: Comment) -> None:
    """Show a comment to all readers (精选)."""
    _do(comment, CommentDeed.SELECT)


@app.command()
def unselect(comment: Comment) -> None:
    """Show it no longer."""
    _do(comment, CommentDeed.UNSELECT)


@app.command()
def delete(comment: Comment) -> None:
    """Delete a comment on the platform; what we stored of it stays."""
    _do(comment, CommentDeed.DELETE)


@app.command("delete-answer")
def delete_answer(comment: Comment) -> None:
    """Delete our word under a comment; another can be written then."""
    _do(comment, CommentDeed.DELETE_ANSWER)


@app.command("open")
def open_them(post: Post, article: Article = 0) -> None:
    """Let readers comment on a public post."""
    from bot.usecases.replies.open_comments import open_comments

    tools = open_house().correspondence
    open_comments(PostId(post), actor=operator(), tools=tools, article=article)
    typer.echo("open")


@app.command("close")
def close_them(post: Post, article: Article = 0) -> None:
    """Let nobody comment any more; what is there stays."""
    from bot.usecases.replies.open_comments import close_comments

    tools = open_house().correspondence
    close_comments(PostId(post), actor=operator(), tools=tools, article=article)
    typer.echo("closed")


def _do(comment: str, deed: CommentDeed) -> None:
    from bot.usecases.replies.moderate_comment import moderate_comment

    tools = open_house().correspondence
    moderate_comment(ReplyId(comment), deed, actor=operator(), tools=tools)
    typer.echo(f"{comment}  {deed.value.replace('_', '-')} done")
