"""Followers who left: the platform's events become erasures."""

from datetime import datetime, timedelta

from bot.domain.accounts.account import Account
from bot.domain.ids import ErasureId
from bot.domain.permissions import SYSTEM
from bot.domain.replies.erasure import SETTLING, Erasure, ErasureReason, due_at
from bot.domain.replies.reply import Reply
from bot.ports.storage import UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools

EVENTS_A_TURN = 500
NOTICED = "_leavings"
"""A cursor of its own: up to when events were read."""
KEEP_UP = timedelta(minutes=10)
PUT_BACK = timedelta(hours=1)
"""A clock that was put back receives events before the time up to which they were read already;
so much is read again once that shows. An event read twice is one erasure."""


def notice_leavings(tools: CorrespondenceTools) -> int:
    """Give everybody who left since the last look an erasure; returns how many did.

    Only events old enough are read: rows are committed a moment after they are received.
    """
    with tools.publishing.storage.begin() as uow:
        accounts = [a for a in uow.accounts.all() if a.platform in tools.correspondents]
    return sum(_notice(account, tools) for account in accounts)


def _notice(account: Account, tools: CorrespondenceTools) -> int:
    leavings = tools.correspondent(account).leavings()
    noticed = 0
    with tools.publishing.storage.begin() as uow:
        known = uow.replies.cursor(account.id, NOTICED).get("until", "")
        after, until = datetime.fromisoformat(known) if known else None, uow.now() - SETTLING
        if after is not None and after > until + SETTLING:
            after = until - PUT_BACK
        events = uow.erasures.events(account.id, after=after, until=until, limit=EVENTS_A_TURN)
        for event in events:
            reason = leavings.get(event.incoming.type_name.lower())
            if reason is not None and event.incoming.sender:
                uow.erasures.add(_erasure(uow, account, event, reason))
                noticed += 1
        if events or after is None or until - after > KEEP_UP:
            reached = events[-1].received_at if len(events) == EVENTS_A_TURN else until
            uow.replies.save_cursor(account.id, NOTICED, {"until": reached.isoformat()})
            uow.commit()
    return noticed


def _erasure(uow: UnitOfWork, account: Account, event: Reply, reason: ErasureReason) -> Erasure:
    """Named by its event, so that an event read twice is one erasure."""
    said = event.incoming
    return Erasure(
        id=ErasureId(f"ers_{event.id}"),
        account=account.id,
        follower=said.sender,
        pseudonym=uow.audit.keyed_hash(account.id, said.sender),
        reason=reason,
        until=said.said_at,
        due_at=due_at(reason, left_at=said.said_at, noticed_at=uow.now(), options=account.options),
        asked_by=SYSTEM.name,
    )
