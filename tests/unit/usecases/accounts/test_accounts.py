"""Adding accounts, and the emergency stop."""

import pytest

from bot.domain.accounts.account import Account, Mode, PlatformName
from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.permissions import SYSTEM, Actor
from bot.domain.publishing.delivery import DeliveryState
from bot.usecases.accounts.add_account import add_account
from bot.usecases.accounts.stop import lift_stop, stop_publishing
from tests import factories as make
from tests.fakes.vault import OpenVault
from tests.unit.usecases.posts.desk import AUDITOR, WRITER, Desk, accounts

ADMIN = Actor("管理员", frozenset({Role.ACCOUNT_ADMIN}))


def add(desk: Desk, account: Account, actor: Actor = ADMIN) -> Account:
    secrets = {"app_secret": "invented"}
    return add_account(account, secrets, actor=actor, storage=desk.storage, vault=OpenVault())


def test_secrets_are_sealed_and_never_in_the_audit_chain() -> None:
    """The account is stored beside its sealed secrets; the record names neither."""
    desk = Desk()

    add(desk, make.account(id=AccountId("acc_9"), name="新账号"))

    with desk.storage.begin() as uow:
        assert OpenVault().open(uow.accounts.sealed_secrets(AccountId("acc_9")))
        assert "invented" not in repr(uow.audit.records())


def test_an_account_needs_a_mode_of_its_platform_and_a_free_name() -> None:
    """Told at once, not on release day."""
    desk = Desk()
    wrong = make.account(id=AccountId("acc_9"), name="微博", platform=PlatformName.WEIBO)

    with pytest.raises(InvalidInput):
        add(desk, wrong)
    with pytest.raises(Conflict):
        add(desk, make.account(id=AccountId("acc_9"), mode=Mode.MASS))
    with pytest.raises(NotAllowed):
        add(desk, make.account(id=AccountId("acc_9"), name="新账号"), actor=AUDITOR)


def test_an_account_is_not_added_with_a_persons_word() -> None:
    """Why followers' words may be kept is written down by a deed of its own."""
    desk = Desk()
    account = make.account(id=AccountId("acc_9"), options={"collecting_basis": "合同 7 号"})

    with pytest.raises(InvalidInput, match="收取依据不能写在账号文件里"):
        add(desk, account)


def test_stopping_one_account_leaves_the_others_going() -> None:
    """By name; lifted, it goes on where it was."""
    desk = Desk(make.rule("acc_1", "acc_2"), accounts=accounts(1, 2))
    one, two = desk.arrives_and_is_planned()
    stop_publishing("账号1", actor=ADMIN, storage=desk.storage)

    stopped, free = desk.advance(one.id), desk.advance(two.id)
    lift_stop("账号1", actor=ADMIN, storage=desk.storage)
    lifted = desk.advance(one.id, after=15)

    assert stopped.accepted_at is None
    assert free.state is lifted.state is DeliveryState.DELIVERED
    assert desk.actions()[-2:] == ["publishing.stopped", "publishing.lifted"]


def test_only_known_accounts_are_stopped_and_by_those_who_may() -> None:
    """A misspelt name must not look like a stop."""
    desk = Desk()

    with pytest.raises(NotFound):
        stop_publishing("没有的账号", actor=SYSTEM, storage=desk.storage)
    with pytest.raises(NotAllowed):
        stop_publishing(None, actor=WRITER, storage=desk.storage)
    with desk.storage.begin() as uow:
        assert not uow.stops.everything_is_stopped()
