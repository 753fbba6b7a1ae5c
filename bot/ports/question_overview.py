"""Read models of questions that many ask, and of what people ask for in vain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.ports.question_storage import GroupCount

LATELY_HOURS = 24
"""What "lately" means where growth is counted."""


class GroupOrder(StrEnum):
    """What stands first in a list of groups."""

    SIZE = "size"
    GROWTH = "growth"


@dataclass(frozen=True)
class GroupRow:
    """A group in a list. `lately` counts the replies that joined it lately, `words` are those of
    the reply it began with: a follower's, to be masked before they are shown."""

    counted: GroupCount
    lately: int
    words: str


@dataclass(frozen=True)
class MemberRow:
    """A reply of a group, with its case and how its answer fares; `words` are a follower's."""

    reply_id: str
    standing: str
    likeness: float
    judged_by: str
    words: str
    erased: bool
    said_at: datetime
    account_name: str
    platform: str
    case_id: str | None
    case_number: str | None
    answer_state: str | None
    why_not: str


@dataclass(frozen=True)
class DemandRow:
    """What is asked for in vain, with who asks. `words` were searched for, or are what a person
    calls the group; `sample` is what one of them wrote."""

    id: str
    kind: str
    subject: str
    state: str
    words: str
    sample: str
    department_id: str | None
    department_name: str | None
    release_id: str | None
    release_title: str | None
    reason: str
    raised_at: datetime
    changed_by: str
    changed_at: datetime
    askers: int
    first_asked_at: datetime | None
    last_asked_at: datetime | None


class QuestionOverview(Protocol):
    """Each call is one read transaction. Safe to share between threads."""

    def groups(
        self,
        state: str,
        *,
        order: GroupOrder = GroupOrder.SIZE,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[GroupRow]:
        """Groups in this state that have any member left: the largest first, or those that most
        replies joined lately; then those alone that any joined."""
        ...

    def group_counts(self) -> Mapping[str, int]:
        """How many groups are in each state."""
        ...

    def members(
        self,
        group: str,
        *,
        standing: str = "",
        unanswered: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[MemberRow]:
        """The replies of a group, by when they were proposed; without `standing` those that were
        not taken out. `unanswered`: only those that could not be answered."""
        ...

    def demands(
        self, *, states: Sequence[str] = (), department: str = "", limit: int = 50, offset: int = 0
    ) -> Sequence[DemandRow]:
        """The newest first."""
        ...

    def demand(self, demand: str) -> DemandRow:
        """One of them.

        Raises:
            NotFound.
        """
        ...
