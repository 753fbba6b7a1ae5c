"""静默: people declare a time in which nothing but emergencies goes out, and end it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import Conflict, InvalidInput, NotFound, Problem
from bot.domain.ids import AccountId, QuietPeriodId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import OPEN_STATES
from bot.domain.publishing.quiet import AtEnd, QuietPeriod
from bot.ports.clock import Ids
from bot.ports.storage import Storage, UnitOfWork


@dataclass(frozen=True)
class QuietWish:
    """What is to be quiet: the account of this name or all (None), from `since` to `until`."""

    account_name: str | None
    since: datetime
    until: datetime
    reason: str
    at_end: AtEnd = AtEnd.HOLD


def declare_quiet(wish: QuietWish, *, actor: Actor, storage: Storage, ids: Ids) -> QuietPeriod:
    """Keep ordinary posts that come due in it; what the platform has accepted is seen through.

    Raises:
        NotAllowed, NotFound.
        InvalidInput: no reason, or it ends before it begins or before now.
    """
    actor.require(Permission.STOP)
    with storage.begin() as uow:
        now = uow.now()
        _require_sound(wish, now)
        period = QuietPeriod(
            id=QuietPeriodId(ids.new("qui")),
            account=_account(uow, wish.account_name),
            reason=wish.reason.strip(),
            since=wish.since,
            until=wish.until,
            declared_by=actor.name,
            declared_at=now,
            at_end=wish.at_end,
        )
        uow.quiet_periods.add(period)
        _audit(uow, actor, "quiet.declared", period)
        uow.commit()
    return period


def end_quiet(period_id: QuietPeriodId, *, actor: Actor, storage: Storage) -> QuietPeriod:
    """End it now, or take it back before it begins; what it kept is decided at once.

    Raises:
        NotAllowed, NotFound.
        Conflict: it is over.
    """
    actor.require(Permission.STOP)
    with storage.begin() as uow:
        period, now = uow.quiet_periods.get(period_id), uow.now()
        if period.until <= now:
            raise Conflict("这个静默期已经结束")
        ended = replace(period, since=min(period.since, now), until=now, ended_by=actor.name)
        uow.quiet_periods.save(ended)
        for account in _accounts(uow, period):
            waiting = uow.deliveries.standing(account, *sorted(OPEN_STATES), due_before=now)
            uow.deliveries.wake(waiting)
        _audit(uow, actor, "quiet.ended", ended)
        uow.commit()
    return ended


def _require_sound(wish: QuietWish, now: datetime) -> None:
    problems = []
    if not wish.reason.strip():
        problems.append(Problem("reason", "请写明静默的原因，例如哀悼日、上级通知"))
    if wish.until <= wish.since:
        problems.append(Problem("until", "结束时间要在开始时间之后"))
    elif wish.until <= now:
        problems.append(Problem("until", "结束时间已经过去，请选择以后的时间"))
    if problems:
        raise InvalidInput(problems)


def _account(uow: UnitOfWork, name: str | None) -> AccountId | None:
    if name is None:
        return None
    account = uow.accounts.by_name(name)
    if account is None:
        raise NotFound("账号", name)
    return account.id


def _accounts(uow: UnitOfWork, period: QuietPeriod) -> list[AccountId]:
    return [account.id for account in uow.accounts.all() if period.concerns(account.id)]


def _audit(uow: UnitOfWork, actor: Actor, action: str, period: QuietPeriod) -> None:
    uow.audit.write(
        actor=actor.name,
        action=action,
        object_kind="quiet_period",
        object_id=period.id,
        details={
            "account": period.account or "everything",
            "since": period.since.isoformat(),
            "until": period.until.isoformat(),
            "at_end": period.at_end,
            "reason": period.reason,
        },
    )
