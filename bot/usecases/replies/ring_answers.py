"""Find the answers for which something is to be done, and ring workers with their ids."""

from collections import defaultdict

from bot.domain.ids import AccountId, AnswerId
from bot.ports.doorbell import Doorbell
from bot.ports.storage import Storage

RING_AGAIN_SECONDS = 5.0


def ring_answers(*, storage: Storage, doorbell: Doorbell, limit: int = 500) -> int:
    """Ring for everything due, by account; returns how many answers were rung."""
    with storage.begin() as uow:
        due = uow.answers.take_due(limit=limit, ring_again_seconds=RING_AGAIN_SECONDS)
        uow.commit()
    by_account: defaultdict[AccountId, list[AnswerId]] = defaultdict(list)
    for account, answer in due:
        by_account[account].append(answer)
    for account, answers in by_account.items():
        doorbell.answers_are_due(account, answers)
    return len(due)
