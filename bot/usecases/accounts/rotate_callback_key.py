"""Change an account's callback token and key while pushes under the old ones still arrive."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, PlatformName
from bot.domain.accounts.entry import callback_problems
from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage
from bot.ports.vault import Vault
from bot.usecases.accounts.check_account import account_named

KEEP = timedelta(hours=24)
"""How long the old pair is taken unless told otherwise: pushes under it still arrive after the
console was saved, and somebody has to go and save it."""
LONGEST_KEEP = timedelta(days=30)
_KEPT = {"token": "token_previous", "aes_key": "aes_key_previous"}


def rotate_callback_key(
    name: str,
    *,
    token: str = "",
    aes_key: str = "",
    keep: timedelta = KEEP,
    actor: Actor,
    storage: Storage,
    vault: Vault,
) -> datetime:
    """Take pushes under the new token and EncodingAESKey from now on, and under the old ones for
    `keep` more; what is left empty stays as it is. Returns when the old ones end.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nothing new, a token or key of another form, or another platform.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    fresh = {secret: value for secret, value in (("token", token), ("aes_key", aes_key)) if value}
    with storage.begin() as uow:
        account = account_named(uow, name)
        secrets = vault.open(uow.accounts.sealed_secrets(account.id))
        _check(account, fresh, secrets, keep)
        until = uow.now() + keep
        uow.accounts.save_secrets(account.id, vault.seal(_changed(secrets, fresh)))
        kept_until = {"keys_previous_until": until.isoformat()}
        uow.accounts.save(replace(account, options={**account.options, **kept_until}))
        uow.audit.write(
            actor=actor.name,
            action="account.callback_key_rotated",
            object_kind="account",
            object_id=account.id,
            details={"changed": ",".join(sorted(fresh)), "old_until": until.isoformat()},
        )
        uow.commit()
    return until


def _changed(secrets: Mapping[str, str], fresh: Mapping[str, str]) -> dict[str, str]:
    """The new ones in place, the ones in force until now beside them; older ones are gone."""
    rest = {name: value for name, value in secrets.items() if name not in _KEPT.values()}
    kept = {_KEPT[name]: secrets[name] for name in _KEPT if secrets.get(name)}
    return rest | kept | dict(fresh)


def _check(
    account: Account, fresh: Mapping[str, str], secrets: Mapping[str, str], keep: timedelta
) -> None:
    problems = []
    if account.platform is not PlatformName.WECHAT:
        problems.append(Problem("account", f"账号“{account.name}”所在的平台没有回调密钥"))
    if not any(secrets.get(name) != value for name, value in fresh.items()):
        problems.append(Problem("token", "请填写新的 Token 或 EncodingAESKey，不能与现在的相同"))
    problems += callback_problems(fresh)
    if not timedelta(0) <= keep <= LONGEST_KEEP:
        problems.append(Problem("keep", f"旧密钥最多保留 {LONGEST_KEEP.days} 天"))
    if problems:
        raise InvalidInput(problems)
