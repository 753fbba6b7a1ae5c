"""The time, and identifiers."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """A source of the current time."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""
        ...


class Ids(Protocol):
    """A source of new identifiers."""

    def new(self, prefix: str) -> str:
        """A new unique id, `prefix_…`; later ids sort after earlier ones."""
        ...
