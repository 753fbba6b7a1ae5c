"""Which accounts' streams are worth reading now, and when next."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account
from bot.domain.accounts.budgets import next_budget_day
from bot.domain.ids import AccountId
from bot.ports.doorbell import Doorbell
from bot.ports.platform import Collector
from bot.ports.storage import Storage, UnitOfWork

VISITED = "_visited"
"""A cursor of its own: when the account's streams were last read (`at`), and when next."""
LOST_AFTER = timedelta(minutes=1)
"""A visit that was rung for and never came back is rung for again: its worker may have died."""
AFTER_A_POST = timedelta(minutes=4)
"""A post that nobody had planned when the next visit was: people begin to write soon."""


def collect_due(*, storage: Storage, doorbell: Doorbell) -> int:
    """Ring for every enabled account whose time has come; returns how many."""
    with storage.begin() as uow:
        now = uow.now()
        due = [
            account for account in uow.accounts.all() if account.enabled and _is_due(uow, account)
        ]
        for account in due:
            visit = _visit(now, now + LOST_AFTER)
            uow.replies.save_cursor(account.id, VISITED, visit)
        uow.commit()
    for account in due:
        doorbell.account_may_have_replies(account.id)
    return len(due)


def plan_visit(account: Account, *, collector: Collector, storage: Storage) -> None:
    """Remember when the account is worth reading again, now that it has been read."""
    with storage.begin() as uow:
        now = uow.now()
        planned = uow.deliveries.planned(
            account.id, since=now - timedelta(days=1), until=next_budget_day(now)
        )
    posts = [at for _, at in planned]
    next_visit = collector.next_visit(account, now=now, posts=posts)
    with storage.begin() as uow:
        uow.replies.save_cursor(account.id, VISITED, _visit(now, next_visit))
        uow.commit()


def put_off_visit(account: AccountId, *, storage: Storage) -> None:
    """A visit that was rung for could not begin: it is due again at once."""
    with storage.begin() as uow:
        visit_by(uow, account, uow.now())
        uow.commit()


def visit_by(uow: UnitOfWork, account: AccountId, at: datetime) -> None:
    """Within a unit of work: the account is read at this moment if not earlier."""
    visit = uow.replies.cursor(account, VISITED)
    if "next" in visit and datetime.fromisoformat(visit["next"]) > at:
        uow.replies.save_cursor(account, VISITED, {**visit, "next": at.isoformat()})


def _is_due(uow: UnitOfWork, account: Account) -> bool:
    visit, now = uow.replies.cursor(account.id, VISITED), uow.now()
    if "next" not in visit or now >= datetime.fromisoformat(visit["next"]):
        return True
    went_out = uow.deliveries.planned(
        account.id, since=datetime.fromisoformat(visit["at"]), until=now - AFTER_A_POST
    )
    return bool(went_out)


def _visit(at: datetime, next_visit: datetime) -> Mapping[str, str]:
    return {"at": at.isoformat(), "next": next_visit.isoformat()}
