"""What every storage promises about checks and troubles of accounts."""

from dataclasses import replace

from bot.domain.accounts.account import Mode
from bot.domain.accounts.check import AccountCheck, AccountFinding
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.publishing.journal import Failure
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after, delivery


def test_the_newest_check_is_remembered(peopled: CompleteStorage) -> None:
    """None at first; then the last one, every line of it."""
    lines = (
        AccountFinding(True, "凭证有效"),
        AccountFinding(False, "没有权限", "请认证", "账号管理员", warning=False),
    )
    first = AccountCheck(account().id, Mode.PUBLISH, NOW, lines)
    second = replace(first, at=after(60), findings=lines[:1])

    with peopled.begin() as uow:
        none = uow.accounts.last_check(account().id)
        uow.accounts.save_check(first)
        uow.accounts.save_check(second)
        uow.commit()
    with peopled.begin() as uow:
        stored = uow.accounts.last_check(account().id)
        assert uow.accounts.last_checks() == {account().id: stored}

    assert none is None
    assert stored == second


def test_the_first_trouble_stays_until_it_is_ended(peopled: CompleteStorage) -> None:
    """Each delivery reads it with everything else it is decided upon."""
    failure = Failure("CredentialExpired", "21332", cause="授权已失效", next_step="重新授权")
    first = AccountTrouble(account().id, NOW, failure)

    with peopled.begin() as uow:
        uow.deliveries.add(delivery())
        none = uow.accounts.trouble(account().id)
        uow.accounts.save_trouble(first)
        uow.accounts.save_trouble(replace(first, since=after(60)))
        uow.commit()
    with peopled.begin() as uow:
        found = uow.accounts.trouble(account().id)
        around = uow.deliveries.circumstances(delivery().id).trouble
        uow.accounts.end_trouble(account().id)
        ended = uow.accounts.trouble(account().id)
        after_all = uow.deliveries.circumstances(delivery().id).trouble

    assert none is None
    assert found == around == first
    assert ended is after_all is None
