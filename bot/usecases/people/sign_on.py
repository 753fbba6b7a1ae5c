"""Signing on by what an identity provider says; binding a member of staff to it."""

import secrets
from dataclasses import replace

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, Problem
from bot.domain.people import User
from bot.domain.permissions import Actor, Permission
from bot.domain.sign_on import Identity
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Passwords
from bot.usecases.people.change_user import user_named
from bot.usecases.people.sign_in import open_session

LONGEST_SUBJECT = 255


def sign_on(
    identity: Identity,
    *,
    binds_by_login: bool,
    storage: Storage,
    passwords: Passwords,
    address: str = "",
    browser: str = "",
) -> str:
    """Open a session for whom the identity is bound to; returns the cookie's secret. Nobody is
    made; with `binds_by_login` somebody without a bond is known by their login, once and for good.
    A first password, which somebody else knows, ends with it.

    Raises:
        NotAllowed: it is bound to nobody who can sign in.
    """
    with storage.begin() as uow:
        user = _bound_to(uow, identity)
        if user is None and binds_by_login:
            user = _by_login(uow, identity)
        if user is None or not user.enabled:
            raise NotAllowed(
                "您的单位账号还没有对应本系统的人员，请把下面的标识告诉账号管理员，由其绑定"
            )
        if user.must_change_password:
            spent = passwords.hash(secrets.token_urlsafe(32))
            user = replace(user, password_hash=spent, must_change_password=False)
            uow.people.save_user(user)
        secret = open_session(uow, user, address=address, browser=browser)
        uow.commit()
    return secret


def bind_subject(login: str, subject: str, *, issuer: str, actor: Actor, storage: Storage) -> User:
    """From now on whom the provider knows by `subject` is this person; empty unbinds them.

    Raises:
        NotAllowed: the actor may not manage people, or it is themselves.
        NotFound.
        InvalidInput: it is no subject.
        Conflict: it is somebody else's.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    if login == actor.name:
        raise NotAllowed("不能绑定自己，请由另一位管理员办理")
    given = subject.strip()
    if len(given) > LONGEST_SUBJECT or not given.isprintable():
        raise InvalidInput([Problem("subject", "请填写统一身份认证里的用户标识（sub）")])
    key = Identity(issuer, given).key if given else ""
    with storage.begin() as uow:
        user = user_named(uow, login)
        if key and any(one.subject == key and one.id != user.id for one in uow.people.users()):
            raise Conflict("这个标识已经绑定另一位同事，请先解除")
        bound = _bind(uow, user, key, actor.name)
        uow.people.end_sessions(user.id)
        uow.commit()
    return bound


def _bound_to(uow: UnitOfWork, identity: Identity) -> User | None:
    return next((one for one in uow.people.users() if one.subject == identity.key), None)


def _by_login(uow: UnitOfWork, identity: Identity) -> User | None:
    user = uow.people.by_login(identity.login) if identity.login else None
    if user is None or user.subject or not user.enabled:
        return None
    return _bind(uow, user, identity.key, user.login)


def _bind(uow: UnitOfWork, user: User, key: str, by: str) -> User:
    bound = replace(user, subject=key)
    uow.people.save_user(bound)
    uow.audit.write(
        actor=by,
        action="user.bound" if key else "user.unbound",
        object_kind="user",
        object_id=user.id,
        details={"subject": uow.audit.keyed_hash(key)} if key else None,
    )
    return bound
