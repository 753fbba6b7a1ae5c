"""Published answers and ratings: how they are stored, and what public pages read of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases.published import PublishedAnswer, Rating
from bot.domain.ids import CaseId


class PublishedAnswers(Protocol):
    """One published answer a case; a newer one takes the place of an older one."""

    def put(self, answer: PublishedAnswer) -> None: ...
    def of_case(self, case: CaseId) -> PublishedAnswer | None: ...

    def remove(self, case: CaseId) -> None:
        """Take it away; harmless where there is none."""
        ...


class Ratings(Protocol):
    """One vote an answer."""

    def add(self, rating: Rating) -> None:
        """Store it.

        Raises:
            Conflict: this answer has been rated.
        """
        ...

    def of_case(self, case: CaseId) -> Sequence[Rating]:
        """Every vote on answers of the case, oldest first."""
        ...


@dataclass(frozen=True)
class AnswerFilter:
    """Which published answers to show; None and empty mean all. `since` and `until` bound when
    they were given, the end excluded; `words` stand in question or answer as written."""

    words: str = ""
    case_class: str | None = None
    department: str | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class AnswerRow:
    """A published answer in a list."""

    id: str
    case_class: str
    department_name: str
    question: str
    answer: str
    asked_at: datetime
    answered_at: datetime
    published_at: datetime


class AnswerShelf(Protocol):
    """What the public may read: published answers whose case still stands answered by them.
    Each call is one read transaction. Safe to share between threads.

    Raises:
        StorageUnavailable: the database is away.
    """

    def answers(self, wanted: AnswerFilter, *, limit: int, offset: int = 0) -> Sequence[AnswerRow]:
        """The newest published first."""
        ...

    def answer(self, case: str) -> AnswerRow | None: ...

    def departments(self) -> Sequence[tuple[str, str]]:
        """Id and name of each that has an answer here, by name."""
        ...
