"""Which deliveries are in doubt, and what a look keeps."""

import pytest

from bot.domain.publishing.delivery import DeliveryState
from bot.domain.publishing.doubt import DeskLook, Seen, is_doubtful, last_look, look_entry
from bot.domain.publishing.journal import Act, Entry, Failure, Journal, Outcome
from tests import factories as make
from tests.fakes.platform import ScriptedPlatform

ROUTE = ScriptedPlatform().route(make.account())


def entry(seq: int, step: str, outcome: Outcome, error: str = "") -> Entry:
    at = make.after(seq)
    failure = Failure(error) if error else None
    return Entry(seq, step, Act.CALL, at, at, outcome, at, failure=failure)


@pytest.mark.parametrize(
    ("entries", "doubtful"),
    [
        ((entry(1, "accept", Outcome.UNKNOWN),), True),
        ((entry(1, "accept", Outcome.DONE), entry(2, "confirm", Outcome.NOT_DONE)), True),
        ((entry(1, "accept", Outcome.REFUSED, "PartlyDone"),), True),
        ((entry(1, "accept", Outcome.DONE), entry(2, "confirm", Outcome.REFUSED)), False),
        ((entry(1, "accept", Outcome.REFUSED, "ContentRejected"),), False),
        ((entry(1, "prepare", Outcome.DONE),), False),
    ],
    ids=["no answer", "not confirmed", "partly out", "refused after accepting", "refused", "begun"],
)
def test_in_doubt_is_what_may_be_out_and_nobody_knows(
    entries: tuple[Entry, ...], doubtful: bool
) -> None:
    """Not what the platform has said its word about."""
    held = make.delivery(state=DeliveryState.HELD, journal=Journal(entries))

    assert is_doubtful(held, ROUTE) is doubtful


def test_a_look_comes_back_from_the_journal_as_it_was() -> None:
    """And it is the last one that counts."""
    found = Seen("", "https://public.example/s/1", None, {"platform_post_id": "1"})
    other = Seen("别的\n两行", "https://public.example/s/2", make.NOW, {})
    look = DeskLook(make.after(60), Outcome.FOUND, found, (found, other), "读不到")
    earlier = DeskLook(make.NOW, Outcome.UNCLEAR, None, ())
    journal = Journal((look_entry(earlier), look_entry(look)))

    assert last_look(Journal()) is None
    assert last_look(journal) == look
    assert look.shown == (found, other)
