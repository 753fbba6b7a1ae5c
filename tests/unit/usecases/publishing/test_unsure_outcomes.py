"""A call whose outcome is unknown: it is looked for, and never repeated on a guess."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.errors import (
    OutcomeUnknown,
)
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import AbsenceRule, StepKind
from bot.ports.platform import LookResult
from bot.usecases.accounts.stop import lift_stop, stop_publishing
from tests.fakes.platform import ACCEPT, SEE, ScriptedPlatform
from tests.unit.usecases.publishing.office import LIVE, Office


def test_a_time_out_is_looked_for_and_never_sent_again() -> None:
    """The product's promise: an unknown outcome is searched, not repeated."""
    office = Office()
    office.platform.script("accept", OutcomeUnknown("timed out"))

    unknown = office.advance()
    for _ in range(8):
        held = office.advance(after=600)

    assert unknown.state is DeliveryState.UNKNOWN
    assert office.platform.count("accept") == 1
    assert office.platform.count("look:accept") == len(ACCEPT.looks_seconds)
    assert held.state is DeliveryState.HELD
    assert "不会自动重发" in held.hold_reason


def test_an_effect_that_is_found_leads_on() -> None:
    """Found in the platform's list: accepted after all, confirmed and seen."""
    office = Office()
    office.platform.script("accept", OutcomeUnknown("reset"))
    office.platform.script(
        "look:accept", LookResult(Outcome.FOUND, {"urls": "https://a.example/9"})
    )

    office.advance()
    delivered = office.advance(after=16)

    assert office.platform.count("accept") == 1
    assert delivered.state is DeliveryState.DELIVERED
    assert delivered.receipt is not None
    assert delivered.receipt.urls == ("https://a.example/9",)


def test_a_proven_absence_lets_the_step_run_again() -> None:
    """Only where the route's absence rule is proven."""
    provable = replace(ACCEPT, absence=AbsenceRule(60, "a documented rule"))
    office = Office(ScriptedPlatform(provable, SEE))
    office.platform.script("accept", OutcomeUnknown("reset"), LIVE)
    office.platform.script("look:accept", LookResult(Outcome.ABSENT))

    office.advance()
    office.advance(after=20)
    delivered = office.advance(after=600)

    assert office.platform.count("accept") == 2
    assert delivered.state is DeliveryState.DELIVERED


@pytest.mark.parametrize(
    "change",
    [{"release_version": 0}, {"state": PostState.HELD, "hold_reason": "领导要求暂停"}],
    ids=["new version", "held"],
)
def test_what_may_be_out_is_never_held_as_not_out(change: dict[str, Any]) -> None:
    """The push timed out, and before it was repeated with its key the post was stopped."""
    keyed = replace(ACCEPT, kind=StepKind.KEYED)
    office = Office(ScriptedPlatform(keyed, SEE))
    office.platform.script("accept", OutcomeUnknown("timed out"))
    office.advance()
    office.change_post(**change)

    held = office.advance(after=120)

    assert held.state is DeliveryState.HELD
    assert "不能确定" in held.hold_reason
    assert "没有发出" not in held.hold_reason


def test_a_stop_leaves_an_unknown_outcome_unknown() -> None:
    """Stopped is not the same as not sent: it cannot be cancelled or edited meanwhile."""
    keyed = replace(ACCEPT, kind=StepKind.KEYED)
    office = Office(ScriptedPlatform(keyed, SEE))
    office.platform.script("accept", OutcomeUnknown("timed out"), LIVE)
    office.advance()
    stop_publishing(None, actor=SYSTEM, storage=office.storage)

    stopped = office.advance(after=120)
    lift_stop(None, actor=SYSTEM, storage=office.storage)
    delivered = office.advance(after=15)

    assert stopped.state is DeliveryState.UNKNOWN
    assert delivered.state is DeliveryState.DELIVERED


def test_after_a_worker_vanished_the_step_is_told_that_it_may_be_done() -> None:
    """Of a step that may be repeated the journal knows no start; the state does."""
    office = Office()
    office.change_delivery(state=DeliveryState.RUNNING)

    office.advance()

    assert [order.unsure for order in office.platform.orders][:2] == [True, False]


def test_a_vanished_worker_is_remembered_although_everything_is_stopped_meanwhile() -> None:
    """The stop brings the delivery to rest before the step is repeated."""
    office = Office()
    office.change_delivery(state=DeliveryState.RUNNING)
    stop_publishing(None, actor=SYSTEM, storage=office.storage)

    stopped = office.advance()
    lift_stop(None, actor=SYSTEM, storage=office.storage)
    office.advance(after=60)

    assert stopped.state is DeliveryState.WAITING
    assert [order.unsure for order in office.platform.orders][:2] == [True, False]


def test_a_step_that_failed_is_told_so_when_it_is_repeated() -> None:
    """The platform may have done it all the same."""
    office = Office()
    office.platform.script("prepare", OutcomeUnknown("reset"), LIVE)

    office.advance()
    office.advance(after=10)

    assert [order.unsure for order in office.platform.orders][:2] == [False, True]
