"""What handling cases needs from the world, and the frame of every change: load, check what was
seen, change, write history and audit, commit."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.accounts.budgets import BEIJING
from bot.domain.cases.case import Case
from bot.domain.cases.department import Department, in_charge
from bot.domain.cases.history import EVENT_NAMES, CaseEvent, EventKind
from bot.domain.cases.rules import DeadlineRule
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.ids import CaseId, DepartmentId
from bot.domain.permissions import Actor, Permission
from bot.domain.workdays import WorkCalendar
from bot.ports.case_storage import RuleSet
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.replies.tools import CorrespondenceTools


@dataclass(frozen=True)
class CaseTools:
    """`default_rules` are in force until the office sets its own; `below(n)` gives a random
    number from 0 to n - 1 that nobody can foresee."""

    correspondence: CorrespondenceTools
    calendar: WorkCalendar
    default_rules: tuple[DeadlineRule, ...]
    below: Callable[[int], int]

    @property
    def storage(self) -> Storage:
        """Where cases are kept."""
        return self.correspondence.publishing.storage

    def new_id(self, prefix: str) -> str:
        """A new identifier."""
        return self.correspondence.ids.new(prefix)

    def rules(self, uow: UnitOfWork) -> RuleSet:
        """The rules in force: where the office has set no terms, those that come with us."""
        newest = uow.case_rules.newest() or RuleSet(0, "", uow.now())
        return newest if newest.deadlines else replace(newest, deadlines=self.default_rules)


class CaseWork:
    """One change of one case, in one transaction."""

    def __init__(self, uow: UnitOfWork, case: Case, actor: Actor) -> None:
        self.uow = uow
        self.case = case
        self.actor = actor
        self.now = uow.now()

    def record(self, case: Case, kind: EventKind, *, note: str = "", **details: str | None) -> Case:
        """Save the case as its next version, with the event and its audit record."""
        changed = case.changed(by=self.actor.name, at=self.now)
        self.uow.cases.save(changed)
        record_event(self.uow, changed, kind, self.actor, note=note, **details)
        self.case = changed
        return changed


@contextmanager
def change(
    case_id: CaseId,
    *,
    seen: int | None,
    actor: Actor,
    storage: Storage,
    hand: Permission | None = None,
) -> Iterator[CaseWork]:
    """The case, nobody else's until this ends; commits when nothing was refused. `seen` is the
    version that whoever decides has before them; None where a program decides. With `hand`
    this permission, or that the case is of the actor's own department, is required first: nobody
    else is told what has become of it.

    Raises:
        NotFound: there is no such case.
        NotAllowed: it is not in the actor's hands.
        Conflict: it has changed since it was seen, by whom and when.
    """
    with storage.begin() as uow:
        case = uow.cases.claim(case_id)
        if hand is not None:
            require_hand(uow, case, actor, hand)
        _require_seen(uow, case, seen)
        yield CaseWork(uow, case, actor)
        uow.commit()


def record_event(
    uow: UnitOfWork,
    case: Case,
    kind: EventKind,
    actor: Actor,
    *,
    note: str = "",
    **details: str | None,
) -> None:
    """Append to history and audit chain; the chain holds no words, only that there were some."""
    known: Mapping[str, str] = {name: text for name, text in details.items() if text}
    uow.cases.note(CaseEvent(case.id, kind, uow.now(), actor.name, note, known))
    uow.audit.write(
        actor=actor.name,
        action=f"case.{kind.value}",
        object_kind="case",
        object_id=case.id,
        details={"version": str(case.version), "state": case.state.value, **known},
    )


def require_hand(uow: UnitOfWork, case: Case, actor: Actor, permission: Permission) -> None:
    """Go on if the actor may do this with any case, or with those of their own department.

    Raises:
        NotAllowed.
    """
    if actor.may(permission):
        return
    actor.require(Permission.HANDLE_OWN_CASES)
    if case.department is None or case.department != department_of(uow, actor):
        raise NotAllowed(f"办理件 {case.number} 不由您所在的部门承办，请联系留言专员")


def department_of(uow: UnitOfWork, actor: Actor) -> DepartmentId | None:
    """The department somebody works for."""
    user = uow.people.by_login(actor.name)
    return user.department if user else None


def department_for(uow: UnitOfWork, wanted: DepartmentId, now: datetime) -> Department:
    """Who has the work of a department today: after a reorganisation its successor.

    Raises:
        NotFound: there is no such department.
        Conflict: it has ended and nobody took over.
    """
    asked = uow.departments.get(wanted)
    found = in_charge(uow.departments.all(), wanted, now.astimezone(BEIJING).date())
    if found is None:
        raise Conflict(f"部门“{asked.name}”已经撤销，也没有登记接续的部门，请选择其他部门")
    return found


def _require_seen(uow: UnitOfWork, case: Case, seen: int | None) -> None:
    if seen is None or seen == case.version:
        return
    user = uow.people.by_login(case.changed_by)
    who = user.name if user else case.changed_by
    history = uow.cases.history(case.id)
    deed = EVENT_NAMES[history[-1].kind] if history else "修改"
    raise Conflict(
        f"{who} 已在 {_clock(case.changed_at)} 对办理件 {case.number} 做了“{deed}”，"
        "您看到的内容已经过时。请刷新后再决定，您填写的内容没有丢失",
        existing=case.id,
    )


def _clock(moment: datetime) -> str:
    local = moment.astimezone(BEIJING)
    return f"{local.month}月{local.day}日 {local:%H:%M}"
