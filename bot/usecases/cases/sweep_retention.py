"""Erase what has been kept as long as the rules say, a few rows a transaction; and tell ahead
what that will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases.history import EventKind
from bot.domain.cases.names import Entry
from bot.domain.cases.retention import (
    GRACE,
    Reach,
    RetentionRule,
    Stream,
    reaches,
    rules_in_force,
    streams,
)
from bot.domain.permissions import SYSTEM, Actor, Permission
from bot.domain.replies.erasure import Erased
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.cases.tools import record_event

CASES_A_TURN = 100
ROWS_A_TURN = 200
TURNS_A_VISIT = 50
KEPT = "_retention"
"""A cursor of its own: replies received before it that never became a case are erased."""


@dataclass(frozen=True)
class Foreseen:
    """What a sweep would erase by one rule: cases, and replies that never became one."""

    rule: RetentionRule
    cases: int
    replies: int


def sweep_retention(storage: Storage) -> Erased:
    """Erase whatever is over; who is stopped goes on with the next sweep."""
    with storage.look() as uow:
        accounts, rules = uow.accounts.all(), _in_force(uow)
        now = uow.now()
    cases = [_sweep_cases(reach, storage) for reach in reaches(rules, now)]
    replies = [_sweep_replies(one, storage) for one in streams(rules, accounts, now)]
    return _sum([*cases, *replies])


def foresee_sweep(
    wanted: Sequence[RetentionRule], *, at: datetime, actor: Actor, storage: Storage
) -> Sequence[Foreseen]:
    """By rule, accounts' own before those `wanted`, what a sweep at that moment would erase.

    Raises:
        NotAllowed.
    """
    actor.require(Permission.READ)
    with storage.look() as uow:
        accounts = uow.accounts.all()
        rules = rules_in_force(wanted, accounts)
        waiting = list(streams(rules, accounts, at))
        return [
            Foreseen(
                reach.rule,
                uow.cases.count_over(reach),
                sum(_count(uow, one) for one in waiting if one.rule == reach.rule),
            )
            for reach in reaches(rules, at)
        ]


def _in_force(uow: UnitOfWork) -> tuple[RetentionRule, ...]:
    newest = uow.case_rules.newest()
    since = newest.retention_since if newest else None
    begun = newest is not None and since is not None and since + GRACE <= uow.now()
    return rules_in_force(newest.retention if newest and begun else (), uow.accounts.all())


def _sweep_cases(reach: Reach, storage: Storage) -> Erased:
    turns: list[Erased] = []
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            ids = uow.cases.over(reach, limit=CASES_A_TURN)
            if not ids:
                break
            turns.append(uow.erasures.erase_cases(ids, rule=reach.rule.id))
            for case in ids:
                record_event(uow, uow.cases.get(case), EventKind.ERASED, SYSTEM, rule=reach.rule.id)
            uow.commit()
    return _sum(turns)


def _sweep_replies(stream: Stream, storage: Storage) -> Erased:
    turns: list[Erased] = []
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            turn = uow.erasures.erase_received(
                stream, after=_reached(uow, stream), limit=ROWS_A_TURN
            )
            if turn.last is None:
                break
            reached = {"until": turn.last.isoformat()}
            uow.replies.save_cursor(stream.account, _cursor(stream), reached)
            _audit(uow, stream, turn)
            uow.commit()
        turns.append(turn)
    return _sum(turns)


def _count(uow: UnitOfWork, stream: Stream) -> int:
    return uow.erasures.count_received(stream, after=_reached(uow, stream))


def _reached(uow: UnitOfWork, stream: Stream) -> datetime | None:
    known = uow.replies.cursor(stream.account, _cursor(stream)).get("until", "")
    return datetime.fromisoformat(known) if known else None


def _cursor(stream: Stream) -> str:
    return KEPT if stream.entry is Entry.FOLLOWER else f"{KEPT}.{stream.entry}"


def _audit(uow: UnitOfWork, stream: Stream, turn: Erased) -> None:
    uow.audit.write(
        actor=SYSTEM.name,
        action="replies.retention_over",
        object_kind="account",
        object_id=stream.account,
        details={
            "rule": stream.rule.id,
            "replies": str(turn.replies),
            "answers": str(turn.answers),
        },
    )


def _sum(turns: Sequence[Erased]) -> Erased:
    return Erased(
        sum(turn.replies for turn in turns),
        sum(turn.answers for turn in turns),
        cases=sum(turn.cases for turn in turns),
    )
