"""Refusals of the platform: a number, its words, and the request id every errmsg ends with."""

from __future__ import annotations

import functools
import secrets
import tomllib
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("errors.toml")


class Refusal(Exception):
    """The platform says no with `code`; `extra` are further keys of the answer, such as msg_id."""

    def __init__(self, code: int, words: str = "", **extra: Any) -> None:
        super().__init__(f"{code} {words}".strip())
        self.code = code
        self.words = words
        self.extra = extra


@functools.cache
def words_of(code: int) -> str:
    """Return the platform's errmsg words for `code`, without the request id."""
    return _read_table().get(str(code), "system error")


def error_body(code: int, words: str = "", **extra: Any) -> dict[str, Any]:
    """Return an error's JSON; a fresh ``rid: 8hex-8hex-8hex`` ends the errmsg."""
    rid = "-".join(secrets.token_hex(4) for _ in range(3))
    return {"errcode": code, "errmsg": f"{words or words_of(code)} rid: {rid}", **extra}


@functools.cache
def _read_table() -> dict[str, str]:
    tables: dict[str, dict[str, str]] = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {**tables["confirmed"], **tables["unconfirmed"]}
