"""`tongbu audit`: the chain of everything people changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house
from bot.cli.output import AsJson, print_json
from bot.cli.refusing import Refused

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.audit import AuditRecord

app = typer.Typer(help="The chain of everything people changed.", no_args_is_help=True)

AT_ONCE = 1000


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check every record; prints the last hash, to be compared with one kept elsewhere."""
    from bot.domain.audit import GENESIS, first_broken
    from bot.vault.keys import Purpose, derive

    house = open_house()
    chain = list(_records(house))
    broken = first_broken(chain, derive(house.settings.secret_key, Purpose.AUDIT))
    last = chain[-1].hash if chain else GENESIS
    if as_json:
        print_json({"ok": broken is None, "records": len(chain), "broken": broken, "last": last})
    elif broken is None:
        typer.echo(f"{len(chain)} records verify; the last hash is {last}")
    if broken is not None:
        raise Refused(f"record {broken} does not verify: it, or what stood before it, was changed")


@app.command()
def export(
    out: Annotated[Path, typer.Option(help="The file to write, one JSON object a line.")],
) -> None:
    """Write all records to a file that is not there yet."""
    from bot.domain.canonical import canonical_json

    if out.exists():
        raise Refused(f"{out} is there already; name a new file")
    count = 0
    with out.open("w", encoding="utf-8") as file:
        for record in _records(open_house()):
            file.write(canonical_json(record) + "\n")
            count += 1
    typer.echo(f"{count} records in {out}")


def _records(house: House) -> Iterator[AuditRecord]:
    after = 0
    while True:
        with house.storage.begin() as uow:
            chunk = uow.audit.records(after=after, limit=AT_ONCE)
        if not chunk:
            return
        yield from chunk
        after = chunk[-1].sequence
