"""Turns tables of a scenario or control request into dataclasses, with errors that help."""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

Table = Mapping[str, Any]
Made = TypeVar("Made")


class ScenarioError(ValueError):
    """A scenario, fault or act that cannot be understood; the text names the place."""


_hints_of = functools.cache(typing.get_type_hints)


def read_table(into: type[Made], table: object, where: str) -> Made:
    """Build the dataclass `into` from `table`.

    Every key must be a field and every field without a default must be present.

    Raises:
        ScenarioError: naming the key, e.g. ``wechat.accounts[0].kind: 'x' is not one of …``.
    """
    if not isinstance(table, Mapping):
        raise ScenarioError(f"{where}: expected a table, got {type(table).__name__}")
    hints = _hints_of(typing.cast(Any, into))
    fields = {field.name: field for field in dataclasses.fields(into)}  # type: ignore[arg-type]
    unknown = sorted(set(table) - set(fields))
    if unknown:
        raise ScenarioError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(fields)}")
    missing = [name for name, field in fields.items() if name not in table and _is_required(field)]
    if missing:
        raise ScenarioError(f"{where}: key {missing[0]!r} is missing")
    values = {key: read_value(hints[key], value, f"{where}.{key}") for key, value in table.items()}
    return into(**values)


def read_value(hint: Any, value: object, where: str) -> Any:
    """Return `value` checked against `hint`; lists become tuples, names become StrEnums."""
    if hint in (Any, object):
        return value
    origin = typing.get_origin(hint)
    if origin is tuple:
        return _read_tuple(typing.get_args(hint)[0], value, where)
    if origin is types.UnionType:
        return _read_union(hint, value, where)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _read_name(hint, value, where)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return read_table(hint, value, where)
    return _read_plain(origin or hint, value, where)


def _read_tuple(item: Any, value: object, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ScenarioError(f"{where}: expected a list, got {type(value).__name__}")
    return tuple(read_value(item, one, f"{where}[{index}]") for index, one in enumerate(value))


def _read_union(hint: Any, value: object, where: str) -> Any:
    options = typing.get_args(hint)
    if value is None and type(None) in options:
        return None
    return read_value(next(one for one in options if one is not type(None)), value, where)


def _read_name(names: type[StrEnum], value: object, where: str) -> StrEnum:
    try:
        return names(str(value))
    except ValueError:
        raise ScenarioError(f"{where}: {value!r} is not one of {', '.join(names)}") from None


def _read_plain(wanted: Any, value: object, where: str) -> Any:
    if wanted is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if wanted is int and isinstance(value, bool):
        raise ScenarioError(f"{where}: expected int, got bool")
    if not isinstance(value, wanted):
        raise ScenarioError(f"{where}: expected {wanted.__name__}, got {type(value).__name__}")
    return value


def _is_required(field: dataclasses.Field[Any]) -> bool:
    no_default = field.default is dataclasses.MISSING
    return no_default and field.default_factory is dataclasses.MISSING
