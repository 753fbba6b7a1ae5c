"""Switch an account off: its posts that wait for their time are held, none is lost."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.accounts.account import Account
from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import PostId
from bot.domain.permissions import Actor, Permission
from bot.domain.posts.post import PostState
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.accounts.check_account import account_named
from bot.usecases.posts.hold_posts import STOPPABLE, hold_post_within, may_stop

LONGEST_REASON = 200


def switch_off(name: str, *, reason: str, actor: Actor, storage: Storage) -> Sequence[PostId]:
    """Use the account no more: rules make no posts for it, nothing is collected, nothing goes out.
    What waits for its time is held and named; what the platform has accepted is seen through.
    `go_live` switches it on again.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason, or too long a one.
        Conflict: it is off already.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        words = f"请写明停用的原因，最多 {LONGEST_REASON} 字"
        raise InvalidInput([Problem("reason", words)])
    with storage.begin() as uow:
        account = account_named(uow, name)
        if not account.enabled:
            raise Conflict(f"账号“{account.name}”已经停用")
        uow.accounts.save(replace(account, enabled=False, off_reason=why))
        held = _hold_waiting(uow, account, f"账号已停用：{why}")
        uow.audit.write(
            actor=actor.name,
            action="account.switched_off",
            object_kind="account",
            object_id=account.id,
            details={"reason": why, "held": str(len(held))},
        )
        uow.commit()
    return held


def _hold_waiting(uow: UnitOfWork, account: Account, reason: str) -> Sequence[PostId]:
    waiting = uow.deliveries.standing(account.id, *sorted(STOPPABLE))
    posts = {uow.deliveries.get(delivery).post for delivery in waiting}
    held = []
    for post in (uow.posts.get(each) for each in sorted(posts)):
        if post.state is PostState.SCHEDULED and may_stop(uow, post):
            hold_post_within(uow, post, reason)
            held.append(post.id)
    return held
