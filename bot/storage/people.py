"""Staff, their sessions, and API tokens."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from bot.domain.errors import NotFound
from bot.domain.ids import ApiTokenId, SourceId, UserId
from bot.domain.people import ApiToken, Session, User
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new
from bot.storage.tables import api_tokens, sessions, users


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
        }
        self._connection.execute(insert(sessions).values(**values))

    def session(self, key_hash: str) -> Session | None:
        wanted = select(sessions).where(sessions.c.key_hash == key_hash)
        row = self._connection.execute(wanted).first()
        if row is None:
            return None
        user = UserId(row.user_id)
        return Session(row.key_hash, user, row.created_at, row.expires_at, row.csrf)

    def end_session(self, key_hash: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.key_hash == key_hash))

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
