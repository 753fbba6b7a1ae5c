"""What keeps a post from going out although its time has come."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.errors import (
    RateLimited,
)
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import IfLate, PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.accounts.stop import lift_stop, stop_publishing
from tests import factories as make
from tests.fakes.platform import ACCEPT, CONFIRM, PREPARE, SEE, ScriptedPlatform
from tests.unit.usecases.publishing.office import LIVE, Office


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"approved_hash": "other"}, "批准已失效"),
        ({"state": PostState.HELD, "hold_reason": "领导要求暂停"}, "领导要求暂停"),
        ({"release_version": 0}, "新版本"),
        ({"revision": 2}, "被修改"),
    ],
    ids=["approval void", "held", "older version", "edited"],
)
def test_what_changed_since_scheduling_stops_the_post(change: dict[str, Any], words: str) -> None:
    """The last check reads everything again; a person is told why nothing went out."""
    office = Office()
    office.change_post(**change)

    held = office.advance()

    assert office.platform.count("accept") == 0
    assert held.state is DeliveryState.HELD
    assert words in held.hold_reason


def test_a_change_between_preparing_and_accepting_stops_the_post() -> None:
    """The check runs in the transaction that would start the accepting step."""
    office = Office()
    office.change_delivery(due_at=make.after(300))
    office.advance()
    office.change_post(approved_hash=None)

    held = office.advance(after=300)

    assert office.platform.asked == ["prepare"]
    assert held.state is DeliveryState.HELD


def test_the_emergency_stop_keeps_everything_until_it_is_lifted() -> None:
    """Stopped is waiting, not losing."""
    office = Office()
    stop_publishing(None, actor=SYSTEM, storage=office.storage)

    stopped = office.advance()
    lift_stop(None, actor=SYSTEM, storage=office.storage)
    delivered = office.advance(after=15)

    assert stopped.state is DeliveryState.WAITING
    assert delivered.state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 1


@pytest.mark.parametrize(
    ("if_late", "late_by", "goes_out"),
    [
        (IfLate.PUBLISH, 1800, True),
        (IfLate.PUBLISH, 7200, False),
        (IfLate.HOLD, 30, True),
        (IfLate.HOLD, 300, False),
    ],
)
def test_work_found_late_follows_its_rule(if_late: IfLate, late_by: int, goes_out: bool) -> None:
    """Within the grace time it is published, after it a person decides."""
    office = Office()
    office.change_post(if_late=if_late, grace_seconds=3600)

    found = office.advance(after=late_by)

    assert (found.state is DeliveryState.DELIVERED) == goes_out
    assert (office.platform.count("accept") == 1) == goes_out


def test_a_post_whose_quota_returns_too_late_is_held_and_not_published_at_night() -> None:
    """Nothing went out at the first try, so the grace time still counts at the next."""
    office = Office()
    office.platform.script("accept", RateLimited("quota", until=make.after(8000)), LIVE)
    office.change_post(grace_seconds=3600)
    office.advance()

    held = office.advance(after=8000)

    assert office.platform.count("accept") == 1
    assert held.state is DeliveryState.HELD
    assert "超出允许的延迟" in held.hold_reason


def test_nothing_public_is_made_before_the_embargo() -> None:
    """Uploaded pictures have public addresses; they wait."""
    upload = replace(PREPARE, public_address=True)
    office = Office(ScriptedPlatform(upload, ACCEPT, CONFIRM, SEE))
    with office.storage.begin() as uow:
        release = uow.releases.get(make.release().id)
        uow.releases.save(replace(release, release_at=make.NOW + timedelta(minutes=5)))
        uow.commit()

    waiting = office.advance()
    delivered = office.advance(after=301)

    assert waiting.state is DeliveryState.WAITING
    assert delivered.state is DeliveryState.DELIVERED
