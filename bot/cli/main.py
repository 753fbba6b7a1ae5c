"""The command `tongbu`: one file a noun; what is heavy is imported by the command that needs it."""

import typer

from bot.cli import (
    accounts,
    audit,
    cases,
    comments,
    database,
    departments,
    deputies,
    doctor,
    emergencies,
    menus,
    notices,
    outages,
    posts,
    processes,
    questions,
    quiet,
    releases,
    replies,
    reviewing,
    rollouts,
    rules,
    sources,
    statistics,
    stops,
    suggestions,
    tokens,
    topics,
    users,
)
from bot.cli.refusing import RefusingGroup

NOUNS = {
    "account": accounts.app,
    "audit": audit.app,
    "case": cases.app,
    "comment": comments.app,
    "db": database.app,
    "department": departments.app,
    "deputy": deputies.app,
    "emergency": emergencies.app,
    "menu": menus.app,
    "notice": notices.app,
    "outage": outages.app,
    "post": posts.app,
    "quiet": quiet.app,
    "question": questions.app,
    "release": releases.app,
    "reply": replies.app,
    "rollout": rollouts.app,
    "rule": rules.app,
    "source": sources.app,
    "statistics": statistics.app,
    "suggest": suggestions.app,
    "token": tokens.app,
    "topic": topics.app,
    "user": users.app,
}

EPILOG = "Exit status: 0 done, 1 refused with the reason on stderr, 2 wrong usage."


def build_app() -> typer.Typer:
    """All commands."""
    app = typer.Typer(
        cls=RefusingGroup,
        help="Tongbu (同步) publishes policy releases on official accounts, exactly once.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    processes.add_to(app)
    doctor.add_to(app)
    database.add_to(app)
    stops.add_to(app)
    reviewing.add_to(posts.app)
    for noun, commands in NOUNS.items():
        app.add_typer(commands, name=noun)
    return app


def main() -> None:
    """The console script."""
    build_app()(prog_name="tongbu")
