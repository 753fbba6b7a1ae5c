"""How well an office answers, by month: shares and medians that anybody may read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from bot.domain.accounts.budgets import BEIJING


@dataclass(frozen=True)
class Owed:
    """A case whose term has ended; `answered_at` is None while it is still owed. Whether it was
    ever taken up again, and whether its asker has rated an answer."""

    received_at: datetime
    due_at: datetime
    answered_at: datetime | None
    is_closed: bool = False
    is_reopened: bool = False
    is_rated: bool = False

    @property
    def is_in_time(self) -> bool:
        """Whether it was answered before the end of its term."""
        return self.answered_at is not None and self.answered_at <= self.due_at


@dataclass(frozen=True)
class MonthOfService:
    """What fell due in a month, and what was reopened or rated in it. Shares and medians are None
    where there is nothing to take them of."""

    month: date
    owed: int
    in_time: int
    median_hours: float | None
    reopened: int
    ratings: int
    mean_stars: float | None
    useful: int = 0
    useless: int = 0
    closed: int = 0
    answered: int = 0
    owed_reopened: int = 0
    owed_rated: int = 0

    @property
    def percent_in_time(self) -> int | None:
        """Rounded down: 100 means all."""
        return _percent(self.in_time, self.owed)

    @property
    def percent_answered(self) -> int | None:
        """Of what fell due, how much has an answer by now."""
        return _percent(self.answered, self.owed)

    @property
    def percent_reopened(self) -> int | None:
        """Of what fell due, how much had to be taken up again."""
        return _percent(self.owed_reopened, self.owed)

    @property
    def percent_rated(self) -> int | None:
        """Of what was answered, how much its askers have rated."""
        return _percent(self.owed_rated, self.answered)

    @property
    def percent_closed(self) -> int | None:
        """Of what fell due, how much has been closed since; rounded down."""
        return _percent(self.closed, self.owed)


def months_of_service(
    owed: Iterable[Owed],
    reopened: Iterable[datetime],
    stars: Iterable[tuple[datetime, int]],
    release_votes: Iterable[tuple[datetime, bool]] = (),
) -> Sequence[MonthOfService]:
    """The months in which anything was, the newest first. A case counts in the month in which
    its term ended, answered or not: a month looks no better for what was left lying."""
    cases: dict[date, list[Owed]] = defaultdict(list)
    again: dict[date, int] = defaultdict(int)
    votes: dict[date, list[int]] = defaultdict(list)
    for case in owed:
        cases[_month(case.due_at)].append(case)
    for at in reopened:
        again[_month(at)] += 1
    for at, number in stars:
        votes[_month(at)].append(number)
    documents: dict[date, list[bool]] = defaultdict(list)
    for at, is_useful in release_votes:
        documents[_month(at)].append(is_useful)
    months = sorted({*cases, *again, *votes, *documents}, reverse=True)
    return [
        replace(
            _figures(m, cases.get(m, []), again.get(m, 0), votes.get(m, [])),
            useful=sum(documents.get(m, [])),
            useless=len(documents.get(m, [])) - sum(documents.get(m, [])),
        )
        for m in months
    ]


def _figures(
    month: date, cases: Sequence[Owed], reopened: int, votes: Sequence[int]
) -> MonthOfService:
    hours = [
        (case.answered_at - case.received_at).total_seconds() / 3600
        for case in cases
        if case.answered_at is not None
    ]
    return MonthOfService(
        month=month,
        owed=len(cases),
        in_time=sum(case.is_in_time for case in cases),
        median_hours=median(hours) if hours else None,
        reopened=reopened,
        ratings=len(votes),
        mean_stars=sum(votes) / len(votes) if votes else None,
        closed=sum(case.is_closed for case in cases),
        answered=len(hours),
        owed_reopened=sum(case.is_reopened for case in cases),
        owed_rated=sum(case.is_rated and case.answered_at is not None for case in cases),
    )


def _percent(some: int, of: int) -> int | None:
    return some * 100 // of if of else None


def _month(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date().replace(day=1)
