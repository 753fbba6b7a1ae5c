"""What stopped an account is over: its posts and answers go on, if it is not too late by now."""

from dataclasses import replace

from bot.domain.accounts.trouble import concerns_the_account
from bot.domain.ids import AccountId, AnswerId, DeliveryId
from bot.domain.permissions import Actor, Permission
from bot.domain.publishing.circumstances import Circumstances
from bot.domain.publishing.delivery import OPEN_STATES, Delivery, DeliveryState
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.publishing.release_check import too_late
from bot.domain.replies.troubled import waits_for_account
from bot.ports.storage import Storage, UnitOfWork
from bot.usecases.accounts.check_account import account_named
from bot.usecases.publishing.settle import follow_up


def resume_account(name: str, *, actor: Actor, storage: Storage) -> int:
    """A person says that the platform has let the account go again. Returns how many held posts
    go on.

    Raises:
        NotAllowed, NotFound.
    """
    actor.require(Permission.MANAGE_ACCOUNTS)
    with storage.begin() as uow:
        account = account_named(uow, name)
        resumed = end_trouble(uow, account.id)
        uow.audit.write(
            actor=actor.name,
            action="account.resumed",
            object_kind="account",
            object_id=account.id,
            details={"posts": str(resumed)},
        )
        uow.commit()
    return resumed


def end_trouble(uow: UnitOfWork, account: AccountId) -> int:
    """Within a unit of work: end it, bring back what it held, wake what waited. Returns how many
    held posts go on; one that is too late by now stays held, and says so."""
    for answer in uow.answers.moving(account):
        _wake(uow, answer.id)
    held = uow.deliveries.standing(account, DeliveryState.HELD)
    resumed = sum(_resumed(uow, delivery) for delivery in held)
    uow.deliveries.wake(uow.deliveries.standing(account, *sorted(OPEN_STATES)))
    # Last, as whoever notes a trouble holds its answer or delivery already.
    uow.accounts.end_trouble(account)
    return resumed


def _wake(uow: UnitOfWork, answer_id: AnswerId) -> None:
    answer = uow.answers.claim(answer_id)
    if waits_for_account(answer):
        uow.answers.save(replace(answer, next_at=uow.now()))


def _resumed(uow: UnitOfWork, delivery_id: DeliveryId) -> bool:
    here = uow.deliveries.circumstances(delivery_id)
    last = here.delivery.journal.entries[-1] if here.delivery.journal.entries else None
    if last is None or last.act is not Act.CALL or not concerns_the_account(last.failure):
        # A search that was refused tells nothing of the post: it may be out all the same.
        return False
    late = too_late(here) if here.delivery.accepted_at is None else None
    if late is not None:
        uow.deliveries.save(replace(here.delivery, hold_reason=late))
        return False
    _bring_back(uow, here, last)
    return True


def _bring_back(uow: UnitOfWork, here: Circumstances, refused: Entry) -> Delivery:
    entry = Entry(
        seq=here.delivery.journal.next_seq,
        step=refused.step,
        act=Act.PERSON,
        started_at=here.now,
        deadline_at=here.now,
        finished_at=here.now,
        outcome=Outcome.RETRY,
    )
    again = replace(
        here.delivery,
        state=DeliveryState.WAITING,
        next_at=here.now,
        hold_reason="",
        lease_token=None,
        lease_until=None,
        journal=here.delivery.journal.with_entry(entry),
    )
    uow.deliveries.save(again, entries=(entry,))
    follow_up(uow, replace(here, delivery=again))
    return again
