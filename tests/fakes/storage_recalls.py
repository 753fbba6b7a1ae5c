"""In-memory recalls."""

from collections.abc import Sequence

from bot.domain.errors import NotFound
from bot.domain.ids import RecallId, ReleaseId
from bot.domain.releases.recall import Recall
from tests.fakes.storage_state import State


class FakeRecalls:
    """Keeps the promises of `ports.recalling.Recalls`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, recall: Recall) -> None:
        self._state.recalls[recall.id] = recall

    def save(self, recall: Recall) -> None:
        self.get(recall.id)
        self._state.recalls[recall.id] = recall

    def get(self, recall: RecallId) -> Recall:
        if recall not in self._state.recalls:
            raise NotFound("撤回", recall)
        return self._state.recalls[recall]

    def of_release(self, release: ReleaseId) -> Sequence[Recall]:
        return [each for each in self.newest() if each.release == release]

    def open_ones(self, *, limit: int = 100) -> Sequence[Recall]:
        return [each for each in reversed(self.newest()) if each.is_open][:limit]

    def newest(self, *, limit: int = 100) -> list[Recall]:
        kept = self._state.recalls.values()
        return sorted(kept, key=lambda each: (each.opened_at, each.id), reverse=True)[:limit]
