"""Sets of places within a block of replies, and the bytes they are kept in.

In memory a set is an integer with a bit for each place. As bytes, few places are a list of two
bytes each, many are the bits themselves; the length tells which.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence

BLOCK = 8192
"""Places in a block. Larger ones make rare words quicker and filing slower."""

_ALL_BITS = BLOCK // 8
_MOST_LISTED = 256


def set_of(places: Iterable[int]) -> int:
    """The set with these places."""
    bits = bytearray(_ALL_BITS)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(bits, "little")


def places_in(bits: int) -> Iterator[int]:
    """The places of a set, the highest first."""
    while bits:
        highest = bits.bit_length() - 1
        yield highest
        bits ^= 1 << highest


def pack(bits: int) -> bytes:
    """A set as bytes."""
    if bits.bit_count() > _MOST_LISTED:
        return bits.to_bytes(_ALL_BITS, "little")
    return _listed(sorted(places_in(bits)))


def pack_places(places: Sequence[int]) -> bytes:
    """The set with these places, in rising order, as bytes."""
    return _listed(places) if len(places) <= _MOST_LISTED else pack(set_of(places))


def _listed(places: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(places)}H", *places)


def unpack(data: bytes) -> int:
    """The set of these bytes."""
    if len(data) == _ALL_BITS:
        return int.from_bytes(data, "little")
    return set_of(struct.unpack(f"<{len(data) // 2}H", data))
