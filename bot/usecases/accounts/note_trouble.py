"""Remember what a platform holds against a whole account, where a call beside publishing met it."""

from bot.domain.accounts.trouble import AccountTrouble, concerns_the_account
from bot.domain.errors import PlatformError
from bot.domain.ids import AccountId
from bot.domain.publishing.deciding import failure_of
from bot.ports.storage import Storage


def note_trouble(account: AccountId, error: PlatformError, *, storage: Storage) -> None:
    """Stop the account's posts if `error` would meet every one of them; else do nothing."""
    failure = failure_of(error)
    if not concerns_the_account(failure):
        return
    with storage.begin() as uow:
        uow.accounts.save_trouble(AccountTrouble(account, uow.now(), failure))
        uow.commit()
