"""Somebody tells us that an account's authorisation was taken back: the platform is asked soon."""

from datetime import datetime

from bot.domain.accounts.authorisation import ASK_AGAIN, ASKED_AT, STREAM, TOLD_AT
from bot.domain.ids import AccountId
from bot.ports.storage import Storage
from bot.usecases.replies.collect_due import visit_by


def hear_of_revocation(account: AccountId, *, storage: Storage) -> None:
    """Write it down and have the account visited: only the platform's own word stops its posts.

    Raises:
        StorageUnavailable: nothing is written down.
    """
    with storage.begin() as uow:
        now, cursor = uow.now(), uow.replies.cursor(account, STREAM)
        if TOLD_AT in cursor:
            return
        asked_at = cursor.get(ASKED_AT, "")
        may_ask = datetime.fromisoformat(asked_at) + ASK_AGAIN if asked_at else now
        uow.replies.save_cursor(account, STREAM, {**cursor, TOLD_AT: now.isoformat()})
        visit_by(uow, account, max(now, may_ask))
        uow.commit()
