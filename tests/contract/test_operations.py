"""What every storage promises about quiet periods, breakers, ticks, outages and the queue."""

from dataclasses import replace

import pytest

from bot.domain.accounts.breaker import Breaker
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId, DeliveryId, OutageId, PostId, QuietPeriodId
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Failure
from bot.domain.publishing.outage import Outage
from bot.domain.publishing.quiet import AtEnd, QuietPeriod
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after, delivery, post
from tests.fakes.clock import StillClock

ACCOUNT = AccountId("acc_1")
PERIOD = QuietPeriod(
    QuietPeriodId("qui_1"), None, "哀悼日", NOW, after(600), "wang", NOW, AtEnd.PUBLISH
)
BREAKER = Breaker(ACCOUNT, 3, Failure("NotSent", cause="连不上"), NOW, after(15))
OUTAGE = Outage(OutageId("out_1"), NOW, after(300))


def add_deliveries(storage: CompleteStorage, number: int, **changes: object) -> None:
    """So many deliveries of posts of their own, `dlv_01` and so on."""
    with storage.begin() as uow:
        for one in range(1, number + 1):
            uow.posts.add(post(id=PostId(f"pst_x{one:02}")))
            uow.deliveries.add(
                delivery(id=DeliveryId(f"dlv_{one:02}"), post=PostId(f"pst_x{one:02}"), **changes)
            )
        uow.commit()


def taken(storage: CompleteStorage, *, most: int = 80) -> list[str]:
    with storage.begin() as uow:
        due = uow.deliveries.take_due(limit=100, ring_again_seconds=5, most_an_account=most)
        uow.commit()
    return [one for _, one in due]


def test_quiet_periods_come_back_with_what_they_concern(peopled: CompleteStorage) -> None:
    """Those of the account and of all, that end after the delivery is due."""
    other = replace(PERIOD, id=QuietPeriodId("qui_2"), account=AccountId("acc_2"))
    over = replace(PERIOD, id=QuietPeriodId("qui_3"), since=after(-9), until=NOW)
    with peopled.begin() as uow:
        uow.accounts.add(account(id=AccountId("acc_2"), name="云岭住建"), "{}")
        uow.deliveries.add(delivery())
        for period in (PERIOD, other, over):
            uow.quiet_periods.add(period)
        uow.commit()

    with peopled.begin() as uow:
        here = uow.deliveries.circumstances(DeliveryId("dlv_1"))
        listed = uow.quiet_periods.newest()

    assert here.quiet_periods == (PERIOD,)
    assert [period.id for period in listed] == ["qui_2", "qui_1", "qui_3"]


def test_ending_a_period_early_moves_its_end(peopled: CompleteStorage) -> None:
    """It keeps nothing any more."""
    with peopled.begin() as uow:
        uow.deliveries.add(delivery(due_at=after(60)))
        uow.quiet_periods.add(PERIOD)
        uow.quiet_periods.save(replace(PERIOD, until=after(30), ended_by="li"))
        here = uow.deliveries.circumstances(DeliveryId("dlv_1"))

        assert here.quiet_periods == ()
        assert uow.quiet_periods.get(PERIOD.id).ended_by == "li"
        with pytest.raises(NotFound):
            uow.quiet_periods.get(QuietPeriodId("qui_9"))


def test_one_caller_takes_the_probe(peopled: CompleteStorage, clock: StillClock) -> None:
    """Nobody before the pause is over, nobody else after somebody has."""
    with peopled.begin() as uow:
        uow.deliveries.add(delivery())
        uow.breakers.save(BREAKER)
        early = uow.breakers.take_probe(ACCOUNT, until=after(40))
        clock.pass_seconds(15)
        first = uow.breakers.take_probe(ACCOUNT, until=after(40))
        second = uow.breakers.take_probe(ACCOUNT, until=after(40))
        here = uow.deliveries.circumstances(DeliveryId("dlv_1"))

        assert (early, first, second) == (False, True, False)
        assert here.breaker == replace(BREAKER, probe_at=after(40))
        assert uow.breakers.of(ACCOUNT) == here.breaker
        uow.breakers.close(ACCOUNT)
        assert uow.breakers.of(ACCOUNT) is None
        assert not uow.breakers.take_probe(ACCOUNT, until=after(40))


