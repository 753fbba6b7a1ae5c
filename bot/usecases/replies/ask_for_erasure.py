"""A follower asks that what they said be erased."""

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import ErasureId
from bot.domain.permissions import Actor, Permission
from bot.domain.replies.erasure import SETTLING, Erasure, ErasureReason
from bot.ports.clock import Ids
from bot.ports.storage import Storage
from bot.usecases.accounts.check_account import account_named


def ask_for_erasure(
    account_name: str, follower: str, *, actor: Actor, storage: Storage, ids: Ids
) -> Erasure:
    """Everything they said to this account until now, within minutes. The audit names them by a
    keyed hash.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: nobody is named.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    if not follower.strip():
        raise InvalidInput([Problem("openid", "请填写关注者在平台上的编号（openid）")])
    with storage.begin() as uow:
        account, now = account_named(uow, account_name), uow.now()
        erasure = Erasure(
            id=ErasureId(ids.new("ers")),
            account=account.id,
            follower=follower.strip(),
            pseudonym=uow.audit.keyed_hash(account.id, follower.strip()),
            reason=ErasureReason.REQUESTED,
            until=now,
            due_at=now + SETTLING,
            asked_by=actor.name,
        )
        uow.erasures.add(erasure)
        uow.audit.write(
            actor=actor.name,
            action="follower.erasure_asked",
            object_kind="follower",
            object_id=erasure.pseudonym,
            details={"erasure": erasure.id, "account": account.id},
        )
        uow.commit()
    return erasure
