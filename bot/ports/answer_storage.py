"""The database, as answering, looking after comments and erasing see it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.cases.retention import Stream
from bot.domain.ids import AccountId, AnswerId, CaseId, ReplyId
from bot.domain.replies.answer import Answer, AnswerState
from bot.domain.replies.comment import CommentCount, CommentStanding
from bot.domain.replies.erasure import Erased, Erasure
from bot.domain.replies.handling import SetAside
from bot.domain.replies.reply import Reply
from bot.domain.replies.window import Exchange

Follower = tuple[AccountId, str]
"""A sender on the account they wrote to."""


class Answers(Protocol):
    """What staff wrote back. Times are compared with the database's clock."""

    def add(self, answer: Answer) -> None:
        """Store a new one.

        Raises:
            Conflict: its id is taken.
        """
        ...

    def save(self, answer: Answer) -> None: ...
    def get(self, answer: AnswerId) -> Answer: ...
    def find(self, answer: AnswerId) -> Answer | None: ...

    def claim(self, answer: AnswerId) -> Answer:
        """As `get`; until this unit of work ends nobody else gets it this way."""
        ...

    def of_replies(self, replies: Sequence[ReplyId]) -> Sequence[Answer]:
        """The answers to these replies, oldest first."""
        ...

    def moving(self, account: AccountId) -> Sequence[Answer]:
        """The account's answers with which something will still happen by itself."""
        ...

    def standing(self, *states: AnswerState) -> Sequence[Answer]:
        """All answers in one of these states, oldest first."""
        ...

    def take_due(
        self, *, limit: int, ring_again_seconds: float
    ) -> Sequence[tuple[AccountId, AnswerId]]:
        """Answers for which something is to be done, not rung lately; marks them as rung."""
        ...

    def exchanges(
        self,
        followers: Collection[Follower],
        *,
        since: datetime,
        besides: AnswerId | None = None,
    ) -> Mapping[Follower, Exchange]:
        """What each follower did, and the letters that count against what it allowed: one that
        waits counts as if it went now. `besides` is left out."""
        ...


class CommentStandings(Protocol):
    """How comments stand on their platform."""

    def save(self, standings: Sequence[CommentStanding]) -> None: ...

    def save_counts(self, counts: Sequence[CommentCount]) -> None:
        """How many there are under each post by the platform's count; the last one stays."""
        ...

    def of_replies(self, replies: Sequence[ReplyId]) -> Mapping[ReplyId, CommentStanding]:
        """Those that were ever looked at."""
        ...

    def by_keys(self, account: AccountId, keys: Sequence[str]) -> Mapping[str, CommentStanding]:
        """By the keys of replies that are here; one never looked at stands as it was written."""
        ...


class SetAsides(Protocol):
    """Replies of which somebody said that they need no answer."""

    def add(self, marks: Sequence[SetAside]) -> None:
        """Store them; what was said of a reply before stays."""
        ...

    def remove(self, replies: Collection[ReplyId]) -> None:
        """Nothing is said of these any more; nor need anything have been."""
        ...

    def of_replies(self, replies: Collection[ReplyId]) -> Mapping[ReplyId, SetAside]:
        """What was said of those of `replies` of which anything was."""
        ...


class Erasures(Protocol):
    """Erasing, a few rows a turn; what is erased leaves a tombstone."""

    def add(self, erasure: Erasure) -> None:
        """Store it; one that is there already stays as it is."""
        ...

    def save(self, erasure: Erasure) -> None: ...

    def due(self, *, limit: int = 20) -> Sequence[Erasure]:
        """Erasures whose time has come and that are not done, oldest first."""
        ...

    def events(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        """Events received after one moment and up to another, oldest first."""
        ...

    def erase_follower(
        self, account: AccountId, follower: str, *, until: datetime, limit: int
    ) -> Erased:
        """Erase what a follower said up to `until` and what they were answered; at most `limit`
        replies. What a held case is about stays. Nothing erased means that nothing else is left."""
        ...

    def is_held(self, account: AccountId, follower: str, *, until: datetime) -> bool:
        """Whether something that they said up to `until` stays because its case is held."""
        ...

    def erase_received(self, stream: Stream, *, after: datetime | None, limit: int) -> Erased:
        """Erase what is over of a stream, from `after` on, oldest first."""
        ...

    def count_received(self, stream: Stream, *, after: datetime | None) -> int:
        """How many replies that would be."""
        ...

    def erase_cases(self, cases: Sequence[CaseId], *, rule: str) -> Erased:
        """Erase cases and what they are about."""
        ...
