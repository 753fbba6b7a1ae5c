"""Logging in and out: server-side sessions, known by the hash of their secret."""

import hashlib
import secrets
from datetime import timedelta

from bot.domain.errors import NotAllowed
from bot.domain.people import Session, User
from bot.domain.permissions import Actor
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Passwords

SESSION_LASTS = timedelta(hours=12)
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
"""Verified when the login is unknown, so that the answer takes as long as for a known one."""


def sign_in(
    login: str,
    password: str,
    *,
    storage: Storage,
    passwords: Passwords,
    address: str = "",
    browser: str = "",
) -> str:
    """Check the password and open a session; returns the cookie's secret. `address` and `browser`
    are what the person is shown of it.

    Raises:
        NotAllowed: login or password is wrong; which one is not said.
    """
    with storage.begin() as uow:
        user = uow.people.by_login(login)
    fits = passwords.verify(user.password_hash if user else NOBODY, password)
    if user is None or not fits or not user.enabled:
        raise NotAllowed("用户名或密码不正确")
    with storage.begin() as uow:
        secret = open_session(uow, user, address=address, browser=browser)
        uow.commit()
    return secret


def open_session(uow: UnitOfWork, user: User, *, address: str, browser: str) -> str:
    """A new session of somebody who has proved who they are; returns the cookie's secret."""
    secret, now = secrets.token_urlsafe(32), uow.now()
    uow.people.add_session(
        Session(
            key_hash=hashed(secret),
            user=user.id,
            created_at=now,
            expires_at=now + SESSION_LASTS,
            csrf=secrets.token_urlsafe(24),
            address=address,
            browser=browser,
        )
    )
    uow.audit.write(
        actor=user.login, action="user.signed_in", object_kind="user", object_id=user.id
    )
    return secret


def session_of(secret: str, *, storage: Storage) -> tuple[Session, User] | None:
    """The living session and its user behind a cookie's secret."""
    with storage.look() as uow:
        found = uow.people.session(hashed(secret))
        if found is None or found[0].expires_at <= uow.now():
            return None
    return found if found[1].enabled else None


def sign_out(secret: str, *, storage: Storage) -> None:
    """End the session."""
    with storage.begin() as uow:
        uow.people.end_session(hashed(secret))
        uow.commit()


def actor_of(user: User) -> Actor:
    """The user as somebody who acts."""
    return Actor(user.login, user.roles)


def hashed(secret: str) -> str:
    """SHA-256 of a random secret: enough, since it cannot be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()
