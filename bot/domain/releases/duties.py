"""By when a document has to be public and explained, counted in working days."""

from dataclasses import dataclass
from datetime import date

from bot.domain.workdays import Counted, WorkCalendar

PUBLICATION_DAYS = 20
"""Working days from a document's making to its publication (政府信息公开条例第二十六条)."""

INTERPRETATION_DAYS = 3
"""Working days from a document's publication to its interpretation, where local rules name a
number; the national rule is “together” (国办发〔2016〕80号)."""


@dataclass(frozen=True)
class Duty:
    """A term: its last day, and the working days left on `today` – negative when it is over.
    `done` says that what was owed exists, `in_time` whether it came in time."""

    last: Counted
    left: int
    done: bool
    in_time: bool


def publication_duty(
    issued_on: date, published_on: date | None, *, today: date, calendar: WorkCalendar
) -> Duty:
    """主动公开 within 20 working days."""
    last = calendar.add_working_days(issued_on, PUBLICATION_DAYS)
    return _duty(last, published_on, today, calendar)


def interpretation_duty(
    published_on: date, *, explained: bool, today: date, calendar: WorkCalendar
) -> Duty:
    """政策解读 within 3 working days. When an interpretation came is not always known: one that
    exists is in time."""
    last = calendar.add_working_days(published_on, INTERPRETATION_DAYS)
    return _duty(last, last.day if explained else None, today, calendar)


def _duty(last: Counted, done_on: date | None, today: date, calendar: WorkCalendar) -> Duty:
    if today <= last.day:
        left = calendar.working_days_between(today, last.day)
    else:
        left = -calendar.working_days_between(last.day, today)
    by = done_on or today
    return Duty(last, left, done=done_on is not None, in_time=by <= last.day)
