"""What every storage promises about deliveries: leases, journals, due work."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import Conflict, NotFound
from bot.domain.ids import AccountId, DeliveryId, PostId, RolloutId
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Failure, Outcome
from bot.domain.publishing.receipt import Fact, Receipt
from bot.ports.storage import LeaseLost
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after, delivery, post
from tests.fakes.clock import StillClock

ONE = DeliveryId("dlv_1")


def entry(seq: int = 1, **changes: object) -> Entry:
    """A call that was started."""
    open_entry = Entry(
        seq=seq, step="submit", act=Act.CALL, started_at=NOW, deadline_at=after(10), key="k"
    )
    return replace(open_entry, **changes)  # type: ignore[arg-type]


def add(storage: CompleteStorage, *deliveries: Delivery) -> None:
    with storage.begin() as uow:
        for made in deliveries:
            uow.deliveries.add(made)
        uow.commit()


def lease(storage: CompleteStorage, seconds: float = 30) -> Delivery | None:
    with storage.begin() as uow:
        leased = uow.deliveries.get(ONE) if uow.deliveries.lease(ONE, seconds=seconds) else None
        uow.commit()
    return leased


def leased(storage: CompleteStorage) -> Delivery:
    taken = lease(storage)
    assert taken is not None
    return taken


def stored(storage: CompleteStorage) -> Delivery:
    with storage.begin() as uow:
        return uow.deliveries.get(ONE)


def save(storage: CompleteStorage, changed: Delivery, *entries: Entry) -> None:
    with storage.begin() as uow:
        uow.deliveries.save(changed, entries=entries)
        uow.commit()


def due(storage: CompleteStorage, *, limit: int = 10) -> list[str]:
    with storage.begin() as uow:
        taken = uow.deliveries.take_due(limit=limit, ring_again_seconds=5)
        uow.commit()
    return [delivery_id for _, delivery_id in taken]


def test_what_is_rung_at_its_time_is_due(peopled: CompleteStorage) -> None:
    """Rung ahead of its time it only gets prepared, and goes on waiting."""
    with peopled.begin() as uow:
        uow.deliveries.add(delivery(due_at=after(300), next_at=NOW))
        uow.commit()

    ahead, state_ahead = due(peopled), _state(peopled)
    with peopled.begin() as uow:
        uow.deliveries.save(delivery(due_at=NOW, next_at=NOW))
        uow.commit()
    in_time, state_in_time = due(peopled), _state(peopled)

    assert (ahead, state_ahead) == (["dlv_1"], DeliveryState.WAITING)
    assert (in_time, state_in_time) == (["dlv_1"], DeliveryState.DUE)


def _state(storage: CompleteStorage) -> DeliveryState:
    with storage.begin() as uow:
        return uow.deliveries.get(DeliveryId("dlv_1")).state


def test_a_delivery_comes_back_as_it_was_stored(peopled: CompleteStorage) -> None:
    """Every field and every journal entry survives the round trip."""
    failure = Failure("RateLimited", "45009", "reach max", cause="次数已用完", who="编辑")
    finished = entry(
        outcome=Outcome.DONE,
        finished_at=datetime.fromisoformat("2026-11-23T02:00:00.123456+00:00"),
        evidence={"job_id": "j1", "urls": "https://mp.example/1"},
        failure=failure,
        key_valid_until=after(60),
        retry_at=after(5),
    )
    fact = Fact(after(3), "submit:call")
    receipt = Receipt({"job_id": "j1"}, ("https://mp.example/1",), fact, fact, None)
    made = delivery(
        journal=delivery().journal.with_entry(finished),
        prepared_at=after(1),
        accepted_at=after(3),
        hold_reason="请核对",
        receipt=receipt,
    )

    add(peopled, made)

    assert stored(peopled) == made


def test_one_revision_has_one_delivery(peopled: CompleteStorage) -> None:
    """A second delivery of the same post and revision is refused and changes nothing."""
    add(peopled, delivery())

    with pytest.raises(Conflict):
        add(peopled, delivery(id=DeliveryId("dlv_2")))
    add(peopled, delivery(id=DeliveryId("dlv_3"), revision=2))

    with peopled.begin() as uow:
        assert [d.id for d in uow.deliveries.of_post(PostId("pst_1"))] == ["dlv_1", "dlv_3"]


def test_an_unknown_delivery_is_not_found(peopled: CompleteStorage) -> None:
    """Reading, saving and appending to what is not there say so; leasing gives nothing."""
    assert lease(peopled) is None
    with pytest.raises(NotFound, match="找不到投递：dlv_1"):
        stored(peopled)
    with pytest.raises(NotFound):
        save(peopled, delivery())
    with pytest.raises(NotFound), peopled.begin() as uow:
        uow.deliveries.append_evidence(ONE, entry())


def test_one_lease_at_a_time_until_it_ends(peopled: CompleteStorage, clock: StillClock) -> None:
    """A lease excludes others until its time is over; each one has its own token."""
    add(peopled, delivery())

    first = leased(peopled)
    meanwhile = lease(peopled)
    clock.pass_seconds(30)
    second = leased(peopled)

    assert first.lease_until == after(30)
    assert meanwhile is None
    assert second.lease_token not in {None, first.lease_token}


def test_of_many_workers_one_gets_the_lease(peopled: CompleteStorage) -> None:
    """However many ask at once, one is given the lease."""
    add(peopled, delivery())

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: lease(peopled), range(16)))

    assert len([one for one in taken if one is not None]) == 1


@pytest.mark.parametrize("state", [DeliveryState.HELD, DeliveryState.DELIVERED])
def test_what_is_not_open_cannot_be_leased(peopled: CompleteStorage, state: DeliveryState) -> None:
    """Nothing happens by itself to a delivery that is held or over."""
    add(peopled, delivery(state=state))

    assert lease(peopled) is None


def test_a_lost_lease_cannot_write(peopled: CompleteStorage, clock: StillClock) -> None:
    """Who lost the lease changes neither state nor journal."""
    add(peopled, delivery())
    loser = leased(peopled)
    clock.pass_seconds(31)
    leased(peopled)

    with pytest.raises(LeaseLost):
        save(peopled, replace(loser, state=DeliveryState.RUNNING), entry())

    after_all = stored(peopled)
    assert (after_all.state, after_all.journal.entries) == (DeliveryState.WAITING, ())


def test_a_lost_lease_can_still_append_evidence(peopled: CompleteStorage) -> None:
    """Evidence needs no lease, and is numbered after what is there."""
    add(peopled, delivery())
    save(peopled, leased(peopled), entry())

    with peopled.begin() as uow:
        uow.deliveries.append_evidence(ONE, entry(seq=1, act=Act.EVENT, outcome=Outcome.DONE))
        uow.commit()

    acts = [(e.seq, e.act) for e in stored(peopled).journal.entries]
    assert acts == [(1, Act.CALL), (2, Act.EVENT)]


def test_a_lease_can_be_prolonged_and_given_back(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """Saving with `lease_until` in the past lets another worker lease at once."""
    add(peopled, delivery())
    mine = leased(peopled)
    save(peopled, replace(mine, lease_until=clock.now() + timedelta(seconds=60)))
    clock.pass_seconds(45)
    meanwhile = lease(peopled)

    save(peopled, replace(mine, lease_until=clock.now()))

    assert meanwhile is None
    assert lease(peopled) is not None


def test_an_open_entry_is_finished_and_a_finished_one_stays(peopled: CompleteStorage) -> None:
    """The journal is never rewritten: an entry that is finished cannot be replaced."""
    add(peopled, delivery())
    mine = leased(peopled)
    done = entry(outcome=Outcome.DONE, finished_at=after(1))
    save(peopled, mine, entry())
    save(peopled, mine, done, entry(2))
    save(peopled, mine, done)

    with pytest.raises(LeaseLost):
        save(peopled, mine, entry(outcome=Outcome.REFUSED))

    assert stored(peopled).journal.entries == (done, entry(2))


def test_due_work_is_rung_once_until_the_ring_is_old(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """A ring that nobody answered is repeated after its time, not before."""
    add(peopled, delivery())

    rings = [due(peopled), due(peopled)]
    clock.pass_seconds(5)
    rings.append(due(peopled))

    assert rings == [["dlv_1"], [], ["dlv_1"]]


def test_saving_answers_the_bell(peopled: CompleteStorage, clock: StillClock) -> None:
    """What a worker saved may ring again as soon as its new time comes."""
    add(peopled, delivery())
    due(peopled)
    mine = leased(peopled)
    save(peopled, replace(mine, next_at=after(1), lease_until=NOW))

    clock.pass_seconds(1)

    assert due(peopled) == ["dlv_1"]


def test_due_work_comes_in_order_and_within_the_limit(peopled: CompleteStorage) -> None:
    """The longest due comes first; what is later, held, leased or without a time does not come."""
    times = {"dlv_late": -60, "dlv_1": -5, "dlv_now": 0, "dlv_next": 0.001}
    add(
        peopled,
        *(
            delivery(id=DeliveryId(name), revision=number, next_at=after(seconds))
            for number, (name, seconds) in enumerate(times.items(), start=1)
        ),
        delivery(id=DeliveryId("dlv_none"), revision=7, next_at=None),
        delivery(id=DeliveryId("dlv_held"), revision=8, state=DeliveryState.HELD),
    )

    first = due(peopled, limit=2)
    rest = due(peopled)

    assert (first, rest) == (["dlv_late", "dlv_1"], ["dlv_now"])


def test_a_leased_delivery_does_not_ring(peopled: CompleteStorage, clock: StillClock) -> None:
    """A worker is on it; it rings when the lease ended without an answer."""
    add(peopled, delivery())
    lease(peopled, seconds=30)

    at_once = due(peopled)
    clock.pass_seconds(30)

    assert (at_once, due(peopled)) == ([], ["dlv_1"])


def test_two_ticks_at_once_share_the_due_work(peopled: CompleteStorage) -> None:
    """Each due delivery is rung by one of them."""
    add(
        peopled,
        *(delivery(id=DeliveryId(f"dlv_{n:02}"), revision=n) for n in range(1, 31)),
    )

    with ThreadPoolExecutor(4) as pool:
        rung = [one for taken in pool.map(lambda _: due(peopled), range(8)) for one in taken]

    rung += due(peopled, limit=30)
    assert sorted(rung) == [f"dlv_{n:02}" for n in range(1, 31)]


def test_waking_only_brings_forward(peopled: CompleteStorage, clock: StillClock) -> None:
    """A time in the future or none becomes now; an earlier time and closed states stay."""
    held = delivery(id=DeliveryId("dlv_held"), revision=2, state=DeliveryState.HELD, next_at=None)
    ids = [ONE, DeliveryId("dlv_held"), DeliveryId("dlv_none")]
    add(peopled, delivery(next_at=after(60)), held)
    add(peopled, delivery(id=DeliveryId("dlv_none"), revision=3, next_at=None))

    with peopled.begin() as uow:
        uow.deliveries.wake(ids, at=after(10))
        uow.deliveries.wake(ids, at=after(20))
        uow.commit()

    with peopled.begin() as uow:
        times = [uow.deliveries.get(one).next_at for one in ids]
    assert times == [after(10), None, after(10)]


def test_a_job_leads_to_its_delivery(peopled: CompleteStorage) -> None:
    """Any job the journal ever named is found, on its own account only."""
    add(peopled, delivery())
    mine = leased(peopled)
    first = entry(outcome=Outcome.PENDING, evidence={"job_id": "j1"})
    second = entry(2, outcome=Outcome.PENDING, evidence={"job_id": "j2"})
    save(peopled, mine, first, second)

    with peopled.begin() as uow:
        found = [uow.deliveries.by_job(AccountId("acc_1"), job) for job in ("j1", "j2", "j3")]
        elsewhere = uow.deliveries.by_job(AccountId("acc_2"), "j1")

    assert (found, elsewhere) == ([ONE, ONE, None], None)


def test_members_show_how_far_each_sibling_is(peopled: CompleteStorage) -> None:
    """Prepared, accepted and pushing are read from the delivery and its account's mode."""
    with peopled.begin() as uow:
        uow.accounts.add(account(id=AccountId("acc_2"), name="云岭推送", mode=Mode.MASS), "sealed")
        uow.posts.add(post(id=PostId("pst_2"), account=AccountId("acc_2")))
        uow.deliveries.add(delivery(prepared_at=NOW, accepted_at=NOW))
        uow.deliveries.add(
            delivery(id=DeliveryId("dlv_2"), post=PostId("pst_2"), account=AccountId("acc_2"))
        )
        members = uow.deliveries.members(RolloutId("rol_1"))

    seen = [(m.delivery_id, m.prepared, m.accepted, m.pushes) for m in members]
    assert seen == [("dlv_1", True, True, False), ("dlv_2", False, False, True)]


