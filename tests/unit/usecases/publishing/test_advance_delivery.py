"""Advancing a delivery: what goes out, what waits, what is held, and what is never repeated."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, repeat
from typing import Any

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    ContentRejected,
    Explanation,
    NotSent,
    OutcomeUnknown,
    RateLimited,
)
from bot.domain.permissions import SYSTEM
from bot.domain.posts.post import IfLate, PostState
from bot.domain.posts.rollout import RolloutPolicy, RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.domain.publishing.route import AbsenceRule, StepKind
from bot.domain.releases.release import ReleaseState
from bot.ports.platform import LookResult, StepResult
from bot.usecases.accounts.stop import lift_stop, stop_publishing
from tests import factories as make
from tests.fakes.platform import ACCEPT, CONFIRM, PENDING, PREPARE, SEE, ScriptedPlatform
from tests.unit.usecases.publishing.office import Office

LIVE = StepResult(Outcome.DONE, {"urls": "https://a.example/1", "job_id": "publish:1"})


def test_a_due_delivery_goes_the_whole_way_in_one_visit() -> None:
    """prepare → accept → confirm → see; the receipt has the address and its facts."""
    office = Office()
    office.platform.script("accept", LIVE)

    delivered = office.advance()

    assert office.platform.asked == ["prepare", "accept", "confirm", "see"]
    assert delivered.state is DeliveryState.DELIVERED
    assert delivered.receipt is not None
    assert delivered.receipt.urls == ("https://a.example/1",)
    assert delivered.receipt.seen_live is not None


def test_before_its_time_a_delivery_is_only_prepared() -> None:
    """Uploads and drafts may be made ahead; accepting waits for the due time."""
    office = Office()
    office.change_delivery(due_at=make.after(300))

    waiting = office.advance()

    assert office.platform.asked == ["prepare"]
    assert waiting.state is DeliveryState.WAITING
    assert waiting.next_at == make.after(300)
    assert waiting.prepared_at is not None


def test_the_first_acceptance_makes_the_release_released() -> None:
    """The release knows when it first was public."""
    office = Office()

    office.advance()

    with office.storage.begin() as uow:
        release = uow.releases.get(make.release().id)
    assert release.state is ReleaseState.RELEASED
    assert release.released_at is not None


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


def test_a_refusal_is_held_in_words_staff_can_act_on() -> None:
    """A refused post keeps its cause and next step; nothing is retried."""
    office = Office()
    why = Explanation("标题超过 32 个字", "请缩短标题后重新提交", "编辑")
    office.platform.script("accept", ContentRejected("title", code="45003", explanation=why))

    held = office.advance()
    office.advance(after=3600)

    assert held.state is DeliveryState.HELD
    assert "标题超过 32 个字" in held.hold_reason
    assert office.platform.count("accept") == 1


def test_what_was_never_sent_is_tried_again_later() -> None:
    """No connection was made: a pause, then again."""
    office = Office()
    office.platform.script("accept", NotSent("refused"), LIVE)

    waiting = office.advance()
    delivered = office.advance(after=30)

    assert waiting.state is DeliveryState.WAITING
    assert waiting.next_at is not None
    assert waiting.next_at > make.NOW
    assert delivered.state is DeliveryState.DELIVERED


def test_a_used_up_quota_waits_for_its_reset() -> None:
    """The error says until when; nobody asks before."""
    office = Office()
    office.platform.script("accept", RateLimited("quota", until=make.after(1800)), LIVE)
    office.change_post(grace_seconds=7200)

    waiting = office.advance()

    assert waiting.next_at == make.after(1800)


def test_a_pending_platform_is_asked_again_after_its_pause() -> None:
    """Accepted, not yet published: the delivery awaits the platform."""
    office = Office()
    office.platform.script("confirm", PENDING, LIVE)

    waiting = office.advance()
    delivered = office.advance(after=10)

    assert waiting.state is DeliveryState.AWAITING_PLATFORM
    assert delivered.state is DeliveryState.DELIVERED


def test_after_acceptance_no_later_error_runs_the_accepting_step_again() -> None:
    """Trouble with reading back is trouble with reading back."""
    office = Office()
    office.platform.script("see", NotSent("down"))

    office.advance()
    for _ in range(12):
        last = office.advance(after=900)

    assert office.platform.count("accept") == 1
    assert last.accepted_at is not None


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


def test_a_second_worker_finds_nothing_to_do() -> None:
    """While one worker is at the platform, another cannot begin."""
    office = Office()
    seen: list[DeliveryState] = []

    def meanwhile(_order: object) -> StepResult:
        seen.append(office.advance().state)
        return LIVE

    office.platform.script("accept", meanwhile)

    delivered = office.advance()

    assert seen == [DeliveryState.RUNNING]
    assert delivered.state is DeliveryState.DELIVERED
    assert office.platform.count("accept") == 1


def test_who_lost_the_lease_may_still_bear_witness() -> None:
    """A worker slept past its lease; its answer is evidence, and nothing is sent twice."""
    office = Office()

    def sleep(_order: object) -> StepResult:
        office.clock.pass_seconds(120)
        office.advance()
        return LIVE

    office.platform.script("accept", sleep)

    office.advance()
    delivered = office.advance(after=1)

    assert office.platform.count("accept") == 1
    assert delivered.state is DeliveryState.DELIVERED


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


def test_a_worker_that_slept_past_the_deadline_calls_nothing() -> None:
    """Its process stood still between the commit and the call; others may have looked already."""
    office = Office()
    office.change_delivery(due_at=make.after(300))
    office.advance()
    stopwatch = chain([0.0], repeat(ACCEPT.timeout_seconds))
    office.tools = replace(office.tools, monotonic=lambda: next(stopwatch))

    waiting = office.advance(after=300)

    assert office.platform.count("accept") == 0
    assert waiting.state is DeliveryState.WAITING
    assert waiting.journal.entries[-1].outcome is Outcome.NOT_DONE


def test_a_call_has_only_what_is_left_of_its_time() -> None:
    """The lease was measured from the commit, so the call must end by then too."""
    office = Office()
    stopwatch = chain([0.0], repeat(4.0))
    office.tools = replace(office.tools, monotonic=lambda: next(stopwatch))

    office.advance()

    assert office.platform.steps[0].timeout_seconds == PREPARE.timeout_seconds - 4


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


def test_after_a_worker_vanished_the_step_is_told_that_it_may_be_done() -> None:
    """Of a step that may be repeated the journal knows no start; the state does."""
    office = Office()
    office.change_delivery(state=DeliveryState.RUNNING)

    office.advance()

    assert [order.unsure for order in office.platform.orders][:2] == [True, False]


def test_a_step_that_failed_is_told_so_when_it_is_repeated() -> None:
    """The platform may have done it all the same."""
    office = Office()
    office.platform.script("prepare", OutcomeUnknown("reset"), LIVE)

    office.advance()
    office.advance(after=10)

    assert [order.unsure for order in office.platform.orders][:2] == [False, True]


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
