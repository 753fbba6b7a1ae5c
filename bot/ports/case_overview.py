"""Read models of cases: lists, counts, and what a look-up by receipt number finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases.case import Case
from bot.domain.cases.compliance import OwedBy
from bot.domain.workdays import TermUnit


@dataclass(frozen=True)
class CaseFilter:
    """Which cases to show; None and empty mean all. `due_before` asks for those whose clock
    runs, `warned` for those of them that a warning before the deadline, or the deadline itself,
    has passed."""

    states: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    account: str | None = None
    case_class: str | None = None
    handler: str | None = None
    number: str | None = None
    due_before: datetime | None = None
    running: bool | None = None
    suggested: bool | None = None
    warned: bool = False


@dataclass(frozen=True)
class CaseKey:
    """Where a page ended: the next begins behind it."""

    due_at: datetime
    id: str


@dataclass(frozen=True)
class CaseRow:
    """A case in a list, with the words it is about. `term_unit` is what its clock counts in,
    `drafted_by` whose answer waits for approval; of a sensitive one `approved_by` are those who
    have given theirs, and `is_checked` says that its secrecy check is done."""

    id: str
    number: str
    version: int
    entry: str
    case_class: str
    is_urgent: bool
    suggested: bool
    state: str
    department_id: str | None
    department_name: str | None
    handler: str
    account_id: str | None
    account_name: str | None
    platform: str | None
    reply_id: str | None
    words: str
    received_at: datetime
    due_at: datetime
    term_unit: TermUnit
    is_provisional: bool
    is_paused: bool
    accepted_at: datetime | None
    answered_at: datetime | None
    drafted_by: str
    approved_by: tuple[str, ...] = ()
    is_checked: bool = False
    is_sensitive: bool = False

    @property
    def key(self) -> CaseKey:
        """Its place in the list."""
        return CaseKey(self.due_at, self.id)


@dataclass(frozen=True)
class CaseCounts:
    """How many cases are in each state in which somebody waits, and how many of them are late."""

    states: Mapping[str, int]
    overdue: int


class CaseOverview(Protocol):
    """Each call is one read transaction. Safe to share between threads."""

    def cases(
        self, wanted: CaseFilter, *, limit: int = 50, after: CaseKey | None = None
    ) -> Sequence[CaseRow]:
        """By deadline, the nearest first; `after` goes on behind an earlier page."""
        ...

    def owed_by(self, *, since: datetime, until: datetime) -> Sequence[OwedBy]:
        """Cases whose term ended from `since` to before `until`, and up to now; none that was
        merged, withdrawn or stands still."""
        ...

    def case_counts(self, *, departments: Sequence[str] = ()) -> CaseCounts: ...


class CaseLookUp(Protocol):
    """What a look-up by receipt number finds, in one indexed read."""

    def receipt(self, number: str, code: str) -> "Receipt | None":
        """The case of this number, if the code is its own.

        Raises:
            StorageUnavailable: the database is away.
        """
        ...


@dataclass(frozen=True)
class Receipt:
    """A case as whoever holds its receipt may see it."""

    case: Case
    department: str
