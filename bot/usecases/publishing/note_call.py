"""What a finished call tells of its whole account: trouble, silence, or that it answers again."""

from dataclasses import replace

from bot.domain.accounts.breaker import Breaker, after_silence, is_silence
from bot.domain.accounts.trouble import AccountTrouble, concerns_the_account
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import OPEN_STATES
from bot.domain.publishing.journal import Entry, Outcome
from bot.ports.storage import UnitOfWork
from bot.usecases.posts.schedule_post import PREPARE_AHEAD


def note_call(uow: UnitOfWork, here: Circumstances, finished: Entry) -> Circumstances:
    """The circumstances after `finished`. What stopped this post stops every other of the account:
    they need not all try; where the platform answers again, they need not wait."""
    breaker = _breaker(uow, here, finished)
    here = replace(here, breaker=breaker)
    if finished.failure is None or not concerns_the_account(finished.failure):
        return here
    trouble = AccountTrouble(here.account.id, here.now, finished.failure)
    uow.accounts.save_trouble(trouble)
    return replace(here, trouble=here.trouble or trouble)


def _breaker(uow: UnitOfWork, here: Circumstances, finished: Entry) -> Breaker | None:
    before, account = here.breaker, here.account.id
    if finished.failure is not None and is_silence(finished.failure):
        after = after_silence(before, account, finished.failure, now=here.now)
        uow.breakers.save(after)
        return after
    if before is None or finished.outcome is Outcome.PENDING:
        return before
    uow.breakers.close(account)
    if before.probe_at is not None:
        soon = here.now + PREPARE_AHEAD
        waiting = uow.deliveries.standing(account, *sorted(OPEN_STATES), due_before=soon)
        uow.deliveries.wake(waiting)
    return None
