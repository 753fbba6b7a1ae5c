"""Weibo accounts that go out together: a token that is dead, or will be, keeps them all back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.domain.ids import AccountId, PostId, RolloutId
from bot.domain.permissions import Actor
from bot.domain.posts.rollout import RolloutState
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.accounts.end_trouble import resume_account
from tests.fakes.vault import OpenVault
from tests.integration.publishing.routes import WAYS
from tests.integration.publishing.town import Town, town

OPERATOR = Actor("cli:anna", is_operator=True)
IN_TWENTY_MINUTES = timedelta(minutes=20)
ASKED = "/oauth2/get_token_info"


@pytest.fixture
def place(sqlite_url: str) -> Iterator[Town]:
    """Three accounts of the ordinary route."""
    with town(WAYS["weibo share"], sqlite_url, accounts=3) as made:
        yield made


def _rollout(place: Town) -> list[PostId]:
    return [place.order_post(n, together=True, after=IN_TWENTY_MINUTES) for n in (1, 2, 3)]


def _state(place: Town) -> RolloutState:
    with place.storage.begin() as uow:
        return uow.posts.rollout(RolloutId("rol_1")).state


def _effects(place: Town, posts: list[PostId]) -> list[int]:
    return [place.effects(post) for post in posts]


def _authorise_again(place: Town) -> None:
    """As connecting does: another token among what the adapter opens, and the trouble over."""
    token = place.platform.act("issue_token", account="a2")["access_token"]
    account, vault = AccountId("acc_2"), OpenVault()
    with place.storage.begin() as uow:
        known = vault.open(uow.accounts.sealed_secrets(account))
        uow.accounts.save_secrets(account, vault.seal(known | {"access_token": token}))
        uow.commit()
    resume_account("a2", actor=OPERATOR, storage=place.storage)


def test_a_token_that_is_dead_before_keeps_the_rollout_from_starting(place: Town) -> None:
    """It is found while preparing; nobody goes out, and after consent all do, once."""
    posts = _rollout(place)
    place.platform.act("revoke_tokens", account="a2", code=21332)

    place.work_for(minutes=25)
    before, held = _effects(place, posts), place.delivery(posts[1])
    state = _state(place)
    _authorise_again(place)
    place.work_for(minutes=2)

    assert (before, state) == ([0, 0, 0], RolloutState.HELD)
    assert held.state is DeliveryState.HELD
    assert "授权" in held.hold_reason
    assert (_effects(place, posts), _state(place)) == ([1, 1, 1], RolloutState.OUT)


def test_a_token_that_ends_before_the_due_time_is_found_while_preparing(place: Town) -> None:
    """It lives still when it is asked for, ten minutes ahead; that is said before it is late."""
    posts = _rollout(place)
    place.platform.act("limit_tokens", account="a2", seconds=19 * 60)

    place.work_for(minutes=12)
    held = place.delivery(posts[1])
    place.work_for(minutes=10)
    before = _effects(place, posts)
    _authorise_again(place)
    place.work_for(minutes=2)

    assert held.state is DeliveryState.HELD
    assert "稿件到时发不出去" in held.hold_reason
    assert "重新授权" in held.hold_reason
    assert before == [0, 0, 0]
    assert (_effects(place, posts), _state(place)) == ([1, 1, 1], RolloutState.OUT)


def test_a_token_that_dies_in_the_middle_leaves_one_account_behind(place: Town) -> None:
    """What is out stays out; the one waits for consent and is not sent twice."""
    posts = _rollout(place)
    place.work_for(minutes=15)
    place.platform.act("revoke_tokens", account="a2")

    place.work_for(minutes=8)
    before, state = _effects(place, posts), _state(place)
    _authorise_again(place)
    place.work_for(minutes=2)

    assert (before, state) == ([1, 0, 1], RolloutState.PARTLY_OUT)
    assert (_effects(place, posts), _state(place)) == ([1, 1, 1], RolloutState.OUT)


def test_each_account_of_a_rollout_is_asked_for_once(place: Town) -> None:
    """One call of the day; a post by itself is not worth it."""
    _rollout(place)
    place.work_for(minutes=25)
    asked = [len(place.platform.calls(ASKED, f"a{number}")) for number in (1, 2, 3)]

    assert asked == [1, 1, 1]


def test_a_post_by_itself_is_sent_without_asking(place: Town) -> None:
    """Its own call says whether the token lives."""
    post = place.order_post(1)
    place.work_for(minutes=3)

    assert place.effects(post) == 1
    assert place.platform.calls(ASKED) == []
