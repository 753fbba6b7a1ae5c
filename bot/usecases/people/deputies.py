"""Somebody who is away names a colleague to take their steps of review, and takes it back."""

from dataclasses import replace
from datetime import date

from bot.domain.accounts.budgets import BEIJING
from bot.domain.deputies import Deputy, require_sensible
from bot.domain.errors import InvalidInput, NotAllowed, Problem
from bot.domain.ids import DeputyId
from bot.domain.permissions import STEP_PERMISSIONS, Actor, Permission
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.people.sign_in import actor_of


def name_deputy(
    deputy: str,
    *,
    since: date,
    until: date,
    actor: Actor,
    storage: Storage,
    ids: Ids,
    principal: str = "",
    reason: str = "",
) -> Deputy:
    """Let `deputy` (a login) take the steps of `principal`, the actor unless another is named,
    on these Beijing days. Whoever manages people may do it for somebody who is ill.

    Raises:
        NotAllowed: for somebody else, without managing people; or one's own deputy for another.
        InvalidInput: nobody of this login may sign in, the principal reviews nothing, or the
            days make no sense.
    """
    with storage.begin() as uow:
        named = Deputy(
            id=DeputyId(ids.new("dep")),
            principal=principal or actor.name,
            deputy=deputy.strip(),
            since=since,
            until=until,
            named_by=actor.name,
            named_at=uow.now(),
            reason=reason.strip(),
        )
        _require_right(named, actor)
        require_sensible(named, today=named.named_at.astimezone(BEIJING).date())
        _require_people(uow, named)
        uow.deputies.add(named)
        _audit(uow, named, "named", actor)
        uow.commit()
    return named


def end_deputy(deputy_id: DeputyId, *, actor: Actor, storage: Storage) -> Deputy:
    """Take it back before its last day. What was signed stays signed.

    Raises:
        NotAllowed: it is somebody else's, and the actor does not manage people.
        NotFound.
    """
    with storage.begin() as uow:
        deputy = uow.deputies.get(deputy_id)
        if actor.name != deputy.deputy:
            _require_right(deputy, actor)
        ended = replace(deputy, ended_at=deputy.ended_at or uow.now())
        uow.deputies.save(ended)
        _audit(uow, ended, "ended", actor)
        uow.commit()
    return ended


def _require_right(deputy: Deputy, actor: Actor) -> None:
    if deputy.principal != actor.name:
        actor.require(Permission.MANAGE_PEOPLE)
        if deputy.deputy == actor.name:
            raise NotAllowed("不能把别人的审核委托给自己，请由本人或另一位管理员办理")


def _require_people(uow: UnitOfWork, named: Deputy) -> None:
    principal = uow.people.by_login(named.principal)
    colleague = uow.people.by_login(named.deputy)
    problems = []
    if principal is None or not any(map(actor_of(principal).may, STEP_PERMISSIONS.values())):
        problems.append(Problem("principal", "委托人没有审核的权限，没有可以委托的步骤"))
    if colleague is None or not colleague.enabled:
        problems.append(Problem("deputy", "请选择一位可以登录的同事"))
    if problems:
        raise InvalidInput(problems)


def _audit(uow: UnitOfWork, deputy: Deputy, verb: str, actor: Actor) -> None:
    uow.audit.write(
        actor=actor.name,
        action=f"deputy.{verb}",
        object_kind="deputy",
        object_id=deputy.id,
        details={
            "principal": deputy.principal,
            "deputy": deputy.deputy,
            "since": deputy.since.isoformat(),
            "until": deputy.until.isoformat(),
        },
    )
