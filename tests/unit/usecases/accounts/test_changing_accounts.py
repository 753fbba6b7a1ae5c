"""Changing settings and secrets of an account that is there."""

from collections.abc import Mapping, Sequence
from datetime import time

import pytest

from bot.domain.accounts.account import Account, Mode, PlatformName, QuietHours
from bot.domain.errors import InvalidInput, NotAllowed, NotFound
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.usecases.accounts.change_account import change_account
from tests import factories as make
from tests.fakes.clock import StillClock
from tests.fakes.storage import FakeStorage
from tests.fakes.vault import OpenVault

ADMIN = Actor("admin", frozenset({Role.ACCOUNT_ADMIN}))
BEFORE = {"app_secret": "invented", "token": "kepttoken"}
OPTIONS = {"app_id": "wx0000000000000001", "collecting_since": "2026-11-01"}


@pytest.fixture
def storage() -> FakeStorage:
    storage = FakeStorage(StillClock())
    with storage.begin() as uow:
        account = make.account(options=OPTIONS, stopped=True)
        uow.accounts.add(account, OpenVault().seal(BEFORE))
        uow.commit()
    return storage


def change(
    storage: FakeStorage,
    wanted: Account,
    secrets: Mapping[str, str] | None = None,
    actor: Actor = ADMIN,
) -> Sequence[str]:
    return change_account(wanted, secrets or {}, actor=actor, storage=storage, vault=OpenVault())


def stored(storage: FakeStorage) -> tuple[Account, Mapping[str, str], str]:
    with storage.begin() as uow:
        account = uow.accounts.get(make.account().id)
        secrets = OpenVault().open(uow.accounts.sealed_secrets(account.id))
        return account, secrets, str(uow.audit.records())


def test_settings_and_secrets_change_and_the_rest_stays(storage: FakeStorage) -> None:
    """A reset AppSecret and new quiet hours; what the program keeps about the account, its stop
    included, is not the file's to change. The audit names what changed, never a value."""
    quiet = QuietHours(time(22), time(7))
    options = {"app_id": OPTIONS["app_id"], "theme": "#1f4e9e"}
    wanted = make.account(options=options, quiet_hours=quiet)

    different = change(storage, wanted, {"app_secret": "fresh-invented"})

    account, secrets, audit = stored(storage)
    assert different == ["quiet_hours", "theme", "app_secret"]
    assert (account.quiet_hours, account.stopped) == (quiet, True)
    assert account.options == OPTIONS | {"theme": "#1f4e9e"}
    assert secrets == {"app_secret": "fresh-invented", "token": "kepttoken"}
    assert "quiet_hours,theme,app_secret" in audit
    assert "fresh-invented" not in audit


def test_the_same_again_changes_nothing(storage: FakeStorage) -> None:
    """A file may be applied as often as one likes; nothing is written then."""
    wanted = make.account(options={"app_id": OPTIONS["app_id"]})

    assert change(storage, wanted, {"app_secret": "invented"}) == ()
    assert "account.changed" not in stored(storage)[2]


@pytest.mark.parametrize(
    "wanted",
    [
        make.account(mode=Mode.MASS),
        make.account(options={"app_id": "wx0000000000000002"}),
        make.account(platform=PlatformName.WEIBO, mode=Mode.SHARE),
    ],
    ids=["another mode", "another AppID", "another platform"],
)
def test_another_account_or_way_to_publish_is_refused(
    storage: FakeStorage, wanted: Account
) -> None:
    """Rights are checked before an account publishes in another way; and who has published under
    a name stays who it was."""
    with pytest.raises(InvalidInput):
        change(storage, wanted, {"app_secret": "of another"})

    assert stored(storage)[:2] == (make.account(options=OPTIONS, stopped=True), BEFORE)


@pytest.mark.parametrize("option", ["collecting_basis", "confirmed.app_reviewed"])
def test_what_somebody_answers_for_is_set_by_their_deed_only(
    storage: FakeStorage, option: str
) -> None:
    """Else a file would say in nobody's name why citizens' words may be kept, and the audit would
    know the name of a setting where it should know the words."""
    wanted = make.account(options={option: "合同 7 号"})

    with pytest.raises(InvalidInput, match="tongbu account"):
        change(storage, wanted)

    assert stored(storage)[0].options == OPTIONS


def test_the_callback_key_is_not_replaced_without_keeping_the_old_one(
    storage: FakeStorage,
) -> None:
    """Pushes under the key in force would be refused until somebody saves the new one in the
    platform's console; a rotation keeps both."""
    with pytest.raises(InvalidInput):
        change(storage, make.account(), {"token": "freshtoken"})

    assert change(storage, make.account(), {"aes_key": "A" * 43}) == ["aes_key"]


def test_an_unknown_name_and_other_roles_are_refused(storage: FakeStorage) -> None:
    """Nothing is added by mistake, and only who manages accounts changes them."""
    with pytest.raises(NotFound):
        change(storage, make.account(name="没有这个账号"))
    with pytest.raises(NotAllowed):
        change(storage, make.account(), actor=Actor("editor", frozenset({Role.EDITOR})))
