"""A person changes their own password, or gets one for the next sign-in from who manages people."""

from dataclasses import replace

from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.passwords import require_good_password
from bot.domain.people import Session, User
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage, UnitOfWork
from bot.ports.vault import Passwords
from bot.usecases.people.add_user import first_password
from bot.usecases.people.change_user import user_named


def change_password(
    session: Session, old: str, new: str, *, storage: Storage, passwords: Passwords
) -> User:
    """Give the person of this session another password; their other sessions end.

    Raises:
        InvalidInput: the old one is wrong, or the new one the same or easily guessed.
    """
    with storage.begin() as uow:
        user = uow.people.user(session.user)
    if not passwords.verify(user.password_hash, old):
        raise InvalidInput([Problem("old", "现在的密码不正确，没有改动")])
    if old == new:
        raise InvalidInput([Problem("password", "新密码和现在的一样，请换一个")])
    require_good_password(new, about=(user.login, user.name))
    hashed = passwords.hash(new)
    with storage.begin() as uow:
        current = uow.people.user(session.user)
        changed = replace(current, password_hash=hashed, must_change_password=False)
        uow.people.save_user(changed)
        uow.people.end_sessions(user.id, but=session.key_hash)
        _audit(uow, user, user.login, "password_changed")
        uow.commit()
    return changed


def reset_password(login: str, *, actor: Actor, storage: Storage, passwords: Passwords) -> str:
    """A new password that lasts until the person's next sign-in; their sessions end. It is
    returned once and stored nowhere.

    Raises:
        NotAllowed: the actor may not manage people, or it is themselves.
        NotFound.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    if login == actor.name:
        raise NotAllowed("自己的密码请在“设置”里修改")
    password = first_password()
    hashed = passwords.hash(password)
    with storage.begin() as uow:
        user = user_named(uow, login)
        uow.people.save_user(replace(user, password_hash=hashed, must_change_password=True))
        uow.people.end_sessions(user.id)
        _audit(uow, user, actor.name, "password_reset")
        uow.commit()
    return password


def _audit(uow: UnitOfWork, user: User, actor: str, verb: str) -> None:
    uow.audit.write(actor=actor, action=f"user.{verb}", object_kind="user", object_id=user.id)
