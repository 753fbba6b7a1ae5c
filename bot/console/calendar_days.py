"""The days of a month, a week or one day, with their posts and what should be known of them."""

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.console.words.states import Tone, Word
from bot.console.words.times import WEEKDAYS, beijing_date
from bot.domain.accounts.account import PUSHES_TO_FOLLOWERS, Account
from bot.domain.accounts.budgets import BEIJING
from bot.domain.accounts.mass_calendar import allowance_of
from bot.domain.posts.post import PostState
from bot.domain.publishing.conflicts import Planned, conflicts_of
from bot.domain.publishing.quiet import QuietPeriod
from bot.domain.workdays import WorkCalendar
from bot.ports.calendar_overview import CalendarRow
from bot.usecases.posts.schedule_post import MOVABLE

_DAY = timedelta(days=1)
_MOVABLE_STATES = {PostState.APPROVED, PostState.SCHEDULED}


class View(StrEnum):
    """How much of the calendar is on the page."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"


def view_of(asked: str) -> View:
    """The view with this name; nonsense is the month."""
    return View(asked) if asked in set(View) else View.MONTH


@dataclass(frozen=True)
class Span:
    """The days on the page, and the neighbours of the one it was opened at."""

    first: date
    last: date
    previous: date
    next: date

    @property
    def days(self) -> Sequence[date]:
        """Every day."""
        return [self.first + n * _DAY for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class Slot:
    """A post at its time; `can_move` says that its time may still be changed."""

    row: CalendarRow
    can_move: bool


@dataclass(frozen=True)
class Day:
    """One day. `mark` is 休 for a day off and 班 for a weekend that is worked."""

    date: date
    is_inside: bool
    is_today: bool
    is_off: bool
    mark: str
    slots: Sequence[Slot]
    notes: Sequence[Word]

    @property
    def told(self) -> str:
        """The day in one line, for whoever is about to put a post there."""
        weekday = WEEKDAYS[self.date.weekday()]
        kind = {"休": "，休息日", "班": "，调休上班"}.get(self.mark, "")
        notes = "".join(f"；{note.text}" for note in self.notes)
        return f"{self.date.month}月{self.date.day}日（周{weekday}）{kind}{notes}"


def span_around(day: date, view: View) -> Span:
    """The whole weeks of the day's month, its week from Monday on, or the day itself."""
    if view is View.DAY:
        return Span(day, day, day - _DAY, day + _DAY)
    if view is View.WEEK:
        monday = day - day.weekday() * _DAY
        return Span(monday, monday + 6 * _DAY, day - 7 * _DAY, day + 7 * _DAY)
    first = day.replace(day=1)
    last = day.replace(day=monthrange(day.year, day.month)[1])
    begin, end = first - first.weekday() * _DAY, last + (6 - last.weekday()) * _DAY
    return Span(begin, end, (first - _DAY).replace(day=1), last + _DAY)


def beginning(day: date) -> datetime:
    """The first moment of a Beijing day, in UTC."""
    return datetime.combine(day, time(), BEIJING).astimezone(UTC)


def days_of(
    span: Span,
    month: date | None,
    rows: Sequence[CalendarRow],
    accounts: Mapping[str, Account],
    periods: Sequence[QuietPeriod],
    *,
    today: date,
    work: WorkCalendar,
) -> Sequence[Day]:
    """Each day of the span. Days outside of `month`, if one is given, belong to its neighbours;
    `rows` may reach beyond the span: they count for quotas of the month."""
    slots: defaultdict[date, list[Slot]] = defaultdict(list)
    for row in rows:
        slots[beijing_date(row.due_at)].append(Slot(row, _can_move(row)))
    notes = _notes(rows, accounts, periods)
    return [
        Day(
            date=day,
            is_inside=month is None or (day.year, day.month) == (month.year, month.month),
            is_today=day == today,
            is_off=not work.is_working_day(day),
            mark=_mark(day, work),
            slots=slots[day],
            notes=notes[day],
        )
        for day in span.days
    ]


def pushes_of_month(
    rows: Iterable[CalendarRow], accounts: Iterable[Account], month: date
) -> Sequence[str]:
    """A line for each account whose pushes a month are counted: used, allowed, kept back."""
    used = Counter(
        row.account_id for row in rows if row.delivery_state and _is_in(row.due_at, month)
    )
    lines = []
    for account in accounts:
        allowed = allowance_of(account)
        if account.mode in PUSHES_TO_FOLLOWERS and allowed.a_month:
            kept = f"，其中 {allowed.reserved} 次留给紧急发布" if allowed.reserved else ""
            lines.append(
                f"“{account.name}” {month.month}月群发已排 {used[account.id]} 次，"
                f"共 {allowed.a_month} 次{kept}"
            )
    return lines


def _is_in(at: datetime, month: date) -> bool:
    day = beijing_date(at)
    return (day.year, day.month) == (month.year, month.month)


def _can_move(row: CalendarRow) -> bool:
    is_untouched = row.delivery_state is None or row.delivery_state in MOVABLE
    return row.state in _MOVABLE_STATES and is_untouched and row.accepted_at is None


def _mark(day: date, work: WorkCalendar) -> str:
    if not work.is_working_day(day):
        return "休"
    return "班" if day.isoweekday() > 5 else ""


def _notes(
    rows: Sequence[CalendarRow], accounts: Mapping[str, Account], periods: Sequence[QuietPeriod]
) -> defaultdict[date, list[Word]]:
    notes: defaultdict[date, list[Word]] = defaultdict(list)
    of_account: defaultdict[str, list[CalendarRow]] = defaultdict(list)
    for row in rows:
        of_account[row.account_id].append(row)
    for id_, planned in of_account.items():
        account = accounts[id_]
        for conflict in conflicts_of(account, [_planned(row) for row in planned], periods):
            told = Word(f"{account.name}：{conflict.message}", Tone.ATTENTION)
            notes[conflict.day].append(told)
        for day, used in _pushes(account, planned).items():
            a_day = allowance_of(account).a_day
            notes[day].append(Word(f"{account.name}：群发已排 {used}/{a_day} 次", Tone.QUIET))
    for title, opens in {(row.release_title, row.embargo) for row in rows if row.embargo}:
        said = f"{opens.astimezone(BEIJING):%H:%M} 解禁：{title}"
        notes[beijing_date(opens)].append(Word(said, Tone.QUIET))
    return notes


def _pushes(account: Account, rows: Iterable[CalendarRow]) -> Mapping[date, int]:
    if account.mode not in PUSHES_TO_FOLLOWERS or not allowance_of(account).a_day:
        return {}
    return Counter(beijing_date(row.due_at) for row in rows if row.delivery_state)


def _planned(row: CalendarRow) -> Planned:
    return Planned(row.id, row.due_at, row.accepted_at is not None, row.embargo, row.emergency)
