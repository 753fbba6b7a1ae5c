"""An account is checked before it goes live; the check is remembered."""

from collections.abc import Sequence

import pytest

from bot.domain.accounts.account import Mode
from bot.domain.accounts.check import AccountFinding
from bot.domain.errors import InvalidInput, Misconfigured, NotAllowed, NotFound
from bot.usecases.accounts.check_account import check_account
from bot.usecases.accounts.go_live import go_live
from tests import factories as make
from tests.unit.usecases.accounts.test_accounts import ADMIN
from tests.unit.usecases.posts.desk import AUDITOR, Desk

NAME = make.account().name
ILL = AccountFinding(False, "没有“群发”接口的权限", "请认证", "账号管理员")
NOTE = AccountFinding(True, "没有设置回调地址", warning=True)


def desk(monkeypatch: pytest.MonkeyPatch, findings: Sequence[AccountFinding]) -> Desk:
    made = Desk()
    monkeypatch.setattr(made.platform, "check", lambda _: tuple(findings))
    return made


def test_a_check_is_kept_with_its_mode_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A warning forbids nothing."""
    office = desk(monkeypatch, [NOTE])

    check = check_account(NAME, tools=office.publishing, mode=Mode.MASS)

    with office.storage.begin() as uow:
        assert uow.accounts.last_check(make.account().id) == check
    assert (check.mode, check.at, check.passed) == (Mode.MASS, make.NOW, True)


def test_a_check_that_fails_altogether_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform's refusal becomes a line with its next step."""
    office = Desk()

    def refuse(_: object) -> None:
        raise Misconfigured("no secret")

    monkeypatch.setattr(office.platform, "check", refuse)

    check = check_account(NAME, tools=office.publishing)

    assert not check.passed
    assert check.faults[0].next_step


def test_an_account_with_a_fault_does_not_go_live(monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal says what is missing; nothing about the account changes."""
    office = desk(monkeypatch, [ILL])

    with pytest.raises(InvalidInput, match="群发"):
        go_live(NAME, actor=ADMIN, tools=office.publishing, mode=Mode.MASS)

    with office.storage.begin() as uow:
        assert uow.accounts.get(make.account().id).mode is Mode.PUBLISH


def test_a_sound_account_goes_live_in_its_new_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enabled, and in the audit with the check's time."""
    office = desk(monkeypatch, [NOTE])

    live = go_live(NAME, actor=ADMIN, tools=office.publishing, mode=Mode.MASS)

    assert (live.mode, live.enabled) == (Mode.MASS, True)
    assert office.actions()[-1] == "account.went_live"


def test_a_persons_word_goes_over_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kept in the audit with the number of faults."""
    office = desk(monkeypatch, [ILL])

    go_live(NAME, actor=ADMIN, tools=office.publishing, mode=Mode.MASS, despite_faults=True)

    with office.storage.begin() as uow:
        assert '"1"' in str(uow.audit.records()[-1].details).replace("'", '"')


def test_who_may_not_manage_accounts_switches_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor is an unknown account checked, nor a mode of another platform."""
    office = desk(monkeypatch, [])

    with pytest.raises(NotAllowed):
        go_live(NAME, actor=AUDITOR, tools=office.publishing)
    with pytest.raises(NotFound):
        check_account("没有", tools=office.publishing)
    with pytest.raises(InvalidInput):
        check_account(NAME, tools=office.publishing, mode=Mode.SHARE)
