"""The consent of an account's holder, and what it lets go on."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.accounts.account import PlatformName
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import CredentialExpired, InvalidInput, NotAllowed, NotFound
from bot.domain.ids import AccountId
from bot.domain.people import Role
from bot.domain.permissions import Actor
from bot.domain.publishing.journal import Failure
from bot.usecases.accounts.confirm_account import confirm_item, record_legal_basis
from bot.usecases.accounts.connect_account import (
    CONSENT_LASTS,
    ConnectingTools,
    account_of_state,
    ask_for_consent,
    connect_account,
)
from tests import factories as make
from tests.factories import NOW
from tests.fakes.authoriser import UID, ScriptedAuthoriser, grant
from tests.unit.usecases.posts.desk import Desk

ADMIN = Actor("周管理", frozenset({Role.ACCOUNT_ADMIN}))
NAME = "示例市微博"
WEIBO = AccountId("acc_w")


class Office:
    """A Weibo account that nobody has connected yet."""

    def __init__(self, **options: str) -> None:
        account = make.account(
            id=WEIBO, name=NAME, platform=PlatformName.WEIBO, options={"uid": UID} | options
        )
        self.desk = Desk(accounts=(make.account(), account))
        self.authoriser = ScriptedAuthoriser()
        self.tools = ConnectingTools(
            self.desk.publishing,
            {PlatformName.WEIBO: self.authoriser},
            self.desk.storage.tokens(),
            "https://office.example/accounts/consent",
        )

    def state(self) -> str:
        """The sealed note that travels with the question."""
        address = ask_for_consent(NAME, actor=ADMIN, tools=self.tools)
        return parse_qs(urlsplit(address).query)["state"][0]


def test_the_question_says_where_to_come_back_and_for_which_account() -> None:
    """The note comes back with the code, and nobody else can have written it."""
    office = Office()

    address = ask_for_consent(NAME, actor=ADMIN, tools=office.tools)

    assert "redirect_uri=https%3A%2F%2Foffice.example%2Faccounts%2Fconsent" in address
    assert account_of_state(office.state(), tools=office.tools).name == NAME


def test_a_registered_address_of_the_account_goes_before_ours() -> None:
    """Platforms compare it letter by letter."""
    office = Office(redirect_uri="https://api.weibo.com/oauth2/default.html")

    assert "oauth2%2Fdefault.html" in ask_for_consent(NAME, actor=ADMIN, tools=office.tools)


@pytest.mark.parametrize("state", ["", "made up", '{"for": "other", "account": "acc_w"}'])
def test_a_note_that_is_not_ours_is_refused(state: str) -> None:
    """Else somebody could bring us the code of their own account."""
    with pytest.raises(InvalidInput):
        account_of_state(state, tools=Office().tools)


def test_a_note_that_is_too_old_is_refused() -> None:
    """Half an hour is enough to sign in and consent."""
    office = Office()
    state = office.state()
    office.desk.clock.pass_seconds(CONSENT_LASTS.total_seconds() + 1)

    with pytest.raises(InvalidInput):
        account_of_state(state, tools=office.tools)


def test_the_token_is_kept_and_the_audit_says_who_connected_what() -> None:
    """The audit holds the uid and the end, never the token."""
    office = Office()

    found = connect_account(NAME, "code1", actor=ADMIN, tools=office.tools)

    kept = office.desk.storage.tokens().get(WEIBO)
    assert kept is not None
    assert (kept.value, kept.expires_at) == ("2.00new", found.expires_at)
    assert office.authoriser.codes == ["code1"]
    assert not found.is_test_level
    with office.desk.storage.begin() as uow:
        (record,) = uow.audit.records()
    assert (record.actor, record.action, record.details["uid"]) == (
        ADMIN.name,
        "account.connected",
        UID,
    )
    assert "2.00new" not in str(record)


def test_connecting_again_replaces_the_token_and_ends_the_trouble() -> None:
    """What was stopped for a dead token goes on."""
    office = Office()
    connect_account(NAME, "code1", actor=ADMIN, tools=office.tools)
    with office.desk.storage.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(WEIBO, NOW, Failure("CredentialExpired")))
        uow.commit()

    connect_account(NAME, "code2", actor=ADMIN, tools=office.tools)

    with office.desk.storage.begin() as uow:
        assert uow.accounts.trouble(WEIBO) is None


def test_a_token_written_in_the_settings_makes_room_for_the_new_one() -> None:
    """It would else be used instead of it."""
    office = Office()
    with office.desk.storage.begin() as uow:
        uow.accounts.save_secrets(WEIBO, '{"access_token": "2.00old", "app_secret": "s"}')
        uow.commit()

    connect_account(NAME, "code1", actor=ADMIN, tools=office.tools)

    with office.desk.storage.begin() as uow:
        assert uow.accounts.sealed_secrets(WEIBO) == '{"app_secret": "s"}'


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (grant(uid="7"), "另一个微博账号（UID 7）"),
        (grant(app_key="9"), "另一个应用（App Key 9）"),
    ],
)
def test_consent_of_another_account_or_application_is_refused(answer: object, words: str) -> None:
    """Nothing is kept."""
    office = Office()
    office.authoriser.answer = answer  # type: ignore[assignment]

    with pytest.raises(InvalidInput, match=words):
        connect_account(NAME, "code1", actor=ADMIN, tools=office.tools)

    assert office.desk.storage.tokens().get(WEIBO) is None


def test_a_uid_that_nobody_wrote_down_is_learnt() -> None:
    """From the platform's own word."""
    office = Office(uid="")

    assert connect_account(NAME, "c", actor=ADMIN, tools=office.tools).account.options["uid"] == UID


