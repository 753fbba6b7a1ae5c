"""Staff, their sessions, and API tokens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from bot.domain.errors import NotFound
from bot.domain.ids import ApiTokenId, SourceId, UserId
from bot.domain.people import ApiToken, Handover, Session, User
from bot.storage.encoding import decode, decode_shared, encode
from bot.storage.statements import insert_new
from bot.storage.tables import api_tokens, handovers, sessions, users

_VISITOR = (
    select(sessions, users.c.body)
    .join_from(sessions, users, users.c.id == sessions.c.user_id)
    .where(sessions.c.key_hash == bindparam("key_hash"))
)


class SqlPeople:
    """Keeps the promises of `ports.storage.People`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_user(self, user: User) -> None:
        taken = f"登录名 {user.login} 已经有人使用，请换一个"
        insert_new(self._connection, users, _user_row(user), taken=taken)

    def save_user(self, user: User) -> None:
        save = update(users).where(users.c.id == user.id).values(**_user_row(user))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("用户", user.id)

    def user(self, user: UserId) -> User:
        found = self._user(users.c.id == user)
        if found is None:
            raise NotFound("用户", user)
        return found

    def by_login(self, login: str) -> User | None:
        return self._user(users.c.login == login)

    def users(self) -> Sequence[User]:
        bodies = self._connection.scalars(select(users.c.body).order_by(users.c.id))
        return [decode(User, body) for body in bodies]

    def add_session(self, session: Session) -> None:
        values = {
            "key_hash": session.key_hash,
            "user_id": session.user,
            "created_at": session.created_at,
            "expires_at": session.expires_at,
            "csrf": session.csrf,
            "address": session.address,
            "browser": session.browser,
        }
        self._connection.execute(insert(sessions).values(**values))

    def session(self, key_hash: str) -> tuple[Session, User] | None:
        row = self._connection.execute(_VISITOR, {"key_hash": key_hash}).first()
        return None if row is None else (_session(row), decode_shared(User, row.body))

    def end_session(self, key_hash: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.key_hash == key_hash))

    def sessions_of(self, user: UserId, *, after: datetime) -> Sequence[Session]:
        mine = select(sessions).where(sessions.c.user_id == user, sessions.c.expires_at > after)
        newest = mine.order_by(sessions.c.created_at.desc(), sessions.c.key_hash)
        return [_session(row) for row in self._connection.execute(newest)]

    def end_sessions(self, user: UserId, *, but: str = "") -> None:
        others = (sessions.c.user_id == user, sessions.c.key_hash != but)
        self._connection.execute(delete(sessions).where(*others))

    def add_handover(self, handover: Handover) -> None:
        values = {"id": handover.id, "giver": handover.giver, "taker": handover.taker}
        body = encode(Handover, handover)
        self._connection.execute(insert(handovers).values(**values, body=body))

    def handovers_of(self, login: str, *, limit: int = 20) -> Sequence[Handover]:
        either = or_(handovers.c.giver == login, handovers.c.taker == login)
        newest = select(handovers.c.body).where(either).order_by(handovers.c.id.desc())
        bodies = self._connection.scalars(newest.limit(limit))
        return [decode(Handover, body) for body in bodies]

    def add_token(self, token: ApiToken) -> None:
        taken = f"令牌 {token.id} 已经存在"
        insert_new(self._connection, api_tokens, _token_row(token), taken=taken)

    def save_token(self, token: ApiToken) -> None:
        save = update(api_tokens).where(api_tokens.c.id == token.id).values(**_token_row(token))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("令牌", token.id)

    def token(self, token: ApiTokenId) -> ApiToken:
        found = self._tokens(api_tokens.c.id == token)
        if not found:
            raise NotFound("令牌", token)
        return found[0]

    def token_by_hash(self, token_hash: str) -> ApiToken | None:
        return next(iter(self._tokens(api_tokens.c.token_hash == token_hash)), None)

    def tokens(self) -> Sequence[ApiToken]:
        return self._tokens()

    def _user(self, which: ColumnElement[bool]) -> User | None:
        body = self._connection.scalar(select(users.c.body).where(which))
        return None if body is None else decode(User, body)

    def _tokens(self, *where: ColumnElement[bool]) -> Sequence[ApiToken]:
        wanted = select(api_tokens).where(*where).order_by(api_tokens.c.created_at, api_tokens.c.id)
        return [_token(row) for row in self._connection.execute(wanted)]


def _session(row: Row[Any]) -> Session:
    return Session(
        row.key_hash,
        UserId(row.user_id),
        row.created_at,
        row.expires_at,
        row.csrf,
        address=row.address or "",
        browser=row.browser or "",
    )


def _user_row(user: User) -> dict[str, Any]:
    return {"id": user.id, "login": user.login, "body": encode(User, user)}


def _token_row(token: ApiToken) -> dict[str, Any]:
    return {
        "id": token.id,
        "name": token.name,
        "source_id": token.source,
        "token_hash": token.token_hash,
        "created_at": token.created_at,
        "revoked_at": token.revoked_at,
    }


def _token(row: Row[Any]) -> ApiToken:
    return ApiToken(
        id=ApiTokenId(row.id),
        name=row.name,
        source=SourceId(row.source_id),
        token_hash=row.token_hash,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
