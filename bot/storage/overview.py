"""Read models for pages, lists and the API."""

from bot.storage.clock import DatabaseClock
from bot.storage.transactions import Transactions


class SqlOverview:
    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        pass
