"""The posts of one rollout wait for each other, and say so."""

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    ContentRejected,
)
from bot.domain.posts.rollout import RolloutPolicy, RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.ports.platform import StepResult
from tests import factories as make
from tests.unit.usecases.publishing.office import LIVE, Office


def test_all_or_nothing_waits_until_everybody_is_prepared() -> None:
    """Nothing goes out while a sibling is not ready."""
    office = Office(policy=RolloutPolicy.ALL_OR_NOTHING, modes=(Mode.PUBLISH, Mode.PUBLISH))
    office.platform.script("prepare", StepResult(Outcome.DONE))

    first = office.advance(1)
    office.advance(2)
    again = office.advance(1)

    assert first.state is DeliveryState.WAITING
    assert again.state is DeliveryState.DELIVERED


def test_all_or_nothing_pushes_to_followers_last() -> None:
    """A mass send cannot be taken back, so everything else must have been accepted."""
    office = Office(policy=RolloutPolicy.ALL_OR_NOTHING, modes=(Mode.MASS, Mode.PUBLISH))

    office.advance(1)
    office.advance(2)
    pushed = office.advance(1)

    assert [o.delivery_id for o in office.platform.orders if o.key == ""][-1] == "dlv_1"
    accepts = [
        order.delivery_id
        for order, name in zip(office.platform.orders, office.platform.asked, strict=True)
        if name == "accept"
    ]
    assert accepts == ["dlv_2", "dlv_1"]
    assert pushed.state is DeliveryState.DELIVERED


def test_one_failed_account_makes_the_rollout_partly_out() -> None:
    """After the first acceptance nothing is rolled back; a person is offered the choice."""
    office = Office(modes=(Mode.PUBLISH, Mode.PUBLISH))
    office.platform.script("accept", LIVE, ContentRejected("no"))

    office.advance(1)
    office.advance(2)

    with office.storage.begin() as uow:
        assert uow.posts.rollout(make.rollout().id).state is RolloutState.PARTLY_OUT


def test_who_waits_for_siblings_says_so_once_its_time_has_come() -> None:
    """Before the due time nobody is late; after it staff must see whom it waits for."""
    office = Office(policy=RolloutPolicy.ALL_OR_NOTHING, modes=(Mode.PUBLISH, Mode.PUBLISH))
    office.change_delivery(1, due_at=make.after(60))

    before = office.advance(1)
    after = office.advance(1, after=60)
    office.advance(2)
    delivered = office.advance(1)

    assert (before.state, before.hold_reason) == (DeliveryState.WAITING, "")
    assert after.state is DeliveryState.WAITING
    assert "一起发布" in after.hold_reason
    assert (delivered.state, delivered.hold_reason) == (DeliveryState.DELIVERED, "")


def test_who_waits_for_siblings_is_held_when_its_release_is_corrected() -> None:
    """It is not kept by its siblings any more: a person has to see it."""
    office = Office(policy=RolloutPolicy.ALL_OR_NOTHING, modes=(Mode.PUBLISH, Mode.PUBLISH))
    office.advance(1)
    office.change_post(1, release_version=0)

    held = office.advance(1, after=20)

    assert held.state is DeliveryState.HELD
    assert "新版本" in held.hold_reason
