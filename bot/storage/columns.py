"""Column types that keep values exact on SQLite and PostgreSQL alike."""

import json
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_ESCAPED = "\x1b[json]"
_UNSTORABLE = "\x00"


class UtcTime(TypeDecorator[datetime]):
    """An aware moment to the microsecond. On SQLite fixed-width ISO text in UTC, so that
    comparing text compares moments; on PostgreSQL `timestamptz`."""

    impl = String(26)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(String(26))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored time must be aware")
        if dialect.name == "postgresql":
            return value
        naive = value.astimezone(UTC).replace(tzinfo=None)
        return naive.isoformat(timespec="microseconds")

    def process_result_value(
        self, value: datetime | str | None, _dialect: Dialect
    ) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(f"{value}+00:00")
        return value.astimezone(UTC)


class ExactText(TypeDecorator[str]):
    """Text that comes back as it went in, whatever it holds.

    PostgreSQL refuses NUL and both databases refuse lone surrogates, yet a follower's JSON may
    contain either; such text is stored escaped, all other text as it is, so it can be searched.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        if value is None or _is_storable(value):
            return value
        return _ESCAPED + json.dumps(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        if value is None or not value.startswith(_ESCAPED):
            return value
        return str(json.loads(value[len(_ESCAPED) :]))


class Id(ExactText):
    """An id or the name of a state. Sorts by code point on both databases."""

    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(String(collation=collation))


def _is_storable(text: str) -> bool:
    if _UNSTORABLE in text or text.startswith(_ESCAPED):
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
