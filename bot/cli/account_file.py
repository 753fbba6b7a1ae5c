"""accounts.toml: official accounts as an operator writes them down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.cli.refusing import Refused
from bot.cli.toml_tables import Fields, tables_of
from bot.domain.accounts.account import (
    MODES_OF,
    PUBLISHING_PLATFORMS,
    Account,
    Mode,
    PlatformName,
    QuietHours,
)
from bot.domain.accounts.entry import REQUIRED
from bot.domain.accounts.said_by_people import said_by_people
from bot.domain.ids import AccountId
from bot.domain.posts.review import PostApproval
from bot.ports.clock import Ids

SECRETS = (
    "app_secret",
    "token",
    "token_previous",
    "aes_key",
    "aes_key_previous",
    "access_token",
    "fan_service_secret",
)
"""Sealed before they are stored; may be written as `env:NAME`."""

OPTIONS = (
    "kind",
    "app_id",
    "app_key",
    "uid",
    "redirect_uri",
    "rip",
    "callback_mode",
    "keys_previous_until",
    "public_base",
    "theme",
    "colour",
    "author",
    "staff_line",
    "topic",
    "home_url",
    "mentions",
    "long_text",
)
"""The platform's own settings that are one text each; any other goes under `options`."""

LISTED_OPTIONS = ("safe_domains", "relay_hosts", "link_domains")
_REST = (
    "name",
    "platform",
    "mode",
    "route",
    "verified",
    "comment_privilege",
    "quota_profile",
    "quiet_hours",
    "api_base",
    "production",
    "enabled",
    "least_review",
    "options",
)
ENVIRONMENT = "env:"


@dataclass(frozen=True)
class AccountEntry:
    """An account of the file, with its secrets beside it."""

    account: Account
    secrets: Mapping[str, str] = field(repr=False)


def read_account_file(
    path: Path, *, ids: Ids, environment: Mapping[str, str] = os.environ
) -> tuple[AccountEntry, ...]:
    """Every account of the file.

    Raises:
        Refused: naming every fault; none of the accounts can be used then.
    """
    faults: list[str] = []
    tables = tables_of(path, "accounts", faults)
    entries = [_entry(table, ids, environment) for table in tables]
    names = [entry.account.name for entry in entries if entry]
    faults += [
        f"accounts {n}: two have this name" for n in sorted(set(names)) if names.count(n) > 1
    ]
    if faults:
        raise Refused(*faults)
    return tuple(entry for entry in entries if entry)


def _entry(table: Fields, ids: Ids, environment: Mapping[str, str]) -> AccountEntry | None:
    table.refuse_unknown({*SECRETS, *OPTIONS, *LISTED_OPTIONS, *_REST})
    name = table.required("name")
    platform = table.choice("platform", PlatformName)
    if platform is not None and platform not in PUBLISHING_PLATFORMS:
        table.fault("platform", f"{platform} is for imported replies only")
        platform = None
    mode = _mode(table, platform)
    secrets = _secrets(table, environment)
    options = _options(table)
    api_base = _api_base(table)
    quiet_hours = _quiet_hours(table)
    for needed in REQUIRED.get(platform, ()) if platform else ():
        if not (options.get(needed) or table.has(needed)):
            table.fault(needed, f"missing; {platform} needs it")
    facts: dict[str, Any] = {
        "verified": table.flag("verified", True),
        "comment_privilege": table.flag("comment_privilege", False),
        "quota_profile": table.text("quota_profile", "documented"),
        # An account with an address of its own is one of the sandbox unless it says otherwise.
        "production": table.flag("production", not api_base),
        "enabled": table.flag("enabled", True),
        "least_review": table.choice("least_review", PostApproval, PostApproval.RELEASE)
        or PostApproval.RELEASE,
    }
    if platform is None or mode is None:
        return None
    account = Account(
        id=AccountId(ids.new("acc")),
        name=name,
        platform=platform,
        mode=mode,
        quiet_hours=quiet_hours,
        api_base=api_base,
        options=options,
        **facts,
    )
    return AccountEntry(account, secrets)


def _mode(table: Fields, platform: PlatformName | None) -> Mode | None:
    """WeChat says mode, Weibo says route; both are read on either."""
    if table.has("mode") and table.has("route"):
        table.fault("route", "mode and route are the same thing; keep one")
    mode = table.choice("route" if table.has("route") else "mode", Mode)
    if platform is not None and mode is not None and mode not in MODES_OF[platform]:
        known = ", ".join(sorted(MODES_OF[platform]))
        table.fault("mode", f"{platform} has no {mode.value!r}; one of {known}")
    return mode


def _secrets(table: Fields, environment: Mapping[str, str]) -> dict[str, str]:
    found = {}
    for name in SECRETS:
        if not table.has(name):
            continue
        value = table.text(name)
        if value.startswith(ENVIRONMENT):
            variable = value.removeprefix(ENVIRONMENT)
            value = environment.get(variable, "")
            if not value:
                table.fault(name, f"the environment has no {variable}")
        if value:
            found[name] = value
    return found


def _options(table: Fields) -> dict[str, str]:
    found = {name: table.text(name) for name in OPTIONS if table.has(name)}
    for name in LISTED_OPTIONS:
        if table.has(name):
            found[name] = " ".join(table.texts(name))
    rest = table.strings("options")
    for name in filter(said_by_people, rest):
        table.fault(
            "options",
            f"{name} is a person's word: tongbu account collect or confirm keeps who said it",
        )
    return found | rest


def _api_base(table: Fields) -> dict[str, str]:
    """One address, or one for each host role."""
    given = (
        table.strings("api_base") if table.is_table("api_base") else {"api": table.text("api_base")}
    )
    for address in filter(None, given.values()):
        if urlsplit(address).scheme not in {"http", "https"}:
            table.fault("api_base", f"{address!r} must begin with https:// or http://")
    return {role: address for role, address in given.items() if address}


def _quiet_hours(table: Fields) -> QuietHours | None:
    """Two times of day: `["22:00", "07:00"]`, or "22:00-07:00"."""
    if not table.has("quiet_hours"):
        return None
    given = table.texts("quiet_hours")
    parts = given[0].split("-") if len(given) == 1 else list(given)
    times = Fields(dict(zip(("start", "end"), parts, strict=False)), "", [])
    start, end = times.clock_time("start"), times.clock_time("end")
    if len(parts) != 2 or start is None or end is None:
        table.fault("quiet_hours", 'write two times of day: "22:00-07:00"')
        return None
    return QuietHours(start, end)
