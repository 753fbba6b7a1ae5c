"""A rollout's state is read from its deliveries; together or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.posts.rollout import (
    Member,
    RolloutPolicy,
    RolloutState,
    may_accept,
    rollout_state,
)
from bot.domain.publishing.delivery import DeliveryState as D

S = RolloutState


def member(name: str, state: D, **facts: bool) -> Member:
    given_facts = {"prepared": False, "accepted": False, "pushes": False} | facts
    return Member(name, state, **given_facts)


WAITS = member("a", D.WAITING)
READY = member("b", D.WAITING, prepared=True)
GOING = member("c", D.AWAITING_PLATFORM, prepared=True, accepted=True)
OUT = member("d", D.DELIVERED, prepared=True, accepted=True)
HELD = member("e", D.HELD)
GONE = member("f", D.CANCELLED)
TAKEN_DOWN = member("g", D.REMOVED, prepared=True, accepted=True)
PUSH = member("p", D.WAITING, prepared=True, pushes=True)


@pytest.mark.parametrize(
    ("members", "state"),
    [
        ((), S.PLANNED),
        ((WAITS, READY), S.PREPARING),
        ((READY, READY), S.READY),
        ((READY, GOING), S.GOING_OUT),
        ((GOING, OUT), S.GOING_OUT),
        ((OUT, OUT), S.OUT),
        ((OUT, TAKEN_DOWN), S.OUT),
        ((OUT, GONE), S.OUT),
        ((OUT, HELD), S.PARTLY_OUT),
        ((GOING, HELD), S.PARTLY_OUT),
        ((READY, HELD), S.HELD),
        ((HELD,), S.HELD),
        ((GONE, GONE), S.CANCELLED),
        ((GONE, READY), S.READY),
    ],
)
def test_the_state_is_read_from_the_deliveries(members: tuple[Member, ...], state: S) -> None:
    """Cancelled ones do not count; a held one is never hidden behind the others."""
    assert rollout_state(members) is state


@pytest.mark.parametrize(
    ("own", "others", "may"),
    [
        (READY, (), True),
        (READY, (WAITS,), False),
        (READY, (PUSH,), True),
        (READY, (GONE,), True),
        (READY, (HELD,), False),
        (READY, (OUT, HELD), True),
        (PUSH, (READY,), False),
        (PUSH, (OUT,), True),
        (PUSH, (OUT, READY), False),
        (PUSH, (OUT, HELD), False),
        (PUSH, (GONE,), True),
    ],
)
def test_together_means_all_prepared_and_pushes_last(
    own: Member, others: tuple[Member, ...], may: bool
) -> None:
    """After the first acceptance a straggler no longer stops the rest, but a push, which cannot be
    taken back, waits for every other account."""
    name = own.delivery_id

    assert may_accept(name, (own, *others), RolloutPolicy.ALL_OR_NOTHING) is may
    assert may_accept(name, (own, *others), RolloutPolicy.AS_READY)


MEMBERS = st.lists(
    st.builds(
        Member,
        delivery_id=st.uuids().map(str),
        state=st.sampled_from([D.WAITING, D.RUNNING, D.UNKNOWN, D.HELD, D.DELIVERED, D.CANCELLED]),
        prepared=st.booleans(),
        accepted=st.booleans(),
        pushes=st.booleans(),
    ),
    max_size=5,
)


@given(MEMBERS)
def test_any_mixture_has_a_state(members: list[Member]) -> None:
    """Total; and out only when nobody living is missing."""
    state = rollout_state(members)
    living = [m for m in members if m.state is not D.CANCELLED]

    assert (state is S.OUT) == bool(living and all(m.state is D.DELIVERED for m in living))


@given(st.permutations([READY, PUSH, member("q", D.WAITING, prepared=True, pushes=True)]))
def test_somebody_may_always_begin_when_all_are_ready(members: list[Member]) -> None:
    """No two wait for each other, in whatever order they are asked."""
    together = RolloutPolicy.ALL_OR_NOTHING

    assert [m.delivery_id for m in members if may_accept(m.delivery_id, members, together)] == ["b"]
