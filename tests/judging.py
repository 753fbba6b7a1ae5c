"""The judges of all proofs: what must hold of a post after restart and quiet.

A proof that simulates a day and one that kills real processes ask the same, of the platform's own
books and of our database.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.audit import first_broken
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.next_move import NEVER_CLEAR
from bot.ports.storage import Storage
from bot.sandbox.journal import Call

NOT_OUT = ("稿件没有发出", "没有自动发出")
ACCEPTED = "平台已受理"
OUT_OF_QUOTA = frozenset({"error 45009", "error 10022", "error 10023", "error 10024"})
RECORDS = 100_000


@dataclass(frozen=True)
class Fate:
    """What a post came to: its delivery as stored, how often the public got it by the platform's
    books, and the ids of all that the account's readers can find there."""

    delivery: Delivery
    effects: int
    public_ids: Collection[str]


def wrongs_of(fate: Fate) -> Iterator[str]:
    """At most once; exactly once, unless it is held with a reason that is true."""
    end, effects = fate.delivery, fate.effects
    if effects > 1:
        yield f"{end.post} is out {effects} times"
    if end.state is DeliveryState.DELIVERED:
        if effects != 1:
            yield f"{end.post} is delivered and out {effects} times"
        yield from _wrongs_of_receipt(fate)
    elif end.hold_reason:
        yield from _wrongs_of_reason(fate)
    else:
        yield f"{end.post} rests as {end.state} without a reason"


def _wrongs_of_receipt(fate: Fate) -> Iterator[str]:
    """What we say the platform gave us is what it has."""
    receipt = fate.delivery.receipt
    if receipt is None or receipt.accepted is None:
        yield f"{fate.delivery.post} is delivered without a receipt"
    elif receipt.ids.get("platform_post_id", "") not in {"", *fate.public_ids}:
        yield f"{fate.delivery.post}: the platform knows no {receipt.ids['platform_post_id']}"


def _wrongs_of_reason(fate: Fate) -> Iterator[str]:
    end, reason = fate.delivery, fate.delivery.hold_reason
    if end.state is DeliveryState.HELD and end.next_at is not None:
        yield f"{end.post} is held, yet asks for attention at {end.next_at}"
    if (any(words in reason for words in NOT_OUT) or reason == NEVER_CLEAR) and fate.effects:
        yield f"{end.post} is out, yet held as: {reason}"
    if ACCEPTED in reason and not fate.effects:
        yield f"{end.post} is not out, yet held as: {reason}"


def is_resent(calls: Sequence[Call]) -> bool:
    """Whether what all these calls ask for was asked for again after the platform had done it."""
    done = [number for number, call in enumerate(calls) if call.outcome == "ok"]
    return bool(done) and len(calls) > done[0] + 1


def overdrawn(calls: Iterable[Call]) -> set[str]:
    """The paths at which the platform itself, and no fault, had to refuse for want of quota."""
    return {call.path for call in calls if call.outcome in OUT_OF_QUOTA and not call.fault}


def wrongs_of_chain(storage: Storage, audit_key: bytes) -> list[str]:
    """Whatever happened, the record of what people did shows no change."""
    with storage.begin() as uow:
        broken = first_broken(uow.audit.records(limit=RECORDS), audit_key)
    return [] if broken is None else [f"the audit chain is broken at record {broken}"]
