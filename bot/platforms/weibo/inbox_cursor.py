"""How far the inbox has been read, as the text fields that are stored with the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime


@dataclass(frozen=True)
class StreamCursor:
    """`since` is the newest id of the last finished pass. A pass goes from the newest item to
    that one; midway `max_id` is where its next page begins and `top` the newest id it has seen."""

    since: int = 0
    max_id: int = 0
    top: int = 0

    @property
    def is_midway(self) -> bool:
        """Whether the present pass has more pages."""
        return self.max_id > 0

    @classmethod
    def parse(cls, fields: Mapping[str, str], name: str) -> "StreamCursor":
        """From stored fields; a stream never read begins at 0."""
        return cls(*(int(fields.get(f"{name}.{part}", "0")) for part in _PARTS))

    def fields(self, name: str) -> dict[str, str]:
        """As stored."""
        values = (self.since, self.max_id, self.top)
        return {f"{name}.{part}": str(value) for part, value in zip(_PARTS, values, strict=True)}

    def after_page(self, ids: Sequence[int], next_max_id: int) -> "StreamCursor":
        """Where to go on after a page with these ids.

        The pass ends on an empty page or without a next one, not on a short page: pages may be
        shorter than asked. A next page that would not lie further back ends it too.
        """
        top = max(self.top, *ids) if ids else self.top
        goes_back = next_max_id > 0 and (not self.max_id or next_max_id < self.max_id)
        if ids and goes_back:
            return StreamCursor(self.since, next_max_id, top)
        return StreamCursor(max(self.since, top))


_PARTS = ("since", "max_id", "top")


@dataclass(frozen=True)
class InboxCursor:
    """Where each stream stands, which are still to be read in this round, and when all were.

    `refused` names streams the app may not read, with the platform's code.
    """

    streams: Mapping[str, StreamCursor] = field(default_factory=dict)
    todo: tuple[str, ...] = ()
    swept_at: datetime | None = None
    refused: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> "InboxCursor":
        """From stored fields; no fields are the beginning."""
        names = {key.partition(".")[0] for key in fields if key.endswith(".since")}
        swept_at = fields.get("swept_at", "")
        prefix = "refused."
        return cls(
            streams={name: StreamCursor.parse(fields, name) for name in names},
            todo=tuple(fields.get("todo", "").split()),
            swept_at=datetime.fromisoformat(swept_at) if swept_at else None,
            refused={k.removeprefix(prefix): v for k, v in fields.items() if k.startswith(prefix)},
        )

    def fields(self) -> dict[str, str]:
        """As stored."""
        stored = {"todo": " ".join(self.todo)}
        if self.swept_at is not None:
            stored["swept_at"] = self.swept_at.isoformat()
        for name, cursor in self.streams.items():
            stored |= cursor.fields(name)
        return stored | {f"refused.{name}": code for name, code in self.refused.items()}

    def stream(self, name: str) -> StreamCursor:
        """Where this stream stands."""
        return self.streams.get(name, StreamCursor())

    def with_stream(self, name: str, cursor: StreamCursor) -> "InboxCursor":
        """The same with this stream moved on."""
        return replace(self, streams={**self.streams, name: cursor})
