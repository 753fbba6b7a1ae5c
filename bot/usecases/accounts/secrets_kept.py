"""Which secrets of an account are there: their names, never what they are."""

from bot.domain.ids import AccountId
from bot.ports.storage import UnitOfWork
from bot.ports.vault import Vault


def secrets_kept(uow: UnitOfWork, account: AccountId, *, vault: Vault) -> frozenset[str]:
    """The names of the secrets that have a value.

    Raises:
        NotFound: there is no such account.
    """
    secrets = vault.open(uow.accounts.sealed_secrets(account))
    return frozenset(name for name, value in secrets.items() if value)
