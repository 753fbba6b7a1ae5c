"""Working days in China, and counting terms in working days, days and hours.

Terms are counted as 民法典 201–203 have it: the day on which something happens does not count, the
last day ends at 24:00 Beijing time, a term in days that would end on a day off ends on the next
working day, and hours run from the moment itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.accounts.budgets import BEIJING

_DAY = timedelta(days=1)
_FRIDAY = 4
OFFICES_OPEN = time(9)
_END_OF_DAY = time.max
"""24:00 as the last moment that still has the day's date."""


@dataclass(frozen=True)
class CalendarYear:
    """What a notice lays down for a year: weekdays and weekends that are off, and weekends that
    are worked (调休). `paper` is the notice; a year that has none yet is not `official`: its days
    off are those of the law, and nobody knows yet which weekends will be worked."""

    year: int
    is_official: bool
    paper: str
    days_off: frozenset[date]
    days_worked: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Counted:
    """The last day of a term. `is_provisional`: a day that was counted lies in a year whose
    calendar is not official yet, so the term may end on another day."""

    day: date
    is_provisional: bool


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True)
class Term:
    """So many of a unit."""

    amount: int
    unit: TermUnit

    @property
    def in_words(self) -> str:
        """The term as staff say it."""
        return f"{self.amount} {_UNITS[self.unit]}"


_UNITS = {TermUnit.WORKING_DAYS: "个工作日", TermUnit.DAYS: "日", TermUnit.HOURS: "小时"}


@dataclass(frozen=True)
class Ending:
    """The last moment of a term."""

    at: datetime
    is_provisional: bool = False


class WorkCalendar:
    """The calendar of every year that is known; any other year is Monday to Friday, and
    provisional."""

    def __init__(self, years: Iterable[CalendarYear] = ()) -> None:
        known = tuple(years)
        self._official = frozenset(year.year for year in known if year.is_official)
        # A notice may have a weekend of the December before worked.
        self._off = frozenset(day for year in known for day in year.days_off)
        self._worked = frozenset(day for year in known for day in year.days_worked)

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self._worked:
            return True
        return day not in self._off and day.weekday() <= _FRIDAY

    def is_official(self, day: date) -> bool:
        """Whether the notice for the day's year is known."""
        return day.year in self._official

    def official_until(self) -> date | None:
        """The last day whose notice is known."""
        return date(max(self._official), 12, 31) if self._official else None

    def add_working_days(self, day: date, number: int) -> Counted:
        """The `number`th working day (1 or more) after `day`, which itself does not count."""
        is_provisional, left = False, number
        while left > 0:
            day += _DAY
            is_provisional = is_provisional or not self.is_official(day)
            left -= self.is_working_day(day)
        return Counted(day, is_provisional)

    def add_days(self, day: date, number: int) -> Counted:
        """The `number`th day after `day`, or the first working day from there on."""
        last = day + number * _DAY
        while not self.is_working_day(last):
            last += _DAY
        return Counted(last, not self.is_official(last))

    def working_days_between(self, earlier: date, later: date) -> int:
        """How many working days a term that begins on `earlier` has used at the end of `later`;
        0 where `later` is not after it."""
        days = (later - earlier).days
        return sum(self.is_working_day(earlier + n * _DAY) for n in range(1, days + 1))

    def end_of(self, term: Term, *, since: datetime) -> Ending:
        """When a term ends that something at `since` began."""
        if term.unit is TermUnit.HOURS:
            return Ending(since + timedelta(hours=term.amount))
        begun_on = since.astimezone(BEIJING).date()
        add = self.add_days if term.unit is TermUnit.DAYS else self.add_working_days
        counted = add(begun_on, term.amount)
        return Ending(end_of_day(counted.day), counted.is_provisional)

    def before(self, moment: datetime, term: Term) -> datetime:
        """When somebody can still act a term before `moment`: so many hours, or 09:00 of the day
        or working day that many before; 0 of them is the day itself."""
        if term.unit is TermUnit.HOURS:
            return moment - timedelta(hours=term.amount)
        day, left = moment.astimezone(BEIJING).date(), term.amount
        while left > 0:
            day -= _DAY
            left -= term.unit is TermUnit.DAYS or self.is_working_day(day)
        return datetime.combine(day, OFFICES_OPEN, BEIJING)


def end_of_day(day: date) -> datetime:
    """24:00 Beijing time of a day, as its last moment."""
    return datetime.combine(day, _END_OF_DAY, BEIJING)
