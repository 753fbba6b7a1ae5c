"""Accounts and their sealed secrets."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from bot.domain.accounts.account import Account
from bot.domain.accounts.check import AccountCheck
from bot.domain.accounts.trouble import AccountTrouble
from bot.domain.errors import NotFound
from bot.domain.ids import AccountId
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new, upsert
from bot.storage.tables import account_checks, account_troubles, accounts

_c = accounts.c
_BODY = select(_c.body).where(_c.id == bindparam("account"))
_SECRETS = select(_c.sealed_secrets).where(_c.id == bindparam("account"))


class SqlAccounts:
    """Keeps the promises of `ports.storage.Accounts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, account: Account, sealed_secrets: str) -> None:
        values = _row(account) | {"sealed_secrets": sealed_secrets}
        taken = f"账号“{account.name}”已经存在，请换一个名称或修改已有账号"
        insert_new(self._connection, accounts, values, taken=taken)

    def save(self, account: Account) -> None:
        self._update(account.id, _row(account))

    def get(self, account: AccountId) -> Account:
        body = self._connection.scalar(_BODY, {"account": account})
        if body is None:
            raise NotFound("账号", account)
        return decode(Account, body)

    def by_name(self, name: str) -> Account | None:
        body = self._connection.scalar(select(_c.body).where(_c.name == name))
        return None if body is None else decode(Account, body)

    def all(self) -> Sequence[Account]:
        bodies = self._connection.scalars(select(_c.body).order_by(_c.id))
        return [decode(Account, body) for body in bodies]

    def sealed_secrets(self, account: AccountId) -> str:
        sealed = self._connection.scalar(_SECRETS, {"account": account})
        if sealed is None:
            raise NotFound("账号", account)
        return str(sealed)

    def save_secrets(self, account: AccountId, sealed: str) -> None:
        self._update(account, {"sealed_secrets": sealed})

    def save_check(self, check: AccountCheck) -> None:
        row = upsert(self._connection.dialect.name, account_checks).values(
            account_id=check.account, body=encode(AccountCheck, check)
        )
        self._connection.execute(
            row.on_conflict_do_update(
                index_elements=[account_checks.c.account_id], set_={"body": row.excluded.body}
            )
        )

    def last_check(self, account: AccountId) -> AccountCheck | None:
        wanted = select(account_checks.c.body).where(account_checks.c.account_id == account)
        body = self._connection.scalar(wanted)
        return None if body is None else decode(AccountCheck, body)

    def last_checks(self) -> Mapping[AccountId, AccountCheck]:
        bodies = self._connection.scalars(select(account_checks.c.body))
        checks = [decode(AccountCheck, body) for body in bodies]
        return {check.account: check for check in checks}

    def save_trouble(self, trouble: AccountTrouble) -> None:
        row = upsert(self._connection.dialect.name, account_troubles).values(
            account_id=trouble.account, body=encode(AccountTrouble, trouble)
        )
        self._connection.execute(row.on_conflict_do_nothing())

    def trouble(self, account: AccountId) -> AccountTrouble | None:
        wanted = select(account_troubles.c.body).where(account_troubles.c.account_id == account)
        body = self._connection.scalar(wanted)
        return None if body is None else decode(AccountTrouble, body)

    def end_trouble(self, account: AccountId) -> None:
        row = delete(account_troubles).where(account_troubles.c.account_id == account)
        self._connection.execute(row)

    def _update(self, account: AccountId, values: dict[str, Any]) -> None:
        saved = self._connection.execute(update(accounts).where(_c.id == account).values(**values))
        if saved.rowcount == 0:
            raise NotFound("账号", account)


def _row(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "platform": account.platform,
        "mode": account.mode,
        "enabled": account.enabled,
        "stopped": account.stopped,
        "body": encode(Account, account),
    }
