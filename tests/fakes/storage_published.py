"""In-memory published answers and ratings."""

from collections.abc import Sequence

from bot.domain.cases.published import PublishedAnswer, Rating
from bot.domain.errors import Conflict
from bot.domain.ids import CaseId
from tests.fakes.storage_state import State


class FakePublishedAnswers:
    """Published answers by case."""

    def __init__(self, state: State) -> None:
        self._state = state

    def put(self, answer: PublishedAnswer) -> None:
        self._state.published[answer.case] = answer

    def of_case(self, case: CaseId) -> PublishedAnswer | None:
        return self._state.published.get(case)

    def remove(self, case: CaseId) -> None:
        self._state.published.pop(case, None)


class FakeRatings:
    """Votes by case and answer."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, rating: Rating) -> None:
        key = (rating.case, rating.answered_at)
        if key in self._state.ratings:
            raise Conflict("您已经评价过这次答复，每次答复只能评价一次")
        self._state.ratings[key] = rating

    def of_case(self, case: CaseId) -> Sequence[Rating]:
        found = [rating for rating in self._state.ratings.values() if rating.case == case]
        return sorted(found, key=lambda rating: rating.rated_at)
