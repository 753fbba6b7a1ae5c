"""Somebody who manages people gives a member of staff other roles, or ends their access."""

from dataclasses import replace

from bot.domain.errors import Conflict, InvalidInput, NotAllowed, NotFound, Problem
from bot.domain.people import Role, User
from bot.domain.permissions import GRANTS, Actor, Permission
from bot.ports.storage import Storage, UnitOfWork


def set_roles(login: str, roles: frozenset[Role], *, actor: Actor, storage: Storage) -> User:
    """Give the person exactly these roles; they hold from the next page on.

    Raises:
        NotAllowed: the actor may not manage people, or it is themselves: nobody grants
            themselves an approval.
        NotFound.
        InvalidInput: no role.
        Conflict: nobody would be left who manages people.
    """
    _require_other(login, actor, "不能调整自己的角色，请由另一位管理员办理")
    if not roles:
        raise InvalidInput([Problem("roles", "请至少选择一个角色；不再需要时请停用")])
    with storage.begin() as uow:
        user = user_named(uow, login)
        changed = replace(user, roles=roles)
        _require_manager_left(uow, changed)
        _save(uow, changed, actor, "roles_set", roles=",".join(sorted(roles)))
        uow.commit()
    return changed


def set_enabled(login: str, enabled: bool, *, actor: Actor, storage: Storage) -> User:
    """End somebody's access at once, with every session and as anybody's deputy, or give it back.

    Raises:
        NotAllowed: the actor may not manage people, or it is themselves.
        NotFound.
        Conflict: nobody would be left who manages people.
    """
    _require_other(login, actor, "不能停用自己，请由另一位管理员办理")
    with storage.begin() as uow:
        user = user_named(uow, login)
        changed = replace(user, enabled=enabled)
        _require_manager_left(uow, changed)
        if not enabled:
            uow.people.end_sessions(user.id)
        _save(uow, changed, actor, "enabled" if enabled else "disabled")
        uow.commit()
    return changed


def user_named(uow: UnitOfWork, login: str) -> User:
    """The person of this login.

    Raises:
        NotFound.
    """
    user = uow.people.by_login(login)
    if user is None:
        raise NotFound("用户", login)
    return user


def _require_other(login: str, actor: Actor, words: str) -> None:
    actor.require(Permission.MANAGE_PEOPLE)
    if login == actor.name:
        raise NotAllowed(words)


def _require_manager_left(uow: UnitOfWork, changed: User) -> None:
    everybody = (changed if one.id == changed.id else one for one in uow.people.users())
    if not any(one.enabled and _manages(one) for one in everybody):
        raise Conflict("至少要留一位能登录的账号管理员，没有改动")


def _manages(user: User) -> bool:
    return any(Permission.MANAGE_PEOPLE in GRANTS[role] for role in user.roles)


def _save(uow: UnitOfWork, user: User, actor: Actor, verb: str, **details: str) -> None:
    uow.people.save_user(user)
    uow.audit.write(
        actor=actor.name,
        action=f"user.{verb}",
        object_kind="user",
        object_id=user.id,
        details=details,
    )
