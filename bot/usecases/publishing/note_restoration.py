"""Write down that a backup was put in place: what it cannot know is looked up, not sent again."""

from datetime import datetime

from bot.domain.errors import InvalidInput, Problem
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.delivery import OPEN_STATES
from bot.domain.publishing.restoration import Restoration
from bot.domain.replies.answer import AnswerState, doubted
from bot.ports.storage import Storage, UnitOfWork


def note_restoration(*, taken_at: datetime, actor: Actor, storage: Storage) -> Restoration:
    """Say that this database is a backup taken at `taken_at` (UTC). To be said before a worker
    starts on it.

    Every post of it that may have gone out since is searched for on its platform before it may go
    out, at once and not only when it is due; answers to followers that were on their way are
    unsure; today's calls are counted as spent except what is kept for publishing.

    Raises:
        NotAllowed.
        InvalidInput: the moment is still to come.
    """
    actor.require(Permission.STOP)
    with storage.begin() as uow:
        now = uow.now()
        if taken_at > now:
            raise InvalidInput([Problem("taken_at", "备份的时间不能晚于现在")])
        newest = uow.deliveries.newest() or ""
        restoration = Restoration(taken_at, now, newest).after(uow.restorations.newest())
        uow.restorations.add(restoration)
        _wake_everything(uow)
        _doubt_answers(uow, restoration)
        uow.audit.write(
            actor=actor.name,
            action="backup.restored",
            object_kind="database",
            object_id="tongbu",
            details={"taken_at": taken_at.isoformat()},
        )
        uow.commit()
    return restoration


def _wake_everything(uow: UnitOfWork) -> None:
    for account in uow.accounts.all():
        uow.deliveries.wake(uow.deliveries.standing(account.id, *OPEN_STATES))


def _doubt_answers(uow: UnitOfWork, restoration: Restoration) -> None:
    for answer in uow.answers.standing(AnswerState.WAITING, AnswerState.SENDING):
        uow.answers.save(doubted(answer, restoration.failure, uow.now()))