def test_a_stop_says_who_and_why(storage: CompleteStorage) -> None:
    """The first stays: a second click does not rewrite who stopped."""
    with storage.begin() as uow:
        assert uow.stops.why_stopped() is None
        uow.stops.stop_everything(by="wang", reason="发错稿件")
        uow.stops.stop_everything(by="li")

        assert uow.stops.why_stopped() == ("wang", "发错稿件")
        uow.stops.lift()
        assert uow.stops.why_stopped() is None


def test_an_outage_lists_what_was_due_in_it_once(peopled: CompleteStorage) -> None:
    """And what was being sent; not what came later or is out. Noticed twice it stays one."""
    add_deliveries(peopled, 2, due_at=after(10))
    with peopled.begin() as uow:
        uow.deliveries.save(
            delivery(id=DeliveryId("dlv_02"), post=PostId("pst_x02"), due_at=after(10), urgent=True)
        )
        uow.deliveries.add(
            delivery(state=DeliveryState.RUNNING, due_at=after(-60), next_at=after(10))
        )
        uow.posts.add(post(id=PostId("pst_later")))
        uow.deliveries.add(
            delivery(id=DeliveryId("dlv_l"), post=PostId("pst_later"), due_at=after(400))
        )
        first, again = uow.outages.add(OUTAGE), uow.outages.add(OUTAGE)
        uow.commit()

    with peopled.begin() as uow:
        assert (first, again) == (3, 0)
        assert uow.outages.get(OUTAGE.id) == OUTAGE
        uow.outages.save(replace(OUTAGE, settled_by="wang", settled_at=after(500)))
        assert uow.outages.get(OUTAGE.id).settled_by == "wang"
        with pytest.raises(NotFound):
            uow.outages.get(OutageId("out_9"))


def test_ticks_are_remembered(storage: CompleteStorage) -> None:
    """The last one counts."""
    with storage.begin() as uow:
        assert uow.outages.last_tick() is None
        uow.outages.note_tick(NOW)
        uow.outages.note_tick(after(5))
        assert uow.outages.last_tick() == after(5)


def test_an_urgent_delivery_overtakes_what_was_due_before(peopled: CompleteStorage) -> None:
    """However long the others have waited."""
    add_deliveries(peopled, 5, due_at=after(-600), next_at=after(-600))
    with peopled.begin() as uow:
        uow.deliveries.add(delivery(urgent=True))
        uow.commit()

    assert taken(peopled)[0] == "dlv_1"


def test_an_account_has_no_more_in_hand_than_its_share(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """Rung for or leased; an urgent one comes on top, what nobody took comes again."""
    add_deliveries(peopled, 5)
    first = taken(peopled, most=3)
    with peopled.begin() as uow:
        uow.deliveries.lease(DeliveryId("dlv_01"), seconds=60)
        uow.deliveries.add(delivery(urgent=True))
        uow.commit()

    second = taken(peopled, most=3)
    clock.pass_seconds(6)
    third = taken(peopled, most=3)

    assert first == ["dlv_01", "dlv_02", "dlv_03"]
    assert second == ["dlv_1"]
    assert third[0] == "dlv_1"
    assert len(third) <= 3
    assert "dlv_01" not in third


def test_standing_can_ask_for_what_is_due_soon(peopled: CompleteStorage) -> None:
    """What is far ahead need not be woken."""
    add_deliveries(peopled, 1, due_at=after(9_000))
    with peopled.begin() as uow:
        uow.deliveries.add(delivery())
        every = uow.deliveries.standing(ACCOUNT, DeliveryState.WAITING)
        soon = uow.deliveries.standing(ACCOUNT, DeliveryState.WAITING, due_before=after(60))

    assert set(every) == {"dlv_01", "dlv_1"}
    assert list(soon) == ["dlv_1"]


def test_of_a_silent_account_nobody_is_rung_for_but_who_tries(
    peopled: CompleteStorage, clock: StillClock
) -> None:
    """Five hundred due posts must not be woken to learn that they wait; an emergency is."""
    add_deliveries(peopled, 3)
    with peopled.begin() as uow:
        uow.breakers.save(BREAKER)
        uow.deliveries.add(delivery(urgent=True))
        uow.commit()

    while_open = taken(peopled)
    clock.pass_seconds(15)
    half_open, at_once = taken(peopled), taken(peopled)

    assert while_open == ["dlv_1"]
    assert half_open[0] == "dlv_1"
    assert len(half_open) <= 2
    assert at_once == []
