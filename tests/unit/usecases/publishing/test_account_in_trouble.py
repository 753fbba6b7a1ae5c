"""What a platform holds against an account stops all its posts, and loses none."""

from dataclasses import replace

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.errors import (
    AccountSuspended,
    CredentialExpired,
    Explanation,
    NotAllowed,
    OutcomeUnknown,
)
from bot.domain.ids import AccountId, DeliveryId, PostId
from bot.domain.permissions import Actor
from bot.domain.posts.rollout import RolloutPolicy
from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.journal import Outcome
from bot.ports.platform import LookResult, StepOrder, StepResult
from bot.usecases.accounts.end_trouble import resume_account
from bot.usecases.publishing.resolve_delivery import retry_delivery
from tests import factories as make
from tests.fakes.platform import ACCEPT, DONE, SEE, ScriptedPlatform
from tests.integration.publishing.killing import Killed
from tests.unit.usecases.publishing.office import Office

OPERATOR = Actor("cli:anna", is_operator=True)
DEAD = CredentialExpired(
    "21332",
    "21332",
    explanation=Explanation("授权已失效", "请重新授权", "账号管理员"),
)
FROZEN = AccountSuspended("20015", "20015")
LOST = OutcomeUnknown("reset")


def be_killed(_order: StepOrder) -> StepResult:
    """What a worker's process may be while it waits for an answer."""
    raise Killed("during a call")


def second_post(office: Office) -> None:
    """Another post of the same account, with a rollout of its own."""
    with office.storage.begin() as uow:
        uow.posts.add(make.post(id=PostId("pst_2")))
        uow.deliveries.add(make.delivery(id=DeliveryId("dlv_2"), post=PostId("pst_2")))
        uow.commit()


def test_a_dead_token_holds_its_post_and_lets_the_others_wait() -> None:
    """One call is refused; the next post says why it waits and calls nobody."""
    office = Office()
    second_post(office)
    office.platform.script("accept", DEAD)

    first, second = office.advance(1), office.advance(2)

    assert (first.state, second.state) == (DeliveryState.HELD, DeliveryState.WAITING)
    assert second.hold_reason == "授权已失效。请重新授权"
    assert office.platform.count("accept") == 1
    assert second.next_at is not None


def test_when_it_is_over_all_of_them_go_out() -> None:
    """What was held and what waited, without anybody touching the posts."""
    office = Office()
    second_post(office)
    office.platform.script("accept", DEAD, DONE)
    office.advance(1)
    office.advance(2)

    resumed = resume_account("账号1", actor=OPERATOR, storage=office.storage)
    states = [office.advance(1).state, office.advance(2).state]

    assert resumed == 1
    assert states == [DeliveryState.DELIVERED, DeliveryState.DELIVERED]
    assert office.delivery(2).hold_reason == ""


def test_what_is_too_late_by_then_stays_for_a_person() -> None:
    """Both say how late they are; nothing old goes out by surprise."""
    office = Office()
    second_post(office)
    office.platform.script("accept", DEAD, DONE)
    office.advance(1)
    office.advance(2)
    office.clock.pass_seconds(7200)

    resumed = resume_account("账号1", actor=OPERATOR, storage=office.storage)
    first, second = office.delivery(1), office.advance(2)

    assert resumed == 0
    for delivery in (first, second):
        assert delivery.state is DeliveryState.HELD
        assert "已超过定时 120 分钟" in delivery.hold_reason


def test_posts_held_for_another_reason_stay_held() -> None:
    """A person must still decide about them."""
    office = Office()
    second_post(office)
    office.platform.script("accept", DEAD, DONE)
    office.change_delivery(2, state=DeliveryState.HELD, next_at=None, hold_reason="由人暂停")
    office.advance(1)

    resume_account("账号1", actor=OPERATOR, storage=office.storage)

    assert office.delivery(2).state is DeliveryState.HELD
    assert office.delivery(2).hold_reason == "由人暂停"


def test_a_suspended_account_may_still_be_read() -> None:
    """What is out already is looked at as before; nothing new is sent."""
    office = Office()
    second_post(office)
    office.platform.script("see", StepResult(Outcome.PENDING), DONE)
    office.advance(1)
    office.platform.script("accept", FROZEN)
    office.advance(2)

    seen = office.advance(1, after=10)

    assert seen.state is DeliveryState.DELIVERED
    assert office.delivery(2).state is DeliveryState.HELD


