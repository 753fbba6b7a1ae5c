"""Erase what is due, a few rows a transaction; whoever is stopped goes on where they were."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.permissions import SYSTEM
from bot.domain.replies.erasure import Erased, Erasure
from bot.ports.storage import Storage, UnitOfWork

ROWS_A_TURN = 200
TURNS_A_VISIT = 50
ASK_AGAIN = timedelta(days=1)
"""What a held case is about is asked for again after so long."""


def erase_due(storage: Storage) -> int:
    """Erase every follower whose erasure is due; returns how many replies were erased."""
    with storage.begin() as uow:
        due = uow.erasures.due()
    return sum(_erase_follower(erasure, storage) for erasure in due)


def _erase_follower(erasure: Erasure, storage: Storage) -> int:
    erased = 0
    for _ in range(TURNS_A_VISIT):
        with storage.begin() as uow:
            turn = uow.erasures.erase_follower(
                erasure.account, erasure.follower, until=erasure.until, limit=ROWS_A_TURN
            )
            erasure = _counted(erasure, turn)
            if not turn.replies:
                erasure = _ended(uow, erasure)
            uow.erasures.save(erasure)
            uow.commit()
        erased += turn.replies
        if not turn.replies:
            break
    return erased


def _ended(uow: UnitOfWork, erasure: Erasure) -> Erasure:
    """Done; or, while somebody holds a case of theirs, put off."""
    if uow.erasures.is_held(erasure.account, erasure.follower, until=erasure.until):
        return replace(erasure, due_at=uow.now() + ASK_AGAIN)
    done = replace(erasure, follower="", done_at=uow.now())
    _audit(uow, done)
    return done


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
