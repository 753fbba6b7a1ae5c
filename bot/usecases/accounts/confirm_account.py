"""What people say about an account: what they have seen on the platform, and why we may collect."""

from dataclasses import replace

from bot.domain.accounts.account import Account
from bot.domain.accounts.authorisation import LEGAL_BASIS, NEEDS_LEGAL_BASIS
from bot.domain.accounts.budgets import BEIJING
from bot.domain.accounts.checklist import checklist_of, with_confirmation
from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage
from bot.usecases.accounts.check_account import account_named
from bot.usecases.people.said_name import said_name

LONGEST_BASIS = 500


def confirm_item(
    name: str, item_name: str, *, seen: bool, actor: Actor, storage: Storage
) -> Account:
    """Tick one item of the check list off, or say that it holds no longer. Who and when is kept.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: the list of this account has no such item.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        account = account_named(uow, name)
        item = next((one for one in checklist_of(account) if one.name == item_name), None)
        if item is None:
            known = "、".join(one.name for one in checklist_of(account)) or "无"
            raise InvalidInput([Problem("item", f"核对单里没有“{item_name}”，可选：{known}")])
        when = uow.now().astimezone(BEIJING)
        words = f"{said_name(uow, actor)} {when:%Y-%m-%d %H:%M} 确认" if seen else ""
        changed = replace(account, options=with_confirmation(account, item, words))
        uow.accounts.save(changed)
        uow.audit.write(
            actor=actor.name,
            action="account.confirmed" if seen else "account.confirmation_withdrawn",
            object_kind="account",
            object_id=account.id,
            details={"item": item.name},
        )
        uow.commit()
    return changed


def record_legal_basis(name: str, basis: str, *, actor: Actor, storage: Storage) -> Account:
    """Begin to collect what followers write, on this legal basis; an empty one ends it. The
    audit keeps the words.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: too long, or the platform does not ask for one.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    words = basis.strip()
    if len(words) > LONGEST_BASIS:
        raise InvalidInput([Problem("basis", f"依据最多 {LONGEST_BASIS} 字，请写明文件名和文号")])
    with storage.begin() as uow:
        account = account_named(uow, name)
        if account.platform not in NEEDS_LEGAL_BASIS:
            problem = "这个平台收取留言不需要另外登记依据"
            raise InvalidInput([Problem("basis", problem)])
        rest = {key: value for key, value in account.options.items() if key != LEGAL_BASIS}
        changed = replace(account, options=rest | ({LEGAL_BASIS: words} if words else {}))
        uow.accounts.save(changed)
        uow.audit.write(
            actor=actor.name,
            action="account.collecting_allowed" if words else "account.collecting_ended",
            object_kind="account",
            object_id=account.id,
            details={"basis": words or account.options.get(LEGAL_BASIS, "")},
        )
        uow.commit()
    return changed
