"""What a release owes is told when its time is over, and in an emergency before it is."""

from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.accounts.activity import Silence
from bot.domain.notices.condition import ConditionKind
from bot.domain.notices.watching import Watched, watch
from bot.domain.releases.release import ReleaseState
from bot.ports.overview import ReleaseRow
from bot.regulations.calendar import work_calendar
from bot.usecases.notices.duties import late_emergencies, owed_interpretations
from bot.usecases.notices.lookouts import silent_accounts
from tests import factories as make
from tests.factories import NOW
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage
from tests.unit.usecases.notices.test_lookouts import Seen, account


class Shelf:
    """As much of `ports.overview.Overview` as looking for interpretations needs."""

    def __init__(self, *rows: ReleaseRow) -> None:
        self._rows = rows

    def releases(self, *, state: str, limit: int) -> tuple[ReleaseRow, ...]:
        assert (state, limit > 0) == (ReleaseState.RELEASED, True)
        return self._rows


def row(published_on: date | None, interpretations: int = 0) -> ReleaseRow:
    """A public release; today is Monday 2026-11-23."""
    values: dict[str, Any] = dict.fromkeys(ReleaseRow.__dataclass_fields__, None)
    told = {"id": "rel_1", "title": "停车新规", "published_on": published_on}
    return ReleaseRow(**(values | told | {"interpretations": interpretations}))


@pytest.mark.parametrize(
    ("published_on", "interpretations", "owed"),
    [
        (date(2026, 11, 18), 0, False),
        (date(2026, 11, 17), 0, True),
        (date(2026, 11, 17), 1, False),
        (date(2026, 10, 1), 0, False),
        (None, 0, False),
    ],
    ids=["its last day", "a day late", "explained", "long ago", "no day known"],
)
def test_an_interpretation_is_missed_after_three_working_days(
    published_on: date | None, interpretations: int, owed: bool
) -> None:
    """Not before its last day is over, and not for ever."""
    shelf, storage = Shelf(row(published_on, interpretations)), FakeStorage(StillClock(NOW))

    found = owed_interpretations(shelf, storage, work_calendar()).conditions  # type: ignore[arg-type]

    assert [one.kind for one in found] == [ConditionKind.INTERPRETATION_OWED] * owed
    assert all("已超过 3 个工作日" in one.words for one in found)


@pytest.mark.parametrize(
    ("minutes", "step"),
    [(44, None), (45, "near"), (59, "near"), (60, "over"), (200, "over"), (3000, None)],
)
def test_an_emergency_is_told_before_and_after_its_hour(minutes: int, step: str | None) -> None:
    """Nobody has approved it: an hour is given, and a quarter before it ends is time to say so."""
    clock = StillClock(NOW)
    storage = FakeStorage(clock)
    urgent = make.release(
        state=ReleaseState.RECEIVED, approval=None, emergency_since=NOW - timedelta(minutes=minutes)
    )
    with storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(urgent)
        uow.releases.add(make.release(id=make.ReleaseId("rel_2"), source_key="2"))
        uow.commit()

    found = late_emergencies(storage).conditions

    assert [one.step for one in found] == ([step] if step else [])
    assert all("审批政策的时限（1 小时）" in one.words for one in found)


def test_an_account_that_is_silent_is_told_of_on_four_days_and_no_other() -> None:
    """At 7, 10, 12 and 14 days to the minute; afterwards once a week."""
    last, storage = NOW, FakeStorage(StillClock(NOW))
    seen = Seen(accounts=[account(last_published_at=last)])
    watched = Watched((), (), ())
    told: list[float] = []
    for hours in range(0, 24 * 22, 6):
        now = last + timedelta(hours=hours)
        storage.clock = StillClock(now)
        found = silent_accounts(seen, storage).conditions  # type: ignore[arg-type]
        watched = watch(found, watched.alerts, now=now)
        told += [hours / 24] * len(watched.messages)

    assert told == [7, 10, 12, 14, 21]
    assert found[0].step == Silence.VETO
