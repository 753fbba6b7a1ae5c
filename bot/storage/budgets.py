"""How many platform calls of the day are spent: rows that only count up to their limit."""

from datetime import date, datetime

from sqlalchemy import Connection, case, func, select

from bot.domain.accounts.budgets import Budget, Purpose, budget_day, next_budget_day
from bot.domain.errors import RateLimited
from bot.domain.ids import AccountId
from bot.storage.clock import DatabaseClock
from bot.storage.statements import upsert
from bot.storage.tables import call_budgets, call_purposes, restorations
from bot.storage.transactions import Transactions

_c = call_budgets.c


class SqlCallBudgets:
    """Keeps the promises of `ports.tokens.CallBudgets`; each call is its own transaction."""

    def __init__(self, transactions: Transactions, clock: DatabaseClock) -> None:
        self._transactions = transactions
        self._clock = clock

    def spend(
        self,
        account: AccountId,
        budget: Budget,
        *,
        publishing: bool,
        purpose: Purpose | None = None,
    ) -> None:
        limit = budget.limit_for(publishing=publishing)
        with self._transactions.writing() as connection:
            now = self._clock.now(connection)
            lost = _lost(connection, budget, now)
            row = upsert(connection.dialect.name, call_budgets).values(
                account_id=account, bucket=budget.bucket, day=budget_day(now), spent=lost + 1
            )
            spent = case((_c.spent < lost, lost), else_=_c.spent)
            spend = row.on_conflict_do_update(
                index_elements=[_c.account_id, _c.bucket, _c.day],
                set_={"spent": spent + 1},
                where=spent < limit,
            )
            if limit <= lost or connection.execute(spend.returning(_c.spent)).first() is None:
                raise RateLimited(
                    "今天的接口调用次数已用完，北京时间零点后自动继续",
                    detail=f"{budget.bucket}: {limit}",
                    until=next_budget_day(now),
                )
            if purpose is not None:
                _count(connection, account, budget_day(now), purpose)
            connection.commit()

    def remaining(self, account: AccountId, budget: Budget) -> int:
        with self._transactions.reading() as connection:
            today = budget_day(self._clock.now(connection))
            wanted = select(_c.spent).where(
                _c.account_id == account, _c.bucket == budget.bucket, _c.day == today
            )
            spent = connection.scalar(wanted) or 0
        return max(0, budget.daily_limit - spent)


def _lost(connection: Connection, budget: Budget, now: datetime) -> int:
    """What is spent of today at least, whatever a ledger from a backup says."""
    last = connection.scalar(select(func.max(restorations.c.restored_at)))
    return 0 if last is None else budget.lost_by(last, now)


def _count(connection: Connection, account: AccountId, day: date, purpose: Purpose) -> None:
    c = call_purposes.c
    row = upsert(connection.dialect.name, call_purposes).values(
        account_id=account, day=day, purpose=purpose, spent=1
    )
    more = row.on_conflict_do_update(
        index_elements=[c.account_id, c.day, c.purpose], set_={"spent": c.spent + 1}
    )
    connection.execute(more)
