"""Sets of places survive being kept as bytes."""

from hypothesis import given
from hypothesis import strategies as st

from bot.storage.places import BLOCK, pack, places_in, set_of, unpack

PLACES = st.integers(0, BLOCK - 1)


@given(st.sets(PLACES, max_size=40))
def test_few_places_are_kept_in_two_bytes_each(places: set[int]) -> None:
    """Most terms are rare: they must not cost a whole block's bits."""
    kept = pack(set_of(places))

    assert len(kept) == 2 * len(places)
    assert list(places_in(unpack(kept))) == sorted(places, reverse=True)


@given(st.integers(257, BLOCK))
def test_many_places_never_take_more_than_a_bit_each(count: int) -> None:
    """A block's set has a greatest size."""
    places = set_of(range(count))

    assert len(pack(places)) == BLOCK // 8
    assert unpack(pack(places)) == places
