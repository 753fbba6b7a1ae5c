"""Every transition table: what it does not name is refused with both states."""

from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import IllegalMove
from bot.domain.posts.post import POST_MOVES, PostState
from bot.domain.publishing.delivery import DELIVERY_MOVES, OPEN_STATES, DeliveryState
from bot.domain.releases.release import RELEASE_MOVES, ReleaseState
from bot.domain.states import move

TABLES: list[tuple[Any, type[StrEnum]]] = [
    (RELEASE_MOVES, ReleaseState),
    (POST_MOVES, PostState),
    (DELIVERY_MOVES, DeliveryState),
]


@given(st.data())
@pytest.mark.parametrize(("table", "states"), TABLES, ids=["release", "post", "delivery"])
def test_a_move_is_allowed_or_refused_naming_both_states(
    table: dict[StrEnum, frozenset[StrEnum]], states: type[StrEnum], data: st.DataObject
) -> None:
    """Total over all pairs: there is no third answer."""
    now, wanted = data.draw(st.sampled_from(states)), data.draw(st.sampled_from(states))

    if wanted in table.get(now, frozenset()):
        assert move("它", table, now, wanted) is wanted
        return
    with pytest.raises(IllegalMove) as refused:
        move("它", table, now, wanted)
    assert now.value in str(refused.value)
    assert wanted.value in str(refused.value)


@pytest.mark.parametrize(("table", "states"), TABLES, ids=["release", "post", "delivery"])
def test_every_state_can_be_reached(
    table: dict[StrEnum, frozenset[StrEnum]], states: type[StrEnum]
) -> None:
    """A state no move leads to would be dead text; the first one is where things begin."""
    first = next(iter(states))
    reached, frontier = {first}, [first]
    while frontier:
        fresh = table.get(frontier.pop(), frozenset()) - reached
        reached |= fresh
        frontier.extend(fresh)

    assert reached == set(states)


def test_what_ended_publicly_never_runs_again() -> None:
    """Delivered may only be removed; removed and cancelled are the end."""
    assert DELIVERY_MOVES[DeliveryState.DELIVERED] == {DeliveryState.REMOVED}
    assert DeliveryState.REMOVED not in DELIVERY_MOVES
    assert DeliveryState.CANCELLED not in DELIVERY_MOVES


def test_every_open_delivery_can_end() -> None:
    """Nothing is stuck by the table: delivered or held can follow every open state."""
    for state in OPEN_STATES:
        assert DELIVERY_MOVES[state] & {DeliveryState.DELIVERED, DeliveryState.HELD}
