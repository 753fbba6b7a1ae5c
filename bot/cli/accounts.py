"""`tongbu account`: official accounts."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_json, print_table
from bot.cli.refusing import Refused

app = typer.Typer(help="Official accounts.", no_args_is_help=True)


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="accounts.toml with one [[accounts]] each.")],
) -> None:
    """Add the accounts of a file, their secrets sealed; a name that is there already is refused."""
    from bot.cli.account_file import read_account_file
    from bot.usecases.accounts.add_account import add_account

    house = open_house()
    entries = read_account_file(file, ids=house.ids)
    _refuse_taken_names([entry.account.name for entry in entries])
    for entry in entries:
        add_account(
            entry.account,
            entry.secrets,
            actor=operator(),
            storage=house.storage,
            vault=house.vault,
        )
        typer.echo(f"{entry.account.id}  {entry.account.name}")


@app.command("list")
def list_accounts(as_json: AsJson = False) -> None:
    """Every account with its work; never its secrets."""
    rows = open_house().storage.overview().accounts()
    if as_json:
        print_json(rows)
        return
    print_table(
        (
            "id",
            "name",
            "platform",
            "mode",
            "enabled",
            "stopped",
            "last published",
            "waiting",
            "held",
        ),
        [
            (
                row.id,
                row.name,
                row.platform,
                row.mode,
                row.enabled,
                row.stopped,
                row.last_published_at,
                row.waiting,
                row.held,
            )
            for row in rows
        ],
    )


@app.command()
def check(
    name: Annotated[str, typer.Argument(help="The account's name.")], as_json: AsJson = False
) -> None:
    """Ask the platform whether the account can do what its mode needs."""
    from bot.cli.doctor import account_findings
    from bot.domain.errors import NotFound

    house = open_house()
    with house.storage.begin() as uow:
        account = uow.accounts.by_name(name)
    if account is None:
        raise NotFound("账号", name)
    findings = tuple(account_findings(account, house))
    if as_json:
        print_json(findings)
    else:
        print_table(
            ("", "finding", "next step"),
            [("ok" if f.ok else "ILL", f.what, f.next_step) for f in findings],
        )
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)


def _refuse_taken_names(names: list[str]) -> None:
    """All or none: half a file added is hard to repeat."""
    with open_house().storage.begin() as uow:
        taken = [name for name in names if uow.accounts.by_name(name) is not None]
    if taken:
        raise Refused(*(f"accounts {name}: there is an account of this name" for name in taken))
