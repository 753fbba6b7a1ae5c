"""What was uploaded to a platform before, as rows."""

from collections.abc import Mapping

from sqlalchemy import select

from bot.domain.ids import AccountId
from bot.storage.encoding import decode, encode
from bot.storage.statements import upsert
from bot.storage.tables import uploads
from bot.storage.transactions import Transactions

_c = uploads.c


class SqlUploadCache:
    """Keeps the promises of `ports.uploads.UploadCache`; each call is its own transaction."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def get(self, account: AccountId, purpose: str, sha256: str) -> Mapping[str, str] | None:
        wanted = select(_c.answer).where(
            _c.account_id == account, _c.purpose == purpose, _c.sha256 == sha256
        )
        with self._transactions.reading() as connection:
            answer = connection.scalar(wanted)
        return None if answer is None else decode(dict[str, str], answer)

    def put(self, account: AccountId, purpose: str, sha256: str, answer: Mapping[str, str]) -> None:
        encoded = encode(dict[str, str], dict(answer))
        with self._transactions.writing() as connection:
            insert = upsert(connection.dialect.name, uploads).values(
                account_id=account, purpose=purpose, sha256=sha256, answer=encoded
            )
            connection.execute(
                insert.on_conflict_do_update(
                    index_elements=[_c.account_id, _c.purpose, _c.sha256],
                    set_={"answer": encoded},
                )
            )
            connection.commit()
