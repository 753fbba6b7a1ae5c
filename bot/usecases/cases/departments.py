"""Departments come and go, and people work for them."""

from dataclasses import replace
from datetime import date

from bot.domain.cases.department import Department, ended
from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import DepartmentId
from bot.domain.people import User
from bot.domain.permissions import Actor, Permission
from bot.ports.storage import Storage, UnitOfWork


def add_department(department: Department, *, actor: Actor, storage: Storage) -> Department:
    """Enter a department.

    Raises:
        NotAllowed.
        NotFound: its parent is not there.
        Conflict: one of this name is there on its first day.
        InvalidInput: it has no name.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    if not department.name.strip():
        raise InvalidInput([Problem("name", "请填写部门名称")])
    with storage.begin() as uow:
        if department.parent is not None:
            uow.departments.get(department.parent)
        same = (d for d in uow.departments.all() if d.name == department.name)
        if any(one.exists_on(department.since) for one in same):
            raise Conflict(f"部门“{department.name}”已经登记过")
        uow.departments.add(department)
        _audit(uow, department, "added", actor)
        uow.commit()
    return department


def end_department(
    department_id: DepartmentId,
    *,
    until: date,
    successor: DepartmentId | None,
    actor: Actor,
    storage: Storage,
) -> Department:
    """A department ends; what would be given to it goes to its successor.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: it would end before it began, or the successor is gone by then.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    with storage.begin() as uow:
        following = uow.departments.get(successor) if successor else None
        department = ended(uow.departments.get(department_id), until=until, successor=following)
        uow.departments.save(department)
        _audit(uow, department, "ended", actor)
        uow.commit()
    return department


def place_user(
    login: str, department: DepartmentId | None, *, actor: Actor, storage: Storage
) -> User:
    """Say which department somebody works for, or that they work for none.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_PEOPLE)
    with storage.begin() as uow:
        user = uow.people.by_login(login)
        if user is None:
            raise NotFound("用户", login)
        if department is not None:
            uow.departments.get(department)
        placed = replace(user, department=department)
        uow.people.save_user(placed)
        uow.audit.write(
            actor=actor.name,
            action="user.placed",
            object_kind="user",
            object_id=user.id,
            details={"department": department or ""},
        )
        uow.commit()
    return placed


def _audit(uow: UnitOfWork, department: Department, verb: str, actor: Actor) -> None:
    uow.audit.write(
        actor=actor.name,
        action=f"department.{verb}",
        object_kind="department",
        object_id=department.id,
        details={"name": department.name, "until": str(department.until or "")},
    )
