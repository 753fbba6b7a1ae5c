"""Changing the callback token and key of an account."""

from datetime import timedelta

import pytest

from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.usecases.accounts.rotate_callback_key import rotate_callback_key
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

ADMIN = Actor("admin", frozenset({Role.ACCOUNT_ADMIN}))
BEFORE = {"app_secret": "invented", "token": "oldtoken", "aes_key": "A" * 43}


@pytest.fixture
def storage() -> FakeStorage:
    storage = FakeStorage(StillClock())
    with storage.begin() as uow:
        uow.accounts.add(make.account(), OpenVault().seal(BEFORE))
        uow.commit()
    return storage


def rotate(storage: FakeStorage, actor: Actor = ADMIN, **changes: str) -> None:
    name = changes.pop("name", make.account().name)
    rotate_callback_key(name, **changes, actor=actor, storage=storage, vault=OpenVault())


def test_the_old_pair_is_kept_until_a_day_later(storage: FakeStorage) -> None:
    """Both stay, also the one that did not change, since they are a pair."""
    rotate(storage, aes_key="B" * 43)

    with storage.begin() as uow:
        account = uow.accounts.get(make.account().id)
        secrets = OpenVault().open(uow.accounts.sealed_secrets(account.id))
        record = uow.audit.records()[-1]
    assert secrets == BEFORE | {
        "aes_key": "B" * 43,
        "token_previous": "oldtoken",
        "aes_key_previous": "A" * 43,
    }
    until = StillClock().now() + timedelta(days=1)
    assert account.options["keys_previous_until"] == until.isoformat()
    assert (record.action, record.details["changed"]) == ("account.callback_key_rotated", "aes_key")
    assert "B" * 43 not in str(record)


@pytest.mark.parametrize(
    "changes",
    [{}, {"token": "oldtoken"}, {"token": "no!"}, {"aes_key": "short"}],
    ids=["nothing", "the same", "token of another form", "key of another form"],
)
def test_what_cannot_be_a_new_pair_is_refused(
    storage: FakeStorage, changes: dict[str, str]
) -> None:
    """Nothing is lost: the account keeps its keys."""
    with pytest.raises(InvalidInput):
        rotate(storage, **changes)

    with storage.begin() as uow:
        assert OpenVault().open(uow.accounts.sealed_secrets(make.account().id)) == BEFORE


def test_only_who_manages_accounts_may(storage: FakeStorage) -> None:
    """And the account must be there."""
    with pytest.raises(NotAllowed):
        rotate(storage, Actor("desk", frozenset({Role.DESK})), token="newtoken")
    with pytest.raises(NotFound):
        rotate(storage, name="没有", token="newtoken")
