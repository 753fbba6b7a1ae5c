"""What a worker that vanished may have done: the journal of a repeatable step knows no start."""

from datetime import datetime, timedelta

from bot.domain.publishing.delivery import Delivery
from bot.domain.publishing.journal import Act, Entry, Outcome
from bot.domain.publishing.next_move import unfinished_step
from bot.domain.publishing.route import Route, StepKind, StepRole


def trace_of_the_vanished(delivery: Delivery, route: Route, now: datetime) -> Entry | None:
    """The call that may have been made, of unknown outcome, for a delivery that comes to rest
    before the call is made again: its state would no longer tell of it, and what it prepared
    would be prepared twice. None where the journal tells of the call by itself."""
    step = unfinished_step(route, delivery.journal)
    if step is None or delivery.journal_is_open:
        return None
    if step.kind is not StepKind.REPEAT or step.role is not StepRole.PREPARE:
        return None
    deadline = delivery.next_at or now
    return Entry(
        seq=delivery.journal.next_seq,
        step=step.name,
        act=Act.CALL,
        started_at=deadline - timedelta(seconds=step.timeout_seconds),
        deadline_at=deadline,
        outcome=Outcome.UNKNOWN,
        finished_at=now,
    )
