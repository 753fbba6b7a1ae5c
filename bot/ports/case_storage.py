"""The database, as handling cases sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases.case import Case
from bot.domain.cases.claim import Claim
from bot.domain.cases.clock import Mark
from bot.domain.cases.department import Department
from bot.domain.cases.disclosure import Application
from bot.domain.cases.history import CaseEvent
from bot.domain.cases.retention import Reach, RetentionRule
from bot.domain.cases.routing import RoutingRule
from bot.domain.cases.rules import DeadlineRule
from bot.domain.ids import AccountId, CaseId, DepartmentId, ReplyId
from bot.domain.questions.demand import DEMAND_FROM
from bot.domain.replies.importing import ImportProfile
from bot.domain.replies.reply import Reply
from bot.domain.topics.rules import WatchRules


@dataclass(frozen=True)
class RuleSet:
    """One version of the office's rules, as it was set by somebody at a time; version 0 is before
    anybody set anything. Without `deadlines` the terms that come with us are in force, and follow
    them from release to release; so it is with `profiles`, by which files of replies are read,
    and with `watch`, what is looked out for in them. From `demand_from` askers on a question is a
    demand. Without `retention`, set at `retention_since`, nothing is erased because of its age."""

    version: int
    by: str
    at: datetime
    deadlines: tuple[DeadlineRule, ...] = ()
    routing: tuple[RoutingRule, ...] = ()
    demand_from: int = DEMAND_FROM
    profiles: tuple[ImportProfile, ...] = ()
    watch: WatchRules | None = None
    retention: tuple[RetentionRule, ...] = ()
    retention_since: datetime | None = None


class Cases(Protocol):
    """Cases with their history, marks, claims and applications."""

    def add(self, case: Case) -> None:
        """Store a new one with the marks of its deadline.

        Raises:
            Conflict: its id or number is taken, or its reply has a case already.
        """
        ...

    def save(self, case: Case) -> None:
        """Write it. Marks that nobody has noted yet become those of its deadline while it runs,
        and are none when it does not."""
        ...

    def get(self, case: CaseId) -> Case: ...

    def claim(self, case: CaseId) -> Case:
        """As `get`; until this unit of work ends nobody else gets it this way."""
        ...

    def handled_by(self, login: str, *, limit: int) -> Sequence[Case]:
        """Running cases in this person's hands, the nearest deadline first."""
        ...

    def by_number(self, number: str) -> Case | None: ...
    def of_reply(self, reply: ReplyId) -> Case | None: ...

    def held(self) -> Sequence[Case]:
        """Those that nobody may erase, the newest hold first."""
        ...

    def over(self, reach: Reach, *, limit: int) -> Sequence[CaseId]:
        """Ended cases with words that a rule ends, held ones left out; the oldest first."""
        ...

    def count_over(self, reach: Reach) -> int:
        """How many `over` would give."""
        ...

    def note(self, *events: CaseEvent) -> None:
        """Append to the history."""
        ...

    def history(self, case: CaseId) -> Sequence[CaseEvent]:
        """Every step, oldest first."""
        ...

    def take_marks(self, *, limit: int) -> Sequence[tuple[CaseId, Mark]]:
        """Marks whose time has come and that were not noted before; marks them as noted. A later
        step turns them into notices."""
        ...

    def not_delivered(self, *, limit: int) -> Sequence[CaseId]:
        """Cases that count as answered on their platform by an answer that was refused since."""
        ...

    def untold(self, *, since: datetime, limit: int) -> Sequence[CaseId]:
        """Cases answered for looking up whose asker has written to the same account after the
        answer, and after `since`, and was not told of it; sensitive and erased ones left out."""
        ...

    def provisional(self, *, until: datetime, limit: int) -> Sequence[CaseId]:
        """Cases whose clock runs to an end that was counted on a calendar that is not official,
        and lies up to `until`; the nearest first."""
        ...

    def save_claim(self, claim: Claim) -> None: ...
    def end_claim(self, case: CaseId) -> None: ...
    def claim_on(self, case: CaseId) -> Claim | None: ...
    def save_application(self, application: Application) -> None: ...
    def application(self, case: CaseId) -> Application | None: ...

    def without_case(
        self, account: AccountId, *, after: datetime | None, until: datetime, limit: int
    ) -> Sequence[Reply]:
        """What followers wrote to the account (no events), received after one moment and up to
        another, that has no case; oldest first."""
        ...


class CaseRules(Protocol):
    """The office's rules; every version is kept."""

    def newest(self) -> RuleSet | None:
        """The rules in force, None if nobody has set any."""
        ...

    def add(self, rules: RuleSet) -> None:
        """Store the next version.

        Raises:
            Conflict: somebody else has set this version just now.
        """
        ...

    def versions(self) -> Sequence[RuleSet]:
        """All versions, the newest first."""
        ...


class Departments(Protocol):
    """Departments, those that have ended included."""

    def add(self, department: Department) -> None: ...
    def save(self, department: Department) -> None: ...
    def get(self, department: DepartmentId) -> Department: ...
    def all(self) -> Sequence[Department]: ...
