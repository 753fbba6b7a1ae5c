"""What must hold after restart and quiet, read from the platform's books and our database."""

from collections import Counter
from collections.abc import Iterator

from bot.domain.publishing.delivery import DeliveryState
from tests.integration.publishing.town import AUDIT_KEY
from tests.judging import Fate, is_resent, overdrawn, wrongs_of, wrongs_of_chain
from tests.proof.day import Day, posts_of_the_day
from tests.proof.faults import Fault
from tests.proof.office import Party

GRACE_SECONDS = 3600.0
LONGEST_CALL_SECONDS = 60.0
PARTLY = "只发出了一部分"
PARTLY_OUT = (Fault.WITHOUT_POST, Fault.UNBOUND)


def wrongs_at_rest(day: Day) -> list[str]:
    """Nobody has helped yet: each post is out once, or held with a reason that is true."""
    found = [wrong for party in day.parties for wrong in _of_party(day, party)]
    chain = wrongs_of_chain(day.database, AUDIT_KEY)
    return [*day.wrongs, *found, *_of_plan(day), *chain]


def wrongs_in_the_end(day: Day) -> list[str]:
    """People have mended and decided: each post is out exactly once."""
    found = list(day.wrongs)
    for party in day.parties:
        end = day.delivery(party)
        if end is None:
            found.append(f"{party.post} was never made")
            continue
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
    return [*found, *wrongs_of_chain(day.database, AUDIT_KEY)]


def _of_party(day: Day, party: Party) -> Iterator[str]:
    end = day.delivery(party)
    if end is None:
        yield f"{party.post} was never made, and is out {party.effects} times"
        return
    yield from wrongs_of(Fate(end, party.effects, party.platform.public_ids(party.name)))
    if end.state is DeliveryState.DELIVERED and day.plan.ends_refused:
        yield f"{party.post} was refused by the platform, and is said to be delivered"
    if PARTLY in end.hold_reason and not day.guide.has_struck(*PARTLY_OUT):
        yield f"{end.post} is out whole, yet held as: {end.hold_reason}"
    yield from _of_lateness(day, party)
    yield from wrongs_of_budget(party)
    yield from _of_resending(party)


def _of_plan(day: Day) -> Iterator[str]:
    """A version of a release is planned once: it has one post an account."""
    with day.database.begin() as uow:
        posts = posts_of_the_day(uow)
    times = Counter((post.account, post.release_version) for post in posts)
    for (account, version), count in times.items():
        if count > 1:
            yield f"version {version} has {count} posts on {account}"


def _of_lateness(day: Day, party: Party) -> Iterator[str]:
    """Nothing goes out by itself after the grace time; a wrong clock of ours is no lateness."""
    if day.guide.has_struck(Fault.CLOCK_FORWARD, Fault.CLOCK_BACK):
        return
    latest = day.due_at.timestamp() + GRACE_SECONDS + LONGEST_CALL_SECONDS
    calls = party.platform.stage.journal.calls(party.way.accepting or "-", party.name)
    if any(call.outcome == "ok" and call.at > latest for call in calls):
        yield f"{party.post} went out too late, and nobody had said that it should"


def wrongs_of_budget(party: Party) -> Iterator[str]:
    """Nothing is asked of the platform that its quotas leave no room for."""
    calls = party.platform.stage.journal.calls(account=party.name)
    for path in overdrawn(calls):
        yield f"{party.account}: no call of {path} was left, and it was called"


def _of_resending(party: Party) -> Iterator[str]:
    """After the platform did it, nobody asked for it again without a key."""
    calls = party.platform.stage.journal.calls(party.way.accepting or "-", party.name)
    if is_resent(calls) and not party.way.is_keyed:
        yield f"{party.post} was sent again after the platform had taken it"
