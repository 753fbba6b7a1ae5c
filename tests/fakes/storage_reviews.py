"""In-memory review record and deputies."""

from collections.abc import Sequence
from datetime import date

from bot.domain.deputies import Deputy
from bot.domain.errors import NotFound
from bot.domain.ids import DeputyId, PostId
from bot.domain.posts.review_log import ReviewEntry
from tests.fakes.storage_state import State


class FakeReviews:
    """Lines by their number."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, entry: ReviewEntry) -> None:
        self._state.reviews[len(self._state.reviews) + 1] = entry

    def of_post(self, post: PostId, *, limit: int = 200) -> Sequence[ReviewEntry]:
        found = [entry for entry in self._state.reviews.values() if entry.post == post]
        return found[-limit:]


class FakeDeputies:
    """Deputies by id."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, deputy: Deputy) -> None:
        self._state.deputies[deputy.id] = deputy

    def save(self, deputy: Deputy) -> None:
        self.get(deputy.id)
        self._state.deputies[deputy.id] = deputy

    def get(self, deputy: DeputyId) -> Deputy:
        if deputy not in self._state.deputies:
            raise NotFound("代审", deputy)
        return self._state.deputies[deputy]

    def acting_for(self, login: str, *, day: date) -> Sequence[Deputy]:
        found = [one for one in self._in_order() if one.deputy == login]
        return [one for one in found if one.acts_on(day)]

    def not_over(self, *, day: date, limit: int = 200) -> Sequence[Deputy]:
        found = [one for one in self._in_order() if one.until >= day and one.ended_at is None]
        return found[:limit]

    def _in_order(self) -> Sequence[Deputy]:
        return sorted(self._state.deputies.values(), key=lambda one: (one.until, one.id))
