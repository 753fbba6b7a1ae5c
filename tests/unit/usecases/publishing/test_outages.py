"""After a restart the first tick knows that none ran, and keeps a list."""

import pytest

from bot.domain.errors import NotAllowed
from bot.domain.ids import OutageId
from bot.usecases.publishing.outages import settle_outage
from bot.usecases.publishing.ring_due import ring_due
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.posts.desk import AUDITOR, EDITOR
from tests.unit.usecases.publishing.office import Office


def tick(office: Office, *, after: float = 0) -> None:
    office.clock.pass_seconds(after)
    ring_due(storage=office.storage, doorbell=RecordingDoorbell())


def outages(office: Office) -> list[str]:
    return sorted(office.storage.state.outages)


def test_ticks_that_follow_each_other_are_no_outage() -> None:
    """Written down every five seconds, which is often enough to see a minute."""
    office = Office()
    for _ in range(3):
        tick(office, after=4)

    with office.storage.begin() as uow:
        last = uow.outages.last_tick()
    assert outages(office) == []
    assert last is not None
    assert (office.clock.now() - last).total_seconds() <= 5


def test_the_first_tick_after_a_silence_keeps_it() -> None:
    """Once; the audit tells how long and how many posts."""
    office = Office()
    tick(office, after=-60)
    tick(office, after=600)
    tick(office, after=1)

    (found,) = outages(office)
    with office.storage.begin() as uow:
        outage = uow.outages.get(OutageId(found))
        noticed = [r for r in uow.audit.records() if r.action == "outage.noticed"]
    assert outage.seconds == 600
    assert [r.details for r in noticed] == [{"seconds": "600", "posts": "1"}]


def test_a_person_settles_it() -> None:
    """Who looked through the list is kept; who only reads may not say so."""
    office = Office()
    tick(office)
    tick(office, after=600)
    outage = OutageId(outages(office)[0])

    with pytest.raises(NotAllowed):
        settle_outage(outage, actor=AUDITOR, storage=office.storage)
    settled = settle_outage(outage, actor=EDITOR, storage=office.storage)

    assert (settled.settled_by, settled.settled_at) == (EDITOR.name, office.clock.now())
