"""The tick: rings for what is due, in chunks per account, and again when nobody came."""

from bot.domain.accounts.account import Mode
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.usecases.publishing.ring_due import CHUNK, RING_AGAIN_SECONDS, ring_due
from tests import factories as make
from tests.fakes.doorbell import RecordingDoorbell
from tests.unit.usecases.publishing.office import Office


def ring(office: Office) -> list[tuple[str, list[str]]]:
    """What one tick rings."""
    bell = RecordingDoorbell()
    ring_due(storage=office.storage, doorbell=bell)
    return [(account, list(ids)) for account, ids in bell.deliveries]


def test_only_what_is_due_is_rung() -> None:
    """Each account by itself, so that none waits for another."""
    office = Office(modes=(Mode.PUBLISH, Mode.PUBLISH, Mode.PUBLISH))
    office.change_delivery(3, next_at=make.after(60))

    assert ring(office) == [("acc_1", ["dlv_1"]), ("acc_2", ["dlv_2"])]


def test_many_posts_of_one_account_come_in_chunks() -> None:
    """A worker that dies takes at most one chunk with it, for five seconds."""
    office = Office()
    with office.storage.begin() as uow:
        for number in range(2, 2 * CHUNK + 2):
            post = PostId(f"pst_{number:03d}")
            uow.posts.add(make.post(id=post))
            uow.deliveries.add(make.delivery(id=DeliveryId(f"dlv_{number:03d}"), post=post))
        uow.commit()

    rung = ring(office)

    assert [account for account, _ in rung] == [AccountId("acc_1")] * 3
    assert [len(ids) for _, ids in rung] == [CHUNK, CHUNK, 1]
    assert len({one for _, ids in rung for one in ids}) == 2 * CHUNK + 1


def test_a_ring_nobody_heard_is_repeated_after_five_seconds() -> None:
    """Not before: a tick comes five times a second."""
    office = Office()
    first = ring(office)
    at_once = ring(office)
    office.clock.pass_seconds(RING_AGAIN_SECONDS)

    assert first == ring(office)
    assert at_once == []


def test_what_is_being_worked_on_is_not_rung() -> None:
    """The lease says so."""
    office = Office()
    with office.storage.begin() as uow:
        uow.deliveries.lease(DeliveryId("dlv_1"), seconds=30)
        uow.commit()

    assert ring(office) == []


def test_what_has_ended_is_never_rung() -> None:
    """Delivered, and the bell stays silent."""
    office = Office()
    office.advance()
    office.clock.pass_seconds(3600)

    assert ring(office) == []
