"""A reply desk that handles cases: two departments, their contacts, a supervisor."""

from datetime import date, timedelta
from typing import Any

from bot.domain.cases.case import Case, CaseState
from bot.domain.cases.department import Department
from bot.domain.cases.history import CaseEvent
from bot.domain.cases.names import CaseClass
from bot.domain.ids import CaseId, DepartmentId, UserId
from bot.domain.people import Role, User
from bot.domain.permissions import Actor
from bot.regulations.calendar import work_calendar
from bot.regulations.case_rules import default_deadlines
from bot.usecases.cases.open_case import NewCase, open_case
from bot.usecases.cases.tools import CaseTools
from tests.unit.usecases.posts.desk import APPROVER, REVIEWER
from tests.unit.usecases.replies.office import DESK, ReplyOffice

HOUSING = DepartmentId("housing")
TAX = DepartmentId("tax")
CONTACT = Actor("zhang", frozenset({Role.DEPT_CONTACT}))
TAX_CONTACT = Actor("qian", frozenset({Role.DEPT_CONTACT}))
SUPERVISOR = Actor("sun", frozenset({Role.SUPERVISOR}))
ANSWER = "您好，补贴已于 11 月 20 日发放到账，请查收。"
EVERYBODY = (DESK, CONTACT, TAX_CONTACT, SUPERVISOR, REVIEWER, APPROVER)


class Hall(ReplyOffice):
    """Numbers and codes are drawn in order, so that tests can name them."""

    def __init__(self, **options: str) -> None:
        super().__init__(**options)
        self._drawn = 0
        self.cases = CaseTools(self.letters, work_calendar(), default_deadlines(), self._draw)
        places = {CONTACT.name: HOUSING, TAX_CONTACT.name: TAX}
        names = {HOUSING: "住建局", TAX: "税务局"}
        with self.storage.begin() as uow:
            for place, name in names.items():
                uow.departments.add(Department(place, name, date(2020, 1, 1)))
            for actor in EVERYBODY:
                place_of = places.get(actor.name)
                uow.people.add_user(_user(actor, place_of))
            uow.commit()

    def _draw(self, below: int) -> int:
        self._drawn += 1
        return self._drawn % below

    def opens(
        self, case_class: CaseClass = CaseClass.QUESTION, *, tell: bool = False, **changes: Any
    ) -> Case:
        """The desk takes up a letter that a follower has just written."""
        number = len(self.storage.state.replies) + 1
        values: dict[str, Any] = {"reply": self.says(number)} | changes
        return open_case(
            NewCase(case_class, **values), actor=DESK, tools=self.cases, tell_number=tell
        )

    def case(self, case: CaseId) -> Case:
        with self.storage.begin() as uow:
            return uow.cases.get(case)

    def history(self, case: CaseId) -> list[CaseEvent]:
        with self.storage.begin() as uow:
            return list(uow.cases.history(case))

    def steps(self, case: CaseId) -> list[str]:
        """The kinds of the events."""
        return [event.kind.value for event in self.history(case)]

    def state(self, case: CaseId) -> CaseState:
        return self.case(case).state

    def days_pass(self, days: float) -> None:
        self.clock.pass_seconds(timedelta(days=days).total_seconds())


def _user(actor: Actor, department: DepartmentId | None) -> User:
    return User(
        UserId(f"usr_{actor.name}"),
        actor.name,
        f"{actor.name}同志",
        actor.roles,
        "hash",
        department=department,
    )
