"""An account is switched off with a reason; what waits is held and comes back, nothing is lost."""

from datetime import timedelta

import pytest

from bot.domain.errors import Conflict, InvalidInput, NotAllowed
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.accounts.go_live import go_live
from bot.usecases.accounts.switch_off import switch_off
from bot.usecases.posts.hold_post import resume_post
from bot.usecases.posts.schedule_post import schedule_post
from tests import factories as make
from tests.unit.usecases.accounts.test_accounts import ADMIN
from tests.unit.usecases.posts.desk import APPROVER, Desk

NAME = make.account().name


def scheduled() -> tuple[Desk, str]:
    """A post that goes out in an hour, and its id."""
    desk = Desk(make.rule())
    (post,) = desk.arrives_and_is_planned()
    at = desk.clock.now() + timedelta(hours=1)
    schedule_post(post.id, at=at, actor=APPROVER, storage=desk.storage, ids=desk.ids)
    return desk, post.id


def test_what_waits_is_held_with_the_reason_and_comes_back() -> None:
    """Content, approval and time stay; nothing goes out in between."""
    desk, id_ = scheduled()
    post = desk.post(make.PostId(id_))

    held = switch_off(NAME, reason=" 账号移交 ", actor=ADMIN, storage=desk.storage)
    stopped, delivery = desk.post(post.id), desk.delivery(post.id)
    go_live(NAME, actor=ADMIN, tools=desk.publishing)
    resume_post(post.id, actor=APPROVER, storage=desk.storage)

    assert held == [post.id]
    assert (stopped.state, stopped.hold_reason) == (PostState.HELD, "账号已停用：账号移交")
    assert delivery.state is DeliveryState.HELD
    assert desk.post(post.id).state is PostState.SCHEDULED
    assert desk.post(post.id).is_approved_as_is
    assert desk.delivery(post.id).due_at == delivery.due_at
    with desk.storage.begin() as uow:
        account = uow.accounts.by_name(NAME)
    assert account is not None
    assert (account.enabled, account.off_reason) == (True, "")
    assert "account.switched_off" in desk.actions()


def test_what_the_platform_has_is_seen_through() -> None:
    """A delivery that was started is not held half way."""
    desk, id_ = scheduled()
    desk.change_delivery(make.PostId(id_), state=DeliveryState.AWAITING_PLATFORM)

    assert switch_off(NAME, reason="移交", actor=ADMIN, storage=desk.storage) == []
    assert desk.post(make.PostId(id_)).state is PostState.SCHEDULED


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_needed(reason: str) -> None:
    """And nothing changes without it."""
    desk, id_ = scheduled()

    with pytest.raises(InvalidInput, match="原因"):
        switch_off(NAME, reason=reason, actor=ADMIN, storage=desk.storage)
    assert desk.post(make.PostId(id_)).state is PostState.SCHEDULED


def test_it_is_switched_off_once() -> None:
    """The first reason stays."""
    desk, _ = scheduled()
    switch_off(NAME, reason="移交", actor=ADMIN, storage=desk.storage)

    with pytest.raises(Conflict, match="已经停用"):
        switch_off(NAME, reason="又一次", actor=ADMIN, storage=desk.storage)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ACCOUNT_ADMIN}))
def test_only_who_manages_accounts_switches_one_off(role: Role) -> None:
    """Others may stop it in an emergency, if that."""
    desk, _ = scheduled()

    with pytest.raises(NotAllowed):
        switch_off(NAME, reason="移交", actor=Actor("li", frozenset({role})), storage=desk.storage)
