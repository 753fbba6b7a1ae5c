"""What became of a post that an outage touched."""

from enum import StrEnum

from bot.domain.posts.post import PostState
from bot.domain.publishing.delivery import OPEN_STATES, DeliveryState
from bot.ports.overview import TouchedPost

IN_TIME_SECONDS = 60.0


class Fate(StrEnum):
    """How it ended so far: what needs a person first."""

    HELD = "held"
    UNSURE = "unsure"
    WAITING = "waiting"
    LATE = "late"
    IN_TIME = "in_time"
    DROPPED = "dropped"


def fate_of(touched: TouchedPost) -> Fate:
    """Read from where the post stands now; how late counts from the time it had then."""
    post, late = touched.post, touched.lateness_seconds
    if late is not None:
        return Fate.LATE if late > IN_TIME_SECONDS else Fate.IN_TIME
    if post.delivery_state == DeliveryState.UNKNOWN:
        return Fate.UNSURE
    if post.delivery_state == DeliveryState.HELD or post.state == PostState.HELD:
        return Fate.HELD
    if post.delivery_state in OPEN_STATES:
        return Fate.WAITING
    return Fate.DROPPED
