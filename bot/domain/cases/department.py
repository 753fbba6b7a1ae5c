"""Departments: a tree whose parts come and go with reorganisations."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.errors import InvalidInput, Problem
from bot.domain.ids import DepartmentId


@dataclass(frozen=True)
class Department:
    """A department from one day to another; `successor` takes over what it had."""

    id: DepartmentId
    name: str
    since: date
    parent: DepartmentId | None = None
    until: date | None = None
    successor: DepartmentId | None = None

    def exists_on(self, day: date) -> bool:
        """Whether it is there on this day; `until` is its last."""
        return self.since <= day and (self.until is None or day <= self.until)


def ended(department: Department, *, until: date, successor: Department | None) -> Department:
    """The department with its last day.

    Raises:
        InvalidInput: it would end before it began, or the successor ends no later.
    """
    problems = []
    if until < department.since:
        problems.append(Problem("until", f"“{department.name}”从 {department.since} 起设立"))
    if successor is not None and not successor.exists_on(until):
        problems.append(Problem("successor", f"“{successor.name}”在 {until} 已不存在"))
    if successor is not None and successor.id == department.id:
        problems.append(Problem("successor", "不能由自己接续"))
    if problems:
        raise InvalidInput(problems)
    return replace(department, until=until, successor=successor.id if successor else None)


def in_charge(
    departments: Sequence[Department], wanted: DepartmentId, day: date
) -> Department | None:
    """Who has the work of `wanted` on this day: itself, or along its successors; None if
    nobody has."""
    known = {department.id: department for department in departments}
    passed: set[DepartmentId] = set()
    current = known.get(wanted)
    while current is not None and not current.exists_on(day):
        passed.add(current.id)
        following = current.successor
        current = known.get(following) if following and following not in passed else None
    return current


def beneath(departments: Sequence[Department], top: DepartmentId) -> frozenset[DepartmentId]:
    """A department and all below it."""
    found = {top}
    while more := {d.id for d in departments if d.parent in found} - found:
        found |= more
    return frozenset(found)
