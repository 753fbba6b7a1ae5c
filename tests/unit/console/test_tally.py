"""How much waits is told on every page, and is not counted for every page."""

from collections.abc import Callable

from bot.console.tally import LASTS, Tallies
from bot.domain.people import Role
from bot.domain.releases.release import ReleaseState
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.unit.console.desk import Desk, send

RECEIVED = '<span class="tally">{}<span'


def counting(*numbers: int) -> Callable[[], int]:
    """Gives one number after the other; one too many is a mistake."""
    left = iter(numbers)
    return lambda: next(left)


def test_the_number_is_remembered_until_somebody_does_something() -> None:
    """The chain of deeds tells, whichever process wrote it."""
    tallies, count = Tallies(StillClock()), counting(3, 4)

    assert [tallies.of("li", deeds=7, count=count) for _ in range(3)] == [3, 3, 3]
    assert [tallies.of("li", deeds=8, count=count) for _ in range(3)] == [4, 4, 4]


def test_what_the_system_brings_is_told_within_seconds() -> None:
    """It writes no deeds."""
    clock = StillClock()
    tallies, count = Tallies(clock), counting(3, 4)

    assert tallies.of("li", deeds=7, count=count) == 3
    clock.pass_seconds(LASTS.total_seconds() - 1)
    assert tallies.of("li", deeds=7, count=count) == 3
    clock.pass_seconds(1)
    assert tallies.of("li", deeds=7, count=count) == 4


def test_everybody_has_their_own_number() -> None:
    """What waits for one does not wait for another."""
    tallies = Tallies(StillClock())

    assert tallies.of("li", deeds=7, count=counting(3)) == 3
    assert tallies.of("wu", deeds=7, count=counting(5)) == 5
    assert tallies.of("li", deeds=7, count=counting()) == 3


def test_a_page_tells_at_once_what_a_colleague_has_done(desk: Desk) -> None:
    """Wu approves the only release that waits; Li's next page says that nothing does."""
    with desk.storage.begin() as uow:
        uow.sources.add(make.source())
        uow.releases.add(make.release(state=ReleaseState.RECEIVED))
        uow.commit()
    li, wu = desk.signed_in("li", Role.APPROVER), desk.signed_in("wu", Role.APPROVER)
    assert RECEIVED.format(1) in li.get("/settings").text

    send(wu, f"/releases/{make.release().id}/approve", version="1")

    assert "件待处理" not in li.get("/settings").text
