"""The last hour before a post goes out: the countdown, and how it is stopped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.console.visit import Visit
from bot.domain.accounts.account import Account
from bot.domain.ids import PostId
from bot.domain.permissions import Permission
from bot.domain.posts.post import PostState
from bot.domain.publishing.at_once import may_be_undone
from bot.domain.publishing.delivery import OPEN_STATES, Delivery
from bot.usecases.posts.schedule_post import own_delivery
from bot.usecases.posts.undo_now import together_with

COUNTED = timedelta(hours=1)
"""How long before its time a post is counted down."""


@dataclass(frozen=True)
class Going:
    """A post about to go out. `accounts` are those of everything that goes with it and could be
    undone with it; `is_stopped` says that all of these are stopped;
    `may_undo` and `may_hold` what the visitor may do about it now."""

    post: PostId
    delivery: Delivery
    due_at: datetime
    accounts: Sequence[Account]
    is_stopped: bool
    may_undo: bool
    may_hold: bool


def going_of(visit: Visit, post_id: PostId) -> Going | None:
    """None while it is not near its time, and once a platform has it."""
    now = visit.tools.clock.now()
    with visit.tools.storage.look() as uow:
        post = uow.posts.get(post_id)
        delivery = own_delivery(uow, post)
        if delivery is None or post.state is not PostState.SCHEDULED:
            return None
        is_near = delivery.due_at - now <= COUNTED and delivery.state in OPEN_STATES
        if not is_near or delivery.accepted_at is not None:
            return None
        undo = may_be_undone(post, delivery)
        together = together_with(uow, post) if undo else (post,)
        accounts = [uow.accounts.get(one.account) for one in together]
        everything_stopped = uow.stops.everything_is_stopped()
    is_stopped = everything_stopped or all(account.stopped for account in accounts)
    may = visit.may(Permission.SCHEDULE)
    may_hold = may and not undo and not delivery.journal_is_open
    return Going(post.id, delivery, delivery.due_at, accounts, is_stopped, may and undo, may_hold)
