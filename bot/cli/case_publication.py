"""`tongbu case publish`: what the public may read of a case."""

from typing import Annotated

import typer

from bot.cli.case_naming import CaseArgument, id_of
from bot.cli.office import open_house, operator
from bot.cli.output import print_facts


def add_to(app: typer.Typer) -> None:
    """The commands beside those of cases."""
    app.command()(publish)
    app.command()(unpublish)


def publish(
    case: CaseArgument,
    question: Annotated[str, typer.Option(help="In place of the asker's words.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Publish what is shown, unasked.")] = False,
) -> None:
    """Show the masked question and answer, and publish them once you agree."""
    from bot.usecases.cases.publish_answer import preview_publication, publish_answer

    house, actor = open_house(), operator()
    found, shown = preview_publication(
        id_of(case, house), question=question, actor=actor, tools=house.cases
    )
    print_facts([("question", shown.question), ("answer", shown.answer)])
    if not yes:
        typer.confirm("Is nothing personal left in it? Publish?", abort=True)
    publish_answer(found.id, seen=found.version, question=question, actor=actor, tools=house.cases)
    typer.echo(f"published at {house.settings.public_url}/wenda/{found.id}")


def unpublish(
    case: CaseArgument,
    reason: Annotated[str, typer.Option(help="Why; kept in the history.")] = "",
) -> None:
    """Take a published answer away."""
    from bot.usecases.cases.publish_answer import unpublish_answer

    house = open_house()
    found = id_of(case, house)
    unpublish_answer(found, reason=reason, actor=operator(), tools=house.cases)
    typer.echo(f"{case}: no longer published")
