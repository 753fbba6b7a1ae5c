"""Look at an account on its platform, and remember what was found."""

from dataclasses import replace

from bot.domain.accounts.account import MODES_OF, Account, Mode
from bot.domain.accounts.check import AccountCheck, AccountFinding
from bot.domain.errors import InvalidInput, NotFound, PlatformError, Problem
from bot.ports.storage import UnitOfWork
from bot.usecases.publishing.tools import PublishingTools


def check_account(name: str, *, tools: PublishingTools, mode: Mode | None = None) -> AccountCheck:
    """Ask the platform whether the account can do what `mode` (its own if None) needs. Nothing
    is changed on the platform; the answer is stored with its time.

    Raises:
        NotFound: there is no such account.
        InvalidInput: its platform has no such mode.
    """
    with tools.storage.begin() as uow:
        account = account_named(uow, name)
        wanted = replace(account, mode=mode or account.mode)
        if wanted.mode not in MODES_OF[wanted.platform]:
            words = f"{wanted.platform.value} 没有“{wanted.mode.value}”这种发布方式"
            raise InvalidInput([Problem("mode", words)])
        access = tools.access(uow, wanted)
    try:
        findings = tools.adapter(wanted).check(access)
    except PlatformError as error:
        findings = (_finding(error),)
    with tools.storage.begin() as uow:
        check = AccountCheck(account.id, wanted.mode, uow.now(), tuple(findings))
        uow.accounts.save_check(check)
        uow.commit()
    return check


def account_named(uow: UnitOfWork, name: str) -> Account:
    """The account of this name.

    Raises:
        NotFound: there is none.
    """
    account = uow.accounts.by_name(name)
    if account is None:
        raise NotFound("账号", name)
    return account


def _finding(error: PlatformError) -> AccountFinding:
    said = error.explanation
    return AccountFinding(False, said.cause, said.next_step, said.who)
