"""The clock of an application for disclosure, counted by hand."""

from datetime import datetime

import pytest

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.disclosure import (
    Application,
    corrected,
    correction_asked,
    due,
    extended,
    paused,
    resumed,
)
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from bot.regulations.calendar import work_calendar

CALENDAR = work_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00").replace(tzinfo=BEIJING)


def filed(day: str) -> Application:
    return Application(CaseId("case_1"), at(day))


def ends(application: Application) -> str:
    return due(application, calendar=CALENDAR).at.astimezone(BEIJING).date().isoformat()


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2026-03-02", "2026-03-30"),
        ("2026-09-01", "2026-09-29"),
        ("2026-09-29", "2026-11-02"),
        ("2026-01-30", "2026-03-05"),
        ("2026-11-26", "2026-12-24"),
    ],
)
def test_an_application_is_answered_within_twenty_working_days(day: str, last: str) -> None:
    """国庆 and 春节 do not count, the weekends worked for them do."""
    assert ends(filed(day)) == last


def test_a_correction_starts_the_clock_anew() -> None:
    """Counted from the day on which the corrected application came."""
    asked = correction_asked(filed("2026-11-02"), at=at("2026-11-11"), calendar=CALENDAR)

    assert asked.is_paused
    assert ends(corrected(asked, at=at("2026-11-26"))) == "2026-12-24"


def test_a_correction_is_asked_for_once_and_within_seven_working_days() -> None:
    """The seventh is 11 November; the next day is too late."""
    asked = correction_asked(filed("2026-11-02"), at=at("2026-11-11"), calendar=CALENDAR)

    with pytest.raises(Conflict, match="已经告知过"):
        correction_asked(asked, at=at("2026-11-11"), calendar=CALENDAR)
    with pytest.raises(Conflict, match="超过 7 个工作日"):
        correction_asked(filed("2026-11-02"), at=at("2026-11-12"), calendar=CALENDAR)
    with pytest.raises(Conflict, match="没有在等待补正"):
        corrected(filed("2026-11-02"), at=at("2026-11-12"))


def test_asking_others_does_not_count() -> None:
    """Ten working days of theirs are ten more of ours."""
    stands = paused(filed("2026-11-02"), at=at("2026-11-06"), reason="征求第三方意见")

    assert stands.is_paused
    assert ends(filed("2026-11-02")) == "2026-11-30"
    assert ends(resumed(stands, at=at("2026-11-20"))) == "2026-12-14"


def test_it_is_extended_once_by_twenty_working_days_at_most() -> None:
    """With who approved it."""
    longer = extended(filed("2026-11-02"), 20, approved_by="chen")

    assert ends(longer) == "2026-12-28"
    with pytest.raises(Conflict, match="不能再次延长"):
        extended(longer, 1, approved_by="chen")
    with pytest.raises(Conflict, match="最多 20 个工作日"):
        extended(filed("2026-11-02"), 21, approved_by="chen")
