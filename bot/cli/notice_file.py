"""channels.toml: channels of notices as an operator writes them down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.cli.refusing import Refused
from bot.cli.toml_tables import Fields, tables_of
from bot.domain.notices.channel import ChannelKind, NoticeChannel
from bot.domain.notices.condition import ConditionKind
from bot.domain.people import Role
from bot.ports.clock import Ids

E = TypeVar("E", Role, ConditionKind)
ENVIRONMENT = "env:"
SECRETS = ("url", "secret", "user", "password")
"""Sealed before they are stored; may be written as `env:NAME`. A robot's address is a secret:
whoever has it writes to the group."""
OPTIONS = ("host", "port", "security", "sender", "keyword")
REQUIRED = {
    ChannelKind.WECOM: ("url",),
    ChannelKind.DINGTALK: ("url",),
    ChannelKind.FEISHU: ("url",),
    ChannelKind.EMAIL: ("host", "sender", "to"),
}
SECURITIES = ("tls", "starttls", "none")
_KNOWN = ("name", "kind", "roles", "kinds", "people", "to", *SECRETS, *OPTIONS)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class ChannelEntry:
    """A channel of the file, with its secrets beside it."""

    channel: NoticeChannel
    secrets: Mapping[str, str] = field(repr=False)


def read_notice_file(
    path: Path, *, ids: Ids, environment: Mapping[str, str] = os.environ
) -> tuple[ChannelEntry, ...]:
    """Every channel of the file.

    Raises:
        Refused: with one sentence for every fault of the file.
    """
    faults: list[str] = []
    entries = [_entry(fields, ids, environment) for fields in tables_of(path, "channel", faults)]
    if faults:
        raise Refused(*faults)
    return tuple(entry for entry in entries if entry is not None)


def _entry(fields: Fields, ids: Ids, environment: Mapping[str, str]) -> ChannelEntry | None:
    fields.refuse_unknown(_KNOWN)
    kind = fields.choice("kind", ChannelKind)
    name = fields.required("name")
    roles, kinds = _names(fields, "roles", Role), _names(fields, "kinds", ConditionKind)
    if not roles and not kinds:
        fields.fault("roles", "say whose matters it carries, or name kinds: nobody would be told")
    secrets = {key: _secret(fields, key, environment) for key in SECRETS if fields.has(key)}
    options = {key: fields.text(key) for key in OPTIONS if fields.has(key)}
    if fields.has("to"):
        options["to"] = ", ".join(fields.texts("to"))
    if kind is None:
        return None
    for key in REQUIRED[kind]:
        if not (secrets.get(key) or options.get(key)):
            fields.fault(key, "missing")
    _check(fields, secrets, options)
    channel = NoticeChannel(
        id=ids.new("nch"),
        name=name,
        kind=kind,
        roles=frozenset(roles),
        kinds=frozenset(kinds),
        people=fields.texts("people"),
        options=options,
    )
    return ChannelEntry(channel, secrets)


def _check(fields: Fields, secrets: Mapping[str, str], options: Mapping[str, str]) -> None:
    url = secrets.get("url", "")
    place = urlsplit(url)
    if url and place.scheme != "https" and place.hostname not in _LOOPBACK:
        fields.fault("url", "must begin with https://")
    if not options.get("port", "1").isdigit():
        fields.fault("port", "must be a whole number")
    if options.get("security", "tls") not in SECURITIES:
        fields.fault("security", f"one of {', '.join(SECURITIES)}")


def _names(fields: Fields, name: str, kinds: type[E]) -> list[E]:
    known = {kind.value: kind for kind in kinds}
    wanted = fields.texts(name)
    for stranger in (one for one in wanted if one not in known):
        fields.fault(name, f"{stranger!r} is not one of {', '.join(known)}")
    return [known[one] for one in wanted if one in known]


def _secret(fields: Fields, name: str, environment: Mapping[str, str]) -> str:
    written = fields.text(name).strip()
    if not written.startswith(ENVIRONMENT):
        return written
    variable = written.removeprefix(ENVIRONMENT)
    if not environment.get(variable):
        fields.fault(name, f"the environment has no {variable}")
    return environment.get(variable, "")
