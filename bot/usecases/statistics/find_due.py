"""Which accounts have figures to ask for now."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.ids import AccountId
from bot.ports.doorbell import Doorbell
from bot.ports.statistics import Outlook
from bot.usecases.statistics.tools import StatisticsTools

RING_AGAIN = timedelta(minutes=5)
"""A ring that nobody heard is repeated; who heard it says itself when to come again."""


def find_due(tools: StatisticsTools, *, doorbell: Doorbell) -> int:
    """Ring for every enabled account whose time has come; returns how many."""
    with tools.publishing.storage.begin() as uow:
        now = uow.now()
        due = []
        for account in uow.accounts.all():
            outlook = uow.statistics.outlook(account.id) or Outlook(account.id, now)
            if tools.terms(account) and outlook.next_at <= now:
                uow.statistics.save_outlook(replace(outlook, next_at=now + RING_AGAIN))
                due.append(account.id)
        uow.commit()
    for account_id in due:
        doorbell.account_may_have_figures(account_id)
    return len(due)


def put_off_figures(account: AccountId, tools: StatisticsTools) -> None:
    """Figures that were rung for could not be asked for: they are due again at once."""
    with tools.publishing.storage.begin() as uow:
        now = uow.now()
        outlook = uow.statistics.outlook(account) or Outlook(account, now)
        uow.statistics.save_outlook(replace(outlook, next_at=now))
        uow.commit()
