"""Answers already given to requests with an idempotency key."""

from sqlalchemy import Connection, select

from bot.storage.clock import DatabaseClock
from bot.storage.statements import insert_new
from bot.storage.tables import requests

_c = requests.c


class SqlRequests:
    """Keeps the promises of `ports.operations.Requests`."""

    def __init__(self, connection: Connection, clock: DatabaseClock) -> None:
        self._connection = connection
        self._clock = clock

    def answer_to(self, scope: str, key: str) -> tuple[str, str] | None:
        wanted = select(_c.digest, _c.answer).where(_c.scope == scope, _c.key == key)
        row = self._connection.execute(wanted).first()
        return None if row is None else (row.digest, row.answer)

    def remember(self, scope: str, key: str, *, digest: str, answer: str) -> None:
        values = {
            "scope": scope,
            "key": key,
            "digest": digest,
            "answer": answer,
            "at": self._clock.now(self._connection),
        }
        taken = "同一 Idempotency-Key 的请求正在处理或已经处理，请稍后用原内容重新提交"
        insert_new(self._connection, requests, values, taken=taken)
