"""Canonical JSON and digests of values, so that equal content has equal hashes."""

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any

Fields = Callable[[Any], Iterable[tuple[str, Any]]]
"""Which fields of a dataclass are told, and what they hold."""


def canonical_json(value: object) -> str:
    """JSON with sorted keys, no spaces and raw UTF-8; dataclasses become objects."""
    return _json(_plain(value, _all_fields))


def content_json(value: object) -> str:
    """The same without fields that are left at their defaults: what hashes are made of.

    A value from before a field existed keeps its hash, and with it its version, its approvals
    and its place in the audit chain.
    """
    return _json(_plain(value, _given_fields))


def digest(value: object) -> str:
    """SHA-256 of the content JSON, as 64 hex digits."""
    return hashlib.sha256(content_json(value).encode()).hexdigest()


def _json(plain: Any) -> str:
    return json.dumps(
        plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def _plain(value: Any, fields: Fields) -> Any:
    if type(value) is str:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(item, fields) for name, item in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(item, fields) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, fields) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(_plain(item, fields) for item in value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value


@cache
def _fields_of(kind: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def _all_fields(value: Any) -> Iterable[tuple[str, Any]]:
    return ((field.name, getattr(value, field.name)) for field in _fields_of(value.__class__))


def _given_fields(value: Any) -> Iterable[tuple[str, Any]]:
    for field in _fields_of(value.__class__):
        item = getattr(value, field.name)
        if not _is_default(field, item):
            yield field.name, item


def _is_default(field: dataclasses.Field[Any], item: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(item == field.default_factory())
    return field.default is not dataclasses.MISSING and bool(item == field.default)
