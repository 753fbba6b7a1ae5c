"""What every storage promises about the checks of accounts."""

from dataclasses import replace

from bot.domain.accounts.account import Mode
from bot.domain.accounts.check import AccountCheck, AccountFinding
from tests.contract.conftest import CompleteStorage
from tests.factories import NOW, account, after


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

    assert none is None
    assert stored == second
