"""How far the inbox has been read, as the text fields that are stored with the rows."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
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


NEWEST_PAGES = 4
"""So many pages of a round show the newest comments under a post, before it goes on deeper."""


@dataclass(frozen=True)
class UnderPost:
    """How far the comments under one post have been read in this round."""

    pages: int = 0
    max_id: int = 0

    def after_page(
        self, ids: Sequence[int], next_max_id: int, *, deep: int = 0
    ) -> "UnderPost | None":
        """Where to go on; None when that was the last page. After the newest ones it goes on at
        `deep`, where an earlier round had to stop; 0: there is none."""
        goes_back = next_max_id > 0 and (not self.max_id or next_max_id < self.max_id)
        if not ids or not goes_back:
            return None
        pages = self.pages + 1
        jumps = pages == NEWEST_PAGES and 0 < deep < next_max_id
        return UnderPost(pages, deep if jumps else next_max_id)


_PARTS = ("since", "max_id", "top")
_MOMENTS = ("swept_at", "counted_at", "seen_at")
_REFUSED, _COUNT, _UNDER_AT, _DEEP = "refused.", "count.", "under_at.", "deep."
_STRAIGHT = "straight"
_PAGES, _MAX_ID = "under_pages", "under_max_id"


@dataclass(frozen=True)
class InboxCursor:
    """Where each stream stands, what is still to be done in this round, and what was done when:
    all streams read (`swept_at`), comments counted (`counted_at`), our own timeline looked at
    (`seen_at`).

    `refused` names streams the app may not read, with the platform's code. `counts` says how
    many comments each of our posts has by what we know, `under_at` when all under one were read
    last, `deep` where a round under one had to stop before the oldest. `straight` counts the
    rounds since the unread counters were asked.
    """

    streams: Mapping[str, StreamCursor] = field(default_factory=dict)
    todo: tuple[str, ...] = ()
    swept_at: datetime | None = None
    counted_at: datetime | None = None
    seen_at: datetime | None = None
    refused: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    under: UnderPost = UnderPost()
    under_at: Mapping[str, datetime] = field(default_factory=dict)
    straight: int = 0
    deep: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, fields: Mapping[str, str]) -> "InboxCursor":
        """From stored fields; no fields are the beginning."""
        names = {key.removesuffix(".since") for key in fields if key.endswith(".since")}
        moments = {name: _moment(fields.get(name, "")) for name in _MOMENTS}
        return cls(
            streams={name: StreamCursor.parse(fields, name) for name in names},
            todo=tuple(fields.get("todo", "").split()),
            refused=_under(fields, _REFUSED),
            counts={mid: int(count) for mid, count in _under(fields, _COUNT).items()},
            under_at={
                mid: datetime.fromisoformat(at) for mid, at in _under(fields, _UNDER_AT).items()
            },
            straight=int(fields.get(_STRAIGHT, "0")),
            deep={mid: int(max_id) for mid, max_id in _under(fields, _DEEP).items()},
            under=UnderPost(int(fields.get(_PAGES, "0")), int(fields.get(_MAX_ID, "0"))),
            **moments,
        )

    def fields(self) -> dict[str, str]:
        """As stored."""
        moments = {name: getattr(self, name) for name in _MOMENTS}
        stored = {"todo": " ".join(self.todo)}
        stored |= {name: at.isoformat() for name, at in moments.items() if at is not None}
        for name, cursor in self.streams.items():
            stored |= cursor.fields(name)
        if self.under.pages:
            stored |= {_PAGES: str(self.under.pages), _MAX_ID: str(self.under.max_id)}
        if self.straight:
            stored[_STRAIGHT] = str(self.straight)
        stored |= {f"{_UNDER_AT}{mid}": at.isoformat() for mid, at in self.under_at.items()}
        stored |= {f"{_COUNT}{mid}": str(count) for mid, count in self.counts.items()}
        stored |= {f"{_DEEP}{mid}": str(max_id) for mid, max_id in self.deep.items()}
        return stored | {f"{_REFUSED}{name}": code for name, code in self.refused.items()}

    def stream(self, name: str) -> StreamCursor:
        """Where this stream stands."""
        return self.streams.get(name, StreamCursor())

    def with_stream(self, name: str, cursor: StreamCursor) -> "InboxCursor":
        """The same with this stream moved on."""
        return replace(self, streams={**self.streams, name: cursor})

    def with_more(self, mids: Sequence[str]) -> "InboxCursor":
        """The same, knowing of one more comment for each time a post is named."""
        more = Counter(mids)
        known = {mid: self.counts.get(mid, 0) + more[mid] for mid in {*self.counts, *more}}
        return replace(self, counts=known)

    def only_under(self, mids: Container[str]) -> "InboxCursor":
        """The same without what was remembered of posts that are not counted any more."""
        read_at = {mid: at for mid, at in self.under_at.items() if mid in mids}
        deep = {mid: max_id for mid, max_id in self.deep.items() if mid in mids}
        return replace(self, under_at=read_at, deep=deep)

    def stopped_under(self, mid: str, max_id: int) -> "InboxCursor":
        """The same, the next round under this post to go on there; 0: all have been read."""
        rest = {k: n for k, n in self.deep.items() if k != mid}
        return replace(self, deep=rest | ({mid: max_id} if max_id else {}), under=UnderPost())

    def without_count(self, mid: str) -> "InboxCursor":
        """The same, knowing of no comment under this post: the next counting will read there."""
        return replace(self, counts={k: n for k, n in self.counts.items() if k != mid})


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _under(fields: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {k.removeprefix(prefix): v for k, v in fields.items() if k.startswith(prefix)}
