"""The office's rules for cases, every version kept; and departments."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from bot.domain.cases.department import Department
from bot.domain.errors import NotFound
from bot.domain.ids import DepartmentId
from bot.ports.case_storage import RuleSet
from bot.storage.encoding import decode, encode
from bot.storage.statements import insert_new
from bot.storage.tables import case_rules, departments


class SqlCaseRules:
    """Keeps the promises of `ports.case_storage.CaseRules`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self) -> RuleSet | None:
        body = self._connection.scalar(_NEWEST_FIRST.limit(1))
        return decode(RuleSet, body) if body else None

    def add(self, rules: RuleSet) -> None:
        values = {"version": rules.version, "body": encode(RuleSet, rules)}
        taken = "办理规则刚刚被其他人修改，请刷新后再保存"
        insert_new(self._connection, case_rules, values, taken=taken)

    def versions(self) -> Sequence[RuleSet]:
        return [decode(RuleSet, body) for body in self._connection.scalars(_NEWEST_FIRST)]


class SqlDepartments:
    """Keeps the promises of `ports.case_storage.Departments`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, department: Department) -> None:
        taken = f"部门编号 {department.id} 已被使用，请换一个"
        insert_new(self._connection, departments, _values(department), taken=taken)

    def save(self, department: Department) -> None:
        own = departments.c.id == department.id
        save = update(departments).where(own).values(**_values(department))
        if self._connection.execute(save).rowcount == 0:
            raise NotFound("部门", department.id)

    def get(self, department: DepartmentId) -> Department:
        wanted = select(departments.c.body).where(departments.c.id == department)
        body = self._connection.scalar(wanted)
        if body is None:
            raise NotFound("部门", department)
        return decode(Department, body)

    def all(self) -> Sequence[Department]:
        bodies = self._connection.scalars(select(departments.c.body).order_by(departments.c.id))
        return [decode(Department, body) for body in bodies]


_NEWEST_FIRST = select(case_rules.c.body).order_by(case_rules.c.version.desc())


def _values(department: Department) -> dict[str, str]:
    return {
        "id": department.id,
        "name": department.name,
        "body": encode(Department, department),
    }
