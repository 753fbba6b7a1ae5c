"""Add a member of staff."""

from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import UserId
from bot.domain.people import Role, User
from bot.domain.permissions import Actor, Permission
from bot.ports.clock import Ids
from bot.ports.storage import Storage
from bot.ports.vault import Passwords

SHORTEST_PASSWORD = 10


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
) -> User:
    """Store a user with a hashed password.

    Raises:
        NotAllowed: the actor may not manage people.
        InvalidInput: no role, or the password is too short.
        Conflict: the login is taken.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    problems = []
    if len(password) < SHORTEST_PASSWORD:
        problems.append(Problem("password", f"密码至少 {SHORTEST_PASSWORD} 位"))
    if not roles:
        problems.append(Problem("roles", "请至少选择一个角色"))
    if problems:
        raise InvalidInput(problems)
    user = User(UserId(ids.new("usr")), login, name, roles, passwords.hash(password))
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
