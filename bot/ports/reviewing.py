"""The review of posts: its record, and who may stand in for whom."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.deputies import Deputy
from bot.domain.ids import DeputyId, PostId
from bot.domain.posts.review_log import ReviewEntry


class Reviews(Protocol):
    """What was said and decided, line by line."""

    def add(self, entry: ReviewEntry) -> None: ...

    def of_post(self, post: PostId, *, limit: int = 200) -> Sequence[ReviewEntry]:
        """The newest lines, the oldest of them first."""
        ...


class Deputies(Protocol):
    """Who named whom."""

    def add(self, deputy: Deputy) -> None: ...
    def save(self, deputy: Deputy) -> None: ...
    def get(self, deputy: DeputyId) -> Deputy: ...

    def acting_for(self, login: str, *, day: date) -> Sequence[Deputy]:
        """Those by which this person may sign for somebody on this Beijing day."""
        ...

    def not_over(self, *, day: date, limit: int = 200) -> Sequence[Deputy]:
        """Those that act on this day or later, the next end first."""
        ...
