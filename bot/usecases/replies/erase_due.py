"""Erase what is due, a few rows a transaction; whoever is stopped goes on where they were."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.accounts.account import Account
from bot.domain.ids import AccountId
from bot.domain.permissions import SYSTEM
from bot.domain.replies.erasure import RETENTION_OPTION, Erased, Erasure, days_of
from bot.ports.storage import Storage, UnitOfWork

ROWS_A_TURN = 200
TURNS_A_VISIT = 50
KEPT = "_retention"
"""A cursor of its own: replies received before it are erased."""


def erase_due(storage: Storage) -> int:
    """Erase every follower whose erasure is due; returns how many replies were erased."""
    with storage.begin() as uow:
        due = uow.erasures.due()
    return sum(_erase_follower(erasure, storage) for erasure in due)


def erase_old(storage: Storage) -> int:
    """Erase what came longer ago than its account keeps replies (option `retention_days`; without
    it they are kept); returns how many replies were erased."""
    with storage.begin() as uow:
        keeping = [a for a in uow.accounts.all() if days_of(a.options, RETENTION_OPTION)]
    return sum(_erase_old(account, storage) for account in keeping)


def _erase_follower(erasure: Erasure, storage: Storage) -> int:
    erased = 0
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            turn = uow.erasures.erase_follower(
                erasure.account, erasure.follower, until=erasure.until, limit=ROWS_A_TURN
            )
            erasure = _counted(erasure, turn)
            if not turn.replies:
                erasure = replace(erasure, follower="", done_at=uow.now())
                _audit(uow, erasure)
            uow.erasures.save(erasure)
            uow.commit()
        erased += turn.replies
        if erasure.done_at is not None:
            break
    return erased


def _counted(erasure: Erasure, turn: Erased) -> Erasure:
    return replace(
        erasure, replies=erasure.replies + turn.replies, answers=erasure.answers + turn.answers
    )


def _audit(uow: UnitOfWork, done: Erasure) -> None:
    uow.audit.write(
        actor=SYSTEM.name,
        action="follower.erased",
        object_kind="follower",
        object_id=done.pseudonym,
        details={
            "erasure": done.id,
            "account": done.account,
            "reason": done.reason.value,
            "replies": str(done.replies),
            "answers": str(done.answers),
        },
    )


def _erase_old(account: Account, storage: Storage) -> int:
    erased = 0
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            turn = _old_turn(uow, account)
            if not turn.replies:
                break
            _move_on(uow, account.id, turn)
            uow.commit()
        erased += turn.replies
    return erased


def _old_turn(uow: UnitOfWork, account: Account) -> Erased:
    before = uow.now() - timedelta(days=days_of(account.options, RETENTION_OPTION))
    known = uow.replies.cursor(account.id, KEPT).get("until", "")
    after = datetime.fromisoformat(known) if known else None
    return uow.erasures.erase_received(account.id, after=after, before=before, limit=ROWS_A_TURN)


def _move_on(uow: UnitOfWork, account: AccountId, turn: Erased) -> None:
    if turn.last is not None:
        uow.replies.save_cursor(account, KEPT, {"until": turn.last.isoformat()})
    uow.audit.write(
        actor=SYSTEM.name,
        action="replies.retention_over",
        object_kind="account",
        object_id=account,
        details={"replies": str(turn.replies), "answers": str(turn.answers)},
    )
