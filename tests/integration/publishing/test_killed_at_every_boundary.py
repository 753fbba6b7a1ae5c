"""Kill the worker at every boundary of every route: one effect at most, and nothing is stuck."""

from collections import Counter
from itertools import count

import pytest

from bot.domain.ids import PostId
from bot.domain.publishing.delivery import Delivery, DeliveryState
from tests.integration.publishing.killing import Fuse
from tests.integration.publishing.routes import WAYS, Way
from tests.integration.publishing.town import Town, town

MOST_BOUNDARIES = 60
NO_PROOF = 2
"""Boundaries at which no platform can say whether a call left: before it, after its start."""


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_wherever_a_worker_is_killed_the_post_goes_out_once(
    way: Way, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every commit and every request of the route, killed before or after it: the delivery
    ends delivered with exactly one effect, or held with a reason and not public; what a person
    then says brings it to exactly one effect. The audit chain verifies."""
    ends: Counter[DeliveryState] = Counter()
    with town(way, database_url, accounts=MOST_BOUNDARIES) as place:
        for boundary in count(1):
            fuse = Fuse({boundary})
            post = place.order_post(boundary)
            end = place.work(post, fuse)
            ends[end.state] += 1
            assert_true_end(place, post, end, f"killed at {boundary}: {fuse.killed_at}")
            if not fuse.killed_at:
                break
        assert place.broken_audit_record() is None
    assert ends[DeliveryState.HELD] <= NO_PROOF
    with capsys.disabled():
        told = ", ".join(f"{number} {state}" for state, number in ends.items())
        print(f"\n{way.platform} {way.mode}: killed at {boundary - 1} boundaries: {told}")


@pytest.mark.parametrize("every", [12, 13])
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_workers_that_die_again_and_again_still_publish_once(
    way: Way, every: int, sqlite_url: str
) -> None:
    """Every few boundaries another worker is killed, and the next one goes on from there."""
    with town(way, sqlite_url, accounts=1) as place:
        fuse = Fuse(range(every, 1000, every))
        post = place.order_post(1)
        end = place.work(post, fuse)

        assert fuse.killed_at
        assert_true_end(place, post, end, f"killed {len(fuse.killed_at)} times")


def assert_true_end(place: Town, post: PostId, end: Delivery, where: str) -> None:
    """What the database says of the delivery is what the platform's books say."""
    effects = place.effects(post)
    if end.state is DeliveryState.HELD:
        assert end.hold_reason, where
        assert effects <= 1, where
        end, effects = place.settle_by_hand(post), place.effects(post)
    assert end.state is DeliveryState.DELIVERED, f"{where}: {end.state} {end.hold_reason}"
    assert end.receipt is not None, where
    assert end.receipt.accepted is not None, where
    assert effects == 1, where
