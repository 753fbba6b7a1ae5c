"""`tongbu doctor`: is everything there that a release day needs?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from bot.cli.office import read_settings
from bot.cli.output import AsJson, print_json, print_table
from bot.cli.refusing import EXPECTED, Refused
from bot.domain.publishing.quiet import kept_until
from bot.domain.releases.fast_lane import clocks_of, next_overdue

if TYPE_CHECKING:
    from bot.bootstrap import House
    from bot.domain.accounts.account import Account
    from bot.ports.heartbeats import Pulse

OLDEST_HEARTBEAT_SECONDS = 30.0
OVERDUE_SECONDS = 60.0


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    part: str
    ok: bool
    what: str
    next_step: str = ""


def add_to(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command()(doctor)


def doctor(as_json: AsJson = False) -> None:
    """Look at settings, database, broker, worker, beat and every account; 1 if anything is ill."""
    findings = tuple(examine())
    if as_json:
        print_json({"ok": all(f.ok for f in findings), "findings": findings})
    else:
        print_table(
            ("", "part", "finding", "next step"),
            [("ok" if f.ok else "ILL", f.part, f.what, f.next_step) for f in findings],
        )
    if not all(f.ok for f in findings):
        raise typer.Exit(1)


def examine() -> Iterator[Finding]:
    """Every finding, most basic first; what cannot be looked at without it is left out."""
    from bot.bootstrap import build_house

    try:
        settings = read_settings()
    except Refused as refused:
        yield from (Finding("settings", False, sentence) for sentence in refused.sentences)
        return
    yield Finding("settings", True, f"home {settings.home}")
    house = build_house(settings)
    database = _database(house)
    yield database
    yield from _processes(house)
    if database.ok:
        yield _overdue(house)
        yield from _stops(house)
        yield from _duty(house)
        yield from _accounts(house)


def _database(house: House) -> Finding:
    try:
        with house.storage.begin() as uow:
            uow.accounts.all()
            uow.requests.answer_to("doctor", "doctor")
            uow.audit.records(limit=1)
    except EXPECTED as error:
        return Finding("database", False, str(error), "run: tongbu db upgrade")
    kind = "SQLite" if house.settings.database_url.startswith("sqlite") else "PostgreSQL"
    return Finding("database", True, f"{kind} answers and has the tables")


def _processes(house: House) -> Iterator[Finding]:
    from bot.ports.heartbeats import BEAT, WORKER

    if not house.heartbeats.broker_answers():
        start = "start it, or everything together: tongbu serve"
        yield Finding("broker", False, "does not answer", start)
        return
    yield Finding("broker", True, "answers")
    for role in (WORKER, BEAT):
        pulses = house.heartbeats.pulses(role)
        if not pulses:
            yield Finding(role, False, "no sign of life", f"start it: tongbu {role}")
        yield from (_pulse(role, pulse) for pulse in pulses)


def _pulse(role: str, pulse: Pulse) -> Finding:
    alive = pulse.age_seconds <= OLDEST_HEARTBEAT_SECONDS
    serves = f", serves {', '.join(sorted(pulse.queues))}" if pulse.queues else ""
    what = f"{pulse.process}: last sign of life {pulse.age_seconds:.0f} s ago{serves}"
    return Finding(role, alive, what, "" if alive else f"start it again: tongbu {role}")


def _overdue(house: House) -> Finding:
    overdue = house.storage.overview().overdue(seconds=OVERDUE_SECONDS)
    what = f"{overdue} deliveries due for more than {OVERDUE_SECONDS:.0f} s"
    return Finding("work", overdue == 0, what, "" if overdue == 0 else "see: tongbu post list")


def _stops(house: House) -> Iterator[Finding]:
    with house.storage.begin() as uow:
        if uow.stops.everything_is_stopped():
            yield Finding(
                "stop", False, "all publishing is stopped", "when it may go on: tongbu lift"
            )


def _duty(house: House) -> Iterator[Finding]:
    """What somebody on duty must look at."""
    now = house.clock.now()
    for row in house.storage.overview().outages(limit=20):
        if row.posts and row.outage.settled_by is None:
            what = f"{row.outage.seconds:.0f} s without a tick touched {len(row.posts)} posts"
            yield Finding("outage", False, what, f"see: tongbu outage show {row.outage.id}")
    with house.storage.begin() as uow:
        lanes = [(one, uow.posts.of_release(one.id)) for one in uow.releases.emergencies()]
        quiet = kept_until(uow.quiet_periods.newest(), now)
    for release, posts in lanes:
        overdue = next_overdue(clocks_of(release, posts), now)
        if overdue is not None and release.released_at is None:
            what = f"{release.id}: {overdue.stage} is overdue"
            yield Finding("emergency", False, what, "see: tongbu emergency list")
    if quiet is not None:
        yield Finding("quiet", True, f"until {quiet.until:%Y-%m-%d %H:%M} UTC: {quiet.reason}")


def _accounts(house: House) -> Iterator[Finding]:
    with house.storage.begin() as uow:
        accounts = [account for account in uow.accounts.all() if account.enabled]
    if not accounts:
        yield Finding("accounts", True, "none yet", "add some: tongbu account add FILE")
    for account in accounts:
        yield from account_findings(account, house)


def account_findings(account: Account, house: House) -> Iterator[Finding]:
    """What the platform says of one account."""
    part = f"account {account.name}"
    if account.stopped:
        yield Finding(part, False, "stopped", f"when it may go on: tongbu lift {account.name}")
    try:
        with house.storage.begin() as uow:
            access = house.publishing.access(uow, account)
            trouble = uow.accounts.trouble(account.id)
        if trouble is not None:
            resume = f"when it may go on: tongbu account resume {account.name}"
            yield Finding(part, False, trouble.in_words, resume)
        found = house.platforms.adapters[account.platform].check(access)
    except EXPECTED as error:
        yield Finding(part, False, str(error))
        return
    yield from (Finding(part, one.ok, one.what, one.next_step) for one in found)