def test_live_posts_are_newest_first_without_removed_ones(peopled: CompleteStorage) -> None:
    """Published posts of the account with their platform ids, as collectors need them."""
    for number, state in enumerate(("delivered", "delivered", "removed"), start=1):
        fact = Fact(after(number), "confirm")
        made = delivery(
            id=DeliveryId(f"dlv_{number}"),
            revision=number,
            state=DeliveryState(state),
            receipt=Receipt({"msg_data_id": str(number)}, published=fact),
        )
        add(peopled, made)

    with peopled.begin() as uow:
        live = uow.deliveries.live_posts(AccountId("acc_1"))

    ids = [(dict(one.platform_ids), one.published_at) for one in live]
    assert ids == [({"msg_data_id": "2"}, after(2)), ({"msg_data_id": "1"}, after(1))]


def test_what_is_planned_is_found_by_its_time(peopled: CompleteStorage) -> None:
    """From the first moment to before the last; what was cancelled does not count."""
    add(peopled, replace(delivery(), due_at=after(60)))
    account_id = delivery().account

    with peopled.begin() as uow:
        found = uow.deliveries.planned(account_id, since=after(60), until=after(61))
        before = uow.deliveries.planned(account_id, since=after(0), until=after(60))
        other = uow.deliveries.planned(AccountId("acc_x"), since=after(0), until=after(99))
        uow.deliveries.save(replace(delivery(), due_at=after(60), state=DeliveryState.CANCELLED))
        cancelled = uow.deliveries.planned(account_id, since=after(0), until=after(99))

    assert found == [(delivery().post, after(60))]
    assert (list(before), list(other), list(cancelled)) == ([], [], [])


def test_deliveries_in_a_state_are_found_by_account(peopled: CompleteStorage) -> None:
    """Only in that state, only of that account."""
    waiting = DeliveryState.AWAITING_PERSON
    add(peopled, delivery())

    with peopled.begin() as uow:
        nobody = uow.deliveries.standing(delivery().account, waiting)
        uow.deliveries.save(replace(delivery(), state=DeliveryState.AWAITING_PERSON))
        found = uow.deliveries.standing(delivery().account, waiting)
        elsewhere = uow.deliveries.standing(AccountId("acc_x"), waiting)

    assert (list(nobody), list(found), list(elsewhere)) == ([], [ONE], [])
