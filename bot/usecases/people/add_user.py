"""Add a member of staff."""

import re
import secrets
from collections.abc import Iterator

from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import UserId
from bot.domain.passwords import problems_of_password
from bot.domain.people import Role, User
from bot.domain.permissions import Actor, Permission
from bot.ports.clock import Ids
from bot.ports.storage import Storage
from bot.ports.vault import Passwords

_LOGIN = re.compile(r"[\w.@-]{1,64}")
LONGEST_NAME = 40
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike on paper."""


def first_password() -> str:
    """A password that lasts until the first sign-in: four groups, easily read out (79 bits)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def add_user(
    login: str,
    name: str,
    password: str,
    roles: frozenset[Role],
    *,
    actor: Actor,
    storage: Storage,
    passwords: Passwords,
    ids: Ids,
    must_change_password: bool = False,
) -> User:
    """Store a user with a hashed password; `must_change_password` at the first sign-in.

    Raises:
        NotAllowed: the actor may not manage people.
        InvalidInput: no login, name or role, or the password is easily guessed.
        Conflict: the login is taken.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    login, name = login.strip(), name.strip()
    problems = [
        *problems_of_password(password, about=(login, name)),
        *_problems_of_entry(login, name, roles),
    ]
    if problems:
        raise InvalidInput(problems)
    user = User(
        UserId(ids.new("usr")),
        login,
        name,
        roles,
        passwords.hash(password),
        must_change_password=must_change_password,
    )
    with storage.begin() as uow:
        if uow.people.by_login(login) is not None:
            raise Conflict(f"用户名“{login}”已被使用", existing=login)
        uow.people.add_user(user)
        uow.audit.write(
            actor=actor.name,
            action="user.added",
            object_kind="user",
            object_id=user.id,
            details={"roles": ",".join(sorted(r.value for r in roles))},
        )
        uow.commit()
    return user


def _problems_of_entry(login: str, name: str, roles: frozenset[Role]) -> Iterator[Problem]:
    if not _LOGIN.fullmatch(login):
        yield Problem("login", "请填写用户名：字母、数字、汉字和 . _ @ -")
    if not name or len(name) > LONGEST_NAME:
        yield Problem("name", f"请填写姓名，最多 {LONGEST_NAME} 字")
    if not roles:
        yield Problem("roles", "请至少选择一个角色")
