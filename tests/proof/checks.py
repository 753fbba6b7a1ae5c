"""What must hold after restart and quiet, read from the platform's books and our database."""

from collections.abc import Iterator

from bot.domain.audit import first_broken
from bot.domain.publishing.delivery import Delivery, DeliveryState
from bot.domain.publishing.next_move import NEVER_CLEAR
from tests.integration.publishing.town import AUDIT_KEY
from tests.proof.day import Day
from tests.proof.faults import Fault
from tests.proof.office import Party

NOT_OUT = ("稿件没有发出", "没有自动发出")
UNSURE = "不能确定稿件是否已经发出"
GRACE_SECONDS = 3600.0
LONGEST_CALL_SECONDS = 60.0
PARTLY = "只发出了一部分"
ACCEPTED = "平台已受理"
PARTLY_OUT = (Fault.WITHOUT_POST, Fault.UNBOUND)


def wrongs_at_rest(day: Day) -> list[str]:
    """Nobody has helped yet: each post is out once, or held with a reason that is true."""
    found = [wrong for party in day.parties for wrong in _of_party(day, party)]
    return [*day.wrongs, *found, *_of_audit(day)]


def wrongs_in_the_end(day: Day) -> list[str]:
    """People have mended and decided: each post is out exactly once."""
    found = list(day.wrongs)
    for party in day.parties:
        end = day.delivery(party)
        if day.plan.ends_refused:
            if end.state is not DeliveryState.HELD or party.effects > 1:
                found.append(f"{party.post} was refused, and ended {end.state}")
            continue
        if day.guide.has_struck(Fault.NEW_VERSION) and end.state is DeliveryState.HELD:
            # The old version must not go out, and a person has seen that it has not.
            if party.effects:
                found.append(f"{party.post} is out, and held in the end")
            continue
        if end.state is not DeliveryState.DELIVERED:
            found.append(f"{party.post} ended {end.state}: {end.hold_reason}")
        elif end.receipt is None or end.receipt.accepted is None:
            found.append(f"{party.post} has no receipt of its acceptance")
        if party.effects != 1:
            found.append(f"{party.post} is out {party.effects} times in the end")
    return [*found, *_of_audit(day)]


def _of_party(day: Day, party: Party) -> Iterator[str]:
    end, effects = day.delivery(party), party.effects
    if effects > 1:
        yield f"{party.post} is out {effects} times"
    if end.state is DeliveryState.DELIVERED:
        if day.plan.ends_refused:
            yield f"{party.post} was refused by the platform, and is said to be delivered"
        if effects != 1:
            yield f"{party.post} is delivered and out {effects} times"
        yield from _of_receipt(party, end)
    elif end.hold_reason:
        yield from _of_reason(day, end, effects)
    else:
        yield f"{party.post} rests as {end.state} without a reason"
    yield from _of_lateness(day, party)
    yield from _of_budget(day, party)
    yield from _of_resending(party)


def _of_reason(day: Day, end: Delivery, effects: int) -> Iterator[str]:
    reason = end.hold_reason
    if end.state is DeliveryState.HELD and end.next_at is not None:
        yield f"{end.post} is held, yet asks for attention at {end.next_at}"
    if (any(words in reason for words in NOT_OUT) or reason == NEVER_CLEAR) and effects:
        yield f"{end.post} is out, yet held as: {reason}"
    if ACCEPTED in reason and not effects:
        yield f"{end.post} is not out, yet held as: {reason}"
    if PARTLY in reason and not day.guide.has_struck(*PARTLY_OUT):
        yield f"{end.post} is out whole, yet held as: {reason}"


def _of_receipt(party: Party, end: Delivery) -> Iterator[str]:
    """What we say the platform gave us is what it has."""
    if end.receipt is None or end.receipt.accepted is None:
        yield f"{end.post} is delivered without a receipt"
        return
    ids = end.receipt.ids
    if ids.get("platform_post_id", "") not in {"", *party.platform.public_ids(party.name)}:
        yield f"{end.post}: the platform knows no {ids['platform_post_id']}"


def _of_lateness(day: Day, party: Party) -> Iterator[str]:
    """Nothing goes out by itself after the grace time; a wrong clock of ours is no lateness."""
    if day.guide.has_struck(Fault.CLOCK_FORWARD, Fault.CLOCK_BACK):
        return
    latest = day.due_at.timestamp() + GRACE_SECONDS + LONGEST_CALL_SECONDS
    calls = party.platform.stage.journal.calls(party.way.accepting or "-", party.name)
    if any(call.outcome == "ok" and call.at > latest for call in calls):
        yield f"{party.post} went out too late, and nobody had said that it should"


def _of_budget(day: Day, party: Party) -> Iterator[str]:
    for name, (used, limit) in party.platform.used(party.name).items():
        if used > limit:
            yield f"{party.account}: {used} calls of {name}, {limit} are allowed"


def _of_resending(party: Party) -> Iterator[str]:
    """After the platform did it, nobody asked for it again without a key."""
    calls = party.platform.stage.journal.calls(party.way.accepting or "-", party.name)
    done = [number for number, call in enumerate(calls) if call.outcome == "ok"]
    if done and len(calls) > done[0] + 1 and not party.way.is_keyed:
        yield f"{party.post} was sent again after the platform had taken it"


def _of_audit(day: Day) -> list[str]:
    with day.database.begin() as uow:
        broken = first_broken(uow.audit.records(limit=10_000), AUDIT_KEY)
    return [] if broken is None else [f"the audit chain is broken at record {broken}"]
