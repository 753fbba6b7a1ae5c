"""`tongbu token`: bearer tokens of release systems."""

from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.ids import ApiTokenId, SourceId

app = typer.Typer(help="Bearer tokens of release systems.", no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What the token is for.")],
    source: Annotated[str, typer.Option(help="The id of the source it hands in for.")],
) -> None:
    """Make a token and print it: it is shown this once, and stored hashed."""
    from bot.usecases.people.api_tokens import issue_token

    house = open_house()
    token, secret = issue_token(
        name, SourceId(source), actor=operator(), storage=house.storage, ids=house.ids
    )
    typer.echo(f"{token.id}: keep this now, it is not shown again", err=True)
    typer.echo(secret)


@app.command("list")
def list_tokens(as_json: AsJson = False) -> None:
    """Every token, living or revoked; never the secret."""
    with open_house().storage.begin() as uow:
        tokens = uow.people.tokens()
    rows = [
        {
            "id": token.id,
            "name": token.name,
            "source": token.source,
            "created_at": token.created_at,
            "revoked_at": token.revoked_at,
        }
        for token in tokens
    ]
    if as_json:
        print_json(rows)
    else:
        columns = ("id", "name", "source", "created", "revoked")
        print_table(columns, [tuple(row.values()) for row in rows])


@app.command()
def revoke(token_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Refuse requests with this token from now on."""
    from bot.usecases.people.api_tokens import revoke_token

    house = open_house()
    token = revoke_token(ApiTokenId(token_id), actor=operator(), storage=house.storage)
    typer.echo(f"revoked: {token.name}")
