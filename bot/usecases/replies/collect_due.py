"""Which accounts' streams are worth reading now."""

from datetime import datetime, timedelta

from bot.domain.accounts.account import Account, PlatformName
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage

VISITED = "_visited"
"""A cursor of its own that remembers when the account's streams were last asked for."""

DEFAULT_SECONDS = {PlatformName.WECHAT: 600.0, PlatformName.WEIBO: 1800.0}
"""Weibo allows 100 calls a day: three streams every half hour leave room for publishing."""


def collect_due(*, storage: Storage, doorbell: Doorbell) -> int:
    """Ring for every enabled account whose interval has passed; returns how many."""
    with storage.begin() as uow:
        now = uow.now()
        due = [
            account
            for account in uow.accounts.all()
            if account.enabled
            and _is_due(account, uow.replies.cursor(account.id, VISITED).get("at"), now)
        ]
        for account in due:
            uow.replies.save_cursor(account.id, VISITED, {"at": now.isoformat()})
        uow.commit()
    for account in due:
        doorbell.account_may_have_replies(account.id)
    return len(due)


def _is_due(account: Account, visited: str | None, now: datetime) -> bool:
    if visited is None:
        return True
    seconds = float(account.options.get("collect_seconds", DEFAULT_SECONDS[account.platform]))
    return now - datetime.fromisoformat(visited) >= timedelta(seconds=seconds)
