"""A request as a handler sees it: parameters, files and who is asking."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.weibo.errors import Refusal
from bot.sandbox.weibo.records import App, User


@dataclass(frozen=True)
class Upload:
    """A file of a multipart request."""

    filename: str
    body: bytes


@dataclass(frozen=True)
class Call:
    """One request, parsed; query and form parameters are one table, the form wins."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)
    json: Any = None
    """The body of a JSON request, None when it is something else."""
    ip: str = "127.0.0.1"
    host: str = ""
    authorization: str = ""

    @property
    def token(self) -> str:
        """The token from the header ``OAuth2 <token>`` or the parameter; empty when absent."""
        scheme, _, value = self.authorization.partition(" ")
        return value if scheme == "OAuth2" else self.params.get("access_token", "")

    def text(self, name: str, default: str = "") -> str:
        """A parameter, or the default."""
        return self.params.get(name, default)

    def required(self, name: str) -> str:
        """A parameter that must be sent; Refusal 10016 otherwise."""
        if name not in self.params:
            raise Refusal(10016, name)
        return self.params[name]

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; Refusal 10017 when it is something else."""
        value = self.params.get(name, "")
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise Refusal(10017, name) from None


@dataclass(frozen=True)
class Caller:
    """The user a valid token stands for, and the app it was given to."""

    user: User
    app: App


def check_rip(call: Call, rule: str) -> str:
    """The operator's address; Refusal 10016 when absent, 10017 when it is not one."""
    rip = call.required("rip")
    if not is_operator_address(rip, rule):
        raise Refusal(10017, "rip")
    return rip


def is_operator_address(rip: str, rule: str) -> bool:
    """Whether the address passes the rule ``none``, ``address`` or ``public``."""
    if rule == "none":
        return True
    try:
        address = ipaddress.ip_address(rip)
    except ValueError:
        return False
    return rule == "address" or address.is_global
