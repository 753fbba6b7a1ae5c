"""Terms of publication and interpretation, on the official calendar."""

from datetime import date

from bot.domain.releases.duties import interpretation_duty, publication_duty
from bot.regulations.calendar import work_calendar

CALENDAR = work_calendar()


def test_publication_within_twenty_working_days() -> None:
    """From 2026-09-21 on: the national holiday does not count, the worked Saturday does."""
    duty = publication_duty(
        date(2026, 9, 21), date(2026, 10, 23), today=date(2026, 11, 1), calendar=CALENDAR
    )

    assert duty.last.day == date(2026, 10, 26)
    assert duty.done
    assert duty.in_time


def test_what_was_published_late_stays_late() -> None:
    duty = publication_duty(
        date(2026, 9, 21), date(2026, 10, 28), today=date(2026, 11, 1), calendar=CALENDAR
    )

    assert duty.done
    assert not duty.in_time


def test_an_interpretation_is_owed_three_working_days_after_the_document() -> None:
    """Published on a Thursday: Tuesday is the last day."""
    published = date(2026, 11, 19)
    friday = interpretation_duty(
        published, explained=False, today=date(2026, 11, 20), calendar=CALENDAR
    )
    wednesday = interpretation_duty(
        published, explained=False, today=date(2026, 11, 25), calendar=CALENDAR
    )

    assert (friday.last.day, friday.left, friday.in_time) == (date(2026, 11, 24), 2, True)
    assert (wednesday.left, wednesday.in_time, wednesday.done) == (-1, False, False)


def test_the_last_day_itself_is_in_time() -> None:
    duty = interpretation_duty(
        date(2026, 11, 19), explained=False, today=date(2026, 11, 24), calendar=CALENDAR
    )

    assert (duty.left, duty.in_time) == (0, True)


def test_one_that_exists_is_in_time() -> None:
    duty = interpretation_duty(
        date(2026, 11, 19), explained=True, today=date(2026, 12, 24), calendar=CALENDAR
    )

    assert (duty.done, duty.in_time) == (True, True)


def test_a_term_into_a_year_without_a_notice_is_provisional() -> None:
    duty = publication_duty(date(2026, 12, 21), None, today=date(2026, 12, 22), calendar=CALENDAR)

    assert duty.last.is_provisional
