"""The database, as questions that many ask see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import QuestionId, ReplyId
from bot.domain.questions.group import GroupState, Member, QuestionGroup
from bot.domain.replies.reply import Incoming, Reply


@dataclass(frozen=True)
class GroupCount:
    """A group with its members that were not taken out. `askers` counts each sender of an account
    once; who cannot be told apart any more counts for each reply."""

    group: QuestionGroup
    replies: int
    confirmed: int
    askers: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None


class Questions(Protocol):
    """Groups, their members, and how far replies were looked at."""

    def add(self, group: QuestionGroup) -> None: ...
    def save(self, group: QuestionGroup) -> None: ...
    def get(self, group: QuestionId) -> QuestionGroup: ...

    def claim(self, group: QuestionId) -> QuestionGroup:
        """As `get`; until this unit of work ends nobody else gets it this way."""
        ...

    def put_member(self, member: Member) -> None:
        """Store it in place of what was there for this group and reply.

        Raises:
            Conflict: the reply stands in another group.
        """
        ...

    def members(self, group: QuestionId) -> Sequence[Member]:
        """All, those that were taken out included, by when they were proposed."""
        ...

    def member(self, group: QuestionId, reply: ReplyId) -> Member | None:
        """The reply in this group, also taken out."""
        ...

    def begun_with(self, group: QuestionId) -> ReplyId:
        """The reply that was proposed first of those that are left, or ever."""
        ...

    def has_told(self, group: QuestionId, asker: Incoming) -> bool:
        """Whether the sender of `asker` was answered a letter through this group."""
        ...

    def member_of(self, reply: ReplyId) -> Member | None:
        """Where the reply stands now; None if in no group, or taken out of each."""
        ...

    def counts(
        self, *, states: Sequence[GroupState] = (), limit: int = 100
    ) -> Sequence[GroupCount]:
        """Groups with any member left, in one of `states` (empty: all), the newest first."""
        ...

    def count(self, group: QuestionId) -> GroupCount: ...

    def awaiting_answer(self, *, limit: int) -> Sequence[tuple[QuestionId, ReplyId]]:
        """Members of groups that are being answered of which nothing has come yet."""
        ...

    def is_settled(self, group: QuestionId) -> bool:
        """Whether something has come of every confirmed member."""
        ...

    def looked_at(self) -> int:
        """The number of the last reply that was looked at, 0 at first; until this unit of work
        ends nobody else gets it."""
        ...

    def look_on(self, number: int) -> None:
        """Remember the last one."""
        ...

    def filed_after(self, number: int, *, limit: int) -> Sequence[tuple[int, Reply]]:
        """Replies of the search index with their numbers, in their order: what followers wrote,
        events and erased ones left out."""
        ...
