"""Reading operator's TOML files: every fault is named with its place, not only the first."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from bot.cli.refusing import Refused

E = TypeVar("E", bound=StrEnum)


class Fields:
    """One table of a file; faults are gathered in `faults`."""

    def __init__(self, table: Mapping[str, object], place: str, faults: list[str]) -> None:
        self._table, self._place, self._faults = table, place, faults

    def fault(self, name: str, sentence: str) -> None:
        """Remember what is wrong with the field `name`."""
        self._faults.append(f"{self._place}.{name}: {sentence}")

    def refuse_unknown(self, known: Iterable[str]) -> None:
        """One fault for every field that nobody reads."""
        for name in sorted(set(self._table) - set(known)):
            self.fault(name, "unknown; check the spelling")

    def has(self, name: str) -> bool:
        """Whether the field is there."""
        return name in self._table

    def is_table(self, name: str) -> bool:
        """Whether the field is a table of its own."""
        return isinstance(self._table.get(name), dict)

    def text(self, name: str, default: str = "") -> str:
        """Text; numbers are taken as written."""
        value = self._table.get(name, default)
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            self.fault(name, "must be text")
            return default
        return str(value)

    def required(self, name: str) -> str:
        """Text that must be there."""
        value = self.text(name).strip()
        if not value:
            self.fault(name, "missing")
        return value

    def flag(self, name: str, default: bool) -> bool:
        """true or false."""
        value = self._table.get(name, default)
        if not isinstance(value, bool):
            self.fault(name, "must be true or false")
            return default
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number, not below zero."""
        value = self._table.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self.fault(name, "must be a whole number, 0 or more")
            return default
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; a single text is a list of one."""
        value = self._table.get(name, [])
        listed = [value] if isinstance(value, str) else value
        if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
            self.fault(name, "must be a list of texts")
            return ()
        return tuple(item.strip() for item in listed if item.strip())

    def choice(self, name: str, kinds: type[E], default: E | None = None) -> E | None:
        """One of `kinds`; required when there is no default."""
        if not self.has(name):
            if default is None:
                self.fault(name, f"missing; one of {_listed(kinds)}")
            return default
        value = self.text(name)
        found = next((kind for kind in kinds if kind.value == value), None)
        if found is None:
            self.fault(name, f"{value!r} is not one of {_listed(kinds)}")
        return found

    def clock_time(self, name: str) -> time | None:
        """A time of day in Beijing: 09:00:00 as TOML has it, or the text "09:00"."""
        value = self._table.get(name)
        if value is None or isinstance(value, time):
            return value
        try:
            return time.fromisoformat(str(value))
        except ValueError:
            self.fault(name, f'{value!r} is not a time of day; write "09:00"')
            return None

    def tables(self, name: str) -> list["Fields"]:
        """The tables `[[…name]]` inside this one; none where the field is not there."""
        value = self._table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(table, dict) for table in value):
            self.fault(name, f"write each one as a table of its own: [[….{name}]]")
            return []
        return [
            Fields(table, f"{self._place}.{_place(name, number, table)}", self._faults)
            for number, table in enumerate(value, 1)
        ]

    def strings(self, name: str) -> dict[str, str]:
        """A table of texts."""
        value = self._table.get(name, {})
        if not isinstance(value, dict):
            self.fault(name, "must be a table")
            return {}
        inner = Fields(value, f"{self._place}.{name}", self._faults)
        return {key: inner.text(key) for key in value}


def text_of(path: Path) -> str:
    """The text of a file that somebody names.

    Raises:
        Refused: the file cannot be read, or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path}: {error}") from error


def tables_of(path: Path, name: str, faults: list[str]) -> list[Fields]:
    """The tables `[[name]]` of a file; any other table is a fault.

    Raises:
        Refused: the file cannot be read, is not TOML, or has none of them.
    """
    try:
        document = tomllib.loads(text_of(path))
    except tomllib.TOMLDecodeError as error:
        raise Refused(f"{path}: {error}") from error
    faults.extend(f"{path}: unknown table {other}" for other in document if other != name)
    tables = document.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Refused(f"{path}: write each one as [[{name}]]")
    if not tables:
        raise Refused(*faults, f"{path}: has no [[{name}]]")
    return [Fields(table, _place(name, n, table), faults) for n, table in enumerate(tables, 1)]


def _place(name: str, number: int, table: Mapping[str, object]) -> str:
    own = table.get("name")
    return f"{name} {own}" if isinstance(own, str) and own else f"{name}[{number}]"


def _listed(kinds: type[StrEnum]) -> str:
    return ", ".join(kind.value for kind in kinds)