def test_an_app_without_review_is_recognised_by_the_token_it_gives() -> None:
    """Test level: one day."""
    office = Office()
    office.authoriser.answer = grant(days=1)

    assert connect_account(NAME, "c", actor=ADMIN, tools=office.tools).is_test_level


def test_what_the_platform_refuses_leaves_the_account_as_it_was() -> None:
    """A code that was used before, for one."""
    office = Office()
    office.authoriser.answer = CredentialExpired("21325")

    with pytest.raises(CredentialExpired):
        connect_account(NAME, "code1", actor=ADMIN, tools=office.tools)
    with pytest.raises(InvalidInput):
        connect_account(NAME, "  ", actor=ADMIN, tools=office.tools)

    assert office.desk.storage.tokens().get(WEIBO) is None


def test_who_may_not_manage_accounts_connects_none() -> None:
    """And accounts of a platform that needs nobody's consent have no such page."""
    office, writer = Office(), Actor("李撰稿", frozenset({Role.WRITER}))

    with pytest.raises(NotAllowed):
        ask_for_consent(NAME, actor=writer, tools=office.tools)
    with pytest.raises(NotAllowed):
        connect_account(NAME, "c", actor=writer, tools=office.tools)
    with pytest.raises(NotFound):
        ask_for_consent("没有", actor=ADMIN, tools=office.tools)
    with pytest.raises(InvalidInput):
        ask_for_consent(make.account().name, actor=ADMIN, tools=office.tools)


def test_an_item_is_ticked_off_by_name_and_taken_back() -> None:
    """With who and when, in Beijing time."""
    office = Office()
    storage = office.desk.storage

    confirmed = confirm_item(NAME, "app_reviewed", seen=True, actor=ADMIN, storage=storage)
    withdrawn = confirm_item(NAME, "app_reviewed", seen=False, actor=ADMIN, storage=storage)

    assert confirmed.options["confirmed.app_reviewed"] == "周管理 2026-11-23 10:00 确认"
    assert "confirmed.app_reviewed" not in withdrawn.options
    assert office.desk.actions() == ["account.confirmed", "account.confirmation_withdrawn"]
    with pytest.raises(InvalidInput):
        confirm_item(NAME, "horoscope", seen=True, actor=ADMIN, storage=storage)


def test_collecting_begins_with_a_basis_that_the_audit_keeps() -> None:
    """And ends with an empty one."""
    office = Office()
    storage = office.desk.storage

    begun = record_legal_basis(NAME, " 合同 7 号 ", actor=ADMIN, storage=storage)
    ended = record_legal_basis(NAME, "", actor=ADMIN, storage=storage)

    assert begun.options["collecting_basis"] == "合同 7 号"
    assert "collecting_basis" not in ended.options
    with storage.begin() as uow:
        told = [(r.action, r.details["basis"]) for r in uow.audit.records()]
    assert told == [
        ("account.collecting_allowed", "合同 7 号"),
        ("account.collecting_ended", "合同 7 号"),
    ]
    with pytest.raises(InvalidInput):
        record_legal_basis(make.account().name, "x", actor=ADMIN, storage=storage)
    with pytest.raises(InvalidInput):
        record_legal_basis(NAME, "长" * 501, actor=ADMIN, storage=storage)
    with pytest.raises(NotAllowed):
        record_legal_basis(NAME, "x", actor=Actor("李撰稿"), storage=storage)


def test_a_grant_lives_as_long_as_the_platform_says() -> None:
    """Never a number of ours."""
    assert grant(days=1825).lifetime == timedelta(days=1825)
