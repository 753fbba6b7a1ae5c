"""A person says what becomes of a demand: given to the drafters, interpreted, or declined."""

from dataclasses import replace

from bot.domain.errors import Conflict, InvalidInput, Problem
from bot.domain.ids import DemandId, DepartmentId, ReleaseId
from bot.domain.permissions import Actor, Permission
from bot.domain.questions.demand import Demand, DemandState
from bot.domain.releases.release import ReleaseState
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.tools import department_for


def transfer_demand(
    demand: DemandId, department: DepartmentId, *, actor: Actor, storage: Storage
) -> Demand:
    """The department drafts a supplementary interpretation.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        Conflict: the department has ended.
    """
    actor.require(Permission.HANDLE_CASES)
    with storage.begin() as uow:
        place = department_for(uow, department, uow.now()).id
        moved = _moved(uow, demand, DemandState.TRANSFERRED, actor)
        return _saved(uow, replace(moved, department=place), actor, department=place)


def publish_demand(
    demand: DemandId, release: ReleaseId, *, actor: Actor, storage: Storage
) -> Demand:
    """This released document answers it.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        Conflict: the document is not released yet.
    """
    actor.require(Permission.HANDLE_CASES)
    with storage.begin() as uow:
        found = uow.releases.get(release)
        if found.state is not ReleaseState.RELEASED:
            raise Conflict(f"“{found.content.title}”还没有发布，请在发布后再登记")
        moved = _moved(uow, demand, DemandState.PUBLISHED, actor)
        return _saved(uow, replace(moved, release=release), actor, release=release)


def decline_demand(demand: DemandId, *, reason: str, actor: Actor, storage: Storage) -> Demand:
    """It is not disclosed, with the reason; for whoever may approve answers.

    Raises:
        NotAllowed, NotFound, IllegalMove.
        InvalidInput: no reason is given.
    """
    actor.require(Permission.APPROVE_ANSWER)
    if not reason.strip():
        raise InvalidInput([Problem("reason", "请说明不予公开的理由和依据")])
    with storage.begin() as uow:
        moved = _moved(uow, demand, DemandState.DECLINED, actor)
        said = replace(moved, reason=reason.strip())
        return _saved(uow, said, actor, reason=said.reason)


def reopen_demand(demand: DemandId, *, actor: Actor, storage: Storage) -> Demand:
    """What was done does not answer it.

    Raises:
        NotAllowed, NotFound, IllegalMove.
    """
    actor.require(Permission.HANDLE_CASES)
    with storage.begin() as uow:
        moved = _moved(uow, demand, DemandState.PENDING, actor)
        return _saved(uow, replace(moved, department=None, release=None, reason=""), actor)


def _moved(uow: UnitOfWork, demand: DemandId, state: DemandState, actor: Actor) -> Demand:
    return uow.demands.claim(demand).moved(state, by=actor.name, at=uow.now())


def _saved(uow: UnitOfWork, demand: Demand, actor: Actor, **details: str) -> Demand:
    uow.demands.save(demand)
    uow.audit.write(
        actor=actor.name,
        action=f"demand.{demand.state.value}",
        object_kind="demand",
        object_id=demand.id,
        details=details,
    )
    uow.commit()
    return demand
