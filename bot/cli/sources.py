"""`tongbu source`: where releases come from."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.domain.ids import SourceId
from bot.domain.releases.source import Source, SourceKind, Trust

app = typer.Typer(help="Where releases come from.", no_args_is_help=True)


@app.command()
def add(
    *,
    source_id: Annotated[str, typer.Argument(metavar="ID", help="A short name for programs.")],
    kind: Annotated[SourceKind, typer.Option(help="How releases arrive.")],
    name: Annotated[str, typer.Option(help="Its name as staff see it.")] = "",
    address: Annotated[str, typer.Option(help="The folder, or the feed's address.")] = "",
    trust: Annotated[
        Trust, typer.Option(help="Whether its own approval is enough.")
    ] = Trust.NEEDS_APPROVAL,
    issuing_body: Annotated[
        str, typer.Option(help="Issuing body of releases that name none.")
    ] = "",
) -> None:
    """Add a source; folders and feeds are read by the worker from now on."""
    from bot.usecases.releases.add_source import add_source

    if kind is SourceKind.FOLDER and address:
        address = str(Path(address).absolute())
    source = Source(
        SourceId(source_id),
        name or source_id,
        kind,
        trust,
        address=address,
        default_issuing_body=issuing_body,
    )
    add_source(source, actor=operator(), storage=open_house().storage)
    typer.echo(source.id)


@app.command("list")
def list_sources(as_json: AsJson = False) -> None:
    """Every source, and what its approval is worth."""
    with open_house().storage.begin() as uow:
        sources = uow.sources.all()
    if as_json:
        print_json(sources)
        return
    print_table(
        ("id", "name", "kind", "trust", "address", "enabled"),
        [(s.id, s.name, s.kind, s.trust, s.address, s.enabled) for s in sources],
    )
