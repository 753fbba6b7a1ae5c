"""`tongbu account`: official accounts."""

from __future__ import annotations

import os
import secrets
import string
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.office import open_house, operator
from bot.cli.output import AsJson, print_facts, print_json, print_table
from bot.cli.refusing import Refused
from bot.domain.accounts.account import Mode

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.accounts.check import AccountCheck, AccountFinding
    from bot.ports.statistics import AccountLine

app = typer.Typer(help="Official accounts.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The account's name.")]


@app.command()
def add(
    file: Annotated[Path, typer.Argument(help="accounts.toml; its fields are in docs/files.md.")],
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


@app.command()
def change(
    file: Annotated[Path, typer.Argument(help="accounts.toml with the accounts to change.")],
) -> None:
    """Bring accounts in line with a file: a new AppSecret, quiet hours, any option.

    Settings become those of the file or their defaults; options and secrets it does not name
    stay. How an account publishes is changed by go-live, whether it is enabled too.
    """
    from bot.cli.account_file import read_account_file
    from bot.usecases.accounts.change_account import change_account

    house = open_house()
    for entry in read_account_file(file, ids=house.ids):
        different = change_account(
            entry.account,
            entry.secrets,
            actor=operator(),
            storage=house.storage,
            vault=house.vault,
        )
        typer.echo(f"{entry.account.name}: {', '.join(different) or 'nothing changed'}")


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
def show(name: Name, as_json: AsJson = False) -> None:
    """One account: how it publishes, and what its platform tells of the last 30 days."""
    from bot.cli.statistics import first_day
    from bot.usecases.accounts.check_account import account_named

    house = open_house()
    with house.storage.begin() as uow:
        account = account_named(uow, name)
        checked = uow.accounts.last_check(account.id)
    lines = house.storage.overview().account_lines(since=first_day(30))
    told = next((line for line in lines if line.account_id == account.id), None)
    if as_json:
        print_json({"account": account, "check": checked, "figures": told})
        return
    print_facts(
        [
            ("id", account.id),
            ("account", account.name),
            ("platform", account.platform),
            ("mode", account.mode),
            ("verified", account.verified),
            ("enabled", account.enabled),
            ("stopped", account.stopped),
            ("checked", checked.at if checked else "never"),
            ("faults", [fault.what for fault in checked.faults] if checked else ()),
            *(_told(told) if told else ()),
        ]
    )


def _told(line: AccountLine) -> list[tuple[str, object]]:
    return [
        ("followers", line.followers),
        ("came and left", "" if line.gained is None else f"+{line.gained} -{line.lost}"),
        ("change in 30 days", "" if line.net is None else f"{line.net:+}"),
        ("articles", line.articles),
        ("figures until", line.through),
        ("no figures because", line.finding.what if line.finding else ""),
    ]


@app.command()
def check(
    name: Name,
    mode: Annotated[Mode | None, typer.Option(help="For this mode instead of its own.")] = None,
    last: Annotated[bool, typer.Option("--last", help="Show the last check; ask nobody.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask the platform whether the account can do what its mode needs; 1 if it cannot."""
    from bot.usecases.accounts.check_account import check_account

    house = open_house()
    found = (
        _last_check(name, house) if last else check_account(name, tools=house.publishing, mode=mode)
    )
    if as_json:
        print_json(found)
    else:
        print_facts([("account", name), ("mode", found.mode), ("checked", found.at)])
        print_table(
            ("", "finding", "next step", "who"),
            [(_mark(f), f.what, f.next_step, f.who) for f in found.findings],
        )
    if not found.passed:
        raise typer.Exit(1)


@app.command("go-live")
def go_live(
    name: Name,
    mode: Annotated[Mode | None, typer.Option(help="Switch to this mode.")] = None,
    despite_faults: Annotated[
        bool, typer.Option("--despite-faults", help="You know better; the audit keeps it.")
    ] = False,
) -> None:
    """Enable an account, in another mode if you like, once its check has passed."""
    from bot.usecases.accounts.go_live import go_live

    live = go_live(
        name,
        actor=operator(),
        tools=open_house().publishing,
        mode=mode,
        despite_faults=despite_faults,
    )
    typer.echo(f"{live.name}: {live.mode.value}")


@app.command()
def connect(
    name: Name,
    code: Annotated[
        str, typer.Option(help="The code that came back, or the whole address; asked for if not.")
    ] = "",
    print_only: Annotated[
        bool, typer.Option("--print-only", help="Print the address; the console takes the code.")
    ] = False,
) -> None:
    """Let whoever holds the account consent on its platform, and keep the token that follows.

    Open the printed address in a browser in which the account itself is logged in. Where the
    browser is sent back to afterwards must be registered with the platform letter by letter.
    """
    from bot.usecases.accounts.connect_account import ask_for_consent, connect_account

    tools = open_house().connecting
    if not code:
        typer.echo(ask_for_consent(name, actor=operator(), tools=tools))
    if print_only:
        return
    given = code or typer.prompt("Code, or the whole address the browser was sent to")
    found = connect_account(name, given, actor=operator(), tools=tools)
    print_facts(
        [
            ("account", name),
            ("authorised until", found.expires_at),
            ("posts that go on", found.resumed_posts),
        ]
    )
    if found.is_test_level:
        typer.echo("The token lives one day only: the app has not passed its review.", err=True)


@app.command()
def confirm(
    name: Name,
    item: Annotated[str, typer.Argument(help="The item's name; none lists them.")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="It holds no longer.")] = False,
) -> None:
    """Tick off what only a person can see on the platform before the account goes live."""
    from bot.domain.accounts.checklist import checklist_of, confirmed_by
    from bot.usecases.accounts.check_account import account_named
    from bot.usecases.accounts.confirm_account import confirm_item

    house = open_house()
    if item:
        confirm_item(name, item, seen=not withdraw, actor=operator(), storage=house.storage)
    with house.storage.begin() as uow:
        account = account_named(uow, name)
    print_table(
        ("item", "what", "confirmed"),
        [(one.name, one.sentence, confirmed_by(account, one)) for one in checklist_of(account)],
    )


@app.command()
def collect(
    name: Name,
    basis: Annotated[str, typer.Option(help="The legal basis: contract, number, term.")] = "",
    end: Annotated[bool, typer.Option("--end", help="Collect no longer.")] = False,
) -> None:
    """Begin to read and keep comments and mentions, on a legal basis that the audit keeps."""
    from bot.usecases.accounts.confirm_account import record_legal_basis

    if bool(basis.strip()) is end:
        raise Refused("write the legal basis: --basis TEXT; or --end to collect no longer")
    record_legal_basis(name, basis, actor=operator(), storage=open_house().storage)
    typer.echo(f"{name}: {'collecting' if basis else 'not collecting'}")


@app.command()
def resume(name: Name) -> None:
    """Say that the platform has let the account go again: what waited for it goes on."""
    from bot.usecases.accounts.end_trouble import resume_account

    posts = resume_account(name, actor=operator(), storage=open_house().storage)
    typer.echo(f"{name}: {posts} held posts go on")


@app.command()
def speed(
    name: Name,
    to: Annotated[int | None, typer.Option(help="Set it: 0 (fastest) to 4.")] = None,
) -> None:
    """How fast the account sends to its followers."""
    from bot.usecases.accounts.mass_speed import mass_speed, set_mass_speed

    house = open_house()
    if to is not None:
        set_mass_speed(name, to, actor=operator(), tools=house.aftercare)
    typer.echo(mass_speed(name, actor=operator(), tools=house.aftercare))


@app.command("rotate-key")
def rotate_key(
    name: Name,
    token: Annotated[str, typer.Option(help="The new callback Token, as env:NAME.")] = "",
    aes_key: Annotated[str, typer.Option(help="The new EncodingAESKey, as env:NAME.")] = "",
    keep_hours: Annotated[float, typer.Option(help="How long the old ones are taken.")] = 24.0,
) -> None:
    """Take pushes under a new Token and EncodingAESKey, and under the old ones for a while.

    Without either, both are made and printed once. Save them in the platform's console before
    the old ones end; no push is refused meanwhile.
    """
    from datetime import timedelta

    from bot.usecases.accounts.rotate_callback_key import rotate_callback_key

    house = open_house()
    is_made = not (token or aes_key)
    new_token = _fresh(32) if is_made else _from_environment("token", token)
    new_key = _fresh(43) if is_made else _from_environment("aes-key", aes_key)
    until = rotate_callback_key(
        name,
        token=new_token,
        aes_key=new_key,
        keep=timedelta(hours=keep_hours),
        actor=operator(),
        storage=house.storage,
        vault=house.vault,
    )
    made = [("token", new_token), ("aes key", new_key)] if is_made else []
    print_facts([("account", name), *made, ("old ones until", until)])


def _fresh(characters: int) -> str:
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _ in range(characters))


def _from_environment(option: str, given: str) -> str:
    """A command line is seen by everybody on the machine: secrets come by a variable's name."""
    if not given:
        return ""
    variable = given.removeprefix("env:")
    if variable == given or not os.environ.get(variable):
        raise Refused(f"--{option}: write env:NAME and set that variable")
    return os.environ[variable]


def _last_check(name: str, house: House) -> AccountCheck:
    from bot.usecases.accounts.check_account import account_named

    with house.storage.begin() as uow:
        found = uow.accounts.last_check(account_named(uow, name).id)
    if found is None:
        raise Refused(f"account {name}: never checked; run: tongbu account check {name}")
    return found


def _mark(finding: AccountFinding) -> str:
    if not finding.ok:
        return "ILL"
    return "note" if finding.warning else "ok"


def _refuse_taken_names(names: list[str]) -> None:
    """All or none: half a file added is hard to repeat."""
    with open_house().storage.begin() as uow:
        taken = [name for name in names if uow.accounts.by_name(name) is not None]
    if taken:
        raise Refused(*(f"accounts {name}: there is an account of this name" for name in taken))
