"""Add an official account, its secrets sealed before they touch the database."""

from collections.abc import Mapping

from bot.domain.accounts.account import MODES_OF, Account
from bot.domain.accounts.said_by_people import require_settings_only
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage
from bot.ports.vault import Vault


def add_account(
    account: Account,
    secrets: Mapping[str, str],
    *,
    actor: Actor,
    storage: Storage,
    vault: Vault,
) -> Account:
    """Store a new account.

    Raises:
        NotAllowed: the actor may not manage accounts.
        InvalidInput: the mode does not exist on the platform, or an option is a person's word.
        Conflict: the name is taken.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    require_settings_only(account.options)
    if account.mode not in MODES_OF.get(account.platform, frozenset()):
        raise InvalidInput(
            [Problem("mode", f"{account.platform.value} 没有“{account.mode.value}”这种发布方式")]
        )
    with storage.begin() as uow:
        if uow.accounts.by_name(account.name) is not None:
            raise Conflict(f"已有名为“{account.name}”的账号", existing=account.name)
        uow.accounts.add(account, vault.seal(secrets))
        uow.audit.write(
            actor=actor.name,
            action="account.added",
            object_kind="account",
            object_id=account.id,
            details={"platform": account.platform.value, "mode": account.mode.value},
        )
        uow.commit()
    return account
