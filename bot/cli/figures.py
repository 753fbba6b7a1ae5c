"""Why figures of an answer may stand that have no source, at the command line."""

from typing import Annotated

import typer

from bot.domain.posts.checks.facts import facts_in
from bot.domain.replies.unsourced import Unsourced

FiguresReason = Annotated[
    str, typer.Option(help="Why figures, dates and numbers without a source may stand.")
]


def answered_for(text: str, reason: str) -> Unsourced | None:
    """The reason, for whatever figures the text has."""
    figures = tuple(fact.words for fact in facts_in(text))
    return Unsourced(figures, reason) if reason else None
