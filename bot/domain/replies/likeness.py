"""Whether two followers ask the same: by the words they share, the rare ones counting most, and
by what tells their questions apart.

A pure guess over two texts. It proposes a group to a person; it answers nobody.
"""

import re
from collections.abc import Callable

from bot.domain.releases.searching import searchable
from bot.domain.replies.searching import asked_terms

ALIKE = 0.25
"""From this likeness on a person is shown that two texts may ask the same."""
SAME_QUESTION = 0.4
"""From this likeness on two texts are proposed as one question."""
FEWEST_SHARED = 6
"""Fewer pairs of signs in common say nothing, except that two short texts are equal."""

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2}(?:小区|社区|花园|新城|公寓|大道|[路街镇乡村县]|医院|学校|小学|中学|幼儿园|公司|工地)"
)
_COUNTED = re.compile(r"([\d〇一二三四五六七八九十]+)(组|号线|路公交|路车|中学|小学)")
_COMMON_PLACES = re.compile(
    r"(?:本|我们|我|这个|附近|整个|各|该|条|个|全)(?:小区|社区|[村镇县路街])$|公路|马路|道路"
)

Weight = Callable[[str], float]


def question_terms(text: str) -> frozenset[str]:
    """Every two neighbours of a text, as it is compared."""
    return frozenset(asked_terms(searchable(text)))


def likeness(one: frozenset[str], other: frozenset[str], weight: Weight) -> float:
    """From 0, nothing in common, to 1, the same terms: the weight of the shared terms beside that
    of all. Terms that only `other` has weigh what those of `one` weigh on average, so that nothing
    has to be known of them."""
    if one == other:
        return 1.0
    shared = one & other
    if len(shared) < FEWEST_SHARED:
        return 0.0
    own = sum(map(weight, one))
    in_common = sum(map(weight, shared))
    foreign = (len(other) - len(shared)) * own / len(one)
    return in_common / (own + foreign)


def are_told_apart(one: str, other: str) -> bool:
    """Whether the texts name places, and none in common, or count the same thing differently:
    the same complaint about another village is another question."""
    here, there = _places(one), _places(other)
    if here and there and not here & there:
        return True
    counted, others = _counts(one), _counts(other)
    return any(not numbers & others[unit] for unit, numbers in counted.items() if unit in others)


def _places(text: str) -> set[str]:
    found = _PLACE.findall(text)
    return {place for place in found if not _COMMON_PLACES.search(place)}


def _counts(text: str) -> dict[str, set[str]]:
    counts: dict[str, set[str]] = {}
    for number, unit in _COUNTED.findall(text):
        counts.setdefault(unit, set()).add(number)
    return counts
