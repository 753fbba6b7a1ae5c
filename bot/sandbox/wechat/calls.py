"""A request as the handlers see it: whose it is, its parameters, body and files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.wechat.errors import Refusal
from bot.sandbox.wechat.state import Account

ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True)
class Part:
    """A file of a multipart body."""

    filename: str
    data: bytes


@dataclass(frozen=True)
class Binary:
    """An answer that is a file."""

    data: bytes
    content_type: str
    filename: str


@dataclass(frozen=True)
class ApiCall:
    """One authorised request. `note` adds a remark to the journal."""

    account: Account
    path: str
    query: Mapping[str, str]
    body: Mapping[str, Any]
    parts: Mapping[str, Part]
    form: Mapping[str, str]
    note: Callable[[str, Any], None] = field(default=lambda _key, _value: None)

    def text(self, key: str, missing: int = 40035) -> str:
        """Return a string (or number, as string) of the body.

        Raises:
            Refusal: `missing` when it is absent or something else.
        """
        value = self.body.get(key)
        if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
            raise Refusal(missing)
        return str(value)

    def number(self, key: str, default: int | None = None, refused: int = 40035) -> int:
        """Return a whole number of the body, also when it was sent as a string.

        Raises:
            Refusal: `refused` when it is not a number, or absent without `default`.
        """
        value = self.body.get(key, default)
        try:
            return int(str(value))
        except ValueError:
            raise Refusal(refused) from None


def read_json(raw: bytes, *, escapes_refused: bool) -> dict[str, Any]:
    r"""Parse a body.

    Raises:
        Refusal: 44002 empty, 47001 not a JSON object in UTF-8, 40033 for ``\uXXXX`` escapes of
            characters beyond ASCII, which the platform does not decode.
    """
    if not raw.strip():
        raise Refusal(44002)
    if escapes_refused and _has_escapes(raw):
        raise Refusal(40033)
    try:
        body = json.loads(raw.decode("utf-8"))
    except ValueError:
        raise Refusal(47001) from None
    if not isinstance(body, dict):
        raise Refusal(47001)
    return body


def _has_escapes(raw: bytes) -> bool:
    return b"\\u" in raw and any(int(code, 16) > 0x7F for code in ESCAPE.findall(raw))