def test_a_post_in_doubt_is_not_searched_for_with_a_dead_token() -> None:
    """It stays in doubt, and its few searches are kept for when they can be made."""
    office = Office()
    second_post(office)
    office.platform.script("accept", LOST, DEAD, DONE)
    office.advance(1)
    office.advance(2)

    unsure = office.advance(1, after=20)

    assert unsure.state is DeliveryState.UNKNOWN
    assert office.platform.count("look:accept") == 0
    resume_account("账号1", actor=OPERATOR, storage=office.storage)
    office.platform.script("look:accept", LookResult(Outcome.FOUND))
    assert office.advance(1).state is DeliveryState.DELIVERED


def test_a_post_in_doubt_whose_searches_were_refused_is_not_sent_again() -> None:
    """It timed out, and the account was suspended before it was found: “the account is well
    again” says nothing of this post, which may be out."""
    office = Office()
    office.platform.script("accept", LOST, DONE)
    office.platform.script("look:accept", FROZEN)
    office.advance()
    for _ in range(8):
        held = office.advance(after=300)
    assert held.state is DeliveryState.HELD

    resumed = resume_account("账号1", actor=OPERATOR, storage=office.storage)
    still = office.advance(after=60)

    assert resumed == 0
    assert still.state is DeliveryState.HELD
    assert "不能确定" in still.hold_reason
    assert office.platform.count("accept") == 1


def test_trying_one_post_again_lets_all_go_on() -> None:
    """Whoever says that it can be tried says so of the account."""
    office = Office()
    second_post(office)
    office.platform.script("accept", FROZEN, DONE)
    office.advance(1)
    office.advance(2)

    retry_delivery(PostId("pst_1"), actor=OPERATOR, tools=office.tools)

    assert office.advance(1).state is DeliveryState.DELIVERED
    assert office.advance(2).state is DeliveryState.DELIVERED


def test_a_token_that_dies_within_a_rollout_leaves_the_other_accounts_alone() -> None:
    """The one account is held with its reason, the others are out, and the rollout says so."""
    office = Office(policy=RolloutPolicy.ALL_OR_NOTHING, modes=(Mode.PUBLISH, Mode.PUBLISH))
    office.platform.script("accept", DEAD, DONE)
    office.advance(1)
    office.advance(2)

    first, second = office.advance(1, after=20), office.advance(2, after=20)

    assert {first.state, second.state} == {DeliveryState.HELD, DeliveryState.DELIVERED}
    with office.storage.begin() as uow:
        assert uow.accounts.trouble(AccountId("acc_2")) is None or (
            uow.accounts.trouble(AccountId("acc_1")) is None
        )
        assert uow.posts.rollouts_of(make.release().id)[0].state == "partly_out"


def test_only_who_manages_accounts_may_say_that_it_is_over() -> None:
    """And the audit keeps who said so."""
    office = Office()

    with pytest.raises(NotAllowed):
        resume_account("账号1", actor=Actor("李撰稿"), storage=office.storage)
    resume_account("账号1", actor=OPERATOR, storage=office.storage)

    with office.storage.begin() as uow:
        assert [(r.actor, r.action) for r in uow.audit.records()] == [
            (OPERATOR.name, "account.resumed")
        ]


def test_while_one_post_is_searched_for_no_other_goes_out_where_the_platform_shows_few() -> None:
    """A step marked `alone` waits its turn; it goes out when the doubt is over."""
    alone = replace(ACCEPT, alone=True)
    office = Office(platform=ScriptedPlatform(alone, SEE))
    second_post(office)
    office.platform.script("accept", LOST, DONE)
    office.advance(1)

    waiting = office.advance(2)
    office.platform.script("look:accept", LookResult(Outcome.FOUND))
    office.advance(1, after=20)
    after = office.advance(2, after=20)

    assert (waiting.state, after.state) == (DeliveryState.WAITING, DeliveryState.DELIVERED)
    assert office.platform.count("accept") == 2


def test_others_wait_too_while_the_post_of_a_worker_that_died_is_searched_for() -> None:
    """Its call has no end in the journal; whether it is out is no less in doubt."""
    office = Office(platform=ScriptedPlatform(replace(ACCEPT, alone=True), SEE))
    second_post(office)
    office.platform.script("accept", be_killed, DONE)
    office.platform.script("look:accept", LookResult(Outcome.UNCLEAR))
    with pytest.raises(Killed):
        office.advance(1)

    unsure = office.advance(1, after=30)
    waiting = office.advance(2)

    assert (unsure.state, waiting.state) == (DeliveryState.UNKNOWN, DeliveryState.WAITING)
    assert office.platform.count("accept") == 1
