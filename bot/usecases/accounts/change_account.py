"""Change the settings and secrets of an account that is there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.accounts.account import Account
from bot.domain.accounts.said_by_people import require_settings_only
from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage
from bot.ports.vault import Vault
from bot.usecases.accounts.check_account import account_named

SETTINGS = (
    *("verified", "comment_privilege", "quota_profile", "quiet_hours"),
    *("api_base", "production", "least_review", "options"),
)
_WHO_IT_IS = ("app_id", "app_key", "uid")
_ROTATED = ("token", "aes_key")


def change_account(
    wanted: Account,
    secrets: Mapping[str, str],
    *,
    actor: Actor,
    storage: Storage,
    vault: Vault,
) -> Sequence[str]:
    """Give the account of this name the settings of `wanted`; options and secrets that are not
    among them stay. Returns the names of what is different now.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it would be another account, publish in another way, say something in a
            person's name, or refuse pushes under the callback key that is in force.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    require_settings_only(wanted.options)
    with storage.begin() as uow:
        account = account_named(uow, wanted.name)
        _require_same(account, wanted)
        options = {**account.options, **wanted.options}
        settings = {name: getattr(wanted, name) for name in SETTINGS} | {"options": options}
        changed = replace(account, **settings)
        known = vault.open(uow.accounts.sealed_secrets(account.id))
        _require_no_gap(known, secrets)
        different = [*_settings_of(account, changed), *_secrets_of(known, secrets)]
        if not different:
            return ()
        uow.accounts.save(changed)
        uow.accounts.save_secrets(account.id, vault.seal({**known, **secrets}))
        uow.audit.write(
            actor=actor.name,
            action="account.changed",
            object_kind="account",
            object_id=account.id,
            details={"changed": ",".join(different)},
        )
        uow.commit()
    return different


def _require_same(account: Account, wanted: Account) -> None:
    problems = []
    if account.mode is not wanted.mode:
        words = (
            f"发布方式从“{account.mode.value}”改为“{wanted.mode.value}”请用 go-live，会先检查权限"
        )
        problems.append(Problem("mode", words))
    for name in _WHO_IT_IS:
        before, after = account.options.get(name, ""), wanted.options.get(name, "")
        if before and after and before != after:
            words = f"{name} 与登记的不同，是另一个账号：请换一个名称新增"
            problems.append(Problem(name, words))
    if account.platform is not wanted.platform:
        problems.append(Problem("platform", "平台不同，是另一个账号：请换一个名称新增"))
    if problems:
        raise InvalidInput(problems)


def _require_no_gap(known: Mapping[str, str], secrets: Mapping[str, str]) -> None:
    words = "回调的 Token 和 EncodingAESKey 请用 rotate-key 更换，旧的会再用一段时间，不丢留言"
    problems = [
        Problem(name, words)
        for name in _ROTATED
        if known.get(name) and secrets.get(name, known[name]) != known[name]
    ]
    if problems:
        raise InvalidInput(problems)


def _settings_of(before: Account, after: Account) -> Sequence[str]:
    """The names of settings that differ, options by their own names."""
    plain = [
        name
        for name in SETTINGS
        if name != "options" and getattr(before, name) != getattr(after, name)
    ]
    options = [n for n in after.options if before.options.get(n) != after.options[n]]
    return [*plain, *sorted(options)]


def _secrets_of(before: Mapping[str, str], given: Mapping[str, str]) -> Sequence[str]:
    return sorted(name for name, value in given.items() if before.get(name) != value)
